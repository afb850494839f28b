using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Identity;

/// <summary>Every night: what is known of past sign-ins goes after a month.</summary>
public sealed class ForgetSessions(Sessions sessions) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await sessions.ForgetOldAsync(cancel);
        return OutboxResult.Done;
    }
}
