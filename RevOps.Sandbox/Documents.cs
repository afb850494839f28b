using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RevOps.Sandbox;

/// <summary>A condition on a document; the text is ours alone, what came from outside is the parameter $value.</summary>
internal sealed record Filter(string Sql, object Value)
{
    public static Filter Field(string name, object value) => new($"json_extract(json, '$.{name}') = $value", value);

    public static Filter Created(string comparison, long value) => new($"created {comparison} $value", value);
}

/// <summary>Newest first unless <paramref name="OldestFirst"/>; After and Before are ids of the page's neighbours.</summary>
internal sealed record PageQuery(int Limit, string? After = null, string? Before = null, string? Parent = null, bool OldestFirst = false)
{
    public IReadOnlyList<Filter> Filters { get; init; } = [];
}

/// <summary>The documents as one transaction sees them.</summary>
/// <param name="connection">Whose transaction it is.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="json">How documents are spelled.</param>
/// <param name="commands">By their text, and kept: a thousand events come in one transaction.</param>
internal sealed class Documents(SqliteConnection connection, SqliteTransaction transaction, JsonSerializerOptions json, Dictionary<string, SqliteCommand> commands)
{
    public T? Find<T>(string id) where T : class, IDocument =>
        Select<T>("kind = $kind AND id = $id", ("$kind", typeof(T).Name), ("$id", id)).FirstOrDefault();

    public List<T> All<T>(string? parent = null) where T : class, IDocument => parent is null
        ? Select<T>("kind = $kind ORDER BY seq", ("$kind", typeof(T).Name))
        : Select<T>("kind = $kind AND parent = $parent ORDER BY seq", ("$kind", typeof(T).Name), ("$parent", parent));

    public bool Any<T>() where T : class, IDocument => Scalar("SELECT 1 FROM documents WHERE kind = $kind LIMIT 1", ("$kind", typeof(T).Name)) is not null;

    public List<T> Where<T>(Filter filter) where T : class, IDocument =>
        Select<T>($"kind = $kind AND {filter.Sql} ORDER BY seq", ("$kind", typeof(T).Name), ("$value", filter.Value));

    public void Put<T>(T document) where T : class, IDocument => Execute(
        """
        INSERT INTO documents (kind, id, parent, created, json) VALUES ($kind, $id, $parent, $created, $json)
        ON CONFLICT (kind, id) DO UPDATE SET parent = excluded.parent, json = excluded.json
        """,
        ("$kind", typeof(T).Name), ("$id", document.Id), ("$parent", document.Parent), ("$created", document.Created),
        ("$json", JsonSerializer.Serialize(document, json)));

    public void Remove<T>(string id) where T : class, IDocument =>
        Execute("DELETE FROM documents WHERE kind = $kind AND id = $id", ("$kind", typeof(T).Name), ("$id", id));

    public void RemoveOlder<T>(long created) where T : class, IDocument =>
        Execute("DELETE FROM documents WHERE kind = $kind AND created < $created", ("$kind", typeof(T).Name), ("$created", created));

    public (List<T> Data, bool HasMore) Page<T>(PageQuery query) where T : class, IDocument
    {
        // A page before something is read from that thing backwards and turned round again.
        var ascending = query.OldestFirst != query.Before is not null;
        var where = "kind = $kind";
        List<(string, object?)> values = [("$kind", typeof(T).Name), ("$limit", query.Limit + 1)];
        if (query.Parent is not null)
        {
            where += " AND parent = $parent";
            values.Add(("$parent", query.Parent));
        }
        foreach (var (index, filter) in query.Filters.Index())
        {
            where += " AND " + filter.Sql.Replace("$value", $"$f{index}", StringComparison.Ordinal);
            values.Add(($"$f{index}", filter.Value));
        }
        if ((query.Before ?? query.After) is { } cursor)
        {
            where += $" AND seq {(ascending ? '>' : '<')} (SELECT seq FROM documents WHERE kind = $kind AND id = $cursor)";
            values.Add(("$cursor", cursor));
        }
        var found = Select<T>($"{where} ORDER BY seq {(ascending ? "ASC" : "DESC")} LIMIT $limit", [.. values]);
        var page = found.Take(query.Limit).ToList();
        if (query.Before is not null)
            page.Reverse();
        return (page, found.Count > query.Limit);
    }

    /// <summary>Adds one to a counter and says what it now is. A rolled-back transaction gives the number back: no gaps.</summary>
    public long Next(string counter) => (long)Scalar(
        "INSERT INTO counters VALUES ($name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value", ("$name", counter))!;

    public SortedDictionary<string, long> Counters(string prefix)
    {
        var command = Command("SELECT name, value FROM counters WHERE substr(name, 1, length($prefix)) = $prefix", [("$prefix", prefix)]);
        using var reader = command.ExecuteReader();
        var counters = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
            counters[reader.GetString(0)[prefix.Length..]] = reader.GetInt64(1);
        return counters;
    }

    /// <summary>Of every document its id and how many entries a list in it has, without reading it.</summary>
    public Dictionary<string, long> Lengths<T>(string list) where T : class, IDocument
    {
        var command = Command("SELECT id, json_array_length(json, $path) FROM documents WHERE kind = $kind", [("$kind", typeof(T).Name), ("$path", "$." + list)]);
        using var reader = command.ExecuteReader();
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
            lengths[reader.GetString(0)] = reader.GetInt64(1);
        return lengths;
    }

    private List<T> Select<T>(string where, params (string, object?)[] values)
    {
        var command = Command($"SELECT json FROM documents WHERE {where}", values);
        using var reader = command.ExecuteReader();
        var found = new List<T>();
        while (reader.Read())
            found.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), json)!);
        return found;
    }

    private void Execute(string sql, params (string, object?)[] values)
    {
        Command(sql, values).ExecuteNonQuery();
    }

    private object? Scalar(string sql, params (string, object?)[] values)
    {
        return Command(sql, values).ExecuteScalar();
    }

    private SqliteCommand Command(string sql, (string, object?)[] values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands[sql] = command;
        }

        command.Transaction = transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
