using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>Lets in what became of the money of an invoice that was just read at Stripe; what is in already has no second effect.</summary>
public sealed class InvoiceMoney(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver)
{
    /// <returns>How many payments and credit notes it has there.</returns>
    public async Task<(int Payments, int CreditNotes)> ReceiveAsync(Invoice ours, StripeInvoice theirs, CancellationToken cancel)
    {
        var paid = theirs.AmountPaid == 0 ? [] : (await stripe.GetPaymentsAsync(theirs, cancel)).Where(payment => payment.Status == "paid").ToList();
        var (reported, untold) = await OursAsync(ours, paid, cancel);
        foreach (var payment in paid.Where(payment => !reported.Contains(payment.Id)))
        {
            // Somebody says there what we have from the bank, and have not said yet: it is one payment.
            if (payment.Payment?.PaymentRecord is not null && untold >= MinorOf(payment))
                untold -= MinorOf(payment);
            else
                await PaidAsync(ours, payment.Id, AmountOf(payment), theirs, PaymentKind.Payment, payment.StatusTransitions?.PaidAt ?? payment.Created, cancel);
        }

        if (theirs.EndingBalance is { } after && after > theirs.StartingBalance)
            await PaidAsync(ours, $"{theirs.Id}/balance", after - theirs.StartingBalance, theirs, PaymentKind.FromBalance, theirs.StatusTransitions?.FinalizedAt, cancel);
        var marked = theirs.Status == "paid" ? await MarkedAsync(ours, theirs, theirs.AmountPaid - paid.Sum(AmountOf), untold, cancel) : 0;

        // One that was made at Stripe counts as much as one of ours.
        var credited = StripeAmount.Read(theirs.PrePaymentCreditNotesAmount + theirs.PostPaymentCreditNotesAmount, theirs.Currency).Minor;
        return (paid.Count + marked, credited == 0 || (!ours.IsHistory && credited == ours.CreditedMinor) ? 0 : await CreditedAsync(ours, cancel));
    }

    /// <summary>What was only marked as paid there has no payment of its own: it is in as the difference to what has one.</summary>
    /// <returns>How many such there are.</returns>
    private async Task<int> MarkedAsync(Invoice ours, StripeInvoice theirs, long amount, long untold, CancellationToken cancel)
    {
        var begins = $"{theirs.Id}/outside";
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Set<Payment>().Where(payment => payment.InvoiceId == ours.Id && payment.StripePaymentId.StartsWith(begins)).Select(payment => payment.AmountMinor).ToListAsync(cancel);
        var missing = StripeAmount.Read(amount, theirs.Currency).Minor - known.Sum() - untold;
        if (missing == 0 || (missing < 0 && untold > 0))
            return known.Count;
        var id = known.Count == 0 ? begins : $"{begins}/{known.Count + 1}";
        var paid = new InvoicePaid(ours.Id, id, new(missing, theirs.Currency.ToUpperInvariant()));
        await receiver.ReceiveInternalAsync(StripeNoticed.Source, id, InvoicePaid.Type, paid, cancel, theirs.StatusTransitions?.PaidAt);
        return known.Count + 1;
    }

    /// <summary>Transfers that we recognised at the bank are in since then: which of these payments are our reports of them, and how much we have not reported.</summary>
    private async Task<(HashSet<string> Reported, long UntoldMinor)> OursAsync(Invoice ours, IReadOnlyList<StripePayment> paid, CancellationToken cancel)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var payment in paid)
        {
            if (payment.Payment is { PaymentRecord: { } record } && (await stripe.GetPaymentRecordAsync(record, cancel)).Metadata.ContainsKey(TellStripeOfTransfer.MatchKey))
                reported.Add(payment.Id);
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        var seen = await db.Set<BankMatch>().Where(match => match.InvoiceId == ours.Id && match.Kind == MatchKind.Invoice && match.UndoneAt == null).SumAsync(match => match.AmountMinor, cancel);
        return (reported, Math.Max(0, seen - paid.Where(payment => reported.Contains(payment.Id)).Sum(MinorOf)));
    }

    private static long MinorOf(StripePayment payment) => StripeAmount.Read(AmountOf(payment), payment.Currency).Minor;

    private static long AmountOf(StripePayment payment) => payment.AmountPaid ?? payment.AmountRequested;

    private Task<bool> PaidAsync(Invoice ours, string id, long amount, StripeInvoice theirs, PaymentKind kind, DateTimeOffset? at, CancellationToken cancel) =>
        receiver.ReceiveInternalAsync(StripeNoticed.Source, id, InvoicePaid.Type, new InvoicePaid(ours.Id, id, StripeAmount.Read(amount, theirs.Currency), kind), cancel, at);

    /// <summary>Those that were made at Stripe, by another program or a person there.</summary>
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
