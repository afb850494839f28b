using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Platform.Secrets;

/// <summary>
/// Seals and opens personal values under their owner's key. Values are opened here and never by the EF model:
/// a converter that holds a key would be cached for every context of its type.
/// </summary>
public sealed class Vault(KeyFile keyFile, IDbContextFactory<RevOpsDb> databases)
{
    /// <summary>What the change feed says after keys were erased: every node drops what it remembers.</summary>
    public const string Erasure = nameof(Erasure);

    private const int CachedKeys = 200_000;

    // Two generations: when the younger one is full it becomes the older, so that what was loaded a moment ago is still at hand.
    private readonly Lock turn = new();
    private volatile ConcurrentDictionary<Guid, byte[]> keys = new();
    private volatile ConcurrentDictionary<Guid, byte[]> older = new();
    private int cached;
    private int erasures;

    /// <summary>A keyed hash for looking a value up; see <see cref="KeyFile.LookupHash"/>.</summary>
    public byte[] LookupHash(string kind, string normalised) => keyFile.LookupHash(kind, normalised);

    /// <summary>A fresh key for an owner and its row, which the caller stores: the key counts once that is committed.</summary>
    public (DataKey Row, byte[] Key) NewKey(Guid owner) => DataKey.Create(owner, keyFile);

    /// <summary>The owner's key from the database; made and added to the context when there is none yet.</summary>
    /// <exception cref="ErasedException">The owner was erased.</exception>
    public async ValueTask<byte[]> KeyAsync(RevOpsDb db, Guid owner, CancellationToken cancel = default)
    {
        if (TryKnow(owner, out var known))
            return known;

        var since = Erasures;
        var row = await db.Set<DataKey>().FindAsync([owner], cancel);
        if (row is null)
        {
            var (fresh, made) = NewKey(owner);
            db.Add(fresh);
            return made;
        }

        var key = Unwrap(row);

        // A key of this very context may still fail to commit: to cache it would seal values under a key that nobody has.
        if (db.Entry(row).State == EntityState.Unchanged)
            Remember(owner, key, since);
        return key;
    }

    /// <summary>How often keys were dropped: what was read before the last time may be a key that is gone.</summary>
    public int Erasures => Volatile.Read(ref erasures);

    /// <summary>Remembers a key whose row is in the database, or in the very transaction that brings its owner: an id that nobody has names no value.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="key">In clear.</param>
    /// <param name="since"><see cref="Erasures"/> as it was before the key was read.</param>
    public void Remember(Guid owner, byte[] key, int since)
    {
        // A bound, not a policy: a dropped key is read again from its row.
        lock (turn)
        {
            // Under the same lock as the dropping: a key that was read before an erasure must not come back after it.
            if (since != erasures)
                return;
            if (!keys.ContainsKey(owner) && ++cached > CachedKeys)
                (older, keys, cached) = (keys, new(), 1);
            keys[owner] = key;
        }
    }

    internal bool TryKnow(Guid owner, out byte[] key)
    {
        if (keys.TryGetValue(owner, out key!))
            return true;
        var since = Erasures;
        if (!older.TryGetValue(owner, out key!))
            return false;
        Remember(owner, key, since);
        return true;
    }

    /// <summary>Drops every key from memory.</summary>
    public void ForgetAll()
    {
        lock (turn)
            (older, keys, cached, erasures) = (new(), new(), 0, erasures + 1);
    }

    public async ValueTask<byte[]> SealAsync(RevOpsDb db, Guid owner, Guid row, string text, CancellationToken cancel = default) =>
        Sealer.Seal(await KeyAsync(db, owner, cancel), row, Encoding.UTF8.GetBytes(text));

    /// <summary>The clear text; null when there is none or its owner was erased.</summary>
    public async ValueTask<string?> OpenAsync(Guid owner, Guid row, byte[]? sealedBytes, CancellationToken cancel = default)
    {
        if (sealedBytes is null)
            return null;

        if (!TryKnow(owner, out var key))
        {
            var since = Erasures;
            await using var db = await databases.CreateDbContextAsync(cancel);
            var found = await db.Set<DataKey>().AsNoTracking().SingleOrDefaultAsync(k => k.OwnerId == owner, cancel);
            if (found?.Wrapped is null)
                return null;
            key = Unwrap(found);
            Remember(owner, key, since);
        }

        return Encoding.UTF8.GetString(Sealer.Open(key, row, sealedBytes));
    }

    internal byte[] Unwrap(DataKey row) => keyFile.Unwrap(row.OwnerId, row.MasterVersion, row.Wrapped ?? throw new ErasedException(row.OwnerId));
}

/// <summary>A value was to be sealed for an owner who has been erased.</summary>
public sealed class ErasedException(Guid owner) : CryptographicException($"The person {owner} has been erased; nothing can be stored for them.");
