using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace RevOps.Web.Shared;

/// <summary>
/// Sentences that are stored or sent in English, since programs read them too, in the reader's language. Each is known by its English text
/// in the resources, where {0} stands for whatever it names: "At most {0} characters."
/// </summary>
public static partial class Sentences
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(Type Texts, string Prefix), IReadOnlyList<Template>> Known = new();

    /// <summary>The sentence in the reader's language; as it is where nobody has put it into words.</summary>
    /// <param name="texts">Resources of a folder.</param>
    /// <param name="prefix">How the keys of such sentences begin.</param>
    /// <param name="english">What was said.</param>
    public static string Sentence<TTexts>(this IStringLocalizer<TTexts> texts, string prefix, string english)
    {
        foreach (var template in Templates<TTexts>(prefix))
        {
            if (template.Pattern.Match(english) is { Success: true } match)
                return texts[template.Key, [.. match.Groups.Values.Skip(1).OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => group.Value)]];
        }

        return english;
    }

    /// <summary>Whether a sentence is known.</summary>
    public static bool Knows<TTexts>(string prefix, string english) => Templates<TTexts>(prefix).Any(template => template.Pattern.IsMatch(english));

    private static IReadOnlyList<Template> Templates<TTexts>(string prefix) => Known.GetOrAdd((typeof(TTexts), prefix), static asked => Read(asked.Texts, asked.Prefix));

    private static IReadOnlyList<Template> Read(Type texts, string prefix)
    {
        var all = new ResourceManager(texts.FullName!, texts.Assembly).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return [.. all.Cast<System.Collections.DictionaryEntry>().Select(entry => (Key: (string)entry.Key, Text: (string)entry.Value!))
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))

            // The one that says most itself comes first: "{0}: {1}" would take everything.
            .OrderByDescending(entry => Hole().Replace(entry.Text, "").Length).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new Template(entry.Key, PatternOf(entry.Text)))];
    }

    private static Regex PatternOf(string text)
    {
        var parts = Hole().Split(text).Select(Regex.Escape);
        var holes = Hole().Matches(text).Select(hole => $"(?<value{hole.Value[1]}>.*)").Append("");
        return new Regex($"^{string.Concat(parts.Zip(holes, (part, hole) => part + hole))}$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, Patience);
    }

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1_000)]
    private static partial Regex Hole();

    private sealed record Template(string Key, Regex Pattern);
}
