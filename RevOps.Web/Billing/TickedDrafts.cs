using RevOps.Core.Billing;

namespace RevOps.Web.Billing;

/// <summary>What is ticked, each as it stood when it was ticked: exactly that is decided, and what changed since is refused.</summary>
public sealed class TickedDrafts
{
    private readonly Dictionary<Guid, SeenDraft> drafts = [];

    public int Count => drafts.Count;

    public IReadOnlyList<SeenDraft> All => [.. drafts.Values];

    public bool Contains(Guid id) => drafts.ContainsKey(id);

    /// <summary>True when it is no longer what was ticked.</summary>
    public bool IsOutdated(InvoiceRow row) => drafts.TryGetValue(row.Id, out var seen) && !(row.MayBeApproved && row.ReviewHash.AsSpan().SequenceEqual(seen.SeenHash));

    public void Toggle(InvoiceRow row)
    {
        if (!drafts.Remove(row.Id))
            Add([row]);
    }

    /// <summary>Adds what may be approved; what is ticked already stays as it was seen then.</summary>
    public void Add(IEnumerable<InvoiceRow> rows)
    {
        foreach (var draft in rows.Select(SeenDraft.Of).OfType<SeenDraft>())
            drafts.TryAdd(draft.Id, draft);
    }

    public void Remove(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
            drafts.Remove(id);
    }

    public void Clear() => drafts.Clear();
}
