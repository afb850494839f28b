using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Cash;

/// <summary>Expected cash as its page shows it, the invoices behind each week, and how the same rule did before.</summary>
public sealed class CashQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<CashView> LoadAsync(string? currency, CancellationToken cancel)
    {
        var (now, owner) = (clock.GetUtcNow(), await company.CurrentAsync(cancel));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var currencies = await ReceivablesLedger.CurrenciesAsync(db, owner, Mode, cancel);
        var chosen = currency is not null && currencies.Contains(currency) ? currency : owner.Currency;
        var delays = new DelayHistory(await LedgerOf(db, owner, chosen).DelaysAsync(owner.DayOf(now), DelayHistory.Days, cancel));
        return new(await ForecastAsync(db, LedgerOf(db, owner, chosen), owner.DayOf(now), owner.DayOf(now), now, delays, cancel), delays, chosen, currencies, Mode, now);
    }

    /// <summary>The invoices behind a figure of a forecast, a page of them; they add up to it.</summary>
    public async Task<CashRows> RowsAsync(CashView view, CashFilter filter, CancellationToken cancel)
    {
        var found = view.Forecast.Invoices.Where(invoice => filter.Takes(invoice, view.Forecast)).ToList();
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        var shown = filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await OpenInvoiceRows.OfAsync(db, vault, [.. shown.Select(invoice => invoice.Invoice)], view.Forecast.From, cancel);
        return new([.. shown.Zip(rows, (expected, row) => new CashRow(row, expected, view.Delays.CountOf(row.CustomerId)))], found.Count, number, new(found.Sum(invoice => invoice.Invoice.OpenMinor), view.Currency));
    }

    /// <summary>What the rule would have said on the Monday so many whole weeks ago; null where nothing was open then.</summary>
    public async Task<CashBacktest?> BacktestAsync(string currency, int weeks, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var monday = Period.MondayOf(owner.DayOf(clock.GetUtcNow()));
        var from = monday.AddDays(-7 * weeks);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ledger = LedgerOf(db, owner, currency);

        // Only what was known on the evening before.
        var eve = from.AddDays(-1);
        var delays = new DelayHistory(await ledger.DelaysAsync(eve, DelayHistory.Days, cancel));
        var then = await ForecastAsync(db, ledger, from, eve, owner.StartOf(from), delays, cancel);
        if (then.Invoices.Count == 0)
            return null;
        var ids = then.Invoices.Select(invoice => invoice.Invoice.InvoiceId).ToHashSet();
        return CashBacktest.Of(then, weeks, (await ledger.CashAsync(new(from, monday.AddDays(-1)), cancel)).Where(came => ids.Contains(came.InvoiceId)).Select(came => (came.Day, came.Minor)));
    }

    private ReceivablesLedger LedgerOf(RevOpsDb db, CompanyVersion owner, string currency) => new(db, owner, Mode, currency);

    /// <param name="db">Where promises and disputes are read.</param>
    /// <param name="ledger">Where the open invoices are.</param>
    /// <param name="from">First day on which money may come.</param>
    /// <param name="evening">What was open on it.</param>
    /// <param name="at">What was promised and contested at this instant counts.</param>
    /// <param name="delays">Known by then.</param>
    /// <param name="cancel">Ends the reading.</param>
    private static async Task<CashForecast> ForecastAsync(RevOpsDb db, ReceivablesLedger ledger, DateOnly from, DateOnly evening, DateTimeOffset at, DelayHistory delays, CancellationToken cancel)
    {
        var open = await ledger.OpenOnAsync(evening, cancel);
        var promised = await db.Set<PaymentPromise>().AsNoTracking().Where(promise => promise.OccurredAt < at && (promise.EndedAt == null || promise.EndedAt >= at))
            .OrderBy(promise => promise.OccurredAt).Select(promise => new { promise.InvoiceId, promise.PromisedOn }).ToListAsync(cancel);
        var disputed = await db.Set<InvoiceDispute>().Where(dispute => dispute.OpenedAt < at && (dispute.ClosedAt == null || dispute.ClosedAt >= at)).Select(dispute => dispute.InvoiceId).ToListAsync(cancel);
        var days = new Dictionary<Guid, DateOnly>();
        foreach (var promise in promised)
            days[promise.InvoiceId] = promise.PromisedOn;
        return CashForecast.Of(from, open, delays, days, disputed.ToHashSet());
    }
}

/// <param name="Delays">How late clients have paid; those of one client tell its invoices.</param>
/// <param name="Currencies">The company's own first.</param>
public sealed record CashView(CashForecast Forecast, DelayHistory Delays, string Currency, IReadOnlyList<string> Currencies, Mode Mode, DateTimeOffset AsOf);

public enum CashSort
{
    Expected = 0,
    Due = 1,
    Open = 2,
}

/// <summary>Which part of a forecast.</summary>
public enum CashPart
{
    All = 0,

    /// <summary>Within the weeks.</summary>
    Within = 1,

    Later = 2,

    /// <summary>Of which no day is told.</summary>
    None = 3,
}

/// <summary>Which invoices of a forecast: a part of it, or one week.</summary>
public sealed record CashFilter
{
    public CashPart Part { get; init; }

    /// <summary>A Monday; only what is expected in its week.</summary>
    public DateOnly? Week { get; init; }

    public CashBasis? Basis { get; init; }
    public CashSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal bool Takes(CashExpectation invoice, CashForecast forecast) => (Basis is null || invoice.Basis == Basis)
        && (Week is not { } monday || (invoice.On >= monday && invoice.On < monday.AddDays(7)))
        && Part switch { CashPart.Within => invoice.On < forecast.End, CashPart.Later => invoice.On >= forecast.End, CashPart.None => invoice.On is null, _ => true };

    internal IEnumerable<CashExpectation> Sorted(IEnumerable<CashExpectation> invoices)
    {
        var sorted = Sort switch
        {
            CashSort.Due => invoices.OrderBy(invoice => invoice.Invoice.DueOn),
            CashSort.Open => invoices.OrderBy(invoice => invoice.Invoice.OpenMinor),
            _ => invoices.OrderBy(invoice => invoice.On ?? DateOnly.MaxValue),
        };
        var last = sorted.ThenBy(invoice => invoice.Invoice.InvoiceId);
        return Descending ? last.Reverse() : last;
    }
}

/// <param name="Sum">Of all of them, not of the page alone.</param>
public sealed record CashRows(IReadOnlyList<CashRow> Rows, int Count, int Number, Money Sum);

/// <param name="Payments">Of its client, from which its day was told.</param>
public sealed record CashRow(OpenInvoiceRow Invoice, CashExpectation Expected, int Payments);
