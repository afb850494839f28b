using RevOps.Core.Conversions;

namespace RevOps.Tests.Conversions;

/// <summary>What a platform says is kept in clear without what it repeats of a person.</summary>
public sealed class PlatformWordsTests
{
    [Theory]
    [InlineData("Invalid value: ana.lopez@example.fr", "Invalid value: •••")]
    [InlineData("ph +33 6 12 34 56 78 is no number", "ph ••• is no number")]
    [InlineData("em 5fd924625f6ab16a19cc9807c7c506ae1813490e4ba675f843d5a10e0baacdb8 repeats", "em ••• repeats")]
    [InlineData("Invalid value at 'events[0].eventSource': \"Zoltán\"", "Invalid value at 'events[0].eventSource': •••")]
    [InlineData("Meta counted 998 of 1000 events as received.", "Meta counted 998 of 1000 events as received.")]
    [InlineData("12 of the 2000 conversions of this request were refused as INVALID_GCLID", "12 of the 2000 conversions of this request were refused as INVALID_GCLID")]
    [InlineData(null, null)]
    public void NothingOfAPerson_Stays(string? said, string? kept) => Assert.Equal(kept, PlatformWords.Clean(said));
}
