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
        var facts = await CashFacts.ReadAsync(db, LedgerOf(db, owner, chosen), owner.DayOf(now), now, cancel);
        return new(new(owner.DayOf(now), facts.Spreads(owner.DayOf(now))), facts.Hazard, chosen, currencies, Mode, now);
    }

    /// <summary>The invoices behind a figure of a forecast, a page of them; they add up to it.</summary>
    public async Task<CashRows> RowsAsync(CashView view, CashFilter filter, CancellationToken cancel)
    {
        var found = view.Forecast.Invoices.Where(invoice => filter.Takes(invoice, view.Forecast)).ToList();
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        var shown = filter.Sorted(found, view.Forecast).Skip((number - 1) * PageSize).Take(PageSize).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await OpenInvoiceRows.OfAsync(db, vault, [.. shown.Select(invoice => invoice.Invoice)], view.Forecast.From, cancel);
        return new([.. shown.Zip(rows, (spread, row) => new CashRow(row, spread, new(filter.MinorOf(spread, view.Forecast), view.Currency), view.Hazard.PaidBy(row.CustomerId)))], found.Count, number, new(found.Sum(spread => filter.MinorOf(spread, view.Forecast)), view.Currency));
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
        var facts = await CashFacts.ReadAsync(db, ledger, eve, owner.StartOf(from), cancel);
        var then = new CashForecast(from, facts.Spreads(from));
        if (then.Invoices.Count == 0)
            return null;
        var ids = then.Invoices.Select(invoice => invoice.Invoice.InvoiceId).ToHashSet();
        return CashBacktest.Of(then, weeks, (await ledger.CashAsync(new(from, monday.AddDays(-1)), cancel)).Where(came => ids.Contains(came.InvoiceId)).Select(came => (came.Day, came.Minor)));
    }

    private ReceivablesLedger LedgerOf(RevOpsDb db, CompanyVersion owner, string currency) => new(db, owner, Mode, currency);
}

/// <param name="Hazard">When clients pay.</param>
/// <param name="Currencies">The company's own first.</param>
public sealed record CashView(CashForecast Forecast, PaymentHazard Hazard, string Currency, IReadOnlyList<string> Currencies, Mode Mode, DateTimeOffset AsOf);

public enum CashSort
{
    /// <summary>When it may come at the earliest.</summary>
    Expected = 0,

    Due = 1,
    Open = 2,

    /// <summary>What of it is expected there.</summary>
    Amount = 3,
}

/// <summary>Which part of a forecast.</summary>
public enum CashPart
{
    All = 0,

    /// <summary>Within the weeks.</summary>
    Within = 1,

    /// <summary>After the weeks, or never.</summary>
    Later = 2,

    /// <summary>Of which no day is told.</summary>
    None = 3,
}

/// <summary>Which invoices of a forecast: a part of it, or one week.</summary>
public sealed record CashFilter
{
    public CashPart Part { get; init; }

    /// <summary>A Monday; only of what some is expected in its week.</summary>
    public DateOnly? Week { get; init; }

    public CashBasis? Basis { get; init; }
    public CashSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal bool Takes(CashSpread spread, CashForecast forecast) => (Basis is null || spread.Basis == Basis)
        && (Week is not { } monday || MinorIn(monday, spread, forecast) > 0)
        && Part switch { CashPart.Within => spread.WithinMinor > 0, CashPart.Later => spread.LaterMinor > 0, CashPart.None => !spread.IsExpected, _ => true };

    /// <summary>What of an invoice belongs to the figure that was opened.</summary>
    internal long MinorOf(CashSpread spread, CashForecast forecast) => Week is { } monday ? MinorIn(monday, spread, forecast)
        : Part switch { CashPart.Within => spread.WithinMinor, CashPart.Later => spread.LaterMinor, _ => spread.Invoice.OpenMinor };

    internal IEnumerable<CashSpread> Sorted(IEnumerable<CashSpread> spreads, CashForecast forecast)
    {
        var sorted = Sort switch
        {
            CashSort.Due => spreads.OrderBy(spread => spread.Invoice.DueOn),
            CashSort.Open => spreads.OrderBy(spread => spread.Invoice.OpenMinor),
            CashSort.Amount => spreads.OrderBy(spread => MinorOf(spread, forecast)),
            _ => spreads.OrderBy(spread => spread.Early ?? DateOnly.MaxValue),
        };
        var last = sorted.ThenBy(spread => spread.Invoice.InvoiceId);
        return Descending ? last.Reverse() : last;
    }

    private static long MinorIn(DateOnly monday, CashSpread spread, CashForecast forecast) =>
        (monday.DayNumber - forecast.Weeks[0].Monday.DayNumber) / 7 is var week && monday >= forecast.Weeks[0].Monday && week < spread.Minor.Count ? spread.Minor[week] : 0;
}

/// <param name="Sum">Of all of them, not of the page alone.</param>
public sealed record CashRows(IReadOnlyList<CashRow> Rows, int Count, int Number, Money Sum);

/// <param name="Amount">What of it belongs to the figure that was opened; the rows add up to it.</param>
/// <param name="Payments">Of its client, which tell its days.</param>
public sealed record CashRow(OpenInvoiceRow Invoice, CashSpread Expected, Money Amount, int Payments);
