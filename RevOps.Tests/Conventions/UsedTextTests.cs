using System.Text.RegularExpressions;
using RevOps.Core.Platform;

namespace RevOps.Tests.Conventions;

/// <summary>Every text is said somewhere. Keys are read off the sources as they stand there: whole, or as the beginning or the end that a value joins.</summary>
public sealed partial class UsedTextTests
{
    private static readonly string[] Projects = ["RevOps.Core", "RevOps.Web"];

    private static readonly Dictionary<string, string> Sources = Projects.SelectMany(project => Files(project, "*.cs").Concat(Files(project, "*.razor"))).ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);

    // Fields are labelled by the names that the business gives them, settings by their keys, countries by their codes.
    private static readonly HashSet<string> Named =
    [
        .. new[] { typeof(CompanyVersion), typeof(CompanyEntry) }.SelectMany(type => type.GetProperties()).Select(property => property.Name),
        .. Found(Whole(), Sources.Values).Where(said => said.Contains(':', StringComparison.Ordinal)),
        .. Country.All,
    ];

    public static TheoryData<string> Texts => [.. Projects.SelectMany(project => Files(project, "*Texts.resx")).Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_AreAllUsed(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        var speakers = Speakers(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!);
        var whole = Found(Whole(), speakers);
        var (starts, ends) = (Found(Start(), speakers), Found(End(), speakers));
        var unused = Key().Matches(File.ReadAllText(path)).Select(match => match.Groups["said"].Value)
            .Where(key => !whole.Contains(key) && !Named.Contains(key) && !(key.EndsWith("One", StringComparison.Ordinal) && whole.Contains(key[..^3])))
            .Where(key => !starts.Any(start => key.Length > start.Length && key.StartsWith(start, StringComparison.Ordinal)) && !ends.Any(end => key.Length > end.Length && key.EndsWith(end, StringComparison.Ordinal)));
        Assert.Empty(unused);
    }

    /// <summary>What stands in the folder, names its texts, belongs to a page that does, or speaks for whoever hands it texts.</summary>
    private static List<string> Speakers(string texts, string folder)
    {
        var named = Sources.Where(source => Regex.IsMatch(source.Value, $@"\b{texts}\b|IStringLocalizer\b(?!<)", RegexOptions.None, TimeSpan.FromSeconds(1))).Select(source => source.Key).ToHashSet(StringComparer.Ordinal);
        return [.. Sources.Where(source => named.Contains(source.Key) || named.Contains(source.Key + ".cs") || named.Contains(source.Key.Replace(".razor.cs", ".razor", StringComparison.Ordinal))
            || Path.GetDirectoryName(source.Key) == folder).Select(source => source.Value)];
    }

    private static HashSet<string> Found(Regex pattern, IEnumerable<string> sources) =>
        [.. sources.SelectMany(source => pattern.Matches(source)).Select(match => match.Groups["said"].Value)];

    private static IEnumerable<string> Files(string project, string pattern) => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules" or "Migrations"));

    [GeneratedRegex("<data name=\"(?<said>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Key();

    [GeneratedRegex("\"(?<said>[\\w.:-]+)(?=\")", RegexOptions.None, 1_000)]
    private static partial Regex Whole();

    // "Tab" + tab, (past ? "Ago" : "In") + unit, Choices("Group"), WordOf("Reason.", code), $"Hint.{name}".
    [GeneratedRegex("\"(?<said>[A-Z]\\w*\\.?)(?=\" \\+|\"\\) \\+|\" : \"\\w+\"\\) \\+|\"\\))|\"(?<said>[A-Z]\\w*\\.)(?=\")|\\$\"(?<said>[A-Z][\\w.]*)\\{", RegexOptions.None, 1_000)]
    private static partial Regex Start();

    // action + "Means", $"{kind}Body".
    [GeneratedRegex("\\+ \"(?<said>[A-Z]\\w*)\"|\\}(?<said>[A-Z]\\w+)\"", RegexOptions.None, 1_000)]
    private static partial Regex End();
}
