using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RevOps.Core.Data;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Data;

/// <summary>What was stored by the version before is there after an update.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Billing_KeepsWhichInvoiceABookingStandsOnAndWhatACustomerIsCalled()
    {
        using var folder = new TempFolder();
        await using var db = new SqliteRevOpsDb(new DbContextOptionsBuilder<SqliteRevOpsDb>().UseSqlite($"Data Source={Path.Join(folder.Path, "old.db")};Pooling=False").UseApplicationServiceProvider(IdentitySchema.Services).Options, new WriterGate(oneAtATime: true));
        await db.GetService<IMigrator>().MigrateAsync("DemoRuns", TestContext.Current.CancellationToken);
        var (booking, invoice, customer) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await FillAsync(db, "Customers", ("Id", customer), ("RefHash", new byte[] { 7 }));
        await FillAsync(db, "Bookings", ("Id", booking), ("Reference", "B-1"), ("CustomerId", customer));
        await FillAsync(db, "Invoices", ("Id", invoice), ("BookingId", booking), ("CustomerId", customer));
        await FillAsync(db, "InvoiceLines", ("Id", Guid.CreateVersion7()), ("InvoiceId", invoice));

        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(invoice, await OneAsync<Guid>(db, "SELECT InvoiceId AS Value FROM Bookings"));
        Assert.Equal("B-1", await OneAsync<string>(db, "SELECT Reference AS Value FROM Invoices"));
        Assert.Equal(booking, await OneAsync<Guid>(db, "SELECT BookingId AS Value FROM InvoiceLines"));
        Assert.Equal(customer, await OneAsync<Guid>(db, "SELECT CustomerId AS Value FROM CustomerRefs WHERE RefHash = x'07'"));
    }

    private static Task<T> OneAsync<T>(RevOpsDb db, string sql) => db.Database.SqlQueryRaw<T>(sql).SingleAsync(TestContext.Current.CancellationToken);

    /// <summary>Adds a row with some values; whatever else the table wants is empty.</summary>
    private static async Task FillAsync(RevOpsDb db, string table, params (string Column, object Value)[] values)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        var given = values.ToDictionary(value => value.Column, value => value.Value, StringComparer.Ordinal);
        foreach (var (column, kind) in await RequiredAsync(connection, table))
            given.TryAdd(column, kind == "BLOB" ? Array.Empty<byte>() : kind == "INTEGER" ? 0L : Guid.Empty);
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", given.Keys)}) VALUES ({string.Join(", ", given.Keys.Select(column => "$" + column))})";
        foreach (var (column, value) in given)
            command.Parameters.AddWithValue("$" + column, value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<(string Column, string Kind)>> RequiredAsync(SqliteConnection connection, string table)
    {
        var columns = new List<(string, string)>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, type FROM pragma_table_info($table) WHERE \"notnull\" = 1";
        command.Parameters.AddWithValue("$table", table);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns;
    }
}
