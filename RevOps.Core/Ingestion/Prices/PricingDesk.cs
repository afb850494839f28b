using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>The buttons of the Pricing room: Finance and Management decide, and each asks again whether it may.</summary>
public sealed class PricingDesk(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, CompanyProfile company, AskAdvice ask, TwoFactorRule rule, TimeProvider clock)
{
    /// <summary>At once; more is another click.</summary>
    public const int MostAtOnce = 500;

    /// <param name="serviceId">Whose slots.</param>
    /// <param name="basedOn">Number of the version that stood on the screen; 0 for the first.</param>
    /// <param name="entry">As typed.</param>
    /// <param name="by">Finance or Management.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<CatalogueResult> SetAsync(Guid serviceId, int basedOn, PricingEntry entry, Approver by, CancellationToken cancel)
    {
        var (terms, problems) = PricingRules.Read(entry, (await company.CurrentAsync(cancel)).Currency);
        return terms is null ? new(problems) : await ReceiveAsync("pricing", PricingSet.Type, new PricingSet(serviceId, basedOn, terms, by.UserId), by, cancel);
    }

    public async Task<CatalogueResult> EnterCapacityAsync(CapacityEntry entry, Approver by, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (slots, problems) = entry.Read(owner, owner.DayOf(clock.GetUtcNow()));
        return problems.Count > 0 ? new(problems) : await ReceiveAsync("capacity", CapacityEntered.Type, new CapacityEntered(entry.ServiceCode.Trim(), slots, int.Parse(entry.Capacity.Trim(), System.Globalization.CultureInfo.InvariantCulture), by.UserId), by, cancel);
    }

    /// <param name="advice">As it was shown, at most <see cref="MostAtOnce"/>.</param>
    /// <param name="accepts">False: refused.</param>
    /// <param name="reason">Why, where it is refused.</param>
    /// <param name="by">Finance or Management.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>How many were decided; what no longer waits, or has changed since it was shown, is left.</returns>
    public async Task<(DecisionResult Result, int Count)> DecideAsync(IReadOnlyList<ShownAdvice> advice, bool accepts, string? reason, Approver by, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(advice.Count, MostAtOnce);
        var why = accepts || string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(why?.Length ?? 0, SlotAdvice.LongestReason);
        var began = clock.GetUtcNow();
        var result = await TryAsync("advice", AdviceDecided.Type, new AdviceDecided(advice, accepts, why, by.UserId, ByRule: false), by, cancel);
        if (result != DecisionResult.Done)
            return (result, 0);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (ids, me) = (advice.Select(one => one.Id).ToList(), $"user:{by.UserId}");

        // What somebody else, or the rule, had answered before is not this click's.
        return (result, await db.Set<SlotAdvice>().CountAsync(row => ids.Contains(row.Id) && row.State == (accepts ? AdviceState.Accepted : AdviceState.Refused) && row.DecidedBy == me && row.DecidedAt >= began, cancel));
    }

    public Task<DecisionResult> UndoAsync(Guid advice, Approver by, CancellationToken cancel) => TryAsync("advice", AdviceUndone.Type, new AdviceUndone(advice, by.UserId), by, cancel);

    /// <summary>Asks for advice now: a run also accepts by rule.</summary>
    /// <param name="by">Finance or Management.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<DecisionResult> AskAsync(Approver by, CancellationToken cancel)
    {
        if (!await MayAsync(by, cancel))
            return DecisionResult.NotAllowed;
        await ask.NowAsync(cancel);
        return DecisionResult.Done;
    }

    private async Task<bool> MayAsync(Approver by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await by.HoldsAsync(db, Roles.Finance, rule, cancel) || await by.HoldsAsync(db, Roles.Management, rule, cancel);
    }

    private async Task<DecisionResult> TryAsync(string kind, string type, IncomingEvent change, Approver by, CancellationToken cancel)
    {
        try
        {
            return (await ReceiveAsync(kind, type, change, by, cancel)).IsDone ? DecisionResult.Done : DecisionResult.NotAllowed;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }

    private async Task<CatalogueResult> ReceiveAsync(string kind, string type, IncomingEvent change, Approver by, CancellationToken cancel)
    {
        if (!await MayAsync(by, cancel))
            return CatalogueResult.Refused("", "notAllowed");
        try
        {
            await receiver.ReceiveInternalAsync("revops", $"{kind}/{Guid.CreateVersion7()}", type, change, cancel);
            return CatalogueResult.Done;
        }
        catch (CatalogueRefusedException refused)
        {
            return CatalogueResult.Refused(refused.Field, refused.Problem);
        }
    }
}
