using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevOps.Core.Conversions.Meta;

/// <summary>The body of one call: up to a thousand events, of which one that Meta dislikes takes down all that travel with it.</summary>
internal sealed record MetaBody(IReadOnlyList<MetaEvent> Data)
{
    // The body is JSON for an API, never part of a page: accents and plus signs stay readable.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>With no event in it yet.</summary>
    public static readonly string Envelope = JsonSerializer.Serialize(new MetaBody([]), Options);

    /// <summary>The same for the Events Manager's page of tests.</summary>
    public static string TestEnvelope(string testCode) => JsonSerializer.Serialize(new MetaBody([]) { TestEventCode = testCode }, Options);

    /// <summary>Whose program it is: Meta tells platforms apart by it.</summary>
    public string PartnerAgent { get; } = "revops";

    /// <summary>Null: it is no test.</summary>
    public string? TestEventCode { get; init; }

    public static byte[] Write(MetaEvent one) => JsonSerializer.SerializeToUtf8Bytes(one, Options);
}

/// <summary>Source: developers.facebook.com, Conversions API, server event and custom data parameters (v26.0).</summary>
internal sealed record MetaEvent(
    string EventName, long EventTime, string EventId, string ActionSource, string? EventSourceUrl, MetaPerson UserData, MetaCustomData CustomData)
{
    public IReadOnlyList<string>? DataProcessingOptions { get; init; }
    public int? DataProcessingOptionsCountry { get; init; }
    public int? DataProcessingOptionsState { get; init; }

    public static MetaEvent Of(ConversionFacts facts)
    {
        var limit = facts.IsLimited ? MetaLimit.Of(facts) : null;
        var source = ActionSourceOf(facts);
        var fromCrm = source == "system_generated";
        return new MetaEvent(
            facts.Name,
            facts.OccurredAt.ToUnixTimeSeconds(),
            facts.EventId,
            source,
            source == "website" ? facts.PageUrl : null,
            MetaPerson.Of(facts),
            new MetaCustomData(
                facts.Value?.Currency,
                facts.Value?.Amount,
                facts.TransactionId,
                fromCrm ? "crm" : null,
                fromCrm ? "RevOps" : null))
        {
            DataProcessingOptions = limit is null ? null : ["LDU"],
            DataProcessingOptionsCountry = limit?.Country,
            DataProcessingOptionsState = limit?.State,
        };
    }

    // Meta refuses a website event that lacks its page or its browser; the same facts pass as what our own records say.
    private static string ActionSourceOf(ConversionFacts facts) => facts switch
    {
        { Source: ConversionSource.PhoneCall } => "phone_call",
        { Source: ConversionSource.Store } => "physical_store",
        { Source: ConversionSource.Website, PageUrl: not null, Person.UserAgent: not null } => "website",
        _ => "system_generated",
    };
}

internal sealed record MetaCustomData(string? Currency, decimal? Value, string? OrderId, string? EventSource, string? LeadEventSource);

/// <summary>The person as sent: digests, and in clear only what Meta wants in clear.</summary>
internal sealed record MetaPerson(
    IReadOnlyList<string>? Em,
    IReadOnlyList<string>? Ph,
    IReadOnlyList<string>? Fn,
    IReadOnlyList<string>? Ln,
    IReadOnlyList<string>? Ct,
    IReadOnlyList<string>? St,
    IReadOnlyList<string>? Zp,
    IReadOnlyList<string>? Country,
    IReadOnlyList<string>? ExternalId,
    string? ClientIpAddress,
    string? ClientUserAgent,
    string? Fbc,
    string? Fbp)
{
    // Of one conversion it is asked whether it is enough, what is in it, and for it: digests are made once.
    [ThreadStatic]
    private static (ConversionFacts Facts, MetaPerson Person)? last;

    public static MetaPerson Of(ConversionFacts facts)
    {
        if (last is { } known && ReferenceEquals(known.Facts, facts))
            return known.Person;
        var made = Make(facts);
        last = (facts, made);
        return made;
    }

    private static MetaPerson Make(ConversionFacts facts)
    {
        var person = facts.Person;
        return new MetaPerson(
            Digests(person.Emails.Select(MetaUserData.Email)),
            Digests(person.Phones.Select(phone => MetaUserData.Phone(phone, facts.DefaultCountry))),
            Digests([MetaUserData.Name(person.FirstName)]),
            Digests([MetaUserData.Name(person.LastName)]),
            Digests([MetaUserData.City(person.City)]),
            Digests([MetaUserData.Region(person.Region, person.Country)]),
            Digests([MetaUserData.PostalCode(person.PostalCode, person.Country)]),
            Digests([MetaUserData.Country(person.Country)]),
            Digests([MetaUserData.ExternalId(person.ExternalId)]),
            MetaUserData.Ip(person.Ip),
            string.IsNullOrWhiteSpace(person.UserAgent) ? null : person.UserAgent,
            MetaUserData.Fbc(facts.Click),
            string.IsNullOrWhiteSpace(facts.Click?.Fbp) ? null : facts.Click.Fbp);
    }

    /// <summary>
    /// False for what fits too many people. Meta refuses an event that has no more than places and a browser, or one name alone
    /// ("best practices", since v13).
    /// </summary>
    public bool IsEnough()
    {
        var key = Em ?? Ph ?? ExternalId;
        var online = ClientIpAddress ?? Fbc ?? Fbp;
        var place = (Ct ?? St ?? Zp ?? Country) is not null || ClientUserAgent is not null;
        var names = (Fn is null ? 0 : 1) + (Ln is null ? 0 : 1);
        return key is not null || online is not null || names == 2 || (names == 1 && place);
    }

    private static List<string>? Digests(IEnumerable<string?> normalised)
    {
        var digests = normalised.OfType<string>().Distinct(StringComparer.Ordinal).Select(MetaUserData.Hash).ToList();
        return digests.Count > 0 ? digests : null;
    }
}
