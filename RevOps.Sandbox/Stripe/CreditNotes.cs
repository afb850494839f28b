using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>
/// A credit note first lowers what is still to pay; what goes beyond was paid already and must be accounted for, to the cent,
/// as refund, as credit on the customer's balance, or as settled elsewhere.
/// </summary>
internal static class CreditNotes
{
    public static JsonObject Create(StripeCall call)
    {
        var (session, invoice) = (call.Session, InvoiceOf(call));
        var (note, refund, credit) = Prepare(call, invoice);
        var issued = session.Put(note with
        {
            Number = $"{invoice.Number}-CN-{session.Documents.Next("credit_notes:" + invoice.Id):D2}",
            Refunds = refund == 0 ? [] : [.. Refunds.OfInvoice(session, invoice.Id, refund).Select(r => new RefundOf(r.Amount, r.Id))],
        }, "credit_note.created");
        if (credit > 0)
        {
            var customer = session.Get<Customer>(invoice.Customer, "customer");
            session.Put(customer with { Balance = customer.Balance - credit }, "customer.updated", session.Render(customer));
        }
        Credit(session, invoice, issued.PrePaymentAmount, issued.PostPaymentAmount);
        return session.Render(issued);
    }

    public static JsonObject Preview(StripeCall call) => call.Session.Render(Prepare(call, InvoiceOf(call)).Note);

    public static JsonObject Read(StripeCall call) => call.Session.Render(Get(call));

    public static JsonObject Lines(StripeCall call)
    {
        var lines = call.Session.Render(Get(call))["lines"]!;
        return lines.DeepClone().AsObject();
    }

    public static JsonObject List(StripeCall call) => Listing.Page<CreditNote>(
        call, "credit note", parent: call.Form.Text("invoice"), filters: Listing.Field(call.Form, "customer"));

    public static JsonObject Update(StripeCall call)
    {
        var note = Get(call);
        var after = note with { Memo = call.Form.Text("memo", note.Memo), Metadata = call.Form.Metadata(note.Metadata) };
        return call.Session.Render(call.Session.Put(after, "credit_note.updated", call.Session.Render(note)));
    }

    public static JsonObject Void(StripeCall call)
    {
        var (session, note) = (call.Session, Get(call));
        var invoice = session.Get<Invoice>(note.Invoice, "invoice");
        if (note.Status == "void" || invoice.Status != "open" || note.PostPaymentAmount > 0)
            throw StripeException.NotNow("You can only void an issued credit note of an open invoice.", code: null);
        var voided = session.Put(note with { Status = "void", VoidedAt = session.Now }, "credit_note.voided");
        Credit(session, invoice, -note.PrePaymentAmount, 0);
        return session.Render(voided);
    }

    private static (CreditNote Note, long Refund, long Credit) Prepare(StripeCall call, Invoice invoice)
    {
        var form = call.Form;
        form.OneOf("email_type", null, "credit_note", "none");
        var note = CreditNoteInput.Read(call, invoice);
        var left = invoice.Total - invoice.PrePaymentCreditNotesAmount - invoice.PostPaymentCreditNotesAmount;
        if (note.Total <= 0 || note.Total > left)
            throw StripeException.Invalid("amount", $"The credit note's total {note.Total} must be between 1 and {left}, what is left of the invoice.");
        var before = Math.Min(note.Total, invoice.AmountRemaining);
        var after = note.Total - before;
        var (refund, credit) = (form.Integer("refund_amount") ?? 0, form.Integer("credit_amount") ?? 0);
        if (refund < 0 || credit < 0 || note.OutOfBandAmount < 0 || refund + credit + (note.OutOfBandAmount ?? 0) != after)
        {
            throw StripeException.Invalid("amount",
                $"The sum of credit_amount, refund_amount and out_of_band_amount must equal the post payment credit note amount, {after}.");
        }
        return (note with { PrePaymentAmount = before, PostPaymentAmount = after }, refund, credit);
    }

    private static void Credit(StripeSession session, Invoice invoice, long beforePayment, long afterPayment)
    {
        var credited = InvoiceMath.Due(invoice with
        {
            PrePaymentCreditNotesAmount = invoice.PrePaymentCreditNotesAmount + beforePayment,
            PostPaymentCreditNotesAmount = invoice.PostPaymentCreditNotesAmount + afterPayment,
        });
        if (invoice.Status != "paid" && credited.AmountRemaining == 0)
            Payments.Settle(session, credited);
        else
            session.Put(credited, "invoice.updated", session.Render(invoice));
    }

    private static Invoice InvoiceOf(StripeCall call)
    {
        var invoice = call.Session.Get<Invoice>(call.Form.Required("invoice"), "invoice", "invoice");
        return invoice.Status is "open" or "paid" or "uncollectible" ? invoice
            : throw StripeException.NotNow($"You cannot issue a credit note for an invoice with status {invoice.Status}.", code: null);
    }

    private static CreditNote Get(StripeCall call) => call.Session.Get<CreditNote>(call.Id, "credit note");
}
