using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>
/// What a line was matched with was wrong: everything is as if it had never been, on every evening. Only the audit and the list of matches
/// remember it, and whoever outside was told of it is told again.
/// </summary>
public sealed record BankMatchUndone(Guid LineId, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.bank_match_undone";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var line = await db.Set<BankLine>().SingleAsync(row => row.Id == LineId, cancel);
        var matches = await db.Set<BankMatch>().Where(row => row.LineId == LineId && row.UndoneAt == null).ToListAsync(cancel);
        if (matches.Count == 0)
            throw new MatchRefusedException("outdated");

        // The last one first: each gives back what was before it.
        foreach (var match in matches.OrderByDescending(match => match.OccurredAt).ThenByDescending(match => match.Kind == MatchKind.Overpayment))
        {
            (match.UndoneAt, match.UndoneBy) = (reception.Event.OccurredAt, UserId);
            if (match is { Kind: MatchKind.Invoice or MatchKind.Overpayment, PaymentId: { } paymentId })
                await UnbookAsync(reception, match, paymentId);
        }

        var before = new { line.State, line.MatchedMinor };
        (line.MatchedMinor, line.State) = (0, line.Reason is null ? BankLineState.Open : BankLineState.OnHold);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "bank.undone", nameof(BankLine), line.Id.ToString())
        {
            Before = before,
            After = new { line.State, line.MatchedMinor, Parts = matches.Select(match => new { match.Kind, match.InvoiceId, match.PayoutId, match.AmountMinor, match.Rule }) },
        }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take a match of the bank back"];

    private static async Task UnbookAsync(Reception reception, BankMatch match, Guid paymentId)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == match.InvoiceId, cancel);
        db.RemoveRange(await db.Set<Payment>().Where(row => row.Id == paymentId).ToListAsync(cancel));
        db.RemoveRange(await db.Set<Credit>().Where(row => row.PaymentId == paymentId).ToListAsync(cancel));
        var argument = paymentId.ToString();
        db.RemoveRange(await db.Set<OutboxRow>().Where(row => row.Job == nameof(CreditTouches) && row.Argument == argument && row.State == OutboxState.Waiting).ToListAsync(cancel));
        invoice.PaidMinor -= match.AmountMinor;
        invoice.MovedOnly(await DaysAsync(reception, invoice));
        await CheckClaims.AskAsync(reception, invoice);
        if (invoice.Status == InvoiceStatus.Paid && invoice.Outstanding.Minor > 0)
            await ReopenAsync(reception, invoice, match, paymentId);
        else if (invoice.Status == InvoiceStatus.Paid && invoice.PaidMinor == 0 && invoice.CreditedMinor > 0)
            (invoice.Status, invoice.PaidAt) = (InvoiceStatus.Credited, null);
        else if (invoice.Status == InvoiceStatus.Paid && match.StatusBefore != InvoiceStatus.Paid)
            invoice.PaidAt = await SettledAtAsync(reception, invoice);
        if (match.Kind == MatchKind.Invoice && invoice.StripeInvoiceId is { } stripeId)
            db.Enqueue<TellStripeOfTransfer>(match.Id.ToString(), reception.Now, key: $"{match.Id}/undone", lane: $"stripe:{stripeId}");
    }

    /// <summary>Paid by other means as well: since the last of those.</summary>
    private static async Task<DateTimeOffset?> SettledAtAsync(Reception reception, Invoice invoice)
    {
        var paid = await reception.Db.Set<Payment>().Where(row => row.InvoiceId == invoice.Id && row.AmountMinor > 0).ToListAsync(reception.Cancel);
        return paid.Where(row => reception.Db.Entry(row).State != EntityState.Deleted).Max(row => (DateTimeOffset?)row.OccurredAt) ?? invoice.PaidAt;
    }

    /// <summary>The days on which something of it moved, without what is taken back.</summary>
    private static async Task<IReadOnlyList<DateOnly>> DaysAsync(Reception reception, Invoice invoice)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var paid = await db.Set<Payment>().Where(row => row.InvoiceId == invoice.Id).ToListAsync(cancel);
        var credited = await db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.IssuedAt != null).Select(note => note.IssuedAt!.Value).ToListAsync(cancel);
        var standing = paid.Where(row => db.Entry(row).State != EntityState.Deleted).Select(row => row.OccurredAt);
        return [invoice.IssuedOn!.Value, .. standing.Concat(credited).Select(reception.Company.DayOf)];
    }

    private static async Task ReopenAsync(Reception reception, Invoice invoice, BankMatch match, Guid paymentId)
    {
        (invoice.Status, invoice.PaidAt) = (match.StatusBefore is InvoiceStatus.Uncollectible ? InvoiceStatus.Uncollectible : InvoiceStatus.Open, null);
        foreach (var booking in await reception.Db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).ToListAsync(reception.Cancel))
            await UntellAsync(reception, invoice, booking, paymentId);
    }

    /// <summary>What waits to be told of the payment is forgotten; what was told is told again, as worth what is paid now.</summary>
    private static async Task UntellAsync(Reception reception, Invoice invoice, Booking booking, Guid paymentId)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var eventId = ConversionIds.EventId(ConversionStage.Paid, booking.Reference);
        var told = await db.Set<Conversion>().Where(row => row.EventId == eventId).ToListAsync(cancel);
        var waiting = told.FindAll(row => row.SentAt is null && row.Status is ConversionStatus.Queued or ConversionStatus.Held);
        foreach (var conversion in waiting)
            db.Remove(conversion);

        // Each sale of a gathered invoice was told its own share, and keeps that of what is paid now.
        if (!told.Exists(row => row.SentAt is not null && row.ValueMinor is not null))
            return;
        var person = await db.Set<Person>().SingleAsync(row => row.Id == booking.PersonId, cancel);
        await ConversionPlan.RestateAsync(reception with { Person = person }, booking.Reference, $"undone/{paymentId}", invoice.Id, ConversionPlan.Share(reception, invoice));
    }
}
