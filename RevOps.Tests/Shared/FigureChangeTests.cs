using System.Globalization;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Tests.Shared;

public sealed class FigureChangeTests
{
    [Theory]
    [InlineData(120, 100, true, Tone.Good, "▲", "+20.0%")]
    [InlineData(80, 100, true, Tone.Bad, "▼", "-20.0%")]
    [InlineData(80, 100, false, Tone.Good, "▼", "-20.0%")]
    [InlineData(100, 100, true, Tone.Neutral, "=", "0.0%")]
    [InlineData(-50, -100, true, Tone.Good, "▲", "+50.0%")]
    [InlineData(5, 0, true, Tone.Neutral, "", "–")]
    [InlineData(999, 100, true, Tone.Good, "▲", "+899.0%")]
    [InlineData(32, 1, true, Tone.Good, "▲", "×32")]
    [InlineData(12_345, 1, false, Tone.Bad, "▲", "×12,345")]
    [InlineData(20, -1, true, Tone.Good, "▲", "+2,100.0%")]
    public void Change_SaysWhichWayAndWhetherThatIsGood(double now, double before, bool moreIsGood, Tone tone, string sign, string text)
    {
        var change = FigureChange.Of(now, before, moreIsGood)!;
        Assert.Equal((tone, sign, text), (change.Tone, change.Sign, change.Text(CultureInfo.GetCultureInfo("en-GB"))));
    }

    [Fact]
    public void Change_OfManyTimesIsWrittenInFrenchAsWell() => Assert.Equal("×\u00a032", FigureChange.Of(32, 1)!.Text(CultureInfo.GetCultureInfo("fr-FR")));

    [Theory]
    [InlineData(0.651, 0.5, "en-GB", "+15.1\u00a0pts")]
    [InlineData(0.5, 0.56, "fr-FR", "-6,0\u00a0pts")]
    public void Change_OfAShareIsToldInPoints(double now, double before, string culture, string text) =>
        Assert.Equal(text, FigureChange.OfShare(now, before)!.Text(CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Change_IsUnknownWhereEitherIs()
    {
        Assert.Null(FigureChange.Of(null, 1));
        Assert.Null(FigureChange.Of(1, null));
    }

    [Theory]
    [InlineData(null, null, null, "2026-03-02", "2026-03-31", "2026-01-31", "2026-03-01")]
    [InlineData("2026-03-10", "2026-03-01", null, "2026-03-01", "2026-03-10", "2026-02-19", "2026-02-28")]
    [InlineData("2024-02-29", "2024-02-29", "year", "2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28")]
    [InlineData("nonsense", "2026-02-10", null, "2026-01-12", "2026-02-10", "2025-12-13", "2026-01-11")]
    public void Choice_IsReadFromTheAddress(string? from, string? to, string? compare, string first, string last, string comparedFirst, string comparedLast)
    {
        var choice = PeriodChoice.Read(from, to, compare, Period.Ending(new(2026, 3, 31), 30));
        Assert.Equal((first, last), (FromUrl.Text(choice.Period.From), FromUrl.Text(choice.Period.To)));
        Assert.Equal((comparedFirst, comparedLast), (FromUrl.Text(choice.Compared!.Value.From), FromUrl.Text(choice.Compared!.Value.To)));
    }

    [Theory]
    [InlineData("en", 0, false)]
    [InlineData("en", 1, true)]
    [InlineData("en", 2, false)]
    [InlineData("fr", 0, true)]
    [InlineData("fr", 1, true)]
    [InlineData("fr", 2, false)]
    public void Singular_IsTheLanguagesAffair(string language, long count, bool expected) => Assert.Equal(expected, Plural.IsSingular(count, CultureInfo.GetCultureInfo(language)));
}
