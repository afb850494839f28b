using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Web.Platform.Verbs;

internal static class DoctorChecks
{
    public static readonly DoctorCheck[] All =
    [
        new("data folder", DataFolderAsync),
        new("key file", KeyFileAsync),
        new("database", DatabaseAsync),
        new("audit chain", AuditAsync),
        new("outbox", OutboxAsync),
        new("time zone", TimeZoneAsync),
        new("Stripe", services => PlatformAsync(services, "Stripe:ApiKey", "Stripe:ApiBase")),
        new("Meta", services => PlatformAsync(services, "Meta:AccessToken", "Meta:ApiBase")),
        new("Google", services => PlatformAsync(services, "Google:ServiceAccountKeyFile", "Google:ApiBase", "Google:ServiceAccountKey")),
        new("HubSpot", services => PlatformAsync(services, "HubSpot:AccessToken", "HubSpot:ApiBase")),
    ];

    private static readonly Finding NotLookedAt = Finding.Warn("not looked at: the database is not ready");

    private static async Task<Finding> DataFolderAsync(IServiceProvider services)
    {
        var folder = DataFolder.Of(Settings(services));
        var probe = Path.Combine(folder, $"doctor-{Guid.NewGuid():N}.tmp");
        await File.WriteAllTextAsync(probe, "written by the doctor");
        File.Delete(probe);
        return Finding.Ok($"{folder} is writable");
    }

    private static Task<Finding> KeyFileAsync(IServiceProvider services)
    {
        var folder = DataFolder.Of(Settings(services));
        return Task.FromResult(File.Exists(Path.Combine(folder, KeyFile.FileName))
            ? Finding.Ok($"readable, master key version {KeyFile.OpenOrCreate(folder).CurrentVersion}")
            : Finding.Warn("not there yet: the first start makes it"));
    }

    private static async Task<Finding> DatabaseAsync(IServiceProvider services) =>
        await WhyNotCurrentAsync(services) is { } why ? Finding.Fail($"{why}: run the verb 'migrate'") : Finding.Ok("reachable and current");

    private static async Task<Finding> AuditAsync(IServiceProvider services)
    {
        if (await WhyNotCurrentAsync(services) is not null)
            return NotLookedAt;
        return await services.GetRequiredService<AuditTrail>().FindBreakAsync() is { } sequence
            ? Finding.Fail($"row {sequence} does not follow from the row before it: the audit was changed by hand or restored in part")
            : Finding.Ok("every row follows from the one before it");
    }

    private static async Task<Finding> OutboxAsync(IServiceProvider services)
    {
        if (await WhyNotCurrentAsync(services) is not null)
            return NotLookedAt;
        await using var db = await OpenAsync(services);
        var waiting = db.Set<OutboxRow>().Where(row => row.State == OutboxState.Waiting);
        var failing = await waiting.CountAsync(row => row.LastError != null && !row.Held);
        return failing == 0 ? Finding.Ok($"{await waiting.CountAsync()} waiting, none failing") : Finding.Warn($"{failing} failing: see the Jobs page");
    }

    /// <summary>Of the company's data in force; before there is a database, of the settings that make their first version.</summary>
    private static async Task<Finding> TimeZoneAsync(IServiceProvider services)
    {
        var zone = await WhyNotCurrentAsync(services) is null
            ? (await services.GetRequiredService<CompanyProfile>().LookAsync()).TimeZone
            : (Settings(services).GetSection(CompanyOptions.Section).Get<CompanyOptions>() ?? new()).TimeZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? Finding.Ok(zone)
            : Finding.Fail($"'{zone}' is not known here: enter an IANA name on the Settings page or as Company:TimeZone, and install tzdata where it is missing");
    }

    /// <summary>By the settings and the Connections page; whether the platform takes the key is checked there.</summary>
    private static async Task<Finding> PlatformAsync(IServiceProvider services, string key, string apiBase, string? entered = null)
    {
        var settings = Settings(services);
        var sandbox = services.GetRequiredService<Switches>().Sandbox;
        var address = settings[apiBase] ?? "its public address";
        if (!string.IsNullOrWhiteSpace(settings[key]))
            return Finding.Ok($"connected to {address} with {key}");
        if (await StoredAsync(services, entered ?? key))
            return Finding.Ok($"connected to {address} with the value of the Connections page");
        return sandbox ? Finding.Ok("sandbox: served by the local stand-in") : Finding.Warn($"not connected: its work waits until {key} is set, or a value entered on the Connections page");
    }

    private static async Task<bool> StoredAsync(IServiceProvider services, string name)
    {
        if (await WhyNotCurrentAsync(services) is not null)
            return false;
        await using var db = await OpenAsync(services);
        return await db.Set<ConnectionValue>().AnyAsync(value => value.Name == name);
    }

    private static async Task<string?> WhyNotCurrentAsync(IServiceProvider services)
    {
        await using var db = await OpenAsync(services);
        if (!await db.Database.CanConnectAsync())
            return "cannot be reached, or was never made";
        var pending = (await db.Database.GetPendingMigrationsAsync()).Count();
        return pending == 0 ? null : $"{pending} migration(s) behind";
    }

    private static IConfiguration Settings(IServiceProvider services) => services.GetRequiredService<IConfiguration>();

    private static Task<RevOpsDb> OpenAsync(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
}
