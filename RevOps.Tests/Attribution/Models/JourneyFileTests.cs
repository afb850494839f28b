using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RevOps.Bench;
using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

/// <summary>The bench's files: written as the published generator writes them, and read without losing a journey.</summary>
public sealed class JourneyFileTests
{
    /// <summary>SHA-256 of what gen_journeys.py wrote under Python 3.11.</summary>
    [Theory]
    [InlineData(1, 20_000, "f712e0623486f7db4a55bd27a63bf836749e93e1bdb343bca8550b37e97abe0c")]
    [InlineData(7, 3_000, "a680fdba2a894f656b79c19f589eab107c4fa25c9b976c3d5bcb935bb1b7272b")]
    public void Journeys_AreThoseOfThePublishedGenerator(int seed, int journeys, string hash)
    {
        using var writer = new StringWriter();
        new SyntheticJourneys((ulong)seed).Write(writer, journeys);

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(writer.ToString()))));
    }

    [Fact]
    public void AFile_SaysWhatTheSameJourneysSay()
    {
        using var writer = new StringWriter();
        new SyntheticJourneys(3).Write(writer, 4_000);
        var rows = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row.Split(';')).ToList();
        string[] names = [.. rows.SelectMany(row => row[0].Split(" > ")).Distinct().Order(StringComparer.Ordinal)];
        var counts = new PathCounts(names.Length);
        foreach (var row in rows)
        {
            byte[] path = [.. row[0].Split(" > ").Select(name => (byte)Array.IndexOf(names, name))];
            counts.Add(path, new(long.Parse(row[1]), long.Parse(row[3]), (long)Math.Round(decimal.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture) * JourneyText.Unit)));
        }

        var json = Json(writer.ToString());

        foreach (var model in AttributionModels.All.Where(model => model.IsAdditive))
        {
            var credit = ChannelCredit.Of(counts.ToTable(), model, Array.IndexOf(names, "direct"));
            for (var channel = 0; channel < names.Length; channel++)
            {
                var read = json.GetProperty("models").GetProperty(model.WireName).GetProperty(names[channel]);
                Assert.Equal(credit.Conversions[channel], read.GetProperty("conversions").GetDouble(), 9);
                Assert.Equal(credit.ValueMinor[channel] / JourneyText.Unit, read.GetProperty("value").GetDouble(), 6);
                Assert.Equal(model.Order > 0, read.TryGetProperty("removalEffect", out _));
            }
        }
    }

    [Fact]
    public void RowsOfManyJourneys_SayWhatTheirJourneysSay()
    {
        const string Alone = "path;total_conversions;total_conversion_value;total_null\nA > B;1;10.50;0\nA > B;1;20;0\nA > B;0;0;1\nB > B > C;0;0;1\nB > B > C;0;0;1\nC;1;5;0\n";
        const string Together = "C;1;5;0\nA > B;2;30.5;1\r\nB > B > C;0;0;2\n\n";

        Assert.Equal(Json(Alone).ToString(), Json(Together).ToString());
    }

    [Fact]
    public void NamesAreRead_HoweverLongAndStrange()
    {
        const string A = "a name of a channel that is longer than thirty-two bytes in all";
        const string B = "x->y >z";
        var json = Json($"{A} > {B} > é;3;1.5e2;0\n\"{B} > {A}\";0;0;4\n;7;70;0");

        var first = json.GetProperty("models").GetProperty("first");
        Assert.Equal([A, B, "é"], first.EnumerateObject().Select(channel => channel.Name));
        Assert.Equal((3, 150), (first.GetProperty(A).GetProperty("conversions").GetInt32(), first.GetProperty(A).GetProperty("value").GetInt32()));
        Assert.Equal(3 / 7.0, json.GetProperty("pConversion").GetProperty("4").GetDouble(), 12);
    }

    [Theory]
    [InlineData("A > B\n")]
    [InlineData("A > B;1;2\n")]
    [InlineData("A > B;one;2;3\nA;1;2;x\n")]
    [InlineData("A >  > B;1;2;0\n")]
    public void WhatIsNoJourney_IsRefused(string text) => Assert.Throws<FormatException>(() => Json("path;c;v;n\n" + text));

    private static JsonElement Json(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var names = new ChannelNames("direct");
            var pass = new AttributionPass(names, OrderChoice.Highest, withSets: true);
            foreach (var block in new JourneyText(file, names).Blocks())
                pass.Add(block);
            using var stream = new MemoryStream();
            AttributionJson.Write(stream, pass.Solve());
            return JsonDocument.Parse(stream.ToArray()).RootElement;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
