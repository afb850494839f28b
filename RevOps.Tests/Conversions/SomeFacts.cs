using RevOps.Core.Conversions;
using RevOps.Core.Platform;

namespace RevOps.Tests.Conversions;

internal static class SomeFacts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static readonly PersonFacts Nobody = new();

    public static readonly PersonFacts Ana = new()
    {
        Emails = ["Ana.Lopez+Ads@Gmail.com"],
        Phones = ["06 12 34 56 78"],
        FirstName = "Ana",
        LastName = "López García",
        City = "San José",
        PostalCode = "75018",
        Country = "FR",
        ExternalId = "crm-7",
        Ip = "203.0.113.7:4711",
        UserAgent = "Mozilla/5.0 (X11)",
    };

    /// <summary>A booking an hour ago, two days after the click.</summary>
    public static readonly ConversionFacts Booking = new()
    {
        EventId = "booked-b1",
        TransactionId = "b1",
        Stage = ConversionStage.Booked,
        Name = "Purchase",
        OccurredAt = Now.AddHours(-1),
        Value = new Money(12050, "EUR"),
        Source = ConversionSource.Website,
        Person = Ana,
        Click = new ClickFacts { Gclid = "Cj0K_x", Wbraid = "W", Fbclid = "IwAR2_x", Fbp = "fb.1.1.2", SeenAt = Now.AddDays(-2) },
        PageUrl = "https://example.com/book",
        Consent = new AdConsent(true, false),
        DefaultCountry = "FR",
    };

    public static ConversionFacts AtGoogle => Booking with { Name = "987654" };
}
