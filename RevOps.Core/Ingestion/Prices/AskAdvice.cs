using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Asks for advice out of turn; what is asked for while it waits to begin is made once.</summary>
public sealed class AskAdvice(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    private const string Asked = "asked";

    public async Task NowAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(AdviseSlots) && row.Argument == Asked && row.State == OutboxState.Waiting, cancel))
            return;
        db.Enqueue<AdviseSlots>(Asked, now, $"{Asked}/{Guid.CreateVersion7()}");
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>How far the running advice has come, in this process: pages show it while it lasts.</summary>
public sealed class AdviceProgress(ChangeFeed feed)
{
    /// <summary>Null while none is made.</summary>
    public (int Done, int Of)? Now { get; private set; }

    public void Tell(int done, int of)
    {
        Now = (done, of);
        feed.Publish(nameof(AdviceProgress));
    }

    public void End()
    {
        Now = null;
        feed.Publish(nameof(AdviceProgress));
    }
}
