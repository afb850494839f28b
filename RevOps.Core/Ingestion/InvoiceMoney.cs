using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>Lets in what became of the money of an invoice that was just read at Stripe; what is in already has no second effect.</summary>
public sealed class InvoiceMoney(StripeClient stripe, EventReceiver receiver)
{
    /// <returns>How many payments and credit notes it has there.</returns>
    public async Task<(int Payments, int CreditNotes)> ReceiveAsync(Invoice ours, StripeInvoice theirs, CancellationToken cancel)
    {
        var paid = theirs.AmountPaid == 0 ? [] : (await stripe.GetPaymentsAsync(theirs, cancel)).Where(payment => payment.Status == "paid").ToList();
        foreach (var payment in paid)
            await PaidAsync(ours, payment.Id, AmountOf(payment), theirs, PaymentKind.Payment, payment.StatusTransitions?.PaidAt ?? payment.Created, cancel);
        if (theirs.EndingBalance is { } after && after > theirs.StartingBalance)
            await PaidAsync(ours, $"{theirs.Id}/balance", after - theirs.StartingBalance, theirs, PaymentKind.FromBalance, theirs.StatusTransitions?.FinalizedAt, cancel);
        if (!ours.IsHistory)
            return (paid.Count, 0);

        // What was only marked as paid there has no payment of its own.
        var outside = theirs.AmountPaid - paid.Sum(AmountOf);
        if (theirs.Status == "paid" && outside > 0)
            await PaidAsync(ours, $"{theirs.Id}/outside", outside, theirs, PaymentKind.Payment, theirs.StatusTransitions?.PaidAt, cancel);
        return (paid.Count + (outside > 0 ? 1 : 0), theirs.PrePaymentCreditNotesAmount + theirs.PostPaymentCreditNotesAmount == 0 ? 0 : await CreditedAsync(ours, cancel));
    }

    private static long AmountOf(StripePayment payment) => payment.AmountPaid ?? payment.AmountRequested;

    private Task<bool> PaidAsync(Invoice ours, string id, long amount, StripeInvoice theirs, PaymentKind kind, DateTimeOffset? at, CancellationToken cancel) =>
        receiver.ReceiveInternalAsync(StripeNoticed.Source, id, InvoicePaid.Type, new InvoicePaid(ours.Id, id, StripeAmount.Read(amount, theirs.Currency), kind), cancel, at);

    /// <summary>Credit notes on what another program invoiced are made there; on ours here.</summary>
    private async Task<int> CreditedAsync(Invoice ours, CancellationToken cancel)
    {
        var count = 0;
        await foreach (var note in stripe.ListCreditNotesAsync(ours.StripeInvoiceId!, cancel))
        {
            if (note.Status == "void" || note.Metadata.ContainsKey(IssueCreditNote.CreditKey))
                continue;
            var read = CreditNoteImported.Of(ours.Id, note, await stripe.GetCreditedLinesAsync(note, cancel));
            await receiver.ReceiveInternalAsync(StripeNoticed.Source, $"history/{note.Id}", CreditNoteImported.Type, read, cancel, note.EffectiveAt ?? note.Created);
            count++;
        }

        return count;
    }
}
