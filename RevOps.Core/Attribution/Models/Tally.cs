using System.Runtime.InteropServices;

namespace RevOps.Core.Attribution.Models;

/// <summary>Whole numbers by code: in one flat array where the codes are few enough, else by hash.</summary>
internal sealed class Tally
{
    // 64 MB.
    private const ulong MostFlat = 1 << 23;

    private readonly Dictionary<ulong, long>? sparse;

    /// <param name="codes">Codes are below this.</param>
    public Tally(ulong codes) => (Flat, sparse) = codes <= MostFlat ? (new long[codes], (Dictionary<ulong, long>?)null) : ([], []);

    /// <summary>Empty where the numbers are kept by hash.</summary>
    public long[] Flat { get; }

    public bool IsFlat => sparse is null;

    public ref long this[ulong code]
    {
        get
        {
            if (sparse is null)
                return ref Flat[code];
            return ref CollectionsMarshal.GetValueRefOrAddDefault(sparse, code, out _);
        }
    }

    /// <summary>0 where nothing was counted.</summary>
    public long At(ulong code) => sparse is null ? Flat[code] : sparse.GetValueOrDefault(code);

    /// <summary>All that are not 0, by code.</summary>
    public IEnumerable<(ulong Code, long Count)> Entries()
    {
        if (sparse is not null)
        {
            foreach (var code in sparse.Where(entry => entry.Value != 0).Select(entry => entry.Key).Order())
                yield return (code, sparse[code]);
            yield break;
        }

        for (var code = 0; code < Flat.Length; code++)
        {
            if (Flat[code] != 0)
                yield return ((ulong)code, Flat[code]);
        }
    }

    public void Clear()
    {
        Array.Clear(Flat);
        sparse?.Clear();
    }
}
