using System.Globalization;
using System.Net;
using System.Text;

namespace RevOps.Sandbox.Stripe;

internal static class ClientPageHtml
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
        table { width: 100%; border-collapse: collapse; margin: 1rem 0 } th, td { text-align: left; padding: .4rem; border-bottom: 1px solid #ccc }
        .n { text-align: right; font-variant-numeric: tabular-nums } tfoot th { font-weight: 600 }
        button { font: inherit; padding: .6rem 1rem; margin: 0 .5rem .5rem 0; border: 2px solid #14457a; border-radius: .3rem; background: #14457a; color: #fff }
        button:focus-visible { outline: 3px solid #e07a00; outline-offset: 2px } .note { background: #fff3cd; padding: .4rem .8rem } .state { font-weight: 600 }
        """;

    public static string Render(Invoice invoice, IReadOnlyList<InvoiceLine> lines, ClientPageText words)
    {
        var title = $"{words.Invoice} {invoice.Number}";
        var due = invoice.DueDate is { } at ? $"<p>{words.Due} <time>{Day(at, words)}</time></p>" : "";
        return $"""
            <!doctype html>
            <html lang="{words.Language}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
            <title>{Text(title)}</title><style>{Style}</style></head>
            <body><p class="note" role="note">{words.Note}</p>
            <main>
            <h1>{Text(title)}</h1>
            <p>{words.Recipient} {Text(invoice.CustomerName ?? invoice.CustomerEmail ?? invoice.Customer)}</p>
            {due}
            {Table(invoice, lines, words)}
            {State(invoice, words)}
            </main></body></html>
            """;
    }

    private static string Table(Invoice invoice, IReadOnlyList<InvoiceLine> lines, ClientPageText words)
    {
        var rows = new StringBuilder();
        foreach (var line in lines)
        {
            var (quantity, amount) = (line.Quantity.ToString(words.Culture), Money(line.Amount, invoice, words));
            rows.Append(CultureInfo.InvariantCulture,
                $"""<tr><td>{Text(line.Description ?? "")}</td><td class="n">{quantity}</td><td class="n">{amount}</td></tr>""");
        }
        return $"""
            <table>
            <thead><tr><th scope="col">{words.Line}</th><th scope="col" class="n">{words.Quantity}</th><th scope="col" class="n">{words.Amount}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot>
            {Sum(words.Subtotal, invoice.SubtotalExcludingTax)}
            {Sum(words.Tax, invoice.Total - invoice.TotalExcludingTax)}
            {Sum(words.Total, invoice.Total)}
            {Sum(words.Remaining, invoice.Status == "void" ? 0 : invoice.AmountRemaining)}
            </tfoot></table>
            """;

        string Sum(string label, long amount) =>
            $"""<tr><th scope="row" colspan="2">{label}</th><td class="n">{Money(amount, invoice, words)}</td></tr>""";
    }

    private static string State(Invoice invoice, ClientPageText words) => invoice.Status switch
    {
        "paid" => $"""<p class="state" role="status">{words.Paid}</p>""",
        "void" => $"""<p class="state" role="status">{words.Void}</p>""",
        _ => $"""
            <form method="post"><button name="method" value="card">{words.PayByCard}</button><button name="method" value="transfer">{words.PayByTransfer}</button></form>
            """,
    };

    private static string Money(long amount, Invoice invoice, ClientPageText words) =>
        Text(MinorUnits.Text(amount, invoice.Currency, words.Culture));

    private static string Day(long at, ClientPageText words)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        return Text(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(at), paris).ToString("d MMMM yyyy", words.Culture));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
