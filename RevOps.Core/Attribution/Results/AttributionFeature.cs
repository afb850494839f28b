using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Results;

public static class AttributionFeature
{
    /// <summary>Snapshots of everybody's journeys, and the answers from them.</summary>
    public static IServiceCollection AddAttribution(this IServiceCollection services) => services
        .AddSingleton<SnapshotStore>().AddSingleton<JourneyReader>().AddSingleton<IntervalWork>().AddSingleton<SnapshotDesk>().AddSingleton<LiftTestQueries>().AddOutboxJob<RecomputeJourneys>()
        .AddSingleton(container => new AttributionQueries(container.GetRequiredService<IDbContextFactory<RevOpsDb>>(), container.GetRequiredService<JourneyReader>(), container.GetRequiredService<IntervalWork>(), container.GetRequiredService<Vault>()));
}
