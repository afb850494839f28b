using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard;

/// <summary>The rows behind the figures of the Overview, filtered, sorted and summed by the database; the sum is asked for anew, not passed on.</summary>
public sealed class FigureRowQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe)
{
    public const int PageSize = 25;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    /// <summary>Issued invoices as they stood on an evening.</summary>
    public async Task<FigureRows<ReceivableRow>> ReceivablesAsync(ReceivableRows which, DateOnly evening, RowOrder order, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var facts = Of(which, await IssuedByAsync(db, owner, evening, cancel), owner, evening);
        var isSold = which == ReceivableRows.Sold;
        var all = await facts.GroupBy(_ => 1).Select(group => new { Count = group.Count(), Minor = group.Sum(fact => isSold ? fact.GrossMinor : fact.GrossMinor - fact.PaidMinor) }).SingleOrDefaultAsync(cancel);
        var sorted = (order.Sort, order.Ascending) switch
        {
            (RowSort.Amount, true) => facts.OrderBy(fact => fact.GrossMinor - fact.PaidMinor).ThenBy(fact => fact.Id),
            (RowSort.Amount, false) => facts.OrderByDescending(fact => fact.GrossMinor - fact.PaidMinor).ThenBy(fact => fact.Id),
            (_, true) => facts.OrderBy(fact => fact.IssuedAt).ThenBy(fact => fact.Id),
            _ => facts.OrderByDescending(fact => fact.IssuedAt).ThenBy(fact => fact.Id),
        };
        var page = await PageOf(sorted, order).ToListAsync(cancel);
        var names = await NamesAsync(db, page.ConvertAll(fact => fact.CustomerId), cancel);
        return new(page.ConvertAll(fact => new ReceivableRow
        {
            Id = fact.Id,
            Number = fact.Number,
            Customer = names[fact.CustomerId],
            IssuedAt = fact.IssuedAt,
            DueOn = fact.DueOn,
            Gross = new(fact.GrossMinor, owner.Currency),
            Open = new(fact.GrossMinor - fact.PaidMinor, owner.Currency),
        }), all?.Count ?? 0, new(all?.Minor ?? 0, owner.Currency));
    }

    /// <summary>Payments of a period in one currency.</summary>
    public async Task<FigureRows<PaymentRow>> PaymentsAsync(Period period, string currency, RowOrder order, CancellationToken cancel)
    {
        var (start, end) = await InstantsAsync(period, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var payments = db.Set<Payment>().AsNoTracking().Where(payment => payment.Mode == Mode && payment.Currency == currency && payment.OccurredAt >= start && payment.OccurredAt < end
            && payment.Kind != PaymentKind.ToBalance && payment.Kind != PaymentKind.FromBalance);
        var sorted = (order.Sort, order.Ascending) switch
        {
            (RowSort.Amount, true) => payments.OrderBy(payment => payment.AmountMinor).ThenBy(payment => payment.Id),
            (RowSort.Amount, false) => payments.OrderByDescending(payment => payment.AmountMinor).ThenBy(payment => payment.Id),
            (_, true) => payments.OrderBy(payment => payment.OccurredAt).ThenBy(payment => payment.Id),
            _ => payments.OrderByDescending(payment => payment.OccurredAt).ThenBy(payment => payment.Id),
        };
        var page = await PageOf(sorted, order).ToListAsync(cancel);
        var numbers = await NumbersAsync(db, page.ConvertAll(payment => payment.InvoiceId), cancel);
        return new(page.ConvertAll(payment => new PaymentRow
        {
            Id = payment.Id,
            InvoiceId = payment.InvoiceId,
            Number = numbers.GetValueOrDefault(payment.InvoiceId),
            PaidAt = payment.OccurredAt,
            Amount = payment.Amount,
        }), await payments.CountAsync(cancel), new(await payments.SumAsync(payment => payment.AmountMinor, cancel), currency));
    }

    /// <summary>What paid channels are credited with, by the day of the click or of the payment.</summary>
    public async Task<FigureRows<CreditRow>> CreditsAsync(CreditDay by, Period period, RowOrder order, CancellationToken cancel)
    {
        var (start, end) = await InstantsAsync(period, cancel);
        var currency = (await company.CurrentAsync(cancel)).Currency;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = OverviewQueries.PaidCredits(db, Mode, currency);
        var credits = by == CreditDay.Click
            ? all.Where(credit => credit.TouchedAt >= start && credit.TouchedAt < end)
            : all.Where(credit => credit.PaidAt >= start && credit.PaidAt < end);
        var page = await PageOf(Sorted(credits, by, order), order).ToListAsync(cancel);
        var numbers = await NumbersAsync(db, page.ConvertAll(credit => credit.InvoiceId), cancel);
        return new(page.ConvertAll(credit => new CreditRow
        {
            Id = credit.Id,
            InvoiceId = credit.InvoiceId,
            Number = numbers.GetValueOrDefault(credit.InvoiceId),
            Channel = credit.Channel,
            Platform = credit.Platform,
            CampaignId = credit.CampaignId,
            TouchedAt = credit.TouchedAt,
            PaidAt = credit.PaidAt,
            Amount = new(credit.AmountMinor, credit.Currency),
        }), await credits.CountAsync(cancel), new(await credits.SumAsync(credit => credit.AmountMinor, cancel), currency));
    }

    /// <summary>What campaigns cost, per day.</summary>
    public async Task<FigureRows<SpendRow>> SpendAsync(Period period, RowOrder order, CancellationToken cancel)
    {
        var (currency, mode) = ((await company.CurrentAsync(cancel)).Currency, Mode);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var spend = db.Set<AdSpend>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency && row.Day >= period.From && row.Day <= period.To);
        var sorted = (order.Sort, order.Ascending) switch
        {
            (RowSort.Amount, true) => spend.OrderBy(row => row.CostMinor).ThenBy(row => row.Id),
            (RowSort.Amount, false) => spend.OrderByDescending(row => row.CostMinor).ThenBy(row => row.Id),
            (_, true) => spend.OrderBy(row => row.Day).ThenBy(row => row.Id),
            _ => spend.OrderByDescending(row => row.Day).ThenBy(row => row.Id),
        };
        var page = await PageOf(sorted, order).ToListAsync(cancel);
        return new(
            page.ConvertAll(row => new SpendRow { Id = row.Id, Day = row.Day, Platform = row.Platform, CampaignName = row.CampaignName, Clicks = row.Clicks, Cost = new(row.CostMinor, row.Currency) }),
            await spend.CountAsync(cancel),
            new(await spend.SumAsync(row => row.CostMinor, cancel), currency));
    }

    /// <summary>Drafts that lack something, of every currency; the sum is that of the company's.</summary>
    public async Task<FigureRows<IncompleteRow>> IncompleteAsync(RowOrder order, CancellationToken cancel)
    {
        var currency = (await company.CurrentAsync(cancel)).Currency;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var drafts = db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == Mode && invoice.Status == InvoiceStatus.ReadyForReview && invoice.Problems != "");
        var sorted = (order.Sort, order.Ascending) switch
        {
            // Amounts of two currencies do not compare.
            (RowSort.Amount, true) => drafts.OrderBy(invoice => invoice.Currency).ThenBy(invoice => invoice.GrossMinor).ThenBy(invoice => invoice.Id),
            (RowSort.Amount, false) => drafts.OrderBy(invoice => invoice.Currency).ThenByDescending(invoice => invoice.GrossMinor).ThenBy(invoice => invoice.Id),
            (_, true) => drafts.OrderBy(invoice => invoice.OccurredAt).ThenBy(invoice => invoice.Id),
            _ => drafts.OrderByDescending(invoice => invoice.OccurredAt).ThenBy(invoice => invoice.Id),
        };
        var page = await PageOf(sorted, order).ToListAsync(cancel);
        return new(page.ConvertAll(invoice => new IncompleteRow
        {
            Id = invoice.Id,
            Sale = invoice.Reference,
            SoldAt = invoice.OccurredAt,
            Problems = invoice.ProblemList.Count,
            Gross = invoice.Gross,
        }), await drafts.CountAsync(cancel), new(await drafts.Where(invoice => invoice.Currency == currency).SumAsync(invoice => invoice.GrossMinor, cancel), currency));
    }

    private static IQueryable<Credit> Sorted(IQueryable<Credit> credits, CreditDay by, RowOrder order) => (order.Sort, by, order.Ascending) switch
    {
        (RowSort.Amount, _, true) => credits.OrderBy(credit => credit.AmountMinor).ThenBy(credit => credit.Id),
        (RowSort.Amount, _, false) => credits.OrderByDescending(credit => credit.AmountMinor).ThenBy(credit => credit.Id),
        (_, CreditDay.Click, true) => credits.OrderBy(credit => credit.TouchedAt).ThenBy(credit => credit.Id),
        (_, CreditDay.Click, false) => credits.OrderByDescending(credit => credit.TouchedAt).ThenBy(credit => credit.Id),
        (_, _, true) => credits.OrderBy(credit => credit.PaidAt).ThenBy(credit => credit.Id),
        _ => credits.OrderByDescending(credit => credit.PaidAt).ThenBy(credit => credit.Id),
    };

    private async Task<IQueryable<Fact>> IssuedByAsync(RevOpsDb db, CompanyVersion owner, DateOnly evening, CancellationToken cancel)
    {
        var (mode, end) = (Mode, owner.StartOf(evening.AddDays(1)));

        var paid = db.Set<Payment>().Where(payment => payment.Mode == mode && payment.OccurredAt < end)
            .GroupBy(payment => payment.InvoiceId).Select(group => new { InvoiceId = group.Key, Minor = (long?)group.Sum(payment => payment.AmountMinor) });
        var credited = db.Set<CreditNote>().Where(note => note.Mode == mode && note.IssuedAt != null && note.IssuedAt < end)
            .GroupBy(note => note.InvoiceId).Select(group => new { InvoiceId = group.Key, Minor = (long?)group.Sum(note => note.GrossMinor) });
        var issued = db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == owner.Currency && invoice.IssuedAt != null && invoice.IssuedAt < end && invoice.Status != InvoiceStatus.Void);

        // Nothing moved since: what is settled by now was settled by then, and need not be added up again.
        var nothingSince = !await db.Set<Payment>().AnyAsync(payment => payment.OccurredAt >= end, cancel) && !await db.Set<CreditNote>().AnyAsync(note => note.IssuedAt >= end, cancel);
        var facts = nothingSince
            ? issued.Select(invoice => new Fact
            {
                Id = invoice.Id, Number = invoice.Number, CustomerId = invoice.CustomerId, IssuedAt = invoice.IssuedAt!.Value, DueOn = invoice.DueOn, GrossMinor = invoice.GrossMinor,
                PaidMinor = invoice.PaidMinor + invoice.CreditedMinor,
            })
            : from invoice in issued
              join payment in paid on invoice.Id equals payment.InvoiceId into own
              from payment in own.DefaultIfEmpty()
              join note in credited on invoice.Id equals note.InvoiceId into back
              from note in back.DefaultIfEmpty()
              select new Fact
              {
                  Id = invoice.Id, Number = invoice.Number, CustomerId = invoice.CustomerId, IssuedAt = invoice.IssuedAt!.Value, DueOn = invoice.DueOn, GrossMinor = invoice.GrossMinor,
                  PaidMinor = (payment.Minor ?? 0) + (note.Minor ?? 0),
              };

        // A credit note is a sale taken back on its own day; what it lowered stands with its invoice.
        return facts.Concat(db.Set<CreditNote>().AsNoTracking().Where(note => note.Mode == mode && note.Currency == owner.Currency && note.IssuedAt != null && note.IssuedAt < end).Select(note => new Fact
        {
            Id = note.InvoiceId, Number = note.Number, CustomerId = note.CustomerId, IssuedAt = note.IssuedAt!.Value, DueOn = null, GrossMinor = -note.GrossMinor, PaidMinor = -note.GrossMinor,
        }));
    }

    /// <summary>An invoice without a due day was due when it was issued.</summary>
    private static IQueryable<Fact> Of(ReceivableRows which, IQueryable<Fact> facts, CompanyVersion owner, DateOnly evening)
    {
        if (which == ReceivableRows.Sold)
        {
            var first = owner.StartOf(Period.Ending(evening, Dso.PeriodDays).From);
            return facts.Where(fact => fact.IssuedAt >= first);
        }

        var today = owner.StartOf(evening);
        var open = facts.Where(fact => fact.GrossMinor != fact.PaidMinor);
        return which switch
        {
            ReceivableRows.Overdue => open.Where(fact => fact.DueOn < evening || (fact.DueOn == null && fact.IssuedAt < today)),
            ReceivableRows.NotDue => open.Where(fact => fact.DueOn >= evening || (fact.DueOn == null && fact.IssuedAt >= today)),
            _ => open,
        };
    }

    private async Task<(DateTimeOffset Start, DateTimeOffset End)> InstantsAsync(Period period, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        return (owner.StartOf(period.From), owner.StartOf(period.To.AddDays(1)));
    }

    private static IQueryable<T> PageOf<T>(IQueryable<T> sorted, RowOrder order) => sorted.Skip((order.Page - 1) * PageSize).Take(PageSize);

    private static Task<Dictionary<Guid, string?>> NumbersAsync(RevOpsDb db, List<Guid> ids, CancellationToken cancel) =>
        db.Set<Invoice>().Where(invoice => ids.Contains(invoice.Id)).Select(invoice => new { invoice.Id, invoice.Number }).ToDictionaryAsync(invoice => invoice.Id, invoice => invoice.Number, cancel);

    private async Task<Dictionary<Guid, string?>> NamesAsync(RevOpsDb db, List<Guid> ids, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, string?>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToListAsync(cancel))
            names[customer.Id] = (await customer.OpenAsync(vault, cancel))?.LegalName;

        return names;
    }

    private sealed record Fact
    {
        public required Guid Id { get; init; }
        public string? Number { get; init; }
        public required Guid CustomerId { get; init; }
        public required DateTimeOffset IssuedAt { get; init; }
        public DateOnly? DueOn { get; init; }
        public required long GrossMinor { get; init; }
        public required long PaidMinor { get; init; }
    }
}
