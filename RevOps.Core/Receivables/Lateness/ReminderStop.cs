using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Why a client is not reminded of an invoice.</summary>
public enum ReminderStop
{
    /// <summary>It is not issued, or nothing of it is owed, or it was given up.</summary>
    NotOwed = 0,

    /// <summary>The client contests it and somebody looks into it.</summary>
    Disputed = 1,

    /// <summary>The client named a day that is not over.</summary>
    Promised = 2,

    /// <summary>From before RevOps: another program may be reminding of it. A person may send one.</summary>
    History = 3,

    /// <summary>The client has no e-mail address.</summary>
    NoEmail = 4,

    /// <summary>No rule's day has come, or the one that has was sent.</summary>
    NothingDue = 5,
}

internal static class ReminderStops
{
    /// <summary>What stops a reminder whoever sends it; null: nothing. Whether there is an address is seen when it is written.</summary>
    public static async Task<ReminderStop?> OfAsync(RevOpsDb db, Invoice invoice, DateOnly today, CancellationToken cancel)
    {
        // Paid is what is owed again too, where the money went back.
        if (invoice is not { Status: InvoiceStatus.Open or InvoiceStatus.Paid, DueOn: not null } || invoice.Outstanding.Minor <= 0)
            return ReminderStop.NotOwed;
        if (await db.Set<InvoiceDispute>().AnyAsync(dispute => dispute.InvoiceId == invoice.Id && dispute.ClosedAt == null, cancel))
            return ReminderStop.Disputed;

        // Taken back by the client's bank: that is a dispute as well, of which Stripe tells.
        if (await db.Set<Payment>().Where(payment => payment.InvoiceId == invoice.Id && (payment.Kind == PaymentKind.Dispute || payment.Kind == PaymentKind.DisputeWon)).SumAsync(payment => payment.AmountMinor, cancel) < 0)
            return ReminderStop.Disputed;
        return await db.Set<PaymentPromise>().AnyAsync(promise => promise.InvoiceId == invoice.Id && promise.EndedAt == null && promise.PromisedOn >= today, cancel) ? ReminderStop.Promised : null;
    }

    /// <summary>
    /// The rule whose turn it is: the latest whose day has come. Whoever was away for a month is not sent three at once, and nobody is reminded
    /// on the day of the invoice itself.
    /// </summary>
    /// <param name="rules">Those that are on.</param>
    /// <param name="sent">Days from the due date of those that were sent.</param>
    public static ReminderRule? DueOf(Invoice invoice, IEnumerable<ReminderRule> rules, IReadOnlyCollection<int> sent, DateOnly today)
    {
        var latest = rules.Where(rule => invoice.DueOn!.Value.AddDays(rule.OffsetDays) is var day && day <= today && day > invoice.IssuedOn).MaxBy(rule => rule.OffsetDays);
        return latest is null || sent.Any(offset => offset >= latest.OffsetDays) ? null : latest;
    }
}
