using RevOps.Core.People;
using System.Globalization;
using System.Text.Json;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// The body of <c>events:ingest</c>: up to 2,000 events for one destination, because the later status tells the places of refused events
/// per destination. One event that Google dislikes the form of takes down all that travel with it.
/// Source: developers.google.com, Data Manager API, IngestEventsRequest (v1.9).
/// </summary>
internal sealed record GoogleBody(IReadOnlyList<GoogleDestination> Destinations, IReadOnlyList<GoogleEvent> Events, string Encoding)
{
    /// <summary>True: Google looks at it and throws it away. Left out otherwise.</summary>
    public bool? ValidateOnly { get; init; }

    /// <summary>For one conversion action, with no event in it yet.</summary>
    public static GoogleBody Envelope(string action, GoogleConnection google) => new(
        [new GoogleDestination(
            GoogleAccount.Of(google.CustomerId),
            google.LoginCustomerId is { } manager ? GoogleAccount.Of(manager) : null,
            action)],
        [],
        "HEX");

    /// <summary>A conversion of nobody (example.com belongs to no person) for each action, only to see whether it would be taken.</summary>
    public static GoogleBody Rehearsal(GoogleConnection google, IReadOnlyList<string> actions, DateTimeOffset now)
    {
        var nobody = new GoogleIdentifier(GoogleUserData.Hash("nobody@example.com"), null, null);
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var manager = google.LoginCustomerId is { } login ? GoogleAccount.Of(login) : null;
        return new(
            [.. actions.Select(action => new GoogleDestination(GoogleAccount.Of(google.CustomerId), manager, action))],
            [new GoogleEvent("revops.check", time, "OTHER", null, new GooglePerson([nobody]), null, null, null)],
            "HEX") { ValidateOnly = true };
    }

    public string Write() => JsonSerializer.Serialize(this, GoogleJson.CamelCase);
}

internal sealed record GoogleDestination(GoogleAccount OperatingAccount, GoogleAccount? LoginAccount, string ProductDestinationId);

internal sealed record GoogleAccount(string AccountType, string AccountId)
{
    public static GoogleAccount Of(string id) => new("GOOGLE_ADS", id.Replace("-", "", StringComparison.Ordinal).Trim());
}

/// <summary>The visitor's address and browser are left out: Google must not get them for the EEA, the UK and Switzerland.</summary>
internal sealed record GoogleEvent(
    string TransactionId,
    string EventTimestamp,
    string EventSource,
    GoogleClick? AdIdentifiers,
    GooglePerson? UserData,
    decimal? ConversionValue,
    string? Currency,
    GoogleConsent? Consent)
{
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Of a call: Google finds the ad by the caller's number, which goes hashed with the person's keys, and the time.</summary>
    public GoogleCall? CallInfo { get; init; }

    public static GoogleEvent Of(ConversionFacts facts) => new(
        facts.TransactionId,
        facts.OccurredAt.UtcDateTime.ToString(Rfc3339, CultureInfo.InvariantCulture),
        facts.Source switch { ConversionSource.Website => "WEB", ConversionSource.PhoneCall => "PHONE", ConversionSource.Store => "IN_STORE", _ => "OTHER" },
        GoogleClick.Of(facts),
        GooglePerson.Of(facts),
        facts.Value?.Amount,
        facts.Value?.Currency,
        GoogleConsent.Of(facts.Consent))
    {
        CallInfo = facts is { Source: ConversionSource.PhoneCall, CallStartedAt: { } started } && facts.Person.Phones.Any(phone => GoogleUserData.Phone(phone, facts.DefaultCountry) is not null)
            ? new(started.UtcDateTime.ToString(Rfc3339, CultureInfo.InvariantCulture)) : null,
    };
}

internal sealed record GoogleCall(string StartTimestamp);

/// <summary>Exactly one of the three: Google refuses two together.</summary>
internal sealed record GoogleClick(string? Gclid, string? Gbraid, string? Wbraid)
{
    /// <summary>How long Google remembers a click.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    /// <summary>The click that can have led to the conversion; null: none, or it came later or more than 90 days before.</summary>
    public static GoogleClick? Of(ConversionFacts facts)
    {
        if (facts.Click is not { } click || click.SeenAt > facts.OccurredAt || facts.OccurredAt - click.SeenAt > Memory)
            return null;
        return (Id(click.Gclid), Id(click.Gbraid), Id(click.Wbraid)) switch
        {
            ({ } gclid, _, _) => new GoogleClick(gclid, null, null),
            (_, { } gbraid, _) => new GoogleClick(null, gbraid, null),
            (_, _, { } wbraid) => new GoogleClick(null, null, wbraid),
            _ => null,
        };
    }

    private static string? Id(string? given) => string.IsNullOrWhiteSpace(given) ? null : given;
}

/// <summary>At most ten identifiers, each an e-mail, a telephone number or an address.</summary>
internal sealed record GooglePerson(IReadOnlyList<GoogleIdentifier> UserIdentifiers)
{
    private const int Most = 10;

    // Of one conversion it is asked whether anybody is known, by what, and for it: digests are made once.
    [ThreadStatic]
    private static (ConversionFacts Facts, GooglePerson? Person)? last;

    public static GooglePerson? Of(ConversionFacts facts)
    {
        if (last is { } known && ReferenceEquals(known.Facts, facts))
            return known.Person;
        var made = Make(facts);
        last = (facts, made);
        return made;
    }

    private static GooglePerson? Make(ConversionFacts facts)
    {
        var person = facts.Person;
        var emails = Digests(person.Emails.Select(GoogleUserData.Email)).Select(email => new GoogleIdentifier(email, null, null));
        var phones = Digests(person.Phones.Select(phone => GoogleUserData.Phone(phone, facts.DefaultCountry))).Select(phone => new GoogleIdentifier(null, phone, null));
        GoogleIdentifier[] address = GoogleAddress.Of(person) is { } known ? [new GoogleIdentifier(null, null, known)] : [];

        // The address goes first to the limit: it is one, e-mails may be many.
        var identifiers = address.Concat(emails).Concat(phones).Take(Most).ToList();
        return identifiers.Count > 0 ? new GooglePerson(identifiers) : null;
    }

    private static IEnumerable<string> Digests(IEnumerable<string?> normalised) =>
        normalised.OfType<string>().Distinct(StringComparer.Ordinal).Select(GoogleUserData.Hash);
}

internal sealed record GoogleIdentifier(string? EmailAddress, string? PhoneNumber, GoogleAddress? Address);

/// <summary>All four or none: Google compares them together. Names are digests, the rest is in clear.</summary>
internal sealed record GoogleAddress(string GivenName, string FamilyName, string RegionCode, string PostalCode)
{
    public static GoogleAddress? Of(PersonFacts person) =>
        GoogleUserData.GivenName(person.FirstName) is { } given
        && GoogleUserData.FamilyName(person.LastName) is { } family
        && GoogleUserData.Region(person.Country) is { } region
        && GoogleUserData.PostalCode(person.PostalCode) is { } postalCode
            ? new GoogleAddress(GoogleUserData.Hash(given), GoogleUserData.Hash(family), region, postalCode)
            : null;
}

/// <summary>What was never asked is left out: it is neither granted nor denied.</summary>
internal sealed record GoogleConsent(string? AdUserData, string? AdPersonalization)
{
    public static GoogleConsent? Of(AdConsent consent) =>
        consent is { AdUserData: null, AdPersonalization: null } ? null : new(Word(consent.AdUserData), Word(consent.AdPersonalization));

    private static string? Word(bool? allowed) => allowed switch { true => "CONSENT_GRANTED", false => "CONSENT_DENIED", null => null };
}
