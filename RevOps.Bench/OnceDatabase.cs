using Microsoft.Data.Sqlite;

namespace RevOps.Bench;

/// <summary>The product's own file, looked at from outside while it lives, dies and is started again. Read only.</summary>
internal sealed class OnceDatabase(string dataFolder)
{
    private readonly string connection =
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "revops.db"), Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString();

    public long Count(string rows) => Rows($"COUNT(*) FROM {rows}", row => row.GetInt64(0))[0];

    public List<T> Rows<T>(string select, Func<SqliteDataReader, T> read)
    {
        using var database = new SqliteConnection(connection);
        database.Open();
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Written by the bench, by nobody else.
        command.CommandText = $"SELECT {select}";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
