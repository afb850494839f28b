using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Tests.Conventions;
using RevOps.Tests.Testing;
using RevOps.Web.Ingestion;
using RevOps.Web.Shared;

namespace RevOps.Tests.Ingestion;

/// <summary>The API says in English what is wrong; the Events page says it in the reader's language.</summary>
public sealed partial class FieldErrorWordsTests
{
    /// <summary>Read off the sources: a new sentence fails here until it has words.</summary>
    [Fact]
    public void EverySentenceOfTheApi_HasWords()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "RevOps.Core", "Ingestion"), "*.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => Says().IsMatch(line));
        var sentences = lines.SelectMany(line => Text().Matches(line.Replace("(\", \", ", "(", StringComparison.Ordinal))).Select(match => Said(match.Groups["text"].Value))
            .Where(text => text.EndsWith('.') && text.Contains(' ', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        // Each way in which one is said, so that this test cannot find nothing and be content.
        foreach (var known in new[] { "A text is expected.", "A non-empty text is required.", "A CloudEvent is a JSON object.", "At most 7 characters.", "A number is required.", "'7' is not known. One of 7 is expected." })
            Assert.Contains(known, sentences);
        Assert.InRange(sentences.Count, 35, 200);
        Assert.DoesNotContain(sentences, sentence => !Sentences.Knows<IngestionTexts>(FieldErrorWords.Known, sentence));
    }

    [Fact]
    public async Task FrenchReader_ReadsFrench_WhereTheSenderWasToldInEnglish()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        using var sender = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        var data = Events.Sale("B-1");
        data["currency"] = "euro";
        data["lines"]![0]!["quantity"] = -1;
        data["customer"]!["ref"] = new string('x', 300);
        var (_, answer) = await sender.PostEventsAsync(Events.Of("booking_confirmed", data, id: "bad"));
        Assert.Equal("A currency of ISO 4217 is expected, such as EUR.", (string?)answer!["results"]![0]!["errors"]!.AsArray().Single(error => (string?)error!["path"] == "data.currency")!["message"]);

        var row = Assert.Single(await host.Services.GetRequiredService<EventQueries>().RejectedAsync(new()));
        using var reader = await host.SignedInAsync(Roles.Finance);
        var english = await PageAsync(reader, row.Id, "en");
        Assert.Contains("A currency of ISO 4217 is expected, such as EUR.", english, StringComparison.Ordinal);
        var french = await PageAsync(reader, row.Id, "fr");
        Assert.Contains("Une devise ISO 4217 est attendue, par exemple EUR.", french, StringComparison.Ordinal);
        Assert.Contains("Un nombre de 0 à 1000000 avec au plus 6 décimales est attendu.", french, StringComparison.Ordinal);
        Assert.Contains("200 caractères au plus.", french, StringComparison.Ordinal);
        Assert.DoesNotContain("is expected", french, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_MarkWhatIsWrong_AndNameWhatIsMissing()
    {
        var json = new JsonObject { ["id"] = "1", ["data"] = new JsonObject { ["lines"] = new JsonArray(new JsonObject { ["quantity"] = -1 }), ["note"] = "•••" } };
        var lines = JsonLines.Of(json.ToJsonString(), ["data.lines[0].quantity", "data.currency", "source"]);

        Assert.Equal(
            ["{", "  \"id\": \"1\",", "  \"data\": {", "    \"lines\": [", "      {", "!       \"quantity\": -1", "      }", "    ],", "    \"note\": \"•••\"", "?   \"currency\"", "  }", "? \"source\"", "}"],
            lines!.Select(line => (line.IsMissing ? "?" : line.IsWrong ? "!" : "") + new string(' ', line.IsWrong ? 2 * line.Depth - 1 : 2 * line.Depth) + line.Text));
        Assert.Equal(("-1", null), (JsonLines.At(json.ToJsonString(), "data.lines[0].quantity"), JsonLines.At(json.ToJsonString(), "data.lines[1].quantity")));
        Assert.Null(JsonLines.Of("{\"cut", []));
    }

    private static async Task<string> PageAsync(HttpClient reader, Guid id, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/events/{id}?tab=rejected");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>As it is said, with 7 for whatever it names.</summary>
    private static string Said(string text) => Hole().Replace(text.Replace("\\\"", "\"", StringComparison.Ordinal), "7");

    /// <summary>A line that says what is wrong, or holds a constant of such lines.</summary>
    [GeneratedRegex(@"Wrong\(|Missing\(|Required\(|new\(""|Expected = ", RegexOptions.None, 1_000)]
    private static partial Regex Says();

    [GeneratedRegex(@"""(?<text>(\\.|[^""\\])*)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Text();

    [GeneratedRegex(@"\{[^{}]+\}", RegexOptions.None, 1_000)]
    private static partial Regex Hole();
}
