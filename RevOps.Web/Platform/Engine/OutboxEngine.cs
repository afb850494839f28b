using Quartz;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Web.Platform.Engine;

/// <summary>What makes the outbox move: the pump runs what a commit adds at once, Quartz owns everything that is a matter of time.</summary>
public static class OutboxEngine
{
    /// <summary>False leaves pump and schedules out; tests drain the outbox by hand.</summary>
    public const string PumpKey = "Outbox:Pump";

    public static void AddOutboxEngine(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue(PumpKey, true))
            return;

        builder.Services.AddHostedService<OutboxPump>();
        builder.Services.AddQuartz(quartz =>
        {
            // A schedule keeps to the system's clock; only the demo, which tells days in seconds, puts its own clock above this one.
            quartz.UseTimeProvider(TimeProvider.System);
            if (Options(builder).IsSqlite)
                quartz.UseInMemoryStore();
            else
                quartz.ShareOver(builder.Configuration.GetConnectionString(DatabaseFeature.ConnectionName)!);
            quartz.ScheduleJob<SweepOutbox>(trigger => trigger.WithIdentity(nameof(SweepOutbox)).WithSimpleSchedule(TimeSpan.FromSeconds(1)));
            quartz.ScheduleJob<FollowTimeZone>(trigger => trigger.WithIdentity(nameof(FollowTimeZone)).WithSimpleSchedule(TimeSpan.FromMinutes(1)));
        });
        builder.Services.AddSchedules();
        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>
    /// Runs a job again and again. Each time it is an outbox row like any other, named after the instant it was due at,
    /// so that it is seen on the Jobs page, tried again when it fails, and never asked for twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="cron">Seconds, minutes, hours, day of month, month, day of week, in the company's time zone: "0 0 7 * * ?" is every day at 7.</param>
    public static IServiceCollection AddRecurring<TJob>(this IServiceCollection services, string cron) where TJob : class, IOutboxJob =>
        services.AddSingleton(new Recurring(typeof(TJob).Name)).AddQuartz(quartz => quartz.ScheduleJob<AskAgain<TJob>>(trigger => trigger.WithIdentity(typeof(TJob).Name).WithCronSchedule(cron)));

    /// <summary>Several nodes over one SQL Server fire each trigger once between them.</summary>
    private static void ShareOver(this IQuartzBuilder quartz, string connection)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.InstanceId = "AUTO");
        quartz.UsePersistentStore(store =>
        {
            store.UseSqlServer(connection);
            store.UseClustering();
            store.ProvisionSchema();
        });
    }

    private static DatabaseOptions Options(WebApplicationBuilder builder) => builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
}
