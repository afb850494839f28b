using System.Globalization;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>An invoice as somebody types it: all of it text, until it is read.</summary>
public sealed class InvoiceEntry
{
    public string Currency { get; set; } = "";

    /// <summary>HT or TTC.</summary>
    public string Tax { get; set; } = CatalogueRules.Exclusive;

    public string Terms { get; set; } = "";
    public string PurchaseOrder { get; set; } = "";
    public List<LineEntry> Lines { get; } = [];

    /// <summary>Carries what nobody types: days and slots of a sale.</summary>
    private BookingContent? Basis { get; init; }

    /// <summary>What stands there now, in the numbers of a culture.</summary>
    public static InvoiceEntry Of(BookingContent content, CultureInfo culture)
    {
        var entry = new InvoiceEntry
        {
            Basis = content,
            Currency = content.Currency,
            Tax = content.TaxInclusive ? CatalogueRules.Inclusive : CatalogueRules.Exclusive,
            Terms = content.PaymentTermsDays?.ToString(CultureInfo.InvariantCulture) ?? "",
            PurchaseOrder = content.PurchaseOrder ?? "",
        };
        entry.Lines.AddRange(content.Lines.Select(line => LineEntry.Of(line, content.Currency, culture)));
        return entry;
    }

    public LineEntry AddLine()
    {
        var next = 1 + Lines.Select(line => int.TryParse(line.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0).DefaultIfEmpty().Max();
        var added = new LineEntry { Key = next.ToString(CultureInfo.InvariantCulture), Quantity = "1" };
        Lines.Add(added);
        return added;
    }

    /// <summary>The content, with what is wrong with it; null where a figure cannot be read.</summary>
    /// <param name="sent">The sender's, of a sale.</param>
    public (BookingContent? Content, IReadOnlyList<EditFault> Faults) Read(BookingContent? sent)
    {
        var faults = new List<EditFault>();
        var currency = Currency.Trim().ToUpperInvariant();
        if (!Platform.Currency.IsKnown(currency))
            return (null, [new("currency", "currency")]);
        var lines = Lines.Select((line, index) => line.Read(currency, string.Create(CultureInfo.InvariantCulture, $"lines[{index + 1}]"), faults)).ToList();
        var terms = Terms.Trim();
        var isDays = int.TryParse(terms, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (terms.Length > 0 && !isDays)
            faults.Add(new("paymentTermsDays", "terms"));
        var content = (Basis ?? new() { Currency = currency, Lines = [] }) with
        {
            Currency = currency,
            TaxInclusive = CatalogueRules.IsInclusive(Tax) ?? false,
            Lines = lines,
            PaymentTermsDays = isDays ? days : null,
            PurchaseOrder = PurchaseOrder.Trim() is { Length: > 0 } order ? order : null,
        };
        return (faults.Count == 0 ? content : null, [.. faults, .. EditRules.Check(content, sent).Where(found => faults.TrueForAll(known => known.Field != found.Field))]);
    }
}

/// <summary>A line as somebody types it.</summary>
public sealed class LineEntry
{
    public required string Key { get; init; }
    public string Description { get; set; } = "";
    public string Quantity { get; set; } = "";
    public string UnitAmount { get; set; } = "";

    /// <summary>In percent; empty leaves it to the tax rules.</summary>
    public string Rate { get; set; } = "";

    public string Discount { get; set; } = "";
    public string ServiceCode { get; set; } = "";

    /// <summary>The catalogue was asked for the code, and has none.</summary>
    public bool CodeIsUnknown { get; set; }

    public static LineEntry Of(BookingLine line, string currency, CultureInfo culture) => new()
    {
        Key = line.Key,
        Description = line.Description,
        Quantity = Typed(line.Quantity, culture),
        UnitAmount = Typed(line.UnitAmount, culture),
        Rate = line.TaxRateBasisPoints is { } rate ? RateText(rate) : "",
        Discount = line.DiscountMinor == 0 ? "" : Typed(new Money(line.DiscountMinor, currency).Amount, culture),
        ServiceCode = line.ServiceCode ?? "",
    };

    /// <summary>As the list of rates has it: 5.5 for 550.</summary>
    public static string RateText(int basisPoints) => CatalogueRules.Text(basisPoints / 100m);

    public static string Typed(decimal amount, CultureInfo culture) => amount.ToString("0.######", culture);

    internal BookingLine Read(string currency, string at, List<EditFault> faults)
    {
        T? Or<T>(string field, string code, T? read) where T : struct
        {
            if (read is null)
                faults.Add(new($"{at}.{field}", code));
            return read;
        }

        if (CodeIsUnknown)
            faults.Add(new($"{at}.serviceCode", "service"));
        return new()
        {
            Key = Key,
            Description = Description.Trim(),
            Quantity = Or("quantity", "quantity", CatalogueRules.Amount(Quantity)) ?? 1,
            UnitAmount = Or("unitAmount", UnitAmount.Trim().Length == 0 ? "price.missing" : "price", CatalogueRules.Amount(UnitAmount)) ?? 0,
            DiscountMinor = Discount.Trim().Length == 0 ? 0 : Or("discount", "discount", CatalogueRules.Minor(Discount, currency)) ?? 0,
            TaxRateBasisPoints = Rate.Trim().Length == 0 ? null : Or("taxRate", "rate", CatalogueRules.Rate(Rate)),
            ServiceCode = ServiceCode.Trim() is { Length: > 0 } code ? code : null,
        };
    }
}
