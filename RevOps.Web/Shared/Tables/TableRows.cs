namespace RevOps.Web.Shared.Tables;

/// <summary>
/// Which rows a live table shows. Nothing moves under the pointer: while somebody is in the middle of the table, rows keep their places,
/// what is shown is brought up to date where it stands, and what is new waits to be asked for.
/// </summary>
/// <param name="Rows">As they are shown.</param>
/// <param name="Waiting">How many new ones wait.</param>
/// <param name="Changed">Keys of rows that say something else than before.</param>
public sealed record TableRows<TRow>(IReadOnlyList<TRow> Rows, int Waiting, IReadOnlySet<string> Changed)
{
    public static TableRows<TRow> Of(IReadOnlyList<TRow> rows) => new(rows, 0, new HashSet<string>(StringComparer.Ordinal));

    /// <summary>The same list read again after a change.</summary>
    /// <param name="read">What the database says now.</param>
    /// <param name="hold">Somebody is in the middle of the table.</param>
    /// <param name="key">Tells rows apart.</param>
    /// <param name="says">All that a row shows.</param>
    public TableRows<TRow> Then(IReadOnlyList<TRow> read, bool hold, Func<TRow, string> key, Func<TRow, string> says)
    {
        var before = Rows.ToDictionary(key, says, StringComparer.Ordinal);
        var changed = read.Where(row => !before.TryGetValue(key(row), out var said) || said != says(row)).Select(key).ToHashSet(StringComparer.Ordinal);
        if (!hold)
            return new(read, 0, changed);

        var now = read.ToDictionary(key, StringComparer.Ordinal);
        changed.IntersectWith(before.Keys);
        return new([.. Rows.Select(row => now.GetValueOrDefault(key(row), row))], now.Keys.Count(known => !before.ContainsKey(known)), changed);
    }
}
