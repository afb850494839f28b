using System.Globalization;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Tests.Shell;

public sealed class CultureTests
{
    [Theory]
    [InlineData(123_450, "EUR", "en", "€1,234.50")]
    [InlineData(-123_450, "EUR", "en", "-€1,234.50")]
    [InlineData(123_450, "EUR", "fr", "1 234,50 €")]
    [InlineData(-123_450, "EUR", "fr", "-1 234,50 €")]
    [InlineData(123_450, "CHF", "en", "CHF 1,234.50")]
    [InlineData(123_450, "CHF", "fr", "1 234,50 CHF")]
    [InlineData(1_234, "JPY", "en", "JPY 1,234")]
    [InlineData(1_234, "TND", "fr", "1,234 TND")]
    public void Money_IsWrittenAsItsReaderDoes(long minor, string currency, string culture, string expected)
    {
        var written = Culture.Text(new Money(minor, currency), CultureInfo.GetCultureInfo(culture));

        Assert.DoesNotContain(' ', written);

        // Which of the narrow and no-break spaces stands there is the culture's affair.
        Assert.Equal(expected, written.Replace('\u202f', ' ').Replace('\u00a0', ' '));
    }

    [Fact]
    public void Exact_NamesTheOffset()
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        Assert.EndsWith("(UTC+02:00)", Culture.Exact(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero), paris), StringComparison.Ordinal);
    }
}
