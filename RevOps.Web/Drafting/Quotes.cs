using System.Globalization;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;

namespace RevOps.Web.Drafting;

/// <summary>A service code fills the line that it was typed into.</summary>
internal static class Quotes
{
    public static async Task FillAsync(DraftPreview preview, LineEntry line, InvoiceEntry entry, Guid? customerId)
    {
        if (line.ServiceCode.Length == 0)
            return;
        var quote = await preview.QuoteAsync(line.ServiceCode, customerId, entry.Currency.Trim().ToUpperInvariant(), entry.Tax == CatalogueRules.Inclusive, CancellationToken.None);
        line.CodeIsUnknown = quote is null;
        if (quote is null)
            return;
        line.ServiceCode = quote.Code;
        line.Rate = quote.RateBasisPoints is { } rate ? LineEntry.RateText(rate) : "";
        if (line.Description.Trim().Length == 0)
            line.Description = quote.Name;
        if (quote.UnitAmount is { } amount)
            line.UnitAmount = LineEntry.Typed(amount, CultureInfo.CurrentCulture);
    }
}
