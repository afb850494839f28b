using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace RevOps.Core.Data;

/// <summary>
/// Inserts many rows of one type by multi-row statements, without change tracking: about four times faster than SaveChanges, for the hot
/// path. Tables, columns and conversions are those of the model, so both providers are served by the same lines.
/// </summary>
public static class BulkInsert
{
    // SQL Server takes 2,100 parameters a statement; beyond some dozens of rows nothing is won.
    private const int MostParameters = 2_000;
    private const int MostRows = 50;

    private static readonly ConcurrentDictionary<(Type Context, Type Row), Plan> Plans = new();

    /// <summary>Inserts in the caller's transaction, which must be open: its commit tells who listens.</summary>
    public static async Task InsertAsync<T>(this RevOpsDb db, IReadOnlyList<T> rows, CancellationToken cancel) where T : class
    {
        if (rows.Count == 0)
            return;
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("A bulk insert is part of a transaction.");
        var plan = Plans.GetOrAdd((db.GetType(), typeof(T)), _ => Plan.Of(db.Model.FindEntityType(typeof(T))!));
        var connection = db.Database.GetDbConnection();

        foreach (var chunk in rows.Chunk(Math.Min(MostRows, MostParameters / plan.Columns.Count)))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            plan.Fill(command, chunk);
            await command.ExecuteNonQueryAsync(cancel);
        }

        db.SavedKinds.Add(typeof(T).Name);
    }

    private sealed record Plan(string Head, IReadOnlyList<Column> Columns)
    {
        private readonly ConcurrentDictionary<int, string> statements = new();

        public static Plan Of(IEntityType type)
        {
            var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
            var columns = type.GetProperties().Select(property => new Column(property.GetColumnName(table)!, property.GetGetter(), property.GetRelationalTypeMapping(), property.IsNullable)).ToList();
            return new($"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ", columns);
        }

        public void Fill(DbCommand command, IReadOnlyList<object> rows)
        {
            command.CommandText = statements.GetOrAdd(rows.Count, Statement);
            for (var row = 0; row < rows.Count; row++)
            {
                for (var column = 0; column < Columns.Count; column++)
                    command.Parameters.Add(Columns[column].Parameter(command, $"@p{row}_{column}", rows[row]));
            }
        }

        private string Statement(int rows) => Head + string.Join(", ", Enumerable.Range(0, rows).Select(row =>
            $"({string.Join(", ", Enumerable.Range(0, Columns.Count).Select(column => $"@p{row}_{column}"))})"));
    }

    private sealed record Column(string Name, IClrPropertyGetter Getter, RelationalTypeMapping Mapping, bool IsNullable)
    {
        public DbParameter Parameter(DbCommand command, string name, object row) => Mapping.CreateParameter(command, name, Getter.GetClrValue(row), IsNullable);
    }
}
