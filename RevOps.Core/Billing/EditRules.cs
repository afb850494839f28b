using System.Globalization;
using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>What is wrong with a version that Finance wrote: the place, and a code that pages put into words.</summary>
/// <param name="Field">Such as "lines[2].quantity", from 1 on.</param>
public sealed record EditFault(string Field, string Code);

/// <summary>
/// What Finance may write. Of a sale: text, quantity, discount, purchase order and terms, and nothing else; what was agreed stays the
/// sender's. By hand: all of it.
/// </summary>
public static class EditRules
{
    public const int MostLines = 250;
    private const decimal MostAmount = 1_000_000_000;

    /// <param name="content">The version as written.</param>
    /// <param name="sent">The sender's; null by hand.</param>
    public static IReadOnlyList<EditFault> Check(BookingContent content, BookingContent? sent)
    {
        var faults = new List<EditFault>();
        void Wrong(string field, string code) => faults.Add(new(field, code));

        if (content.Lines.Count is 0 or > MostLines)
            Wrong("lines", "lines.count");
        if (content.Lines.Select(line => line.Key).Distinct(StringComparer.Ordinal).Count() < content.Lines.Count)
            Wrong("lines", "lines.keys");
        foreach (var (index, line) in content.Lines.Index())
            CheckLine(line, content.Currency, string.Create(CultureInfo.InvariantCulture, $"lines[{index + 1}]"), Wrong);
        if (content.PurchaseOrder?.Length > 100)
            Wrong("purchaseOrder", "text.long");
        if (content.PaymentTermsDays is < 0 or > 365)
            Wrong("paymentTermsDays", "terms");
        if (sent is not null && !KeepsWhatWasAgreed(content, sent))
            Wrong("lines", "sale.agreed");
        if (faults.Count == 0 && content.Total().Minor < 0)
            Wrong("lines", "total.negative");
        return faults;
    }

    private static void CheckLine(BookingLine line, string currency, string at, Action<string, string> wrong)
    {
        if (string.IsNullOrWhiteSpace(line.Description))
            wrong($"{at}.description", "text.missing");
        else if (line.Description.Length > 500)
            wrong($"{at}.description", "text.long");
        if (line.Quantity is <= 0 or > 1_000_000 || decimal.Round(line.Quantity, 6) != line.Quantity)
            wrong($"{at}.quantity", "quantity");
        else if (line.UnitAmount < 0 || decimal.Round(line.UnitAmount, 6) != line.UnitAmount || line.Quantity * line.UnitAmount > MostAmount)
            wrong($"{at}.unitAmount", "price");
        else if (line.DiscountMinor < 0 || line.DiscountMinor > Money.Round(line.Quantity * line.UnitAmount, currency).Minor)
            wrong($"{at}.discount", "discount");
        if (line.TaxRateBasisPoints is < 0 or > 10_000)
            wrong($"{at}.taxRate", "rate");
    }

    /// <summary>The same lines at the same prices and rates, in the same currency and on the same side of the tax.</summary>
    private static bool KeepsWhatWasAgreed(BookingContent content, BookingContent sent) => content.Currency == sent.Currency && content.TaxInclusive == sent.TaxInclusive
        && content.Lines.Select(Agreed).Order(StringComparer.Ordinal).SequenceEqual(sent.Lines.Select(Agreed).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Agreed(BookingLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Key}|{line.UnitAmount:0.######}|{line.TaxRateBasisPoints}|{line.ServiceCode}");
}
