using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Identity;

/// <summary>Makes, finds and changes site keys. A found key is remembered until any site key changes.</summary>
public sealed class SiteKeys : IDisposable
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly AuditTrail audit;
    private readonly IDisposable listening;
    private readonly ConcurrentDictionary<string, SiteKey> known = new(StringComparer.Ordinal);

    public SiteKeys(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, ChangeFeed feed)
    {
        (this.databases, this.audit) = (databases, audit);
        listening = feed.Listen(nameof(SiteKey), known.Clear);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<SiteKey>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<SiteKey>().AsNoTracking().OrderByDescending(key => key.CreatedAt).ToListAsync(cancel);
    }

    /// <summary>The enabled key that a browser of this origin may use; null for any other.</summary>
    public async ValueTask<SiteKey?> FindAsync(string publicKey, string origin, CancellationToken cancel) =>
        await KnownAsync(publicKey, cancel) is { } key && key.Admits(origin) ? key : null;

    /// <summary>The key of this text, whoever may use it.</summary>
    public async ValueTask<SiteKey?> KnownAsync(string publicKey, CancellationToken cancel)
    {
        if (!known.TryGetValue(publicKey, out var key))
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            key = await db.Set<SiteKey>().AsNoTracking().SingleOrDefaultAsync(row => row.PublicKey == publicKey, cancel);
            if (key is not null)
                known[publicKey] = key;
        }

        return key;
    }

    /// <summary>True where some enabled key may be used by browsers of this origin.</summary>
    public async Task<bool> AdmitAsync(string origin, CancellationToken cancel) => (await ListAsync(cancel)).Any(key => key.Admits(origin));

    /// <param name="origins">Normalised by <see cref="SiteOrigin"/>.</param>
    public async Task<SiteKey> CreateAsync(string name, IReadOnlyCollection<string> origins, string actor, CancellationToken cancel)
    {
        var key = SiteKey.Create(name, origins, actor, TimeProvider.System.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(key);
        await audit.WriteAsync(db, new(actor, "siteKey.created", nameof(SiteKey), key.Id.ToString()) { After = Words(key) }, cancel);
        await db.SaveChangesAsync(cancel);
        return key;
    }

    /// <summary>False when there is no such key.</summary>
    public async Task<bool> ChangeAsync(Guid id, string name, IReadOnlyCollection<string> origins, bool isEnabled, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<SiteKey>().FindAsync([id], cancel) is not { } key)
            return false;
        var before = Words(key);
        key.Change(name, origins, isEnabled);
        await audit.WriteAsync(db, new(actor, "siteKey.changed", nameof(SiteKey), key.Id.ToString()) { Before = before, After = Words(key) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    public void Dispose() => listening.Dispose();

    private static object Words(SiteKey key) => new { key.Name, key.PublicKey, key.Origins, key.IsEnabled };
}
