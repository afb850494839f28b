using Quartz;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Web.Platform.Engine;

/// <summary>Every second: what was put off is due by now, and no commit rings for it.</summary>
public sealed class SweepOutbox(OutboxWake wake) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        wake.Ring();
        return ValueTask.CompletedTask;
    }
}
