using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution;
using RevOps.Tests.Conventions;
using RevOps.Web.Shared.Charts;

namespace RevOps.Tests.Shared.Charts;

/// <summary>What a chart says and in which colours, without a browser.</summary>
public sealed partial class ChartWordsTests
{
    private static readonly ChartX Channels = ChartX.Names("Channel", ["Direct", "E-mail"]);

    public ChartWordsTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");

    [Fact]
    public void Summary_SaysWhatIsWorthSaying()
    {
        Assert.Equal("A: highest 7 (E-mail), lowest 2 (Direct).", Said([new("A", [2, 7])]));
        Assert.Equal("A: 2 throughout.", Said([new("A", [2, 2])]));
        Assert.Equal("A: 7 (E-mail).", Said([new("A", [null, 7])]));
        Assert.Equal("A: nothing known. B: 2 (Direct).", Said([new("A", [null, null]), new("B", [2, null])]));
    }

    [Fact]
    public void Summary_OfAMatrixSaysItsExtremes() => Assert.Equal(
        "2 rows and 2 columns: highest 7 (B, Direct), lowest 1 (A, E-mail).",
        ChartSummary.Of(Texts, ChartKind.Heat, Channels, [new("A", [2, 1]), new("B", [7, null])], ChartUnit.Number()));

    [Theory]
    [InlineData("en-GB", "5 Mar|Thu, 5 Mar 2026", "Mar 2026|March 2026")]
    [InlineData("fr-FR", "5 mars|jeu. 5 mars 2026", "mars 2026|mars 2026")]
    public void Days_AreShortOnTheAxisAndLongInWords(string culture, string day, string month)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var (days, months) = (ChartX.Days([new(2026, 3, 5)]), ChartX.Months([new(2026, 3, 5)]));
        Assert.Equal((day, month), ($"{days.Short[0]}|{days.Long[0]}", $"{months.Short[0]}|{months.Long[0]}"));
        Assert.True(days.IsTime && !Channels.IsTime);
    }

    [Theory]
    [InlineData("en-GB", "€1,234.50", "CHF 0.05", "12.5%", "1,235", "1,234.5 days")]
    [InlineData("fr-FR", "1 234,50 €", "0,05 CHF", "12,5 %", "1 235", "1 234,5 days")]
    public void Unit_IsWrittenAsTheReaderWritesIt(string culture, string euros, string francs, string share, string count, string days)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        string[] said = [ChartUnit.Money("EUR").Text(1_234.5m), ChartUnit.Money("CHF").Text(0.05m), ChartUnit.Percent.Text(0.125m), ChartUnit.Number().Text(1_234.6m), ChartUnit.Number(1, "days").Text(1_234.5m)];
        Assert.Equal([euros, francs, share, count, days], said.Select(text => text.Replace('\u00a0', ' ').Replace('\u202f', ' ')));
    }

    [Fact]
    public void Colors_AreThoseOfTheTheme()
    {
        var theme = File.ReadAllText(Path.Combine(Repository.Root, "RevOps.Web", "wwwroot", "theme.css"));
        var known = Token().Matches(theme).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        ChartColor[] all =
        [
            .. Channel.All.Select(ChartColor.OfChannel), ChartColor.OfPlatform("meta"), ChartColor.OfPlatform("google"), ChartColor.OfPlatform("other"),
            .. Enumerable.Range(0, ChartColor.Count).Select(ChartColor.OfSeries), ChartColor.Good, ChartColor.Attention, ChartColor.Bad,
        ];
        Assert.All(all, color => Assert.Contains(color.Token, known));
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Colors_OfWhatIsUnknownAreThoseOfTheRest()
    {
        Assert.Equal(ChartColor.OfChannel(Channel.Other), ChartColor.OfChannel("carrier_pigeon"));
        Assert.Equal(ChartColor.OfPlatform("other"), ChartColor.OfPlatform(null));
        Assert.Equal(ChartColor.OfSeries(0), ChartColor.OfSeries(ChartColor.Count));
    }

    private static IStringLocalizer<ChartTexts> Texts => new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<ChartTexts>>();

    private static string Said(ChartSeries[] series) => ChartSummary.Of(Texts, ChartKind.Bars, Channels, series, ChartUnit.Number());

    [GeneratedRegex(@"^\s*(?<name>--[\w-]+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
