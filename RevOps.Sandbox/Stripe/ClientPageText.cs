using System.Globalization;

namespace RevOps.Sandbox.Stripe;

internal sealed record ClientPageText(
    string Language, string Invoice, string Recipient, string Due, string Line, string Quantity, string Amount, string Subtotal, string Tax,
    string Total, string Remaining, string PayByCard, string PayByTransfer, string Paid, string Void, string Note)
{
    private static readonly ClientPageText English = new(
        "en", "Invoice", "For:", "Due:", "Description", "Quantity", "Amount", "Subtotal", "Tax", "Total", "Left to pay",
        "Pay now by card", "Pay now by bank transfer", "This invoice is paid. Thank you.", "This invoice was cancelled. There is nothing to pay.",
        "Sandbox: no money moves.");

    private static readonly ClientPageText French = new(
        "fr", "Facture", "Pour :", "À payer avant le :", "Désignation", "Quantité", "Montant", "Sous-total", "Taxe", "Total", "Reste à payer",
        "Payer par carte", "Payer par virement", "Cette facture est payée. Merci.", "Cette facture a été annulée. Il n’y a rien à payer.",
        "Sandbox (bac à sable) : aucun argent ne circule.");

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language == "fr" ? "fr-FR" : "en-GB");

    /// <summary>The first of the two languages that the browser names.</summary>
    public static ClientPageText For(string acceptLanguage) => acceptLanguage.Split(',')
        .Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("fr", StringComparison.OrdinalIgnoreCase) || l.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        ?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? French : English;
}
