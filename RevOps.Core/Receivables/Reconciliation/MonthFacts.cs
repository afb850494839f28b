using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>Reads the facts of a period, each with its own day: what comes later and is dated earlier is seen by it.</summary>
internal static class MonthFacts
{
    public static async Task<IReadOnlyList<MonthFact>> LoadAsync(RevOpsDb db, CompanyVersion owner, Mode mode, string currency, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (start, end) = (owner.StartOf(from), owner.StartOf(to.AddDays(1)));
        var won = await db.Set<CrmDeal>().Where(row => row.Currency == currency && row.WonOn >= from && row.WonOn <= to).Select(row => new { row.DealId, row.WonOn, row.AmountMinor }).ToListAsync(cancel);
        var sold = await db.Set<Booking>().Where(row => row.Mode == mode && row.Currency == currency && row.OccurredAt >= start && row.OccurredAt < end).Select(row => new { row.Id, row.Reference, row.OccurredAt, Minor = row.Status == BookingStatus.Confirmed ? row.AmountMinor : 0 }).ToListAsync(cancel);
        var issued = await db.Set<Invoice>().Where(row => row.Mode == mode && row.Currency == currency && row.IssuedOn >= from && row.IssuedOn <= to).Select(row => new { row.Id, Name = row.Number ?? row.Reference, Day = row.IssuedOn!.Value, Minor = row.Status == InvoiceStatus.Void ? 0 : row.GrossMinor }).ToListAsync(cancel);
        var credited = await db.Set<CreditNote>().Where(row => row.Mode == mode && row.Currency == currency && row.IssuedAt >= start && row.IssuedAt < end).Select(row => new { row.Id, row.Number, At = row.IssuedAt!.Value, row.GrossMinor }).ToListAsync(cancel);
        var paid = await (from payment in db.Set<Payment>()
                          join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
                          where payment.Mode == mode && payment.Currency == currency && payment.OccurredAt >= start && payment.OccurredAt < end
                          select new { payment.Id, Name = invoice.Number ?? invoice.Reference, payment.OccurredAt, payment.AmountMinor }).ToListAsync(cancel);
        var lines = await db.Set<BankLine>().Where(row => row.Mode == mode && row.Currency == currency && row.AmountMinor > 0 && row.BookedOn >= from && row.BookedOn <= to).Select(row => new { row.Id, row.BookedOn, row.AmountMinor, Done = row.State == BankLineState.SetAside ? row.AmountMinor : row.MatchedMinor }).ToListAsync(cancel);
        var payouts = await db.Set<Payout>().Where(row => row.Mode == mode && row.Currency == currency && row.ArrivesOn >= from && row.ArrivesOn <= to && (row.Status == "paid" || row.Status == "in_transit")).Select(row => new { row.StripePayoutId, row.ArrivesOn, row.AmountMinor, IsSeen = db.Set<BankMatch>().Any(match => match.PayoutId == row.Id && match.UndoneAt == null), Parts = db.Set<PayoutPart>().Where(part => part.PayoutId == row.Id).Sum(part => part.NetMinor) }).ToListAsync(cancel);
        var foreign = await db.Set<ForeignInvoice>().Where(row => row.Mode == mode && row.Currency == currency && row.InvoiceId == null && (row.Status == "open" || row.Status == "paid") && row.OccurredAt >= start && row.OccurredAt < end).Select(row => new { row.Id, Name = row.Number ?? row.StripeInvoiceId, row.OccurredAt, row.GrossMinor }).ToListAsync(cancel);
        return
        [
            .. won.Select(row => new MonthFact($"crm/{row.DealId}", row.DealId, row.WonOn, row.AmountMinor)),
            .. sold.Select(row => new MonthFact($"sale/{row.Id}", row.Reference, owner.DayOf(row.OccurredAt), row.Minor)),
            .. issued.Select(row => new MonthFact($"invoice/{row.Id}", row.Name, row.Day, row.Minor)),
            .. credited.Select(row => new MonthFact($"credit/{row.Id}", row.Number ?? "", owner.DayOf(row.At), -row.GrossMinor)),
            .. paid.Select(row => new MonthFact($"payment/{row.Id}", row.Name, owner.DayOf(row.OccurredAt), row.AmountMinor)),
            .. foreign.Select(row => new MonthFact($"foreign/{row.Id}", row.Name, owner.DayOf(row.OccurredAt), row.GrossMinor)),
            .. lines.Select(row => new MonthFact($"line/{row.Id}", "", row.BookedOn, row.AmountMinor)),
            .. payouts.Select(row => new MonthFact($"payout/{row.StripePayoutId}", row.StripePayoutId, row.ArrivesOn, row.AmountMinor)),

            // How much of them was accounted for is a fact of its own: a match that comes later changes what the month said.
            .. lines.Where(row => row.Done != 0).Select(row => new MonthFact($"done/{row.Id}", "", row.BookedOn, row.Done)),
            .. payouts.Where(row => row.IsSeen).Select(row => new MonthFact($"arrived/{row.StripePayoutId}", row.StripePayoutId, row.ArrivesOn, row.AmountMinor)),
            .. payouts.Where(row => row.Parts != 0).Select(row => new MonthFact($"parts/{row.StripePayoutId}", row.StripePayoutId, row.ArrivesOn, row.Parts)),
        ];
    }
}
