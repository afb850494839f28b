using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>The steps of an invoice's life, each refused where Stripe's own table of transitions has no arrow.</summary>
internal static class InvoiceActions
{
    /// <summary>With auto_advance Stripe finalises and sends an hour later, whoever approved it or not.</summary>
    public const long GraceSeconds = 3600;

    public static JsonObject Finalize(StripeCall call)
    {
        var invoice = Invoices.Get(call);
        if (invoice.Status != "draft")
            throw StripeException.NotNow("This invoice is already finalized, you can't re-finalize a non-draft invoice.");
        var autoAdvance = call.Form.Flag("auto_advance") ?? invoice.AutoAdvance;
        return call.Session.Render(Finalize(call.Session, invoice with { AutoAdvance = autoAdvance }));
    }

    public static JsonObject Send(StripeCall call)
    {
        var invoice = Invoices.Get(call);
        if (invoice.CollectionMethod != "send_invoice")
            throw StripeException.NotNow("You can only manually send an invoice if its collection method is 'send_invoice'.", code: null);
        return call.Session.Render(Send(call.Session, In(invoice, "You can only send an open invoice.", "open")));
    }

    public static JsonObject Pay(StripeCall call)
    {
        var (session, form) = (call.Session, call.Form);
        var method = form.Text("payment_method");
        var outOfBand = form.Flag("paid_out_of_band") ?? false;
        var invoice = In(Invoices.Get(call), "Invoice is not payable: it is a draft, already paid or void.", "open", "uncollectible");
        if (!outOfBand && method is null)
        {
            throw StripeException.NotNow(
                "There is no default_payment_method set on this Customer or Invoice. Please set a default_payment_method.", "invoice_payment_method_missing");
        }
        if (method == "pm_card_chargeDeclined")
        {
            session.Put(invoice with { Attempted = true, AttemptCount = invoice.AttemptCount + 1 }, "invoice.payment_failed");
            throw new StripeException(402, "card_error", "card_declined", "Your card was declined.") { Commits = true };
        }
        return session.Render(Payments.Receive(session, invoice, invoice.AmountRemaining, outOfBand ? PaidBy.OutOfBand : PaidBy.Card));
    }

    public static JsonObject Void(StripeCall call)
    {
        var invoice = In(Invoices.Get(call), "You can only void an open or uncollectible invoice.", "open", "uncollectible");
        if (invoice.AmountPaid > 0)
            throw StripeException.NotNow("You cannot void an invoice with payments; issue a credit note.");
        var voided = invoice with { Status = "void", StatusTransitions = invoice.StatusTransitions with { VoidedAt = call.Now } };
        return call.Session.Render(call.Session.Put(voided, "invoice.voided"));
    }

    public static JsonObject MarkUncollectible(StripeCall call)
    {
        var invoice = In(Invoices.Get(call), "You can only mark an open invoice uncollectible.", "open");
        var marked = invoice with
        {
            Status = "uncollectible",
            StatusTransitions = invoice.StatusTransitions with { MarkedUncollectibleAt = call.Now },
        };
        return call.Session.Render(call.Session.Put(marked, "invoice.marked_uncollectible"));
    }

    public static void AdvanceByItself(StripeSession session, string id)
    {
        if (session.Documents.Find<Invoice>(id) is not { Status: "draft", AutoAdvance: true } draft
            || session.Documents.All<InvoiceLine>(id).Count == 0)
            return;
        var open = Finalize(session, draft);
        if (open is { Status: "open", CollectionMethod: "send_invoice" })
            Send(session, open);
    }

    /// <summary>The number comes with the transaction: an invoice that fails to finalise leaves no gap.</summary>
    private static Invoice Finalize(StripeSession session, Invoice draft)
    {
        if (session.Documents.All<InvoiceLine>(draft.Id).Count == 0)
            throw StripeException.NotNow("This invoice has no line items: nothing to finalize.", "invoice_no_customer_line_items");
        var customer = session.Get<Customer>(draft.Customer, "customer");
        var balance = draft.Total + customer.Balance;
        var path = $"/pay/{draft.Id}?token={Wire.NewId("", 32)}";
        var open = InvoiceMath.Due(Invoices.WithCustomer(session, draft, customer) with
        {
            AutomaticallyFinalizesAt = null,
            EffectiveAt = draft.EffectiveAt ?? session.Now,
            EndingBalance = Math.Min(0, balance),
            HostedInvoiceUrl = path,
            InvoicePdf = path.Replace("?", "/pdf?", StringComparison.Ordinal),
            Number = InvoiceNumbers.Next(session, customer),
            StartingBalance = customer.Balance,
            Status = "open",
            StatusTransitions = draft.StatusTransitions with { FinalizedAt = session.Now },
        });
        session.Put(customer with { Balance = Math.Min(0, balance), Currency = customer.Currency ?? draft.Currency });
        session.Put(open, "invoice.finalized", session.Render(draft));
        return open.AmountDue == 0 ? Payments.Settle(session, open) : open;
    }

    private static Invoice Send(StripeSession session, Invoice invoice)
    {
        // A test account mails nobody, and says invoice.sent all the same.
        session.Documents.Next("sent:" + invoice.Id);
        session.Emit("invoice.sent", invoice);
        return invoice;
    }

    private static Invoice In(Invoice invoice, string otherwise, params ReadOnlySpan<string> statuses) =>
        statuses.Contains(invoice.Status) ? invoice : throw StripeException.NotNow(otherwise);
}
