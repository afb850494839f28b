using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Identity;

/// <summary>Makes, finds and revokes API keys. A found key is remembered until any key changes.</summary>
public sealed class ApiKeys : IDisposable
{
    /// <summary>Told on the feed when the use of a key was noted, which is no change of the key.</summary>
    public const string Used = "ApiKeyUse";

    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly AuditTrail audit;
    private readonly ChangeFeed feed;
    private readonly IDisposable listening;
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> used = new();
    private readonly ConcurrentDictionary<string, ApiKey> known = new(StringComparer.Ordinal);

    public ApiKeys(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, ChangeFeed feed)
    {
        (this.databases, this.audit, this.feed) = (databases, audit, feed);
        listening = feed.Listen(nameof(ApiKey), known.Clear);
    }

    /// <summary>The key that has this text and is not revoked.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancel)
    {
        if (known.TryGetValue(text, out var remembered))
            return remembered;

        var hash = ApiKey.HashOf(text);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var key = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, cancel);
        if (key is not null)
            known[text] = key;
        return key;
    }

    /// <summary>Newest first, revoked ones included.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ApiKey>().AsNoTracking().OrderByDescending(key => key.CreatedAt).ToListAsync(cancel);
    }

    /// <summary>Notes that a key was used, at most once a minute: a sender of thousands of events a second writes nothing more for it.</summary>
    public async ValueTask NoteUseAsync(ApiKey key, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var last = used.GetOrAdd(key.Id, key.LastUsedAt ?? DateTimeOffset.MinValue);
        if (now - last < NotedEvery || !used.TryUpdate(key.Id, now, last))
            return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(() => db.Set<ApiKey>().Where(row => row.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancel), cancel);
        feed.Publish(Used);
    }

    /// <summary>Makes a key; its text is returned here and nowhere else.</summary>
    public async Task<string> CreateAsync(string name, IReadOnlyCollection<string> scopes, string actor, CancellationToken cancel)
    {
        var (key, text) = ApiKey.Create(name, scopes, actor, TimeProvider.System.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(key);
        await audit.WriteAsync(db, new(actor, "apiKey.created", nameof(ApiKey), key.Id.ToString()) { After = new { key.Name, key.Scopes, key.Ending } }, cancel);
        await db.SaveChangesAsync(cancel);
        return text;
    }

    public async Task RevokeAsync(Guid id, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<ApiKey>().FindAsync([id], cancel) is not { RevokedAt: null } key)
            return;
        key.Revoke(TimeProvider.System.GetUtcNow());
        await audit.WriteAsync(db, new(actor, "apiKey.revoked", nameof(ApiKey), key.Id.ToString()) { Before = new { key.Name, key.Scopes, key.Ending } }, cancel);
        await db.SaveChangesAsync(cancel);
    }

    public void Dispose() => listening.Dispose();
}
