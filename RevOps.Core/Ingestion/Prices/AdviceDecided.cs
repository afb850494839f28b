using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Advice becomes the slot's price, or does not. Bookings that are there keep theirs: a slot's price counts from this instant on.</summary>
/// <param name="Advice">As it stood on the screen.</param>
/// <param name="Accepts">False: refused.</param>
/// <param name="Reason">Why it is refused.</param>
/// <param name="UserId">Whose word it is; by rule, of whoever set the rule.</param>
/// <param name="ByRule">Nobody was asked: the setting lets small changes pass.</param>
public sealed record AdviceDecided(IReadOnlyList<ShownAdvice> Advice, bool Accepts, string? Reason, Guid UserId, bool ByRule) : IncomingEvent
{
    public const string Type = "revops.internal.advice_decided";
    /// <summary>Who decides where nobody is asked: <see cref="SlotAdvice.ByRule"/> says so.</summary>
    public const string Rule = AuditTrail.System;

    /// <exception cref="DecisionTakenException">None of them waits any more.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var shown = Advice.ToDictionary(one => one.Id, one => one.AdvisedMinor);
        var waiting = (await db.Set<SlotAdvice>().Where(advice => shown.Keys.Contains(advice.Id) && advice.Mode == reception.Services.Mode && advice.State == AdviceState.Awaiting && advice.IsNewest && advice.SlotStart > reception.Now).ToListAsync(cancel))
            .FindAll(advice => advice.AdvisedMinor == shown[advice.Id]);
        var (decided, prices) = (0, Accepts ? await PricesAsync(reception, waiting) : null);
        foreach (var advice in waiting)
        {
            if (prices is not null && !await TryAcceptAsync(reception, advice, prices))
                continue;
            (advice.State, advice.DecidedBy, advice.DecidedAt, advice.Reason) = (Accepts ? AdviceState.Accepted : AdviceState.Refused, ByRule ? Rule : $"user:{UserId}", reception.Now, Reason);
            await reception.Services.Audit.WriteAsync(db, new(advice.DecidedBy, Accepts ? "advice.accepted" : "advice.refused", nameof(SlotAdvice), advice.Id.ToString()) { Before = new { advice.PriceMinor }, After = new { advice.AdvisedMinor, advice.Currency, advice.SlotStart, advice.ServiceId }, Reason = Reason }, cancel);
            decided++;
        }

        if (decided == 0)
            throw new DecisionTakenException();
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [Accepts ? "Make advice the price of slots, from now on" : "Refuse advice"];

    /// <summary>The same price until now, a place left, nobody paused the service, and within what is set now: a day may have gone by since it was made.</summary>
    private async Task<bool> TryAcceptAsync(Reception reception, SlotAdvice advice, PricesNow now)
    {
        var (service, setting) = (now.Services.GetValueOrDefault(advice.ServiceId), now.Settings.GetValueOrDefault(advice.ServiceId));
        if (service is not { RetiredAt: null } || setting is null || setting.IsPaused || setting.TaxInclusive != advice.TaxInclusive || advice.AdvisedMinor is not { } advised)
            return false;
        var today = reception.Company.DayOf(reception.Now);
        long? PriceAt(DateTimeOffset instant) => now.Prices.Of(service.Code, advice.Currency, reception.Company.DayOf(advice.SlotStart), new(advice.SlotStart, instant)) is { } price
            ? Money.Round(price.On(advice.TaxInclusive, service.TaxRateBasisPoints ?? TaxRate.StandardOn(reception.Company.Country, today) ?? 0), advice.Currency).Minor : null;
        if (today < PricingSetting.ShadowEnd(now.FirstAdvised.GetValueOrDefault(service.Id), today) || PriceAt(reception.Now) != advice.PriceMinor || PriceAt(reception.Company.StartOf(today)) is not { } morning || !setting.Allows(morning, advised, ByRule, reception.Company.DayOf(advice.SlotStart), reception.Company.DayOf(advice.SlotStart).DayNumber - today.DayNumber))
            return false;
        if (now.PlacesLeft(service.Code, advice.SlotStart) <= 0)
            return false;
        var version = new PriceVersion
        {
            Id = Guid.CreateVersion7(),
            ServiceId = advice.ServiceId,
            SlotStart = advice.SlotStart,
            Mode = advice.Mode,
            Currency = advice.Currency,
            UnitAmount = CatalogueRules.Text(new Money(advised, advice.Currency).Amount),
            TaxInclusive = advice.TaxInclusive,
            ValidFrom = today,
            BeganAt = reception.Now,
            UserId = UserId,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        await CatalogueDrafts.DeskOf(reception, UserId).AddSlotPriceAsync(version);
        advice.PriceVersionId = version.Id;
        return true;
    }

    private static async Task<PricesNow> PricesAsync(Reception reception, List<SlotAdvice> waiting)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var (ids, starts) = (waiting.Select(advice => advice.ServiceId).Distinct().ToList(), waiting.Select(advice => advice.SlotStart).Distinct().ToList());
        var services = await db.Set<Service>().AsNoTracking().Where(service => ids.Contains(service.Id)).ToListAsync(cancel);
        var settings = await SlotReader.Newest(db).Where(setting => ids.Contains(setting.ServiceId)).ToListAsync(cancel);
        var mode = reception.Services.Mode;
        var prices = await PriceList.LoadAsync(db, [.. services.Select(service => service.Code)], Guid.Empty, cancel, starts, mode);
        var slots = await db.Set<SlotAvailability>().AsNoTracking().Where(slot => starts.Contains(slot.SlotStart)).ToListAsync(cancel);
        var sales = await db.Set<SlotSale>().AsNoTracking().Where(sale => sale.Mode == mode && starts.Contains(sale.SlotStart)).ToListAsync(cancel);
        var advised = await SlotReader.FirstAdvisedAsync(db, mode, cancel);
        return new(services.ToDictionary(service => service.Id), advised, settings.ToDictionary(setting => setting.ServiceId), prices, slots, sales);
    }

    private sealed record PricesNow(IReadOnlyDictionary<Guid, Service> Services, IReadOnlyDictionary<Guid, DateOnly?> FirstAdvised, IReadOnlyDictionary<Guid, PricingSetting> Settings, PriceList Prices, IReadOnlyList<SlotAvailability> Slots, IReadOnlyList<SlotSale> Sales)
    {
        public int PlacesLeft(string code, DateTimeOffset start) =>
            Slots.Where(slot => IsOf(slot.ServiceCode, code) && slot.SlotStart == start).Select(slot => slot.Capacity).DefaultIfEmpty().Max() - Sales.Where(sale => IsOf(sale.ServiceCode, code) && sale.SlotStart == start).Sum(sale => sale.Places);

        private static bool IsOf(string code, string other) => string.Equals(code, other, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Advice as somebody saw it: what it says otherwise by now is not what they answered.</summary>
public sealed record ShownAdvice(Guid Id, long? AdvisedMinor);

/// <summary>An accepted price is taken back: the one before holds again, and whoever booked meanwhile keeps what they booked at.</summary>
/// <param name="Advice">Id.</param>
/// <param name="UserId">Whose word it is.</param>
public sealed record AdviceUndone(Guid Advice, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.advice_undone";

    /// <exception cref="DecisionTakenException">It is undone already, the slot has begun, or a later price of the slot stands: that one goes first.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var advice = await db.Set<SlotAdvice>().SingleOrDefaultAsync(row => row.Id == Advice, cancel);
        if (advice is not { State: AdviceState.Accepted, PriceVersionId: { } version } || advice.SlotStart <= reception.Now)
            throw new DecisionTakenException();
        var prices = db.Set<PriceVersion>();
        if (await prices.AnyAsync(later => later.ServiceId == advice.ServiceId && later.SlotStart == advice.SlotStart && later.Mode == advice.Mode && later.Currency == advice.Currency && later.EndedAt == null && prices.Any(own => own.Id == version && later.BeganAt > own.BeganAt), cancel))
            throw new DecisionTakenException();
        await CatalogueDrafts.DeskOf(reception, UserId).EndSlotPriceAsync(version, reception.Now, reception.Company.DayOf(reception.Now));
        (advice.State, advice.UndoneBy, advice.UndoneAt, advice.UndoneToMinor) = (AdviceState.Undone, $"user:{UserId}", reception.Now, await HoldsAsync(reception, advice, version) ?? advice.PriceMinor);

        // What was decided since then was decided from a price that nobody is asked any more.
        var newest = advice.IsNewest ? null : await db.Set<SlotAdvice>().SingleOrDefaultAsync(row => row.Mode == advice.Mode && row.ServiceId == advice.ServiceId && row.SlotStart == advice.SlotStart && row.IsNewest, cancel);
        if (newest is { DecidedAt: null })
            (newest.PriceMinor, newest.State) = (advice.UndoneToMinor.Value, newest.State == AdviceState.Awaiting ? AdviceState.Replaced : newest.State);

        // What somebody decided stays as it was decided: beside it stands what the slot costs now.
        else if (newest is not null)
            newest.UndoneToMinor = advice.UndoneToMinor;
        await reception.Services.Audit.WriteAsync(db, new(advice.UndoneBy, "advice.undone", nameof(SlotAdvice), advice.Id.ToString()) { Before = new { advice.AdvisedMinor }, After = new { PriceMinor = advice.UndoneToMinor } }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take a slot's price back"];

    /// <summary>What the slot costs without it: an earlier price of its own, or the list price of its day, which may be another one by now.</summary>
    private static async Task<long?> HoldsAsync(Reception reception, SlotAdvice advice, Guid without)
    {
        var (db, cancel, company) = (reception.Db, reception.Cancel, reception.Company);
        var service = await db.Set<Service>().AsNoTracking().SingleAsync(one => one.Id == advice.ServiceId, cancel);
        var versions = await db.Set<PriceVersion>().AsNoTracking().Where(price => price.ServiceId == service.Id && price.CustomerId == null && price.Id != without && (price.SlotStart == null || (price.SlotStart == advice.SlotStart && price.Mode == advice.Mode))).ToListAsync(cancel);
        var holds = new PriceList([service], versions).Of(service.Code, advice.Currency, company.DayOf(advice.SlotStart), new(advice.SlotStart, reception.Now));
        return holds is null ? null : Money.Round(holds.On(advice.TaxInclusive, service.TaxRateBasisPoints ?? TaxRate.StandardOn(company.Country, company.DayOf(reception.Now)) ?? 0), advice.Currency).Minor;
    }
}
