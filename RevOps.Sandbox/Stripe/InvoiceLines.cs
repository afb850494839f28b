using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>Lines come, change and go in one piece: a bad one leaves the draft as it was.</summary>
internal static class InvoiceLines
{
    private const int Most = 250;

    public static JsonObject List(StripeCall call)
    {
        var invoice = Invoices.Get(call);
        return Listing.Page<InvoiceLine>(call, "line item", parent: invoice.Id, oldestFirst: true);
    }

    public static JsonObject Add(StripeCall call) => Change(call, (invoice, items) =>
    {
        foreach (var item in items)
            call.Session.Put(LineInput.Read(call.Session, invoice, item, Blank(call.Session, invoice)));
    });

    public static JsonObject Update(StripeCall call) => Change(call, (invoice, items) =>
    {
        foreach (var item in items)
            call.Session.Put(LineInput.Read(call.Session, invoice, item, Get(call.Session, invoice, item)));
    });

    public static JsonObject Remove(StripeCall call) => Change(call, (invoice, items) =>
    {
        foreach (var item in items)
        {
            item.OneOf("behavior", null, "delete", "unassign");
            call.Session.Documents.Remove<InvoiceLine>(Get(call.Session, invoice, item).Id);
        }
    });

    private static JsonObject Change(StripeCall call, Action<Invoice, IReadOnlyList<FormBody>> change)
    {
        var (session, before) = (call.Session, Invoices.Get(call));
        if (before.Status != "draft")
            throw StripeException.NotNow("This invoice is finalized; you can only change the lines of a draft invoice.");
        var items = call.Form.Items("lines");
        if (items.Count == 0)
            throw StripeException.Missing("lines");
        var shown = session.Render(before);
        change(before, items);
        var lines = session.Documents.All<InvoiceLine>(before.Id);
        if (lines.Count > Most)
            throw StripeException.Invalid("lines", $"An invoice holds up to {Most} line items.", "invoice_too_many_line_items");
        var after = InvoiceMath.WithTotals(before with { Metadata = call.Form.Metadata(before.Metadata) }, lines);
        return session.Render(session.Put(after, "invoice.updated", shown));
    }

    private static InvoiceLine Get(StripeSession session, Invoice invoice, FormBody item)
    {
        var line = session.Get<InvoiceLine>(item.Required("id"), "line item", item.Path("id"));
        return line.Invoice == invoice.Id ? line : throw StripeException.NoSuch("line item", line.Id, item.Path("id"));
    }

    private static InvoiceLine Blank(StripeSession session, Invoice invoice) => new()
    {
        Id = Wire.NewId("il_"),
        Amount = 0,
        Currency = invoice.Currency,
        Invoice = invoice.Id,
        Period = new Period(session.Now, session.Now),
        Pricing = new Pricing(null, null),
    };
}
