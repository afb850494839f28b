using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Checks.Marketing;
using RevOps.Core.Scorecard.Checks.Revenue;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Digest;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Core.Scorecard;

public static class ScorecardFeature
{
    public static IServiceCollection AddScorecard(this IServiceCollection services) => services
        .AddSingleton<MetricsQueries>().AddSingleton<OverviewQueries>().AddSingleton<OverviewNotes>().AddSingleton<WaitingWorkQueries>().AddSingleton<FigureRowQueries>()
        .AddSingleton<CheckReader>().AddSingleton<ScorecardQueries>().AddSingleton<CheckExemptions>().AddSingleton<AskMeasure>().AddOutboxJob<MeasureChecks>()
        .AddSingleton<WatchedFigures>().AddSingleton<AlertQueries>().AddSingleton<AlertDesk>().AddOutboxJob<WatchFigures>().AddSingleton<LeverStarts>().AddSingleton<Annotations>().AddSingleton<DigestQueries>().AddSingleton<DigestDesk>()
        .AddSingleton<PrefillQueries>().AddSingleton<RecentSimulations>().AddSingleton<ScenarioDesk>()
        .AddSingleton<OutlookQueries>().AddSingleton<CashOutlookQueries>().AddSingleton<AskForecasts>().AddOutboxJob<MakeForecasts>()
        .AddSingleton<ClaimQueries>().AddOutboxJob<MeasureClaims>().AddSingleton<ClaimMeasure, DaysSooner>().AddSingleton<ClaimMeasure, CashSpeed>().AddSingleton<ClaimMeasure, BillingErrors>()
        .AddSingleton<ClaimMeasure, MonthsMatch>().AddSingleton<ClaimMeasure, SignalRecovered>().AddSingleton<ClaimMeasure, FreeOfThePixel>().AddSingleton<ClaimMeasure, DraftedAtOnce>()
        .AddSingleton<ClaimMeasure, YieldGained>().AddSingleton<ClaimMeasure, ForecastErrorCut>().AddSingleton<ClaimMeasure, RoasLift>().AddSingleton<ClaimMeasure, PaybackOfScenario>()
        .AddCheck<SalesAreStructured>().AddCheck<ClientsAreBillable>().AddCheck<LinesHaveCataloguePrices>().AddCheck<NumbersHaveNoGap>().AddCheck<TaxAddsUp>().AddCheck<SalesAreInvoiced>()
        .AddCheck<CreditsAreBooked>().AddCheck<AgeingIsTheLedger>().AddCheck<LateInvoicesAreReminded>().AddCheck<CreditNotesAddUp>().AddCheck<MoneyActionsHaveAuthors>()
        .AddCheck<EventsBecomeDrafts>().AddCheck<DraftsAreRight>().AddCheck<DraftsLeaveAtOnce>().AddCheck<MonthsAgree>().AddCheck<AttributionIsExact>().AddCheck<AttributionIsValidated>().AddCheck<ForecastsHold>().AddCheck<PricesAreManaged>();

    /// <summary>A check that another feature can read better brings it along.</summary>
    internal static IServiceCollection AddCheck<T>(this IServiceCollection services) where T : Check => services.AddSingleton<Check, T>();
}
