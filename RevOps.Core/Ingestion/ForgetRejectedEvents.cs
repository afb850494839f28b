using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Every night: refused events are kept for 30 days and no longer.</summary>
public sealed class ForgetRejectedEvents(RejectedEvents rejected) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await rejected.ForgetOldAsync(cancel);
        return OutboxResult.Done;
    }
}
