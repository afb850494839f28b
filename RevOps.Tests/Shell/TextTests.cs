using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using RevOps.Web.Shared;
using RevOps.Web.Shell;

namespace RevOps.Tests.Shell;

/// <summary>Every text exists in every language; a new folder's texts are found by themselves.</summary>
public sealed partial class TextTests
{
    private static readonly Assembly Web = typeof(App).Assembly;

    // Pages speak from Web, mails from Core.
    private static readonly Assembly[] Speaking = [Web, typeof(Core.Identity.LetterTexts).Assembly];

    public static TheoryData<string> Folders => [.. Speaking.SelectMany(assembly => assembly.GetManifestResourceNames()).Where(name => name.EndsWith("Texts.resources", StringComparison.Ordinal)).Select(name => Path.GetFileNameWithoutExtension(name))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Texts_AreCompleteInEveryLanguage(string folder)
    {
        Assert.NotNull(AssemblyOf(folder).GetType(folder));
        var english = TextsOf(folder, CultureInfo.InvariantCulture);
        Assert.NotEmpty(english);
        Assert.DoesNotContain(english, text => string.IsNullOrWhiteSpace(text.Value));

        foreach (var language in Culture.Languages.Skip(1))
        {
            var other = TextsOf(folder, CultureInfo.GetCultureInfo(language));
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
            Assert.All(other, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
            Assert.All(other, text => Assert.Equal(Holes(english[text.Key]), Holes(text.Value)));
        }
    }

    /// <summary>A line must not begin with what ends a sentence: French sets a blank before it, which then may not break.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void French_KeepsItsSignsWithTheirWords(string folder) =>
        Assert.DoesNotContain(TextsOf(folder, CultureInfo.GetCultureInfo("fr")), text => LooseSign().IsMatch(text.Value));

    [Fact]
    public void EveryRoom_HasAName()
    {
        var texts = TextsOf(typeof(ShellTexts).FullName!, CultureInfo.InvariantCulture);
        Assert.All(Rooms.All, room => Assert.Contains(room.TextKey, texts.Keys));
        Assert.All(Rooms.All.Where(room => room.Group != RoomGroup.Start), room => Assert.Contains("Group" + room.Group, texts.Keys));
    }

    private static Dictionary<string, string> TextsOf(string folder, CultureInfo language)
    {
        var set = new ResourceManager(folder, AssemblyOf(folder)).GetResourceSet(language, createIfNotExists: true, tryParents: false);
        Assert.True(set is not null, $"{folder} has no texts in '{language.Name}'.");
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
    }

    private static Assembly AssemblyOf(string folder) => Speaking.Single(assembly => folder.StartsWith(assembly.GetName().Name + ".", StringComparison.Ordinal));

    /// <summary>Which values a text takes.</summary>
    private static IEnumerable<int> Holes(string text) => Enumerable.Range(0, 10).Where(number => text.Contains($"{{{number}", StringComparison.Ordinal));

    [GeneratedRegex(" [:;?!»]|« ", RegexOptions.None, 1_000)]
    private static partial Regex LooseSign();
}
