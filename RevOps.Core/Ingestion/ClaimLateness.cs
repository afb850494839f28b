using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Ingestion;

/// <summary>Claims what lateness costs, as the button calls it.</summary>
public sealed class ClaimLateness(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    /// <param name="clickId">Made when the cost was shown: of a double click one is the claim, the other a repeat of it.</param>
    /// <param name="seen">What was shown, with the user left to <paramref name="approver"/>.</param>
    /// <param name="approver">Who claims.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<DecisionResult> ClaimAsync(Guid clickId, LateClaimed seen, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return DecisionResult.NotAllowed;
        }

        return await receiver.DecideAsync($"late-claim/{clickId}", LateClaimed.Type, seen with { UserId = approver.UserId }, cancel);
    }
}
