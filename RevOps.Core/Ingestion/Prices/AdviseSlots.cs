using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>
/// Every night, and when somebody asks: decides about every slot of the next 90 days, once a day, and keeps what each decision was made of. What was
/// decided by a person on that day stays. Running twice does nothing twice.
/// </summary>
public sealed class AdviseSlots(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, CompanyProfile company, StripeAccount stripe, AdviceProgress progress, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        // Advice follows what sells in the mode that works now.
        var (mode, now, owner) = (stripe.Connection?.Mode ?? Mode.Live, clock.GetUtcNow(), await company.CurrentAsync(cancel));
        var (services, marks) = await ReadAsync(owner, mode, now, cancel);
        try
        {
            foreach (var (done, service) in services.Index())
            {
                progress.Tell(done, services.Count);
                await AdviseAsync(service, mode, marks, cancel);
            }
        }
        finally
        {
            progress.End();
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await KeepAdvice.ForgetAsync(db, owner.DayOf(now), cancel);
        return OutboxResult.Done;
    }

    private async Task<(IReadOnlyList<ServiceSlots> Services, SlotMarks Marks)> ReadAsync(CompanyVersion owner, Mode mode, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Marks first: what moves in between is then taken for moved once too often, and never once too few.
        var marks = await SlotMarks.ReadAsync(db, mode, now, null, cancel);
        return (await new SlotReader(db, owner, mode, TaxRate.StandardOn(owner.Country, owner.DayOf(now)) ?? 0, now).ReadAsync(cancel), marks);
    }

    private async Task AdviseAsync(ServiceSlots service, Mode mode, SlotMarks marks, CancellationToken cancel)
    {
        // Thinking may take a second: nobody waits for the database meanwhile.
        var priced = service.Ahead.Where(slot => service.BaseMinorOf(slot.SlotStart) > 0).ToList();

        // A slot whose price moved since the day began has had its change of the day.
        var decided = priced.Where(slot => !service.HasMoved(slot.SlotStart)).Select(slot => Decide(service, slot)).ToList();
        var found = FindService.Of(service, await VerdictAsync(service, mode, cancel));
        IReadOnlyList<ShownAdvice> byRule;
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await db.BeginWorkAsync(cancel);
            byRule = await new KeepAdvice(db, service, mode).KeepAsync(decided, priced.Select(slot => slot.SlotStart).ToHashSet(), marks, found, cancel);
        }

        if (byRule.Count == 0)
            return;
        try
        {
            await receiver.ReceiveInternalAsync("revops", $"advice/{Guid.CreateVersion7()}", AdviceDecided.Type, new AdviceDecided(byRule, true, null, service.Setting.UserId, ByRule: true), cancel);
        }
        catch (DecisionTakenException)
        {
            // A person was faster, or the slots filled meanwhile.
        }
    }

    private async Task<ShadowVerdict> VerdictAsync(ServiceSlots service, Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var over = await db.Set<SlotAdvice>().Where(advice => advice.Mode == mode && advice.ServiceId == service.Service.Id && advice.State == AdviceState.Shadow && advice.FinalLoad != null)
            .Select(advice => new ShadowOutcome(advice.SlotStart, advice.Day, advice.AdvisedMinor > advice.PriceMinor, advice.FinalLoad!.Value)).ToListAsync(cancel);
        return ShadowVerdict.Of(over, start => service.CurveOf(start).FinalLoad);
    }

    private static DecidedSlot Decide(ServiceSlots service, SlotAvailability slot)
    {
        var (state, lead, rules) = (service.StateOf(slot), service.LeadOf(slot.SlotStart), service.RulesOf(slot.SlotStart));
        var decision = service.BaseOf(slot.SlotStart)!.TaxInclusive != service.Setting.TaxInclusive
            ? new(new(AdviceOutcome.OtherTaxSide, null, []), DecisionTurn.Keep, AtFloor: false)
            : PriceDecision.Of(rules, service.Terms, state, service.Past.Count);
        return new(slot, state, lead, rules, decision) { LearningMinor = service.IsShadow && !service.Setting.IsPaused ? service.Learning.PriceOf(slot.SlotStart, state.Capacity - state.Booked, lead, rules) : null };
    }
}
