using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>Thirteen weeks of cash in the company's currency, as things stand and as they would in a scenario.</summary>
public sealed class CashOutlookQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, TimeProvider clock)
{
    // Of an interval that holds 19 of 20.
    private const double Normal95 = 1.96;
    private const int DaysOfTerms = 365;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<CashOutlookView> OfAsync(CashScenario scenario, CancellationToken cancel)
    {
        var (now, owner, mode) = (clock.GetUtcNow(), await company.CurrentAsync(cancel), Mode);
        var today = owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ledger = new ReceivablesLedger(db, owner, mode, owner.Currency);
        var facts = await CashFacts.ReadAsync(db, ledger, today, now, cancel);
        var terms = await TermsAsync(ledger, today, owner.PaymentTermsDays, cancel);
        var sales = await SalesAsync(db, ledger, owner, mode, today, cancel);
        var effect = await EffectAsync(db, owner, mode, cancel);
        var end = Period.MondayOf(today).AddDays(7 * CashForecast.WeekCount);
        var before = new Period(today.AddDays(today.DayNumber - end.DayNumber), today.AddDays(-1));
        CashOutlook Outlook(CashScenario chosen)
        {
            var factor = effect.FactorOf(chosen.SpendChange);
            return CashOutlook.Of(today, facts.Spreads(today, chosen.Client, chosen.LateDays), [.. (sales ?? []).Select(week => week with { Mean = week.Mean * factor, Deviation = week.Deviation * factor })], facts.Hazard, terms);
        }

        var asIs = Outlook(CashScenario.None);
        return new()
        {
            AsOf = now,
            Today = today,
            Mode = mode,
            Currency = owner.Currency,
            AsIs = asIs,
            Changed = scenario == CashScenario.None ? null : Outlook(scenario),
            Before = before,
            BeforeMinor = (await ledger.CashAsync(before, cancel)).Sum(came => came.Minor),
            Paid = facts.Hazard.Paid,
            Terms = terms,
            HasSales = sales is not null,
            SalesEnd = sales is null ? null : sales.Count == 0 ? Period.MondayOf(today) : sales[^1].Monday.AddDays(7),
            Others = [.. (await ReceivablesLedger.CurrenciesAsync(db, owner, mode, cancel)).Skip(1)],
            Effect = effect,
            Clients = await ClientsAsync(db, asIs, facts.Hazard, cancel),
        };
    }

    /// <summary>The middle of the terms of what was issued within a year; the company's own where nothing was.</summary>
    private static async Task<int> TermsAsync(ReceivablesLedger ledger, DateOnly today, int otherwise, CancellationToken cancel)
    {
        var since = today.AddDays(-DaysOfTerms);
        var given = await ledger.IssuedBy(today).Where(invoice => invoice.IssuedOn > since && invoice.DueOn != null).Select(invoice => new { Issued = invoice.IssuedOn!.Value, Due = invoice.DueOn!.Value }).ToListAsync(cancel);
        return given.Count == 0 ? otherwise : given.Select(one => Math.Max(0, one.Due.DayNumber - one.Issued.DayNumber)).Order().ElementAt(given.Count / 2);
    }

    /// <summary>What is still to be invoiced in each of the weeks, by the newest forecast; null where there is none.</summary>
    private static async Task<IReadOnlyList<ExpectedSales>?> SalesAsync(RevOpsDb db, ReceivablesLedger ledger, CompanyVersion owner, Mode mode, DateOnly today, CancellationToken cancel)
    {
        if (await NewestAsync(db, owner, mode, ForecastFigure.Revenue, cancel) is not { } run)
            return null;
        var monday = Period.MondayOf(today);
        var issued = (await ledger.SalesAsync(today, cancel)).Of(new(monday, today));
        return [.. run.Steps.Where(step => step.Start >= monday && step.Start < monday.AddDays(7 * CashForecast.WeekCount))
            .Select(step => new ExpectedSales(step.Start, Math.Max(0, step.Mean - (step.Start == monday ? issued : 0)), Math.Max(0, step.High95 - step.Mean) / Normal95))];
    }

    private static async Task<SpendEffect> EffectAsync(RevOpsDb db, CompanyVersion owner, Mode mode, CancellationToken cancel) =>
        SpendEffect.Of((await NewestAsync(db, owner, mode, ForecastFigure.Spend, cancel))?.Series, (await NewestAsync(db, owner, mode, ForecastFigure.Leads, cancel))?.Series);

    private static Task<ForecastRun?> NewestAsync(RevOpsDb db, CompanyVersion owner, Mode mode, ForecastFigure figure, CancellationToken cancel)
    {
        var (isMoney, currency) = (figure.IsMoney(), owner.Currency);
        return db.Set<ForecastRun>().AsNoTracking().Where(run => run.Mode == mode && run.Figure == figure && run.Frequency == Frequency.Week && (!isMoney || run.Currency == currency))
            .OrderByDescending(run => run.Day).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Who owes, the most first; the rows add up to what is open.</summary>
    private async Task<IReadOnlyList<CashClient>> ClientsAsync(RevOpsDb db, CashOutlook outlook, PaymentHazard hazard, CancellationToken cancel)
    {
        var owing = outlook.Spreads.GroupBy(spread => spread.Invoice.CustomerId).ToList();
        var (ids, names) = (owing.ConvertAll(client => client.Key), new Dictionary<Guid, string?>());
        foreach (var some in ids.Chunk(500))
        {
            foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(customer => some.Contains(customer.Id)).ToListAsync(cancel))
                names[customer.Id] = (await customer.OpenAsync(vault, cancel))?.LegalName;
        }

        return [.. owing.Select(client => new CashClient(client.Key, names.GetValueOrDefault(client.Key), client.Count(), client.Sum(spread => spread.Invoice.OpenMinor), client.Sum(spread => spread.WithinMinor), hazard.PaidBy(client.Key)))
            .OrderByDescending(client => client.OpenMinor).ThenBy(client => client.Id)];
    }
}

/// <summary>What if: one client pays so many days later than it would, and ads cost so much more or less from now on.</summary>
/// <param name="SpendChange">−0.2: a fifth less.</param>
public sealed record CashScenario(Guid? Client, int LateDays, double SpendChange)
{
    public static CashScenario None { get; } = new(null, 0, 0);
}

/// <param name="Name">Null where its person was erased.</param>
/// <param name="WithinMinor">Of what it owes, what is expected within the weeks.</param>
/// <param name="Paid">Invoices of its own that tell when it pays.</param>
public sealed record CashClient(Guid Id, string? Name, int Invoices, long OpenMinor, long WithinMinor, int Paid)
{
    public long RestMinor => OpenMinor - WithinMinor;
}

public sealed record CashOutlookView
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The company's.</summary>
    public required DateOnly Today { get; init; }

    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required CashOutlook AsIs { get; init; }

    /// <summary>Null where nothing was asked for.</summary>
    public required CashOutlook? Changed { get; init; }

    /// <summary>As many days as are left until the end of the weeks, up to yesterday.</summary>
    public required Period Before { get; init; }

    /// <summary>What came in then, less what went back.</summary>
    public required long BeforeMinor { get; init; }

    /// <summary>Paid invoices that tell when clients pay.</summary>
    public required int Paid { get; init; }

    /// <summary>Days from issue to due, of invoices yet to come.</summary>
    public required int Terms { get; init; }

    /// <summary>False where there is no forecast of sales: what is yet to be issued is left out.</summary>
    public required bool HasSales { get; init; }

    /// <summary>First day of which no sales are foreseen: the end of the weeks, unless the forecast is an old one; null without one.</summary>
    public required DateOnly? SalesEnd { get; init; }

    /// <summary>Currencies that are left out, since they are never added.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The forecast of sales is too old to reach as far as the weeks do.</summary>
    public bool IsSalesOld => SalesEnd < AsIs.Weeks[^1].Monday;

    public required SpendEffect Effect { get; init; }
    public required IReadOnlyList<CashClient> Clients { get; init; }
}
