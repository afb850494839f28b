using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing;

public static class BillingFeature
{
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<StripeOptions>(configuration.GetSection(StripeOptions.Section));
        services.AddSingleton<StripeAccount>();
        services.AddSingleton<IPlatformConnection, StripePlatform>();
        services.AddHttpClient(StripeClient.HttpName);

        // One for the process: its rate and its circuit breaker count everyone's calls. Its clock is the system's.
        services.AddSingleton(container =>
            new StripeClient(container.GetRequiredService<IHttpClientFactory>(), () => container.GetRequiredService<StripeAccount>().Connection, TimeProvider.System, container.GetRequiredService<ChangeFeed>()));
        services.AddScoped<StripeEffects>().AddScoped<StripeCustomers>().AddScoped<StripeDraftRemoval>().AddScoped<StripeAdoption>();
        services.AddSingleton<InvoiceQueries>().AddSingleton<InvoicePaperQueries>().AddSingleton<DraftVersionQueries>().AddSingleton<DraftPreview>().AddSingleton<CompareDraft>();
        services.AddSingleton<CreditNoteQueries>().AddSingleton<CreditNotePaperQueries>();
        services.AddSingleton<CatalogueQueries>().AddSingleton<CustomerQueries>().AddSingleton<CutOverQueries>().AddSingleton<HistoryQueries>().AddSingleton<CustomerCardQueries>().AddSingleton<LookAlikeQueries>();
        services.AddSingleton<ApprovalRules>().AddSingleton<Gathering>().AddSingleton<ShadowMode>().AddSingleton<ApprovalQueries>().AddSingleton<InvoiceComments>();
        return services.AddOutboxJob<SweepCustomers>().AddOutboxJob<DraftInvoice>().AddOutboxJob<DropDraft>().AddOutboxJob<SendInvoice>().AddOutboxJob<AssessAgain>();
    }
}
