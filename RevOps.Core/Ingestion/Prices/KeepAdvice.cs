using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>A slot with what it was decided from.</summary>
internal sealed record DecidedSlot(SlotAvailability Slot, SlotState State, int LeadDays, PriceRules Rules, PriceDecision Decision)
{
    /// <summary>What learning would ask, while advice is only looked at; null otherwise.</summary>
    public long? LearningMinor { get; init; }
}

/// <summary>Keeps the day's decisions about one service's slots in a context that holds the writer gate.</summary>
internal sealed class KeepAdvice(RevOpsDb db, ServiceSlots service, Mode mode)
{
    private const int KeptDays = 400;

    private HashSet<DateTimeOffset> undone = [];

    /// <param name="decided">Outside the gate.</param>
    /// <param name="priced">Slots that a list price is for.</param>
    /// <param name="marks">As it all stood before that: what has moved since then is left as it is until the next run.</param>
    /// <param name="found">Of the service.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>Advice that the setting lets pass without a person.</returns>
    public async Task<IReadOnlyList<ShownAdvice>> KeepAsync(IReadOnlyList<DecidedSlot> decided, IReadOnlySet<DateTimeOffset> priced, SlotMarks marks, ServiceFindings found, CancellationToken cancel)
    {
        var stands = await SlotMarks.ReadAsync(db, mode, service.Now, service.Service, cancel);
        var rows = db.Set<SlotAdvice>().Where(advice => advice.Mode == mode && advice.ServiceId == service.Service.Id);
        undone = await UndoneAsync(rows, cancel);
        var newest = await rows.Where(advice => advice.IsNewest && advice.SlotStart > service.Now).ToDictionaryAsync(advice => advice.SlotStart, cancel);
        var kept = decided.Where(slot => stands.IsSame(marks, service.Service, slot.Slot.SlotStart)).Select(slot => Keep(slot, newest.GetValueOrDefault(slot.Slot.SlotStart))).ToList();
        foreach (var left in newest.Values.Where(advice => !priced.Contains(advice.SlotStart)))
            left.Leave();
        await EndAsync(rows, cancel);
        var study = await db.Set<PricingStudy>().SingleOrDefaultAsync(one => one.Mode == mode && one.ServiceId == service.Service.Id && one.Day == service.Today, cancel);
        if (study is null)
            db.Add(study = new() { Id = Guid.CreateVersion7(), Mode = mode, ServiceId = service.Service.Id, Day = service.Today, MadeAt = service.Now, Advised = 0, HasGain = false, Found = "" });
        (study.MadeAt, study.Advised, study.HasGain, study.Found) = (service.Now, Math.Max(study.Advised, kept.Count(advice => advice.AdvisedMinor is not null)), found.Backtest is not null, JsonSerializer.Serialize(found));
        await db.SaveChangesAsync(cancel);
        return [.. kept.Where(advice => advice is { State: AdviceState.Awaiting, ByRule: true }).Select(advice => new ShownAdvice(advice.Id, advice.AdvisedMinor))];
    }

    /// <summary>What somebody, or the rule, decided stays: it is the history of prices.</summary>
    public static async Task ForgetAsync(RevOpsDb db, DateOnly today, CancellationToken cancel)
    {
        var oldest = today.AddDays(-KeptDays);
        await db.WriteAsync(() => db.Set<SlotAdvice>().Where(advice => advice.Day < oldest && advice.DecidedAt == null).ExecuteDeleteAsync(cancel), cancel);
        await db.WriteAsync(() => db.Set<PricingStudy>().Where(study => study.Day < oldest).ExecuteDeleteAsync(cancel), cancel);
    }

    private SlotAdvice Keep(DecidedSlot slot, SlotAdvice? before)
    {
        // One decision a day: what a person, or the rule, said stands.
        var isOfToday = before is not null && before.Day == service.Today;
        if (isOfToday && before!.State is AdviceState.Accepted or AdviceState.Refused or AdviceState.Undone)
            return before!;
        var (row, decision) = (isOfToday ? before! : New(slot, before), slot.Decision);
        (row.MadeAt, row.SlotEnd, row.Currency, row.TaxInclusive) = (service.Now, slot.Slot.SlotEnd, service.Currency, service.Setting.TaxInclusive);
        (row.BaseMinor, row.PriceMinor, row.AdvisedMinor, row.Outcome) = (service.BaseMinorOf(slot.Slot.SlotStart), slot.State.PriceMinor, decision.Advice.AdvisedMinor, decision.Advice.Outcome);
        (row.LeadDays, row.Capacity, row.Booked) = (slot.LeadDays, slot.State.Capacity, slot.State.Booked);
        row.UsualLoad = service.Past.Count < PriceAdvice.LeastPastSlots ? null : slot.State.UsualLoad;
        (row.FloorMinor, row.CeilingMinor, row.MostDailyChange) = (slot.Rules.FloorMinor, slot.Rules.CeilingMinor, slot.Rules.MostDailyChange);
        row.LearningMinor = slot.LearningMinor;
        (row.Why, row.ByRule, row.State) = (JsonSerializer.Serialize(decision.Advice.Why), decision.Turn == DecisionTurn.Accept && !undone.Contains(slot.Slot.SlotStart), StateOf(decision.Turn));
        row.FloorDays = !decision.AtFloor ? 0 : isOfToday ? Math.Max(1, row.FloorDays) : before is { FloorDays: > 0 } && before.Day == service.Today.AddDays(-1) ? before.FloorDays + 1 : 1;
        return row;
    }

    /// <summary>Slots of which a person took a price back and nobody has accepted one since: no rule puts it on them again.</summary>
    private async Task<HashSet<DateTimeOffset>> UndoneAsync(IQueryable<SlotAdvice> rows, CancellationToken cancel)
    {
        var decided = await rows.Where(advice => advice.SlotStart > service.Now && advice.DecidedAt != null).Select(advice => new { advice.SlotStart, advice.State, advice.DecidedAt, advice.UndoneAt }).ToListAsync(cancel);
        return [.. decided.GroupBy(advice => advice.SlotStart).Where(slot => slot.Max(advice => advice.UndoneAt) is { } last && !slot.Any(advice => advice.State == AdviceState.Accepted && advice.DecidedAt > last)).Select(slot => slot.Key)];
    }

    private SlotAdvice New(DecidedSlot slot, SlotAdvice? before)
    {
        if (before is not null)
            (before.IsNewest, before.State) = (false, before.State == AdviceState.Awaiting ? AdviceState.Replaced : before.State);
        var row = new SlotAdvice
        {
            Id = Guid.CreateVersion7(), Mode = mode, ServiceId = service.Service.Id, SlotStart = slot.Slot.SlotStart, SlotEnd = slot.Slot.SlotEnd, Day = service.Today, MadeAt = service.Now, IsNewest = true,
            Currency = "", TaxInclusive = false, BaseMinor = 0, PriceMinor = 0, Outcome = default, LeadDays = 0, Capacity = 0, Booked = 0, FloorMinor = 0, CeilingMinor = 0, MostDailyChange = 0, FloorDays = 0, ByRule = false, Why = "", State = default,
        };
        db.Add(row);
        return row;
    }

    /// <summary>Of slots that are over: how full they were in the end, and that nobody will answer any more.</summary>
    private async Task EndAsync(IQueryable<SlotAdvice> rows, CancellationToken cancel)
    {
        var capacities = service.Slots.ToDictionary(slot => slot.SlotStart, slot => slot.Capacity);
        foreach (var row in await rows.Where(advice => advice.SlotStart <= service.Now && advice.FinalLoad == null).ToListAsync(cancel))
        {
            row.FinalLoad = capacities.GetValueOrDefault(row.SlotStart, row.Capacity) is > 0 and var places ? Math.Min(1, (double)service.BookedOf(row.SlotStart) / places) : 1;
            if (row.State == AdviceState.Awaiting)
                row.State = AdviceState.Replaced;
        }
    }

    private static AdviceState StateOf(DecisionTurn turn) => turn switch
    {
        DecisionTurn.Keep => AdviceState.Kept,
        DecisionTurn.Look => AdviceState.Shadow,
        _ => AdviceState.Awaiting,
    };
}
