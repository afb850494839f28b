using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.Connectors;

public static class ConnectorsFeature
{
    /// <summary>Signed hooks in, and hooks out.</summary>
    /// <param name="services">The container's.</param>
    /// <param name="configuration">HubSpot:*.</param>
    /// <param name="targets">Where hooks out may go.</param>
    public static IServiceCollection AddConnectors(this IServiceCollection services, IConfiguration configuration, HookTargetRules targets)
    {
        services.Configure<HubSpotOptions>(configuration.GetSection(HubSpotOptions.Section));
        services.AddSingleton<HubSpotAccount>().AddSingleton<HubSpotClient>().AddSingleton<IPlatformConnection, HubSpotPlatform>();
        services.AddHttpClient(HubSpotClient.HttpName);
        services.AddSingleton<ConnectorSecrets>().AddSingleton<TakeHooks>().AddSingleton<RefusedHooks>().AddSingleton<ConnectorDesk>().AddSingleton<DeliveryQueries>();
        services.AddSingleton(targets).AddSingleton<HookHandler>().AddSingleton<HookDesk>().AddSingleton<HookQueries>();
        services.AddHttpClient(HookHandler.HttpName).ConfigurePrimaryHttpMessageHandler(container => container.GetRequiredService<HookHandler>().Create());
        services.AddSingleton<IInterceptor, TellSubscribers>();
        return services.AddOutboxJob<TranslateDelivery>().AddOutboxJob<SendHook>().AddOutboxJob<ForgetHooks>().AddOutboxJob<ReadCrmDeals>();
    }
}
