using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Retention;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform;

public static class PlatformFeature
{
    /// <summary>What every feature stands on: keys, outbox, audit, change feed and the business clock.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        // The business clock, which the demo and the tests turn. Leases, cookies, signatures and RecordedAt use TimeProvider.System by name.
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => KeyFile.OpenOrCreate(DataFolder.Of(configuration)));
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(container =>
        {
            var vault = ActivatorUtilities.CreateInstance<Vault>(container);
            container.GetRequiredService<ChangeFeed>().Listen(Vault.Erasure, vault.ForgetAll);
            return vault;
        });
        services.AddSingleton(container => new Node(Guid.NewGuid(), !container.GetRequiredService<DatabaseOptions>().IsSqlite || configuration.GetValue("Live:Tail", false)));
        services.AddHostedService<ChangeTail>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ChainCheck>();
        services.AddSingleton<OutboxJobs>();
        services.AddSingleton<OutboxWake>();
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<OutboxDesk>();
        services.AddSingleton<OutboxQueries>();
        services.AddSingleton<CompanyProfile>().AddSingleton<CompanyQueries>();
        services.AddSingleton<ConnectionValues>().AddSingleton<ConnectionDesk>();
        services.AddSingleton<RetentionRules>();
        services.AddOptions<CompanyOptions>().Bind(configuration.GetSection(CompanyOptions.Section));
        return services.AddMail(configuration);
    }
}
