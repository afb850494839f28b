using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Catalogue;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Somebody set how a service's slots are priced: another version, and the one before stays.</summary>
/// <param name="BasedOn">Number of the version that stood on the screen; 0: there was none.</param>
public sealed record PricingSet(Guid ServiceId, int BasedOn, PricingTerms Terms, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.pricing_set";

    /// <exception cref="CatalogueRefusedException">Somebody set it meanwhile.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var versions = db.Set<PricingSetting>().Where(setting => setting.ServiceId == ServiceId);
        var newest = await versions.OrderByDescending(setting => setting.Number).FirstOrDefaultAsync(cancel);
        if ((newest?.Number ?? 0) != BasedOn || await db.Set<Service>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == ServiceId, cancel) is not { } service)
            throw new CatalogueRefusedException("", "outdated");
        var today = reception.Company.DayOf(reception.Now);
        var price = (await PriceList.LoadAsync(db, [service.Code], Guid.Empty, cancel)).Of(service.Code, Terms.Currency, today);
        var next = new PricingSetting
        {
            Id = Guid.CreateVersion7(),
            ServiceId = ServiceId,
            Number = BasedOn + 1,
            At = reception.Now,
            UserId = UserId,
            Currency = Terms.Currency,
            TaxInclusive = price?.TaxInclusive ?? newest?.TaxInclusive ?? false,
            FloorMinor = Terms.FloorMinor,
            CeilingMinor = Terms.CeilingMinor,
            StepMinor = Terms.StepMinor,
            MostDailyChange = Terms.MostDailyChange,
            Attitude = Terms.Attitude,
            ApprovalAbove = Terms.ApprovalAbove,
            AcceptsByRule = Terms.AcceptsByRule,
            IsPaused = Terms.IsPaused,
            PauseReason = Terms.PauseReason,
            FareList = JsonSerializer.Serialize(Terms.Fares),
            BoundList = JsonSerializer.Serialize(Terms.Bounds),
        };
        db.Add(next);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "pricing.set", nameof(Service), ServiceId.ToString()) { Before = newest is null ? null : Said(newest), After = Said(next) }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Set how a service's slots are priced"];

    private static object Said(PricingSetting setting) => new
    {
        setting.Number, setting.Currency, setting.TaxInclusive, setting.FloorMinor, setting.CeilingMinor, setting.StepMinor, setting.MostDailyChange, setting.Attitude, setting.ApprovalAbove, setting.AcceptsByRule,
        setting.IsPaused, setting.PauseReason, setting.FareList, setting.BoundList,
    };
}

/// <summary>Somebody entered how many places slots have, where no other system says so.</summary>
public sealed record CapacityEntered(string ServiceCode, IReadOnlyList<EnteredSlot> Slots, int Capacity, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.capacity_entered";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel, starts) = (reception.Db, reception.Cancel, Slots.Select(slot => slot.Start).ToList());
        var code = ServiceCode.ToUpperInvariant();
        var known = (await db.Set<SlotAvailability>().Where(slot => slot.ServiceCode.ToUpper() == code && starts.Contains(slot.SlotStart)).ToListAsync(cancel)).ToLookup(slot => slot.SlotStart);
        foreach (var (start, end) in Slots)
        {
            if (!known[start].Any())
                db.Add(new SlotAvailability { Id = Guid.CreateVersion7(), ServiceCode = ServiceCode, SlotStart = start, SlotEnd = end, Capacity = Capacity, OccurredAt = reception.Now });
            foreach (var slot in known[start])
                (slot.SlotEnd, slot.Capacity, slot.OccurredAt) = (end, Capacity, reception.Now);
        }

        var after = new { ServiceCode, Capacity, Slots = Slots.Count, First = Slots[0].Start, Last = Slots[^1].Start };
        var service = await db.Set<Service>().Where(one => one.Code.ToUpper() == code).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(cancel);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "capacity.entered", nameof(Service), service?.ToString() ?? ServiceCode) { After = after }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [$"Set the capacity of {Slots.Count} slots to {Capacity}"];
}

public sealed record EnteredSlot(DateTimeOffset Start, DateTimeOffset End);
