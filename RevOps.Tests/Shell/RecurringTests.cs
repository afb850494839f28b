using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;
using RevOps.Web.Platform.Engine;

namespace RevOps.Tests.Shell;

public sealed class RecurringTests
{
    private static readonly DateTimeOffset Seven = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Recurring_AsksOncePerInstant()
    {
        await using var host = new RevOpsHost { Configure = services => services.AddOutboxJob<Chime>() };
        var again = new AskAgain<Chime>(host.Services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), TimeProvider.System);

        Assert.True(await again.AskAsync(Seven, CancellationToken.None));
        Assert.False(await again.AskAsync(Seven, CancellationToken.None));
        Assert.True(await again.AskAsync(Seven.AddDays(1), CancellationToken.None));

        await host.DrainAsync();
        await using var db = await host.OpenDatabaseAsync();
        var rows = await db.Set<OutboxRow>().Where(row => row.Job == nameof(Chime)).OrderBy(row => row.Key).ToListAsync();
        Assert.Equal(["Chime@2026-03-02T07:00:00Z", "Chime@2026-03-03T07:00:00Z"], rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(OutboxState.Done, row.State));
    }

    [Fact]
    public async Task Engine_RunsWhatASchedulePutThere()
    {
        await using var host = new RevOpsHost
        {
            Settings = { [OutboxEngine.PumpKey] = "true" },
            Configure = services => services.AddOutboxJob<Chime>().AddRecurring<Chime>("* * * * * ?"),
        };
        await using var db = await host.OpenDatabaseAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(Chime) && row.State == OutboxState.Done, patience.Token))
            await Task.Delay(100, patience.Token);
    }

    [Fact]
    public async Task Schedules_FollowTheTimeZoneOfTheCompany()
    {
        await using var host = new RevOpsHost { Settings = { [OutboxEngine.PumpKey] = "true" } };
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await ZoneBecomesAsync("Europe/Paris");

        var company = host.Services.GetRequiredService<CompanyProfile>();
        var current = await company.CurrentAsync();
        var entry = CompanyEntry.Of(current);
        entry.TimeZone = "America/New_York";
        await host.Services.GetRequiredService<EnterCompany>().SaveAsync(entry, current.Id, from: null, $"user:{Guid.CreateVersion7()}", CancellationToken.None);

        await new FollowTimeZone(company, host.Services.GetServices<Recurring>()).FollowAsync(scheduler, CancellationToken.None);
        await ZoneBecomesAsync("America/New_York");
        var next = (await scheduler.GetTrigger(new(nameof(ForgetSessions))))!.NextFireTimeUtc!.Value;
        Assert.Equal(new TimeSpan(3, 15, 0), TimeZoneInfo.ConvertTime(next, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).TimeOfDay);

        async Task ZoneBecomesAsync(string zone)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await scheduler.GetTrigger(new(nameof(ForgetSessions)), patience.Token) is not ICronTrigger trigger || trigger.TimeZone.Id != zone)
                await Task.Delay(100, patience.Token);
        }
    }

    private sealed class Chime : IOutboxJob
    {
        public Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel) => Task.FromResult(OutboxResult.Done);
    }
}
