using RevOps.Core.Attribution;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>Stored as its number: append only.</summary>
public enum ConversionStage
{
    Lead = 0,
    Qualified = 1,
    Meeting = 2,
    Booked = 3,
    Paid = 4,
    Refunded = 5,
}

/// <summary>Where the conversion took place. Stored as its number: append only.</summary>
public enum ConversionSource
{
    Website = 0,
    PhoneCall = 1,
    Crm = 2,

    /// <summary>In a shop: platforms take it longer after the day.</summary>
    Store = 3,
}

/// <summary>
/// Everything a platform may be told about one conversion, in clear. It is built at the moment of sending and never stored, and each
/// platform makes its own digests of it: for the same e-mail they differ.
/// </summary>
public sealed record ConversionFacts
{
    /// <summary>The same for every attempt and for the pixel in the browser, so that the platform counts once.</summary>
    public required string EventId { get; init; }

    /// <summary>The sale, the same at booking, payment and refund; holds nothing personal.</summary>
    public required string TransactionId { get; init; }

    public required ConversionStage Stage { get; init; }

    /// <summary>Meta: the event's name. Google: the number of the conversion action.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public Money? Value { get; init; }

    /// <summary>True when the platform has this <see cref="TransactionId"/> already and only its value changes, to 0 for a refund.</summary>
    public bool Restates { get; init; }

    public required ConversionSource Source { get; init; }

    /// <summary>Of the conversation that it is of; null where it is of none.</summary>
    public DateTimeOffset? CallStartedAt { get; init; }

    public required PersonFacts Person { get; init; }

    /// <summary>The ad click that led here; null: none is known.</summary>
    public ClickFacts? Click { get; init; }

    /// <summary>Where on the website it happened.</summary>
    public string? PageUrl { get; init; }

    public required AdConsent Consent { get; init; }

    /// <summary>The person lives in the United States and opted out: the platform may count the conversion and do nothing else with it.</summary>
    public bool IsLimited { get; init; }

    /// <summary>The company's country, ISO 3166-1 alpha-2: telephone numbers without one are read as its own.</summary>
    public required string DefaultCountry { get; init; }
}

/// <summary>A person as given to us, not normalised. Prints nothing of it.</summary>
public sealed record PersonFacts
{
    public IReadOnlyList<string> Emails { get; init; } = [];
    public IReadOnlyList<string> Phones { get; init; } = [];
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? City { get; init; }
    /// <summary>State, province or department.</summary>
    public string? Region { get; init; }

    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null: unknown, and not guessed.</summary>
    public string? Country { get; init; }

    /// <summary>Our own id of the person, the same on every channel.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The visitor's address, never our server's.</summary>
    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    public override string ToString() => "a person";
}

/// <summary>Click ids exactly as they came: they are case-sensitive and never decoded, cut or made up. Prints nothing of them.</summary>
public sealed record ClickFacts
{
    public string? Gclid { get; init; }
    public string? Gbraid { get; init; }
    public string? Wbraid { get; init; }
    public string? Fbclid { get; init; }

    /// <summary>The <c>_fbc</c> cookie.</summary>
    public string? Fbc { get; init; }

    /// <summary>The <c>_fbp</c> cookie.</summary>
    public string? Fbp { get; init; }

    /// <summary>Which ad it was, where the sender said: a click id does not reveal it, and no platform asks for it back.</summary>
    public AdIds? Ad { get; init; }

    /// <summary>When the click was first seen, the same for every attempt.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public override string ToString() => $"a click of {SeenAt:u}";
}

/// <summary>What the person allowed. Null: never asked, which is neither a yes nor a no.</summary>
/// <param name="AdUserData">Data about the person may go to ad platforms.</param>
/// <param name="AdPersonalization">Ads may be chosen by it.</param>
public sealed record AdConsent(bool? AdUserData, bool? AdPersonalization);
