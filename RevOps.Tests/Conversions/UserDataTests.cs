using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;

namespace RevOps.Tests.Conversions;

/// <summary>The same person as each platform compares it; where they disagree, both stand side by side.</summary>
public sealed class UserDataTests
{
    [Theory]
    [InlineData(" Ana.Lopez+Ads@Gmail.com ", "ana.lopez+ads@gmail.com", "analopez@gmail.com")]
    [InlineData("Cloudy.San+x@googlemail.com", "cloudy.san+x@googlemail.com", "cloudysan@googlemail.com")]
    [InlineData("Ana.Lopez+Ads@Example.com", "ana.lopez+ads@example.com", "ana.lopez+ads@example.com")]
    [InlineData("nobody", null, null)]
    [InlineData("@example.com", "@example.com", null)]
    [InlineData("+x@gmail.com", "+x@gmail.com", null)]
    [InlineData(" ", null, null)]
    public void Email(string given, string? meta, string? google)
    {
        Assert.Equal(meta, MetaUserData.Email(given));
        Assert.Equal(google, GoogleUserData.Email(given));
    }

    [Theory]
    [InlineData("06 12 34 56 78", "33612345678", "+33612345678")]
    [InlineData("+1 (650) 555-1212", "16505551212", "+16505551212")]
    [InlineData("12", null, null)]
    public void Phone(string given, string? meta, string? google)
    {
        Assert.Equal(meta, MetaUserData.Phone(given, "FR"));
        Assert.Equal(google, GoogleUserData.Phone(given, "FR"));
    }

    [Theory]
    [InlineData("Valéry", "valéry", "valéry")]
    [InlineData("Vale\u0301ry", "valéry", "valéry")]
    [InlineData("정", "정", "정")]
    [InlineData(" Mary-Ann  O'Neil ", "maryannoneil", "mary-ann o'neil")]
    [InlineData("Dr. Ana Isabel", "dranaisabel", "ana isabel")]
    [InlineData("Mralex", "mralex", "mralex")]
    [InlineData("Mr.", "mr", null)]
    [InlineData("--", null, "--")]
    public void GivenName(string given, string? meta, string? google)
    {
        Assert.Equal(meta, MetaUserData.Name(given));
        Assert.Equal(google, GoogleUserData.GivenName(given));
    }

    [Theory]
    [InlineData("López García", "lópezgarcía", "lópez garcía")]
    [InlineData("Quinn, Jr.", "quinnjr", "quinn")]
    [InlineData("quinn,jr., DDS", "quinnjrdds", "quinn")]
    [InlineData("Boardds", "boardds", "boardds")]
    [InlineData("Vi", "vi", "vi")]
    [InlineData(", Jr.", "jr", null)]
    public void FamilyName(string given, string meta, string? google)
    {
        Assert.Equal(meta, MetaUserData.Name(given));
        Assert.Equal(google, GoogleUserData.FamilyName(given));
    }

    [Theory]
    [InlineData("New York", "newyork")]
    [InlineData("San José", "sanjosé")]
    [InlineData("Saint-Étienne", "saintétienne")]
    [InlineData("Москва", "москва")]
    [InlineData("北京", "北京")]
    [InlineData("Paris 15", "paris15")]
    public void City_KeepsTheLettersOfEveryScript(string given, string meta) => Assert.Equal(meta, MetaUserData.City(given));

    [Theory]
    [InlineData("94025-1234", "US", "94025", "94025-1234")]
    [InlineData(" M1 1AE ", "UK", "m11ae", "M1 1AE")]
    [InlineData("75018", "FR", "75018", "75018")]
    [InlineData("1229-076", "PT", "1229076", "1229-076")]
    public void PostalCode(string given, string country, string meta, string google)
    {
        Assert.Equal(meta, MetaUserData.PostalCode(given, country));
        Assert.Equal(google, GoogleUserData.PostalCode(given));
    }

    [Theory]
    [InlineData(" FR ", "fr", "FR")]
    [InlineData("uk", "gb", "GB")]
    [InlineData("France", null, null)]
    [InlineData("u2", null, null)]
    public void Country(string given, string? meta, string? google)
    {
        Assert.Equal(meta, MetaUserData.Country(given));
        Assert.Equal(google, GoogleUserData.Region(given));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:4711", "203.0.113.7")]
    [InlineData("[2001:DB8::1]:443", "2001:db8::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("1234", null)]
    [InlineData("unknown", null)]
    public void Ip_IsABareAddress(string given, string? expected) => Assert.Equal(expected, MetaUserData.Ip(given));

    [Fact]
    public void Fbc_IsTheCookieOrMadeOfTheFirstSight()
    {
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(1795000000123);
        Assert.Equal("fb.1.1795000000123.IwAR2_CaSe", MetaUserData.Fbc(new ClickFacts { Fbclid = "IwAR2_CaSe", SeenAt = seen }));
        Assert.Equal("fb.2.1.Other.AQ", MetaUserData.Fbc(new ClickFacts { Fbc = "fb.2.1.Other.AQ", Fbclid = "IwAR2_CaSe", SeenAt = seen }));
        Assert.Null(MetaUserData.Fbc(new ClickFacts { Gclid = "g", SeenAt = seen }));
    }

    [Fact]
    public void Hash_OfADigestIsTheDigest()
    {
        // SHA-256 of "analopez@gmail.com", made with another program.
        const string digest = "40a7a591b586da8ea75d049e8a9dfb984c075840dd3e9fed2e91a31c0dc2c51c";
        Assert.Equal(digest, GoogleUserData.Hash("analopez@gmail.com"));
        Assert.Equal(digest, MetaUserData.Hash(MetaUserData.Email(digest.ToUpperInvariant())!));
    }
}
