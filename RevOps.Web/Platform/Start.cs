using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;
using RevOps.Web.Identity;

namespace RevOps.Web.Platform;

/// <summary>Makes the installation ready before the first request and the first job: StartingAsync ends before anything else starts.</summary>
public sealed class Start(DatabaseMigrator migrator, DatabaseOptions database, OutboxRelay relay, SeedRoles roles, SetUpLink link,
    IDbContextFactory<RevOpsDb> databases, CompanyProfile company, EventReceiver receiver, ConnectionValues values, IEnumerable<IPlatformConnection> platforms, Switches switches, StripeKeys keys,
    StripeAccount stripe, SnapshotDesk snapshots)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await migrator.EnsureCurrentAsync(cancellationToken);

        // Nobody else can hold an SQLite file: what is claimed was claimed by a process that is gone.
        if (database.IsSqlite)
            await relay.ReleaseAllAsync(cancellationToken);
        await values.LoadAsync(cancellationToken);
        RefuseLiveValues();
        RefuseStripeKey();
        await roles.RunAsync(cancellationToken);
        await CompanyChanged.ReceiveAsync(databases, receiver, company, cancellationToken);
    }

    /// <summary>What the configuration says was looked at before; what was entered on the Connections page stands in the database.</summary>
    private void RefuseLiveValues()
    {
        if (switches.AgainstLiveKeys is not { } key)
            return;
        var live = platforms.SelectMany(platform => platform.Fields.Where(field => values.Stored(field.Name) is { } value && platform.IsLive(field, value))).FirstOrDefault();
        if (live is not null)
            throw new BadSettingException(SettingRules.BesideLive(key, live.Name));
    }

    private void RefuseStripeKey()
    {
        if (values.Stored(StripePlatform.ApiKey) is { } key && stripe.Connection is { ApiBase.IsLoopback: false } && keys.ProblemOf(key) is { } problem)
            throw new BadSettingException(problem);
    }

    /// <summary>The address is known only now, and the demo's clock stands where it left off.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await link.PrintIfNobodyCanSignInAsync(cancellationToken);
        await snapshots.AskIfOutdatedAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The product does not run with these settings; the message is one line for whoever starts it.</summary>
public sealed class BadSettingException(string problem) : Exception(problem);

public static class StartRegistration
{
    public static void AddStart(this WebApplicationBuilder builder) => builder.Services.AddHostedService<Start>();
}
