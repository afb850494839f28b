using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Spend;

internal static class SpendSteps
{
    public static ISpendSource SpendSource(this Agency agency, string platform) => agency.Host.Services.GetServices<ISpendSource>().Single(source => source.Platform == platform);

    /// <summary>What the schedule does each morning: whatever is due is read.</summary>
    public static Task PlanSpendAsync(this Agency agency) => agency.RunAsync<PlanSpendReadings>();

    public static async Task RunAsync<TJob>(this Agency agency) where TJob : IOutboxJob
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<TJob>("test", agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }
}
