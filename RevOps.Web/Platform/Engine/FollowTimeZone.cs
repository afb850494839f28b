using Quartz;
using RevOps.Core.Platform;

namespace RevOps.Web.Platform.Engine;

/// <summary>Keeps what happens by the clock in the company's time zone: the version of its data in force says which, and may change while the host runs.</summary>
public sealed class FollowTimeZone(CompanyProfile company, IEnumerable<Recurring> recurring) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await FollowAsync(context.Scheduler, cancellationToken);

    public async Task FollowAsync(IScheduler scheduler, CancellationToken cancel)
    {
        var zone = (await company.CurrentAsync(cancel)).Zone;
        foreach (var key in recurring.Select(job => job.Key))
        {
            if (await scheduler.GetTrigger(key, cancel) is not ICronTrigger { CronExpressionString: { } cron } trigger || trigger.TimeZone.Id == zone.Id)
                continue;

            // From now on: what the other zone was late for was done by the other zone.
            await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartNow().WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zone)).Build(), cancel);
        }
    }
}

/// <summary>A job that runs again and again, by the name of its trigger.</summary>
public sealed record Recurring(string Name)
{
    public TriggerKey Key => new(Name);
}
