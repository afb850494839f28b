using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Core.Scorecard;

public static class ScorecardFeature
{
    public static IServiceCollection AddScorecard(this IServiceCollection services) => 
        services.AddSingleton<MetricsQueries>().AddSingleton<OverviewQueries>().AddSingleton<WaitingWorkQueries>().AddSingleton<FigureRowQueries>();
}
