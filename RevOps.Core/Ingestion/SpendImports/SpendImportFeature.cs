using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.SpendImports;

public static class SpendImportFeature
{
    /// <summary>Reads what ads cost from Meta and Google.</summary>
    public static IServiceCollection AddSpendImports(this IServiceCollection services)
    {
        services.AddSingleton<ISpendSource, MetaSpend>().AddSingleton<ISpendSource, GoogleSpend>();
        services.AddScoped<SpendDesk>().AddSingleton<SpendImportQueries>();
        return services.AddOutboxJob<PlanSpendReadings>().AddOutboxJob<ReadSpend>().AddOutboxJob<ResolveClicks>();
    }
}
