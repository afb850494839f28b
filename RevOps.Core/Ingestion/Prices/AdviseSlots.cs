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
        // Prices are one list: advice follows what sells in the mode that works now.
        var (mode, now, owner) = (stripe.Connection?.Mode ?? Mode.Live, clock.GetUtcNow(), await company.CurrentAsync(cancel));
        var services = await ReadAsync(owner, mode, now, cancel);
        try
        {
            foreach (var (done, service) in services.Index())
            {
                progress.Tell(done, services.Count);
                await AdviseAsync(service, mode, cancel);
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

    private async Task<IReadOnlyList<ServiceSlots>> ReadAsync(CompanyVersion owner, Mode mode, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await new SlotReader(db, owner, mode, TaxRate.StandardOn(owner.Country, owner.DayOf(now)) ?? 0, now).ReadAsync(cancel);
    }

    private async Task AdviseAsync(ServiceSlots service, Mode mode, CancellationToken cancel)
    {
        // Thinking may take a second: nobody waits for the database meanwhile.
        var decided = service.BaseMinor > 0 ? service.Ahead.Select(slot => Decide(service, slot)).ToList() : [];
        IReadOnlyList<Guid> byRule;
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await db.BeginWorkAsync(cancel);
            byRule = await new KeepAdvice(db, service, mode).KeepAsync(decided, cancel);
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

    private static DecidedSlot Decide(ServiceSlots service, SlotAvailability slot)
    {
        var state = service.StateOf(slot);
        return new(slot, state, service.LeadOf(slot.SlotStart), PriceDecision.Of(service.Setting.RulesFrom(service.BaseMinor), service.Terms, state, service.Past.Count));
    }
}
