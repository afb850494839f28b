using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Platform.Secrets;

/// <summary>The keys of many owners, held for one piece of work: what is at hand when it starts is at hand until it ends, whatever the vault forgets meanwhile.</summary>
public sealed class KeyRing(Vault vault)
{
    private const int Portion = 10_000;
    private readonly Dictionary<Guid, byte[]> keys = [];
    private readonly int since = vault.Erasures;

    /// <summary>Somebody was erased since it was made: what is on it may be gone.</summary>
    public bool IsStale => vault.Erasures != since;

    /// <summary>Takes the owners' keys on; those of erased owners are left out.</summary>
    public async Task LoadAsync(RevOpsDb db, IEnumerable<Guid> owners, CancellationToken cancel = default)
    {
        var unknown = new List<Guid>();
        foreach (var owner in owners.Where(owner => !keys.ContainsKey(owner)).Distinct())
        {
            if (vault.TryKnow(owner, out var known))
                keys[owner] = known;
            else
                unknown.Add(owner);
        }

        foreach (var part in unknown.Chunk(Portion))
        {
            foreach (var row in await db.Set<DataKey>().AsNoTracking().Where(row => EF.Parameter(part).Contains(row.OwnerId) && row.Wrapped != null).ToListAsync(cancel))
                vault.Remember(row.OwnerId, keys[row.OwnerId] = vault.Unwrap(row), since);
        }
    }

    /// <summary>A fresh owner's key, whose row the caller stores.</summary>
    public DataKey Add(Guid owner)
    {
        (var row, keys[owner]) = vault.NewKey(owner);
        return row;
    }

    /// <summary>The vault knows the key from now on as well: its row is written, in the transaction that brings its owner.</summary>
    public void Share(Guid owner) => vault.Remember(owner, keys[owner], since);

    /// <summary>The clear text; null when there is none or its owner's key is not on the ring.</summary>
    public string? Open(Guid owner, Guid row, byte[]? sealedBytes) => OpenBytes(owner, row, sealedBytes) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    /// <summary>The clear text as UTF-8, for whoever reads it as such.</summary>
    public byte[]? OpenBytes(Guid owner, Guid row, byte[]? sealedBytes) => sealedBytes is not null && keys.TryGetValue(owner, out var key) ? Sealer.Open(key, row, sealedBytes) : null;

    /// <exception cref="ErasedException">The owner's key is not on the ring.</exception>
    public byte[] Seal(Guid owner, Guid row, string text) => Seal(owner, row, Encoding.UTF8.GetBytes(text));

    /// <exception cref="ErasedException">The owner's key is not on the ring.</exception>
    public byte[] Seal(Guid owner, Guid row, ReadOnlySpan<byte> plain) => Sealer.Seal(keys.TryGetValue(owner, out var key) ? key : throw new ErasedException(owner), row, plain);

    /// <summary>For several values of one owner; null: the owner's key is not on the ring. The caller disposes of it.</summary>
    internal AesGcm? Of(Guid owner) => keys.TryGetValue(owner, out var key) ? Sealer.With(key) : null;

    public bool Has(Guid owner) => keys.ContainsKey(owner);
}
