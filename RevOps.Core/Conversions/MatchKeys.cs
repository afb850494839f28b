namespace RevOps.Core.Conversions;

/// <summary>What a platform can find a person by. Stored as its number: append only.</summary>
[Flags]
public enum MatchKeys
{
    None = 0,
    Email = 1,
    Phone = 2,
    FirstName = 4,
    LastName = 8,
    City = 16,
    Region = 32,
    PostalCode = 64,
    Country = 128,

    /// <summary>Our own id of the person.</summary>
    ExternalId = 256,

    Ip = 512,

    /// <summary>The browser's name and version.</summary>
    UserAgent = 1_024,

    /// <summary>The id of an ad click: gclid, gbraid, wbraid, or fbc.</summary>
    Click = 2_048,

    /// <summary>Meta's cookie of the browser, fbp.</summary>
    BrowserId = 4_096,

    /// <summary>Both names, postal code and country together, as Google compares them.</summary>
    Address = 8_192,
}
