using RevOps.Core.Conversions;
using RevOps.Core.People;

namespace RevOps.Tests.Conversions;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("06 12 34 56 78", "FR", "+33612345678")]
    [InlineData("06.12.34.56.78", "FR", "+33612345678")]
    [InlineData("612345678", "FR", "+33612345678")]
    [InlineData("+33 (0)6 12 34 56 78", "US", "+33612345678")]
    [InlineData("0033612345678", "FR", "+33612345678")]
    [InlineData("33612345678", "FR", "+33612345678")]
    [InlineData("\u202A+33\u00A06\u202F12 34 56 78\u202C", "FR", "+33612345678")]
    [InlineData("06-12-34-56-78", "FR", "+33612345678")]
    [InlineData("0471 23 45 67", "BE", "+32471234567")]
    [InlineData("02 123 45 67", "BE", "+3221234567")]
    [InlineData("079 123 45 67", "CH", "+41791234567")]
    [InlineData("621 123 456", "LU", "+352621123456")]
    [InlineData("+352 621 123 456", "FR", "+352621123456")]
    [InlineData("0151 12345678", "DE", "+4915112345678")]
    [InlineData("4915112345678", "DE", "+4915112345678")]
    [InlineData("612 34 56 78", "ES", "+34612345678")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("333 123 4567", "IT", "+393331234567")]
    [InlineData("912 345 678", "PT", "+351912345678")]
    [InlineData("06 12345678", "NL", "+31612345678")]
    [InlineData("07700 900123", "GB", "+447700900123")]
    [InlineData("07700 900123", "uk", "+447700900123")]
    [InlineData("(650) 555-1212", "US", "+16505551212")]
    [InlineData("1-650-555-1212", "CA", "+16505551212")]
    [InlineData("011 33 6 12 34 56 78", "US", "+33612345678")]
    [InlineData("+48 601 234 567", "FR", "+48601234567")]
    public void ToE164_ReadsWhatPeopleWrite(string given, string country, string expected) =>
        Assert.Equal(expected, PhoneNumber.ToE164(given, country));

    [Theory]
    [InlineData("06 12 34 56", "FR")]
    [InlineData("06 12 34 56 78 9", "FR")]
    [InlineData("+33 6 12 34 56", "FR")]
    [InlineData("15112345678", "DE")]
    [InlineData("06 12 34 56 78", "PL")]
    [InlineData("06 12 34 56 78", null)]
    [InlineData("1-800-FLOWERS", "US")]
    [InlineData("0612345678 ext 3", "FR")]
    [InlineData("(150) 555-1212", "US")]
    [InlineData("0000000000", "FR")]
    [InlineData("+", "FR")]
    [InlineData("anonymous", "FR")]
    [InlineData("", "FR")]
    [InlineData(null, "FR")]
    public void ToE164_NeverGuesses(string? given, string? country) => Assert.Null(PhoneNumber.ToE164(given, country));
}
