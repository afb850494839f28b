using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions;

public static class ConversionsFeature
{
    public static IServiceCollection AddConversions(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<MetaOptions>(configuration.GetSection(MetaOptions.Section));
        services.Configure<GoogleOptions>(configuration.GetSection(GoogleOptions.Section));
        services.AddSingleton<MetaAccount>();
        services.AddSingleton<GoogleAdsAccount>();
        services.AddSingleton<StageRules>();
        services.AddSingleton<IPlatformConnection, MetaPlatform>().AddSingleton<IPlatformConnection, GooglePlatform>();
        services.AddHttpClient(MetaChannel.HttpName);
        services.AddHttpClient(GoogleChannel.HttpName);
        services.AddSingleton<IConversionChannel>(container =>
            new MetaChannel(container.GetRequiredService<IHttpClientFactory>(), () => container.GetRequiredService<MetaAccount>().Connection));
        services.AddSingleton<IConversionChannel>(container =>
            new GoogleChannel(container.GetRequiredService<IHttpClientFactory>(), () => container.GetRequiredService<GoogleAdsAccount>().Connection, TimeProvider.System));
        services.AddSingleton<ConversionFactsReader>().AddSingleton<PortionReader>().AddSingleton<PortionStore>().AddSingleton<ConsentWatch>();
        services.AddSingleton<ConversionQueries>().AddSingleton<ConversionPreviews>().AddSingleton<MetaTrial>().AddSingleton<GoogleActions>().AddSingleton<Quality.QualityQueries>();
        return services.AddOutboxJob<SendConversions>().AddOutboxJob<PollConversions>().AddOutboxJob<EndLateConversions>().AddOutboxJob<ForgetDeliveries>().AddOutboxJob<Quality.WatchConversions>();
    }
}
