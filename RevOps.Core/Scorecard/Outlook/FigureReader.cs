using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// Reads the past of a figure by days of the company, in its currency and of one mode, each as its own page counts it. Bookings count in
/// every currency, being things and not money; leads have neither currency nor mode.
/// </summary>
internal sealed class FigureReader(RevOpsDb db, CompanyVersion owner, Mode mode, DateOnly today)
{
    /// <summary>Longer ago says nothing of next month, and would only cost time.</summary>
    public const int Years = 8;

    // An account that was not read for longer is read no more.
    private const int ReadAgainDays = 28;

    private readonly ReceivablesLedger ledger = new(db, owner, mode, owner.Currency);

    private DateOnly From => today.AddYears(-Years);

    public async Task<IReadOnlyList<(DateOnly Day, long Value)>> ReadAsync(ForecastFigure figure, CancellationToken cancel) => figure switch
    {
        ForecastFigure.Revenue => [.. (await ledger.SalesAsync(today, cancel)).Days.Where(sold => sold.Day >= From)],
        ForecastFigure.Cash => (await ledger.CashAsync(new(From, today), cancel)).ConvertAll(came => (came.Day, came.Minor)),
        ForecastFigure.Bookings => await BookingsAsync(cancel),
        ForecastFigure.Leads => [.. (await QualifiedLeads.SinceAsync(db, owner.StartOf(From), cancel)).Select(at => (owner.DayOf(at), 1L))],
        _ => await SpendAsync(cancel),
    };

    /// <summary>
    /// Up to which day a figure is known, that day excluded: today, but of ad spend the day up to which all accounts that are still read, or told of by files
    /// and events, have been. A day that nobody told of yet is no day without spend.
    /// </summary>
    public async Task<DateOnly> KnownUntilAsync(ForecastFigure figure, CancellationToken cancel)
    {
        if (figure != ForecastFigure.Spend)
            return today;
        var since = today.AddDays(-ReadAgainDays);
        var read = await db.Set<AdAccount>().Where(account => account.Mode == mode)
            .Select(account => db.Set<SpendReading>().Where(reading => reading.AccountId == account.Id && reading.State == ReadingState.Done).Max(reading => (DateOnly?)reading.To)).ToListAsync(cancel);
        var told = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Source != SpendSource.Import && row.Day >= since && row.Day <= today)
            .GroupBy(row => new { row.Platform, row.Account }).Select(group => group.Max(row => row.Day)).ToListAsync(cancel);
        return read.Concat(told.Select(last => (DateOnly?)last.AddDays(1))).Where(to => to >= since && to < today).Min() ?? today;
    }

    private async Task<IReadOnlyList<(DateOnly Day, long Value)>> BookingsAsync(CancellationToken cancel)
    {
        var since = owner.StartOf(From);
        var booked = await db.Set<Booking>().Where(booking => booking.Mode == mode && booking.Status == BookingStatus.Confirmed && booking.OccurredAt >= since).Select(booking => booking.OccurredAt).ToListAsync(cancel);
        return booked.ConvertAll(at => (owner.DayOf(at), 1L));
    }

    private async Task<IReadOnlyList<(DateOnly Day, long Value)>> SpendAsync(CancellationToken cancel)
    {
        var since = From;
        var spent = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == owner.Currency && row.Day >= since && row.Day <= today)
            .GroupBy(row => row.Day).Select(group => new { Day = group.Key, Minor = group.Sum(row => row.CostMinor) }).ToListAsync(cancel);
        return spent.ConvertAll(day => (day.Day, day.Minor));
    }
}
