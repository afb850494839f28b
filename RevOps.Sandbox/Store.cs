using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RevOps.Sandbox;

/// <summary>What is kept: one JSON document per thing, found by kind (its type) and id, or under a parent.</summary>
internal interface IDocument
{
    string Id { get; }

    long Created { get; }

    string? Parent => null;
}

/// <summary>One SQLite file. Everything that a request does happens in one transaction, one at a time.</summary>
internal sealed class Store : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS documents (
            seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT, created INTEGER NOT NULL, json TEXT NOT NULL,
            UNIQUE (kind, id));
        CREATE INDEX IF NOT EXISTS documents_in_order ON documents (kind, seq);
        CREATE INDEX IF NOT EXISTS documents_by_parent ON documents (kind, parent, seq);
        CREATE INDEX IF NOT EXISTS documents_by_time ON documents (kind, created);
        CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly JsonSerializerOptions json;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    public Store(string file, JsonSerializerOptions json)
    {
        this.json = json;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false };
        connection = new SqliteConnection(address.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    public T Write<T>(Func<Documents, T> work)
    {
        lock (gate)
        {
            using var transaction = connection.BeginTransaction();
            var result = work(new Documents(connection, transaction, json, commands));
            transaction.Commit();
            return result;
        }
    }

    /// <summary>As on the first day.</summary>
    public void Clear()
    {
        lock (gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM documents; DELETE FROM counters;";
            command.ExecuteNonQuery();

            // What was deleted would stand on in free pages and in the log.
            command.CommandText = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var command in commands.Values)
                command.Dispose();
            connection.Dispose();
        }
    }
}
