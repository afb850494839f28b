using Microsoft.Data.Sqlite;

namespace RevOps.Tests.Journeys;

/// <summary>
/// The product's own file, looked at from outside while it lives: a product that has just started has better things to do than to work out
/// its figures five times a second. Read only, so that what a dead product left half done stays for the next one.
/// </summary>
internal sealed class KillDatabase(string dataFolder)
{
    private readonly string connection =
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "revops.db"), Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString();

    public long Count(string rows) => Number($"COUNT(*) FROM {rows}");

    public long Number(string select) => (long)Ask(select)!;

    /// <summary>One text of many rows; empty where there is none.</summary>
    public string Text(string select) => Ask(select) as string ?? "";

    private object? Ask(string select)
    {
        using var database = new SqliteConnection(connection);
        database.Open();
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Written by the tests, by nobody else.
        command.CommandText = $"SELECT {select}";
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
