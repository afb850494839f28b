using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Returns;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Ingestion.Checks;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Ingestion.Lift;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.People;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion;

public static class IngestionFeature
{
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddSingleton<IdentityGraph>().AddSingleton<PersonViews>();
        services.AddSingleton<IngestionServices>();
        services.AddSingleton<RejectedEvents>();
        services.AddSingleton<TouchWriter>();
        services.AddSingleton<JoinPace>();
        services.AddSingleton<EventReceiver>();
        services.AddSingleton<EventQueries>().AddSingleton<EventStoryQueries>().AddSingleton<SubjectQueries>();
        services.AddSingleton<JourneyQueries>();
        services.AddSingleton<TimelineQueries>().AddSingleton<BrowserMemoryQueries>();
        services.AddSingleton<CollectorLog>().AddSingleton<CollectorQueries>();
        services.AddScoped<DecideInvoice>().AddScoped<CreditInvoice>().AddScoped<EditInvoice>().AddScoped<CutOver>();
        services.AddSingleton<EnterCompany>().AddSingleton<CustomerDesk>().AddSingleton<ClaimLateness>().AddSingleton<LookForForeign>().AddSingleton<KeepCatalogue>().AddSingleton<AcceptPrices>().AddSingleton<InvoiceMoney>().AddSingleton<HistoryIntake>().AddSingleton<AskHistory>().AddSingleton<KeepHistory>().AddSingleton<RemoveDemo>();
        services.AddSingleton<KeyQueries>().AddSingleton<PersonFileQueries>().AddSingleton<ExportPerson>().AddSingleton<PeopleDesk>().AddOutboxJob<ForgetMailFiles>();
        services.AddSingleton<BantRules>().AddSingleton<ConnectionQueries>();
        services.AddSingleton<ChannelBook>().AddSingleton<ChannelQueries>().AddSingleton<ChannelDesk>().AddOutboxJob<RedecideTouches>();
        services.AddSingleton<EventsOfMode>((db, mode) => db.Set<ReceivedEvent>().Where(heard => heard.Mode == mode).Select(heard => heard.Id));
        services.AddSingleton<BantDesk>().AddSingleton<BantReviewQueries>().AddSingleton<VoiceLatencyQueries>();
        services.AddSingleton<ReplayStripe>().AddSingleton<InvoiceStoryQueries>().AddSingleton<InvoiceProofQueries>().AddSingleton<RecheckInvoice>().AddSingleton<ArrivalQueries>();
        services.AddSingleton<PricingDesk>().AddSingleton<PricingQueries>().AddSingleton<ServicePricingQueries>().AddSingleton<FairnessQueries>().AddSingleton<PriceFeedQueries>().AddSingleton<AskAdvice>().AddSingleton<AdviceProgress>().AddOutboxJob<AdviseSlots>();
        services.AddIngestionChecks();
        services.AddSpend().AddSpendImports().AddSingleton<AdReturnQueries>();
        services.AddAttribution().AddSingleton<LiftDesk>();
        services.AddSingleton<MatchDesk>().AddSingleton<BankWorkQueries>().AddOutboxJob<MatchBankLines>().AddOutboxJob<TellStripeOfTransfer>();
        return services.AddOutboxJob<JoinTouches>().AddOutboxJob<RefreshInvoice>().AddOutboxJob<RefreshReturns>().AddOutboxJob<IssueCreditNote>().AddOutboxJob<RefreshVatStatus>().AddOutboxJob<CreditTouches>()
            .AddOutboxJob<ForgetRejectedEvents>().AddOutboxJob<StartCompanyVersion>().AddOutboxJob<FillStripeGaps>().AddOutboxJob<SweepInvoices>().AddOutboxJob<ApproveByRule>().AddOutboxJob<CheckClaims>().AddOutboxJob<FindForeignInvoices>().AddOutboxJob<ImportHistory>().AddOutboxJob<RefreshPayout>().AddOutboxJob<SweepPayouts>();
    }
}
