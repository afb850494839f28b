using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Receivables.Lateness;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Web.Scorecard.Digest;
using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Web.Platform.Engine;

/// <summary>Everything that happens by the clock, in the company's time zone.</summary>
internal static class Schedules
{
    public static void AddSchedules(this IServiceCollection services) => services
        .AddRecurring<FillStripeGaps>("0 5 * * * ?")
        .AddRecurring<WatchConversions>("0 20 * * * ?")
        .AddRecurring<MeasureChecks>("0 40 * * * ?")
        .AddRecurring<AdviseSlots>("0 0 4 * * ?")
        .AddRecurring<WatchFigures>("0 45 * * * ?")
        .AddRecurring<SendDigests>("0 0 7 ? * MON")
        .AddRecurring<MeasureClaims>("0 25 3 * * ?")
        .AddRecurring<EndLateConversions>("0 25 * * * ?")
        .AddRecurring<SweepInvoices>("0 30 2 * * ?")
        .AddRecurring<SweepPayouts>("0 32 2 * * ?")
        .AddRecurring<FindForeignInvoices>("0 35 2 * * ?")
        .AddRecurring<SweepCustomers>("0 40 2 * * ?")
        .AddRecurring<ReadCrmDeals>("0 45 2 * * ?")
        .AddRecurring<MatchBankLines>("0 50 2 * * ?")
        .AddRecurring<RecomputeJourneys>("0 55 2 * * ?")
        .AddRecurring<PlanSpendReadings>("0 7 * * * ?")

        // After yesterday's spend has been read.
        .AddRecurring<MakeForecasts>("0 35 6 * * ?")
        .AddRecurring<ResolveClicks>("0 50 5 * * ?")
        .AddRecurring<ForgetRejectedEvents>("0 10 3 * * ?")
        .AddRecurring<ForgetHooks>("0 12 3 * * ?")
        .AddRecurring<ForgetSessions>("0 15 3 * * ?")
        .AddRecurring<ForgetMails>("0 20 3 * * ?")
        .AddRecurring<ForgetDeliveries>("0 25 3 * * ?")
        .AddRecurring<SendReminders>("0 0 8 * * ?");
}
