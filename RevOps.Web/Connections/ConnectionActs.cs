using System.Security.Claims;
using Microsoft.Extensions.Options;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform.Connections;
using RevOps.Web.Identity;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections;

/// <summary>Connect, check and disconnect as a page may ask for them: by an administrator, and no live key beside the demo or the sandbox.</summary>
public sealed class ConnectionActs(ConnectionDesk desk, Switches switches, StripeKeys keys, IOptions<StripeOptions> stripe, AskHistory history, MetaTrial trial)
{
    public async Task<SaveOutcome> SaveAsync(IPlatformConnection platform, IReadOnlyDictionary<string, string> given, ClaimsPrincipal user)
    {
        if (ActorOf(user) is not { } actor)
            return new();
        if (switches.AgainstLiveKeys is { } key && platform.Fields.FirstOrDefault(field => given.GetValueOrDefault(field.Name) is { } value && field.Tidy(value) is { Length: > 0 } tidy && platform.IsLive(field, tidy)) is { } live)
            return new() { Against = key, Live = live.Name };
        if (given.GetValueOrDefault(StripePlatform.ApiKey)?.Trim() is { Length: > 0 } apiKey && !apiKey.StartsWith("pk_", StringComparison.Ordinal) && stripe.Value.ApiBase?.IsLoopback != true && !keys.Takes(apiKey))
            return new() { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [StripePlatform.ApiKey] = keys.IsProduction ? "stripe.testKey" : "stripe.liveKey" } };
        var problems = await desk.SaveAsync(platform, given, actor, CancellationToken.None);

        // What stood at a platform before it was connected belongs to the figures from now on.
        if (problems is null)
            await history.OnceAsync(CancellationToken.None);
        return new() { IsSaved = problems is null, Problems = problems ?? new Dictionary<string, string>(StringComparer.Ordinal) };
    }

    public Task CheckAsync(IPlatformConnection platform, ClaimsPrincipal user) => ActorOf(user) is null ? Task.CompletedTask : desk.CheckAsync(platform, CancellationToken.None);

    public Task DisconnectAsync(IPlatformConnection platform, ClaimsPrincipal user) =>
        ActorOf(user) is { } actor ? desk.DisconnectAsync(platform, actor, CancellationToken.None) : Task.CompletedTask;

    /// <summary>Sends one event of nobody; null where the user may not.</summary>
    public async Task<ChannelAnswer?> TestMetaAsync(string testCode, ClaimsPrincipal user) => ActorOf(user) is { } actor ? await trial.SendAsync(testCode, actor, CancellationToken.None) : null;

    private static string? ActorOf(ClaimsPrincipal user) => user.May(Policies.Administration) ? user.Actor() : null;
}

/// <summary>How saving ended.</summary>
public sealed record SaveOutcome
{
    public bool IsSaved { get; init; }

    /// <summary>By field: a code.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The switch that speaks against it, and the live value that it speaks against.</summary>
    public string? Against { get; init; }

    public string? Live { get; init; }
}
