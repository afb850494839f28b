using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Ingestion.Lift;

/// <summary>How a click on the form of lift tests ended.</summary>
public enum LiftResult
{
    Done = 0,

    /// <summary>It was so already: a second click.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 2,
}

/// <summary>Enters and takes back lift tests, by the door that every decision takes: for whoever answers for marketing.</summary>
public sealed class LiftDesk(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    /// <param name="id">Made by the form, so that a second click enters nothing twice.</param>
    /// <param name="test">What was measured.</param>
    /// <param name="who">Who enters it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">Days or interval the wrong way round, an unknown channel or currency, or no source.</exception>
    public Task<LiftResult> EnterAsync(Guid id, NewLiftTest test, Approver who, CancellationToken cancel)
    {
        test.Check();
        return ReceiveAsync($"lift/{id}", LiftTestEntered.Type, new LiftTestEntered(id, test, who.UserId), who, cancel);
    }

    public Task<LiftResult> WithdrawAsync(Guid id, Approver who, CancellationToken cancel) =>
        ReceiveAsync($"lift/{id}/withdrawn", LiftTestWithdrawn.Type, new LiftTestWithdrawn(id, who.UserId), who, cancel);

    private async Task<LiftResult> ReceiveAsync(string id, string type, IncomingEvent decided, Approver who, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await who.HoldsAsync(db, Roles.Marketing, rule, cancel))
                return LiftResult.NotAllowed;
        }

        return await receiver.ReceiveInternalAsync("revops", id, type, decided, cancel) ? LiftResult.Done : LiftResult.NothingNew;
    }
}
