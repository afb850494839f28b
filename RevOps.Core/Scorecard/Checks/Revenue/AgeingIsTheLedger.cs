using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// The buckets of the ageing, which the invoices tell, add up to the clients' account, which dated payments and credit notes tell, to the cent in each
/// currency; and DSO by balance and by count-back is known on each evening of the last week.
/// </summary>
public sealed class AgeingIsTheLedger : Check
{
    private const int Evenings = 7;

    public override string Id => "R08";

    /// <summary>The ledger as it stands: it is counted whole at each look.</summary>
    public override bool IsState => true;

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (difference, count) = (0L, 0);
        foreach (var currency in await ReceivablesLedger.CurrenciesAsync(scope.Db, scope.Owner, scope.Mode, cancel))
        {
            var ledger = new ReceivablesLedger(scope.Db, scope.Owner, scope.Mode, currency);
            var aged = Ageing.Of(await ledger.OpenOnAsync(scope.Today, cancel), scope.Today).Total;
            difference = Math.Max(difference, Math.Abs(aged - await AccountAsync(scope, ledger, cancel)));
            count += await ledger.IssuedBy(scope.Today).CountAsync(cancel);
        }

        var (known, evenings) = await DailyAsync(scope, cancel);
        return [new("difference", Measure.Money, count == 0 ? null : difference, count, new(1, 0)), Part.Share("dso", known, evenings, Bar.Exactly(1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>().Where(Invoice.IsOwed)
        where invoice.Mode == scope.Mode
        select new EvidenceRow { Kind = EvidenceKind.Invoice, Id = invoice.Id, At = invoice.IssuedAt ?? invoice.OccurredAt, Holds = invoice.DueOn != null, Label = invoice.Number };

    /// <summary>What clients owe by dated events alone: nothing that an invoice says of itself.</summary>
    private static async Task<long> AccountAsync(CheckScope scope, ReceivablesLedger ledger, CancellationToken cancel)
    {
        var (end, issued) = (scope.Owner.StartOf(scope.Today.AddDays(1)), ledger.IssuedBy(scope.Today));
        var paid = from payment in scope.Db.Set<Payment>() join invoice in issued on payment.InvoiceId equals invoice.Id where payment.OccurredAt < end select payment.AmountMinor;
        var credited = from note in scope.Db.Set<CreditNote>() join invoice in issued on note.InvoiceId equals invoice.Id where note.Status == CreditNoteStatus.Issued && note.IssuedAt < end select note.GrossMinor;
        return await issued.SumAsync(invoice => invoice.GrossMinor, cancel) - await paid.SumAsync(cancel) - await credited.SumAsync(cancel);
    }

    /// <summary>On how many evenings of the last week, as far as there was anything sold, both ways of DSO are known; where the history is too short for count-back, that it is more than so many days.</summary>
    private static async Task<(int Known, int Of)> DailyAsync(CheckScope scope, CancellationToken cancel)
    {
        var ledger = new ReceivablesLedger(scope.Db, scope.Owner, scope.Mode, scope.Owner.Currency);
        var (first, sales) = (scope.Today.AddDays(1 - Evenings), await ledger.SalesAsync(scope.Today, cancel));
        var replay = await ledger.ReplayAsync(first, scope.Today, cancel);
        var began = sales.Days.Select(day => (DateOnly?)day.Day).FirstOrDefault();
        var evenings = Enumerable.Range(0, Evenings).Select(first.AddDays).Where(evening => began <= evening).ToList();
        return (evenings.Count(evening => Dso.AsOf(evening, replay.OpenOn(evening), sales) is { SimpleDays: not null } dso && (dso.CountBackDays ?? dso.CountBackOver) is not null), evenings.Count);
    }
}
