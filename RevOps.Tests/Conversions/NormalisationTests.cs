using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;

namespace RevOps.Tests.Conversions;

/// <summary>What holds of any person: normalising twice is normalising once, and nothing of them is sent in clear but what the documents want so.</summary>
public sealed partial class NormalisationTests
{
    private static readonly string[] Pieces =
    [
        "Ana", "LÓPEZ", "O'Neil", "e\u0301", "ß", "İstanbul", "Москва", "北京", "정", "Jr.", "Dr.", "III", "+", "@", "gmail.com", "example.fr", ".", "-", "  ", "\u00a0", "'", "’", ",",
        "06", "12 34", "+33", "(0)", "0033", "+1", "650", "555-1212", "75018", "SW1A 1AA", "90210-1234", "New York", "California", "us", "FR", "uk", "a", "9", "\u200b", "ﬁ", "Å", "ⅷ",
    ];

    private static readonly Arbitrary<string> Texts = Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts.Take(8))).ToArbitrary();
    private static readonly Arbitrary<string> Countries = Gen.Elements("FR", "BE", "CH", "LU", "DE", "ES", "IT", "PT", "NL", "GB", "uk", "US", "CA", "JP").ToArbitrary();

    [Fact]
    public void Meta_NormalisedTwice_IsNormalisedOnce() => Prop.ForAll(Texts, Countries, (text, country) =>
        Once(MetaUserData.Email, text) && Once(MetaUserData.Name, text) && Once(MetaUserData.City, text) && Once(MetaUserData.Country, text)
        && Once(given => MetaUserData.Region(given, country), text) && Once(given => MetaUserData.PostalCode(given, country), text) && Once(given => MetaUserData.Ip(given), text)
        && (MetaUserData.Phone(text, country) is not { } phone || MetaUserData.Phone($"+{phone}", country) == phone)).QuickCheckThrowOnFailure();

    [Fact]
    public void Google_NormalisedTwice_IsNormalisedOnce() => Prop.ForAll(Texts, Countries, (text, country) =>
        Once(GoogleUserData.Email, text) && Once(GoogleUserData.GivenName, text) && Once(GoogleUserData.FamilyName, text) && Once(GoogleUserData.Region, text)
        && Once(GoogleUserData.PostalCode, text) && Once(given => GoogleUserData.Phone(given, country), text)).QuickCheckThrowOnFailure();

    [Fact]
    public void ADigest_IsNotHashedAgain()
    {
        var digest = MetaUserData.Hash("ana@example.fr");
        string?[] passed =
        [
            MetaUserData.Email(digest.ToUpperInvariant()), MetaUserData.Phone(digest, "FR"), MetaUserData.Name(digest), MetaUserData.City(digest), MetaUserData.Region(digest, "US"), MetaUserData.PostalCode(digest, "US"),
            MetaUserData.Country(digest), GoogleUserData.Email(digest.ToUpperInvariant()), GoogleUserData.Phone(digest, "FR"), GoogleUserData.GivenName(digest), GoogleUserData.FamilyName(digest),
        ];
        Assert.All(passed, one => Assert.Equal(digest, one));
        Assert.Equal(digest, MetaUserData.Hash(digest));
        Assert.Equal(digest, GoogleUserData.Hash(digest));
    }

    [Theory]
    [InlineData("California", "US", "ca")]
    [InlineData("CA", "US", "ca")]
    [InlineData("New York", "us", "ny")]
    [InlineData("Bavaria", "US", null)]
    [InlineData("Île-de-France", "FR", "îledefrance")]
    [InlineData("Ontario", "CA", "ontario")]
    public void Region(string given, string country, string? expected) => Assert.Equal(expected, MetaUserData.Region(given, country));

    [Fact]
    public void NoPayload_NamesAnybody() => Prop.ForAll(People, person =>
    {
        var facts = SomeFacts.Booking with { Person = person };
        foreach (var body in new[] { Encoding.UTF8.GetString(Meta.WriteEvent(facts)), Encoding.UTF8.GetString(Google.WriteEvent(facts with { Name = "987654" })) })
        {
            // Meta wants the browser in clear, Google the country and the postal code: neither names anybody.
            var clear = Plain().Replace(body, "");
            foreach (var secret in (string?[])[.. person.Emails, .. person.Phones, person.FirstName, person.LastName, person.City])
            {
                if (secret is { Length: > 3 } && clear.Contains(secret, StringComparison.OrdinalIgnoreCase))
                    throw new InvalidOperationException($"{secret} stands in {clear}");
            }
        }
    }).QuickCheckThrowOnFailure();

    private static readonly MetaChannel Meta = new(null!, () => null);
    private static readonly GoogleChannel Google = new(null!, () => null, TimeProvider.System);

    // Letters that no digest, name of a field or other value of these facts has.
    private static readonly Arbitrary<PersonFacts> People =
        (from name in Gen.Elements("Zoltán", "Жанна", "Quentin", "Kovács-Nagy", "Wyllymot")
         from family in Gen.Elements("Zwiggle", "Őszi Vörös", "O’Shaughnessy", "Мышкин", "Quxley")
         from at in Gen.Elements("gmail.com", "orange.fr", "пример.рф")
         from number in Gen.Choose(10_000_000, 99_999_999)
         from city in Gen.Elements("Hódmezővásárhely", "Plouguerneau", "Zzyzx")
         select new PersonFacts
         {
             Emails = [$"{name}.{family}@{at}", $"  {family}@{at} "],
             Phones = [$"+336{number}", $"06 {number % 100:D2} {number / 100 % 100:D2} 11 99"],
             FirstName = name,
             LastName = family,
             City = city,
             PostalCode = "75018",
             Country = "FR",
             Ip = "203.0.113.7",
             UserAgent = "Mozilla/5.0",
         }).ToArbitrary();

    [GeneratedRegex("\"(client_user_agent|client_ip_address|regionCode|postalCode)\":\"[^\"]*\"")]
    private static partial Regex Plain();

    private static bool Once(Func<string?, string?> normalise, string text) => normalise(text) is not { } once || normalise(once) == once;
}
