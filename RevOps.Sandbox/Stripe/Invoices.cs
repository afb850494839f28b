using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>A draft comes, changes and may go without a trace; from finalisation on only its metadata changes.</summary>
internal static class Invoices
{
    public static JsonObject Create(StripeCall call)
    {
        var (session, form) = (call.Session, call.Form);
        var customer = session.Get<Customer>(form.Required("customer"), "customer", "customer");
        form.OneOf("pending_invoice_items_behavior", null, "exclude", "include");
        var currency = form.Text("currency") ?? customer.Currency ?? "eur";
        if (currency.Length != 3 || currency.Any(c => c is < 'a' or > 'z'))
            throw StripeException.Invalid("currency", $"Invalid currency: {currency}. Stripe takes three lower-case letters.");
        var draft = InvoiceFields.Apply(
            new Invoice { Id = Wire.NewId("in_"), Created = session.Now, Currency = currency, Customer = customer.Id }, form, session);
        if (draft.AutoAdvance)
            Deadlines.Set(session, "auto_advance", draft.Id, draft.AutomaticallyFinalizesAt!.Value);
        return session.Render(session.Put(WithCustomer(session, draft, customer), "invoice.created"));
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(Get(call));

    public static JsonObject List(StripeCall call) => Listing.Page<Invoice>(call, "invoice", parent: call.Form.Text("customer"), filters:
        [
            Status(call.Form),
            Listing.Field(call.Form, "collection_method"),
        ]);

    public static JsonObject Update(StripeCall call)
    {
        var (session, before) = (call.Session, Get(call));
        var after = before.Status == "draft"
            ? InvoiceFields.Apply(before, call.Form, session)
            : MetadataOnly(before, call.Form);
        if (after is { Status: "draft", AutoAdvance: true })
            Deadlines.Set(session, "auto_advance", after.Id, after.AutomaticallyFinalizesAt!.Value);
        session.Put(after, "invoice.updated", session.Render(before));
        return session.Render(after);
    }

    public static JsonObject Delete(StripeCall call)
    {
        var (session, invoice) = (call.Session, Get(call));
        if (invoice.Status != "draft")
            throw StripeException.NotNow("You can only delete draft invoices.");
        session.Emit("invoice.deleted", invoice);
        foreach (var line in session.Documents.All<InvoiceLine>(invoice.Id))
            session.Documents.Remove<InvoiceLine>(line.Id);
        session.Documents.Remove<Invoice>(invoice.Id);
        return new JsonObject { ["id"] = invoice.Id, ["object"] = "invoice", ["deleted"] = true };
    }

    public static Invoice Get(StripeCall call) => call.Session.Get<Invoice>(call.Id, "invoice", "invoice");

    /// <summary>An invoice shows its customer as they were when it was last a draft.</summary>
    public static Invoice WithCustomer(StripeSession session, Invoice invoice, Customer customer) => invoice with
    {
        CustomerAddress = session.Render(customer)["address"]?.DeepClone().AsObject(),
        CustomerEmail = customer.Email,
        CustomerName = customer.Name,
        CustomerTaxExempt = customer.TaxExempt,
        CustomerTaxIds = [.. session.Documents.All<TaxId>(customer.Id).Select(t => new JsonObject { ["type"] = t.Type, ["value"] = t.Value })],
    };

    private static Invoice MetadataOnly(Invoice invoice, FormBody form)
    {
        var after = invoice with { Metadata = form.Metadata(invoice.Metadata) };
        return form.FirstUnread() is null
            ? after
            : throw StripeException.NotNow("Finalized invoices can't be updated in this way: only metadata may change.");
    }

    private static Filter? Status(FormBody form) =>
        form.OneOf("status", null, "draft", "open", "paid", "uncollectible", "void") is { } status ? Filter.Field("status", status) : null;
}
