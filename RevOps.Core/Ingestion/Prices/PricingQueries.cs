using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Decisions as they were kept: reading computes nothing anew.</summary>
public sealed class PricingQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    public const int PageSize = 50;
    private const int DaysOfWeek = 7;

    /// <summary>Of the rows that the product works on now.</summary>
    public Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<DateOnly> TodayAsync() => (await company.CurrentAsync(CancellationToken.None)).DayOf(clock.GetUtcNow());

    public async Task<PricingView> OfAsync(AdviceFilter filter, CancellationToken cancel)
    {
        var (owner, now, week, mode) = (await company.CurrentAsync(cancel), clock.GetUtcNow(), Period.MondayOf(filter.Week), Mode);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var services = await ServicesAsync(db, owner, mode, now, cancel);
        var all = Newest(db, filter.Service);
        var slots = await RowsAsync(db, In(all, owner, week).OrderBy(one => one.Advice.SlotStart).ThenBy(one => one.Code), now, cancel);
        var before = await In(all, owner, week.AddDays(-DaysOfWeek)).Select(one => new { one.Advice.Booked, one.Advice.Capacity, one.Advice.FinalLoad }).ToListAsync(cancel);
        var shown = Shown(all, filter, owner, week, now);
        var count = await shown.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await RowsAsync(db, Sorted(shown, filter.Sort, filter.Descending).Skip((number - 1) * PageSize).Take(PageSize), now, cancel);
        rows = await new LoweredPrices(db, owner, mode, now).MarkAsync(rows, cancel);
        return new()
        {
            Week = week,
            Today = owner.DayOf(now),
            MadeAt = await db.Set<PricingStudy>().Where(study => study.Mode == mode).MaxAsync(study => (DateTimeOffset?)study.MadeAt, cancel),
            Services = services,
            Slots = slots,
            Bare = await BareAsync(db, owner, mode, filter.Service, week, services, slots, cancel),
            Rows = rows,
            Count = count,
            Number = number,
            Awaiting = await Of(db).CountAsync(advice => advice.IsNewest && advice.State == AdviceState.Awaiting && advice.SlotStart > now, cancel),
            AwaitingShown = await shown.CountAsync(one => one.Advice.State == AdviceState.Awaiting && one.Advice.SlotStart > now, cancel),
            Before = (before.Sum(one => one.FinalLoad is { } load ? (int)Math.Round(load * one.Capacity) : Math.Min(one.Booked, one.Capacity)), before.Sum(one => one.Capacity)),
            HasSlots = services.Any(service => service.SlotsAhead > 0),
        };
    }

    /// <summary>What waits under a filter, all pages, for a click that answers all of it.</summary>
    public async Task<IReadOnlyList<AdviceRow>> AwaitingAsync(AdviceFilter filter, CancellationToken cancel)
    {
        var (owner, now) = (await company.CurrentAsync(cancel), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await RowsAsync(db, Shown(Newest(db, filter.Service), filter, owner, Period.MondayOf(filter.Week), now).Where(one => one.Advice.State == AdviceState.Awaiting && one.Advice.SlotStart > now)
            .OrderBy(one => one.Advice.SlotStart).Take(PricingDesk.MostAtOnce), now, cancel);
    }

    /// <summary>What was decided.</summary>
    /// <param name="service">Code; null: all.</param>
    /// <param name="state">Null: all that somebody, or a rule, decided.</param>
    /// <param name="sort">By what.</param>
    /// <param name="descending">The newest, the dearest first.</param>
    /// <param name="page">From 1 on.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<(IReadOnlyList<AdviceRow> Rows, int Count, int Number)> HistoryAsync(string? service, AdviceState? state, AdviceSort sort, bool descending, int page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var decided = Joined(db, Of(db), service).Where(one => one.Advice.DecidedAt != null && (state == null || one.Advice.State == state));
        var count = await decided.CountAsync(cancel);
        var number = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return (await RowsAsync(db, Sorted(decided, sort, descending).Skip((number - 1) * PageSize).Take(PageSize), clock.GetUtcNow(), cancel), count, number);
    }

    /// <summary>Services with slots ahead, and those that somebody set prices for.</summary>
    private static async Task<IReadOnlyList<PricedService>> ServicesAsync(RevOpsDb db, CompanyVersion owner, Mode mode, DateTimeOffset now, CancellationToken cancel)
    {
        var until = now.AddDays(ServiceSlots.AheadDays);
        var counts = (await db.Set<SlotAvailability>().Where(slot => slot.SlotStart > now && slot.SlotStart < until).GroupBy(slot => slot.ServiceCode).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel))
            .GroupBy(group => group.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Sum(one => one.Count), StringComparer.OrdinalIgnoreCase);
        var settings = (await SlotReader.Newest(db).ToListAsync(cancel)).ToDictionary(setting => setting.ServiceId);
        var advised = await SlotReader.FirstAdvisedAsync(db, mode, cancel);
        var (ids, codes, today, currency) = (settings.Keys.ToList(), counts.Keys.Select(code => code.ToUpperInvariant()).ToList(), owner.DayOf(now), owner.Currency);
        var known = await db.Set<Service>().Where(service => service.RetiredAt == null && (ids.Contains(service.Id) || codes.Contains(service.Code.ToUpper()))).OrderBy(service => service.Code)
            .Select(service => new { service.Id, service.Code, service.Name, Price = db.Set<PriceVersion>().Where(price => price.ServiceId == service.Id && price.CustomerId == null && price.SlotStart == null && price.Currency == currency && price.ValidFrom <= today).OrderByDescending(price => price.ValidFrom).Select(price => new { price.TaxInclusive, price.ValidUntil }).FirstOrDefault() }).ToListAsync(cancel);
        return
        [
            .. known.Select(service => new PricedService(service.Id, service.Code, service.Name)
            {
                Version = settings.GetValueOrDefault(service.Id)?.Number, IsPaused = settings.GetValueOrDefault(service.Id)?.IsPaused ?? false, ShadowUntil = settings.ContainsKey(service.Id) ? PricingSetting.ShadowEnd(advised.GetValueOrDefault(service.Id), today) : null,
                SlotsAhead = counts.GetValueOrDefault(service.Code), HasPrice = service.Price is { } price && !(price.ValidUntil < today), IsOtherTaxSide = settings.GetValueOrDefault(service.Id) is { } setting && service.Price?.TaxInclusive != setting.TaxInclusive,
            }),

            // Told of by a sender, and not in the catalogue.
            .. counts.Where(count => !known.Exists(service => string.Equals(service.Code, count.Key, StringComparison.OrdinalIgnoreCase)))
                .Select(count => new PricedService(null, count.Key, count.Key) { Version = null, IsPaused = false, ShadowUntil = null, SlotsAhead = count.Value, HasPrice = false }),
        ];
    }

    private static async Task<IReadOnlyList<BareSlot>> BareAsync(RevOpsDb db, CompanyVersion owner, Mode mode, string? code, DateOnly week, IReadOnlyList<PricedService> services, IReadOnlyList<AdviceRow> advised, CancellationToken cancel)
    {
        var (from, to, wanted) = (owner.StartOf(week), owner.StartOf(week.AddDays(DaysOfWeek)), code?.ToUpperInvariant());
        var told = await db.Set<SlotAvailability>().AsNoTracking().Where(slot => slot.SlotStart >= from && slot.SlotStart < to && (wanted == null || slot.ServiceCode.ToUpper() == wanted)).ToListAsync(cancel);
        var known = advised.Select(row => (row.Code.ToUpperInvariant(), row.SlotStart)).ToHashSet();
        var bare = told.GroupBy(slot => (Code: slot.ServiceCode.ToUpperInvariant(), slot.SlotStart)).Where(same => !known.Contains(same.Key)).Select(same => same.MaxBy(slot => slot.OccurredAt)!).OrderBy(slot => slot.SlotStart).ToList();
        if (bare.Count == 0)
            return [];
        var sold = (await db.Set<SlotSale>().Where(sale => sale.Mode == mode && sale.SlotStart >= from && sale.SlotStart < to).GroupBy(sale => new { sale.ServiceCode, sale.SlotStart }).Select(group => new { group.Key, Places = group.Sum(sale => sale.Places) }).ToListAsync(cancel))
            .ToLookup(one => (one.Key.ServiceCode.ToUpperInvariant(), one.Key.SlotStart), one => one.Places);
        return bare.ConvertAll(slot => new BareSlot(slot.ServiceCode, services.FirstOrDefault(service => string.Equals(service.Code, slot.ServiceCode, StringComparison.OrdinalIgnoreCase))?.Name ?? slot.ServiceCode, slot.SlotStart, slot.Capacity, sold[(slot.ServiceCode.ToUpperInvariant(), slot.SlotStart)].Sum()));
    }

    private IQueryable<SlotAdvice> Of(RevOpsDb db)
    {
        var mode = Mode;
        return db.Set<SlotAdvice>().AsNoTracking().Where(advice => advice.Mode == mode);
    }

    private IQueryable<NamedAdvice> Newest(RevOpsDb db, string? service) => Joined(db, Of(db).Where(advice => advice.IsNewest), service);

    private static IQueryable<NamedAdvice> Joined(RevOpsDb db, IQueryable<SlotAdvice> advice, string? code)
    {
        var wanted = code?.ToUpperInvariant();
        return from row in advice
               join service in db.Set<Service>() on row.ServiceId equals service.Id
               where wanted == null || service.Code.ToUpper() == wanted
               select new NamedAdvice
               {
                   Advice = row, Code = service.Code, Name = service.Name,
               };
    }

    private static IQueryable<NamedAdvice> In(IQueryable<NamedAdvice> all, CompanyVersion owner, DateOnly week)
    {
        var (from, to) = (owner.StartOf(week), owner.StartOf(week.AddDays(DaysOfWeek)));
        return all.Where(one => one.Advice.SlotStart >= from && one.Advice.SlotStart < to);
    }

    private static IQueryable<NamedAdvice> Shown(IQueryable<NamedAdvice> all, AdviceFilter filter, CompanyVersion owner, DateOnly week, DateTimeOffset now) => filter.Show switch
    {
        AdviceShow.Awaiting => all.Where(one => one.Advice.State == AdviceState.Awaiting && one.Advice.SlotStart > now),
        AdviceShow.Ahead => all.Where(one => one.Advice.SlotStart > now),
        _ => In(all, owner, week),
    };

    private static IOrderedQueryable<NamedAdvice> Sorted(IQueryable<NamedAdvice> rows, AdviceSort sort, bool descending)
    {
        var sorted = sort switch
        {
            AdviceSort.Service => By(rows, one => one.Code, descending),
            AdviceSort.Price => By(rows, one => one.Advice.PriceMinor, descending),
            AdviceSort.Advised => By(rows, one => one.Advice.AdvisedMinor, descending),
            AdviceSort.Decided => By(rows, one => one.Advice.DecidedAt, descending),
            AdviceSort.State => By(rows, one => one.Advice.State, descending),
            AdviceSort.Booked => By(rows, one => one.Advice.Capacity == 0 ? 1.0 : one.Advice.Booked * 1.0 / one.Advice.Capacity, descending),
            _ => By(rows, one => one.Advice.SlotStart, descending),
        };
        return sorted.ThenBy(one => one.Advice.SlotStart).ThenBy(one => one.Advice.Id);
    }

    private static IOrderedQueryable<NamedAdvice> By<T>(IQueryable<NamedAdvice> rows, System.Linq.Expressions.Expression<Func<NamedAdvice, T>> key, bool descending) => descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private async Task<IReadOnlyList<AdviceRow>> RowsAsync(RevOpsDb db, IQueryable<NamedAdvice> rows, DateTimeOffset now, CancellationToken cancel)
    {
        var found = await rows.ToListAsync(cancel);
        var accepted = found.ConvertAll(one => one.Advice).FindAll(advice => advice.State == AdviceState.Accepted);
        var (services, starts) = (accepted.ConvertAll(advice => advice.ServiceId).Distinct().ToList(), accepted.ConvertAll(advice => advice.SlotStart).Distinct().ToList());

        // By slot alone: asked with its state and time, the database would go through all that was ever accepted, once for each row.
        var later = accepted.Count == 0 ? null : (await Of(db).Where(advice => services.Contains(advice.ServiceId) && starts.Contains(advice.SlotStart)).Select(advice => new { advice.ServiceId, advice.SlotStart, advice.State, advice.DecidedAt }).ToListAsync(cancel))
            .FindAll(advice => advice.State == AdviceState.Accepted).ToLookup(advice => (advice.ServiceId, advice.SlotStart), advice => advice.DecidedAt);
        return found.ConvertAll(one => AdviceRow.Of(one.Advice, one.Code, one.Name) with
        {
            HasBegun = one.Advice.SlotStart <= now,
            LaterAt = one.Advice.State == AdviceState.Accepted ? later![(one.Advice.ServiceId, one.Advice.SlotStart)].Where(at => at > one.Advice.DecidedAt).Max() : null,
        });
    }

    private sealed class NamedAdvice
    {
        public required SlotAdvice Advice { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
    }
}
