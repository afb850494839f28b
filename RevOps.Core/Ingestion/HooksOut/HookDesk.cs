using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.HooksOut;

/// <summary>What somebody typed for a subscription.</summary>
public sealed record SubscriptionEntry(string Name, string Url, IReadOnlyCollection<string> Types);

/// <summary>Subscriptions and sending again, as the pages of hooks out do it; all of it is audited.</summary>
public sealed class HookDesk(IDbContextFactory<RevOpsDb> databases, Vault vault, AuditTrail audit, CompanyProfile company, HookTargetRules rules, TimeProvider clock)
{
    private const int MostAtOnce = 5_000;

    /// <summary>How long the secret before still signs.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <returns>What is wrong, by field: a code. Empty: it was saved.</returns>
    public IReadOnlyDictionary<string, string> ProblemsOf(SubscriptionEntry entry)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (entry.Name.Trim().Length is 0 or > 100)
            problems[nameof(entry.Name)] = "name";
        if (rules.ProblemOf(entry.Url.Trim()) is { } url)
            problems[nameof(entry.Url)] = url;
        if (entry.Types.Count == 0 || entry.Types.Any(type => !HookTypes.All.Contains(type)))
            problems[nameof(entry.Types)] = "types";
        return problems;
    }

    /// <returns>The secret, which is shown this once.</returns>
    public async Task<string> AddAsync(SubscriptionEntry entry, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (id, secret) = (Guid.CreateVersion7(), NewSecret());
        db.Add(new HookSubscription
        {
            Id = id,
            Name = entry.Name.Trim(),
            Url = entry.Url.Trim(),
            Types = string.Join(' ', HookTypes.All.Where(entry.Types.Contains)),
            SealedSecret = await vault.SealAsync(db, DataKey.Company, id, secret, cancel),
            RecordedAt = TimeProvider.System.GetUtcNow(),
            CreatedBy = actor,
        });
        await audit.WriteAsync(db, new(actor, "hook.subscribed", nameof(HookSubscription), id.ToString()) { After = new { Name = entry.Name.Trim(), Url = entry.Url.Trim(), entry.Types } }, cancel);
        await db.SaveChangesAsync(cancel);
        return secret;
    }

    public Task<bool> ChangeAsync(Guid id, SubscriptionEntry entry, string actor, CancellationToken cancel) => ChangeAsync(id, actor, "hook.changed", (_, row) =>
    {
        (row.Name, row.Url, row.Types) = (entry.Name.Trim(), entry.Url.Trim(), string.Join(' ', HookTypes.All.Where(entry.Types.Contains)));
        return Task.CompletedTask;
    }, cancel);

    public Task<bool> SwitchAsync(Guid id, bool on, string actor, CancellationToken cancel) => ChangeAsync(id, actor, on ? "hook.enabled" : "hook.disabled", (_, row) =>
    {
        (row.IsEnabled, row.GoneAt) = (on, null);
        return Task.CompletedTask;
    }, cancel);

    /// <returns>The new secret, which is shown this once; the one before signs beside it for a day. Null: it is gone.</returns>
    public async Task<string?> RotateAsync(Guid id, string actor, CancellationToken cancel)
    {
        var secret = NewSecret();
        return await ChangeAsync(id, actor, "hook.rotated", async (db, row) =>
        {
            (row.SealedPrevious, row.PreviousUntil) = (row.SealedSecret, clock.GetUtcNow() + Overlap);
            row.SealedSecret = await vault.SealAsync(db, DataKey.Company, row.Id, secret, cancel);
        }, cancel) ? secret : null;
    }

    public async Task<bool> RemoveAsync(Guid id, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookSubscription>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return false;
        db.Remove(row);
        await audit.WriteAsync(db, new(actor, "hook.removed", nameof(HookSubscription), id.ToString()) { Before = Said(row) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Something to try the way with.</summary>
    public async Task<bool> PingAsync(Guid id, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookSubscription>().SingleOrDefaultAsync(row => row.Id == id && row.IsEnabled, cancel) is not { } row)
            return false;
        TellSubscribers.Add(db, id, HookTypes.Ping, id, new JsonObject { ["subscriptionId"] = id }, clock.GetUtcNow());
        await audit.WriteAsync(db, new(actor, "hook.pinged", nameof(HookSubscription), id.ToString()) { After = Said(row) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Sends again what the filter finds, with all its tries anew.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendAgainAsync(OutgoingFilter filter, string actor, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);

        // A message that waits has its work already.
        var found = await filter.Apply(db.Set<OutgoingHook>(), owner).Where(row => row.Status != OutgoingStatus.Waiting).OrderBy(row => row.RecordedAt).Take(MostAtOnce).ToListAsync(cancel);
        foreach (var hook in found)
        {
            (hook.Status, hook.Round) = (OutgoingStatus.Waiting, 0);
            db.Enqueue<SendHook>(hook.Id.ToString(), clock.GetUtcNow(), key: $"{hook.Id}/{Guid.CreateVersion7():N}", lane: $"hookout:{hook.SubscriptionId:N}");
        }

        if (found.Count > 0)
            await audit.WriteAsync(db, new(actor, "hook.sentAgain", nameof(OutgoingHook), filter.Id?.ToString() ?? "all") { After = new { filter.Status, filter.Type, filter.SubscriptionId, filter.From, filter.To, found.Count } }, cancel);
        await db.SaveChangesAsync(cancel);
        return found.Count;
    }

    private async Task<bool> ChangeAsync(Guid id, string actor, string action, Func<RevOpsDb, HookSubscription, Task> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookSubscription>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return false;
        var before = Said(row);
        await change(db, row);
        await audit.WriteAsync(db, new(actor, action, nameof(HookSubscription), id.ToString()) { Before = before, After = Said(row) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static string NewSecret() => HookSignature.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static object Said(HookSubscription row) => new { row.Name, row.Url, Types = row.TypeList, row.IsEnabled };
}
