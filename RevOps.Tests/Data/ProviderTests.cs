using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using RevOps.Core.Data;

namespace RevOps.Tests.Data;

/// <summary>Both providers are offered, so both are kept honest.</summary>
public sealed class ProviderTests
{
    public static TheoryData<string> Providers => ["Sqlite", "SqlServer"];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_HasNoChangeThatNoMigrationHolds(string provider)
    {
        using var db = Open(provider);
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void SqlServerScript_ParsesAsTransactSql()
    {
        using var db = Open("SqlServer");
        foreach (var options in new[] { MigrationsSqlGenerationOptions.Default, MigrationsSqlGenerationOptions.Idempotent })
        {
            var script = db.GetService<IMigrator>().GenerateScript(options: options);
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
            Assert.Empty(errors.Select(error => $"line {error.Line}: {error.Message}"));
            Assert.Contains("CREATE TABLE [Invoices]", script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SqlServer_MigratesWhereOneIsGiven()
    {
        if (Environment.GetEnvironmentVariable("REVOPS_TEST_SQLSERVER") is not { Length: > 0 } connection)
        {
            Assert.Skip("Set REVOPS_TEST_SQLSERVER to a connection string to run this against a real SQL Server.");
            return;
        }

        var options = new DbContextOptionsBuilder<SqlServerRevOpsDb>().UseSqlServer(connection).UseApplicationServiceProvider(IdentitySchema.Services).Options;
        await using var db = new SqlServerRevOpsDb(options, new WriterGate(oneAtATime: false));
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    private static RevOpsDb Open(string provider) => provider == "Sqlite"
        ? new SqliteRevOpsDb(new DbContextOptionsBuilder<SqliteRevOpsDb>().UseSqlite("Data Source=:memory:").UseApplicationServiceProvider(IdentitySchema.Services).Options, new WriterGate(oneAtATime: true))
        : new SqlServerRevOpsDb(new DbContextOptionsBuilder<SqlServerRevOpsDb>().UseSqlServer("Server=none").UseApplicationServiceProvider(IdentitySchema.Services).Options, new WriterGate(oneAtATime: false));
}
