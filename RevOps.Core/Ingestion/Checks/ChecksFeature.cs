using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>The checks of the scorecard that look at what came in, or at connections.</summary>
internal static class ChecksFeature
{
    public static IServiceCollection AddIngestionChecks(this IServiceCollection services) => services
        .AddSingleton<ClaimMeasure, CallsQualifiedWell>()
        .AddCheck<StripeIsLive>().AddCheck<LeadsHaveSources>().AddCheck<LeadsAnsweredConsent>().AddCheck<VisitsComeOnce>().AddCheck<CallsHaveLeads>().AddCheck<QualificationIsSound>()
        .AddCheck<SalesHaveTheirSteps>().AddCheck<SpendIsThePlatforms>().AddCheck<ChannelsAreKnown>().AddCheck<CreditsAreThePayments>().AddCheck<DataIsFresh>().AddCheck<ErasuresAreComplete>()
        .AddCheck<ClicksReachCalls>().AddCheck<CallsAreStitched>().AddCheck<AdCredentialsWork>().AddCheck<ConversionsArrive>().AddCheck<ConversionsMatch>().AddCheck<SalesAreToldWithValue>();
}
