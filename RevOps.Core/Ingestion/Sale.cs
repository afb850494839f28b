using RevOps.Core.Bookings;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>What a confirmed booking and a won deal have in common: the same data, under a booking id, a deal id or both.</summary>
public sealed record Sale
{
    private const int MostLines = 250;

    public string? BookingId { get; init; }
    public string? DealId { get; init; }
    public required CustomerDetails Customer { get; init; }
    public string? VisitorId { get; init; }
    public string? VoiceSessionId { get; init; }
    public required BookingContent Content { get; init; }

    /// <summary>Who booked, where the sender says more of them than of the customer.</summary>
    public Contact? Booker { get; init; }

    public Contact Contact => (Booker, ContactOf(Customer)) switch
    {
        (null, var buyer) => buyer,

        // An address for invoices is no sign of who booked: where they are named, only their country and town may be the company's.
        ({ } booker, var buyer) when IsCompany(Customer) && (booker.Ref ?? booker.Email ?? booker.Phone) is not null => booker.Over(buyer with { Email = null, Phone = null }),
        ({ } booker, var buyer) => booker.Over(buyer),
    };

    /// <summary>The person that a customer's own details name. The ref of a company names the company: whoever books for it shares that one.</summary>
    internal static Contact ContactOf(CustomerDetails customer) => new()
    {
        Ref = IsCompany(customer) ? null : customer.Ref,
        Email = customer.Email,
        Phone = customer.Phone,
        PostalCode = customer.Address?.PostalCode,
        City = customer.Address?.City,
        Country = customer.Address?.Country,
    };

    /// <summary>
    /// Refuses only what has no id, currency, lines or customer, or is impossible. Whatever else is missing is stored, shown, and
    /// stands in the way of approval by name.
    /// </summary>
    internal static Sale? Read(Fields data, string requiredId)
    {
        var required = data.RequiredText(requiredId);
        var sale = new Sale
        {
            BookingId = requiredId == "bookingId" ? required : data.Text("bookingId", 200),
            DealId = requiredId == "dealId" ? required : data.Text("dealId", 200),
            Customer = ReadCustomer(data),
            Booker = data.Contact(),
            VisitorId = data.Text("visitorId", 200),
            VoiceSessionId = data.Text("voiceSessionId", 200),
            Content = ReadContent(data, data.RequiredCurrency("currency")),
        };
        if (data.Ok && sale.Content.Total().Minor < 0)
            data.Wrong("lines", "The lines add up to less than nothing: a discount is at most its line.");
        return data.Ok ? sale : null;
    }

    /// <summary>The lines alone, of a changed booking.</summary>
    internal static IReadOnlyList<SaleLine> ReadLines(Fields data, string currency)
    {
        var rows = data.Objects("lines", MostLines);
        if (rows.Count == 0)
            data.Wrong("lines", $"One to {MostLines} lines are required.");

        var lines = rows.Select((row, index) => ReadLine(row, index, currency)).ToList();
        if (data.Ok && lines.Select(line => line.Line.Key).Distinct(StringComparer.Ordinal).Count() < lines.Count)
            data.Wrong("lines", "Every line has a key of its own.");
        return lines;
    }

    private static bool IsCompany(CustomerDetails customer) => customer.IsBusiness ?? (customer.Siren ?? customer.VatNumber) is not null;

    private static BookingContent ReadContent(Fields data, string currency) => new()
    {
        Currency = currency,
        TaxInclusive = data.OneOf("taxBehavior", "exclusive", "inclusive") == "inclusive",
        Lines = [.. ReadLines(data, currency).Select(line => line.Line)],
        ServiceDate = data.Day("serviceDate"),
        SlotStart = data.Time("slotStart"),
        SlotEnd = data.Time("slotEnd"),
        FareClass = data.Text("fareClass", 100),
        PaymentTermsDays = (int?)data.Whole("paymentTermsDays", most: 365),
        PurchaseOrder = data.Text("purchaseOrder", 100),
    };

    private static SaleLine ReadLine(Fields row, int index, string currency)
    {
        var minor = row.Whole("unitAmountMinor");
        var amount = row.Number("unitAmount", 0, 1_000_000_000, decimals: 6);
        if (row.Ok && minor is null && amount is null)
            row.Wrong("unitAmountMinor", "unitAmountMinor (whole minor units) or unitAmount (up to 6 decimals) is required.");

        var rate = row.Number("taxRatePercent", 0, 100, decimals: 2);
        var line = new BookingLine
        {
            Key = row.Text("key", 200) ?? (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Description = row.Text("description", 500) ?? "",
            Quantity = row.Required("quantity", row.Number("quantity", 0, 1_000_000, decimals: 6), "A number is required."),
            UnitAmount = amount ?? (row.Ok ? new Platform.Money(minor!.Value, currency).Amount : 0),
            DiscountMinor = row.Whole("discountMinor") ?? 0,
            TaxRateBasisPoints = rate is null ? null : (int)(rate * 100),
            ServiceCode = row.Text("serviceCode", 100),
        };
        if (row.Ok && line.Quantity * line.UnitAmount > 1_000_000_000)
            row.Wrong("quantity", "A line is at most 1,000,000,000.");
        else if (row.Ok && line.Amount(currency).Minor < 0)
            row.Wrong("discountMinor", "A discount is at most its line.");
        return new(line, amount is null ? minor : null);
    }

    private static CustomerDetails ReadCustomer(Fields data)
    {
        if (data.Object("customer") is not { } fields)
        {
            data.Wrong("customer", "An object with at least a ref is required.");
            return new() { Ref = "" };
        }

        var address = fields.Object("address");
        return new()
        {
            Ref = fields.RequiredText("ref"),
            LegalName = fields.Text("legalName", 300),
            Email = fields.Text("email", 320),
            Phone = fields.Text("phone", 50),
            Siren = fields.Text("siren", 20),
            VatNumber = fields.Text("vatNumber", 20),
            IsBusiness = fields.OneOf("kind", "business", "consumer") switch { "business" => true, "consumer" => false, _ => null },
            Address = address is null ? null : new()
            {
                Line1 = address.Text("line1", 300),
                Line2 = address.Text("line2", 300),
                PostalCode = address.Text("postalCode", 20),
                City = address.Text("city", 200),
                Country = address.Country("country"),
            },
        };
    }
}

/// <summary>A line as it was sent.</summary>
/// <param name="UnitAmountMinor">The price where it came in minor units: which ones is known once the booking's currency is.</param>
public sealed record SaleLine(BookingLine Line, long? UnitAmountMinor)
{
    public BookingLine In(string currency) => UnitAmountMinor is { } minor ? Line with { UnitAmount = new Platform.Money(minor, currency).Amount } : Line;
}
