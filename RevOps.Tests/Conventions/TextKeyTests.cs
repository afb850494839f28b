using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using RevOps.Web.Shell;

namespace RevOps.Tests.Conventions;

/// <summary>Every text that a page or a class of Web asks for by name exists, read off the sources. TextTests says that it then exists in every language.</summary>
public sealed partial class TextKeyTests
{
    [Fact]
    public void EveryTextThatIsAskedFor_Exists()
    {
        var asked = (from files in Sources().GroupBy(NameOf)
                     let code = string.Join('\n', files.Select(File.ReadAllText))
                     from Match localizer in Localizers().Matches(code)
                     from ask in AskedOf(code, localizer.Groups["name"].Value)
                     select (Texts: localizer.Groups["texts"].Value, ask.Key, ask.Begins, File: Path.GetFileName(files.Key))).ToHashSet();
        var known = asked.Select(ask => ask.Texts).Distinct(StringComparer.Ordinal).ToDictionary(texts => texts, KeysOf, StringComparer.Ordinal);

        Assert.InRange(asked.Count, 1_000, int.MaxValue);
        Assert.Empty(asked.Where(ask => !known[ask.Texts].Any(key => ask.Begins ? key.StartsWith(ask.Key, StringComparison.Ordinal) : key == ask.Key)).Select(ask => $"{ask.Texts}[{ask.Key}] in {ask.File}"));
    }

    [Theory]
    [InlineData("Text[\"Title\", name]", "Title")]
    [InlineData("Text[state == \"done\" ? \"Over\" : rows[\"x\"] > 0 ? \"Some\" : \"None\"]", "Over Some None")]
    [InlineData("Text[\"Room\" + name]", "Room*")]
    [InlineData("Text[$\"Means{State}\", \"not this\"]", "Means*")]
    [InlineData("Text.Counted(\"Found\", 3)", "Found FoundOne")]
    [InlineData("Text.Counted(\"Found\" + kind, 3)", "Found*")]
    [InlineData("Text.WordOf(\"Channel.\", channel)", "Channel.*")]
    [InlineData("OtherText[\"Title\"]", "")]
    public void Reader_FindsWhatIsAskedFor(string code, string expected) =>
        Assert.Equal(expected, string.Join(' ', AskedOf(code, "Text").Select(ask => ask.Key + (ask.Begins ? "*" : ""))));

    private static IEnumerable<(string Key, bool Begins)> AskedOf(string code, string localizer)
    {
        foreach (Match call in Regex.Matches(code, $@"(?<![\w.]){localizer}(\[|\.(?<by>Counted|WordOf|Sentence)\()", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
        {
            var begins = call.Groups["by"].Value is "WordOf" or "Sentence";
            foreach (var literal in Literals().Matches(FirstArgument(code, call.Index + call.Length)).Where(literal => !literal.Groups["other"].Success))
            {
                var (key, opens) = (literal.Groups["key"].Value, begins || literal.Groups["open"].Success);
                yield return (key, opens);
                if (call.Groups["by"].Value == "Counted" && !opens)
                    yield return (key + "One", false);
            }
        }
    }

    /// <summary>Up to the comma or the bracket that ends it, without what stands in brackets of its own.</summary>
    private static string FirstArgument(string code, int start)
    {
        var (text, depth, inString) = (new System.Text.StringBuilder(), 0, false);
        for (var at = start; at < code.Length; at++)
        {
            var sign = code[at];
            if (sign == '"')
                inString = !inString;
            if (!inString && depth == 0 && sign is (',' or ']' or ')'))
                break;
            if (depth == 0)
                text.Append(sign);
            depth += inString ? 0 : sign is '(' or '[' ? 1 : sign is ')' or ']' ? -1 : 0;
        }

        return text.ToString();
    }

    private static string[] KeysOf(string texts)
    {
        var type = typeof(App).Assembly.GetTypes().Single(type => type.Name == texts);
        var set = new ResourceManager(type).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return [.. set.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)];
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Repository.Root, "RevOps.Web"), "*.*", SearchOption.AllDirectories)
        .Where(file => (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)) && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));

    /// <summary>The parts of a page are one.</summary>
    private static string NameOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).Split('.')[0]);

    [GeneratedRegex(@"IStringLocalizer<(?<texts>\w+)>\s+(?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Localizers();

    /// <summary>A key, or how one begins: what it is compared with and what is hung on to another word is no key.</summary>
    [GeneratedRegex("""(?<other>(==|!=|\+|\bis|\bor)\s*)?\$?"(?<key>[^"{]*)((?<open>\{)[^"]*)?"(?<open>\s*\+)?(?<other>\s*(=>|or\b))?""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Literals();
}
