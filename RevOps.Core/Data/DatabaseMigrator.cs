using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace RevOps.Core.Data;

/// <summary>Brings the database to the version of the program.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<RevOpsDb> databases, DatabaseOptions options, IConfiguration configuration, ILogger<DatabaseMigrator> log)
{
    private const string LockFile = "migrate.lock";

    /// <summary>Applies what is pending; the names of the migrations applied.</summary>
    /// <exception cref="InvalidOperationException">A version wrote the database that this one does not know.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await RefuseForeignAsync(db, cancel);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (pending.Count == 0)
            return [];

        log.LogInformation("Applying {Count} database migration(s)", pending.Count);
        if (options.IsSqlite)
            await MigrateSqliteAsync(db, cancel);
        else
            await db.Database.MigrateAsync(cancel);
        return pending;
    }

    /// <exception cref="InvalidOperationException">The database is older than the program and may not be migrated now.</exception>
    public async Task EnsureCurrentAsync(CancellationToken cancel)
    {
        if (options.IsSqlite || options.MigrateAtStart)
        {
            await MigrateAsync(cancel);
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await RefuseForeignAsync(db, cancel);
        if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            throw new InvalidOperationException("The database is older than this version: run the verb 'migrate', or set Database:MigrateAtStart to true.");
    }

    // A newer version's, or one from before the first release, when all migrations were made into one.
    private static async Task RefuseForeignAsync(RevOpsDb db, CancellationToken cancel)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if ((await db.Database.GetAppliedMigrationsAsync(cancel)).FirstOrDefault(migration => !known.Contains(migration)) is { } foreign)
            throw new InvalidOperationException($"The database was written by another version of the program (its migration {foreign} is not known here), and nothing in it was touched: start the version that wrote it, or set Data:Folder to an empty folder.");
    }

    /// <summary>
    /// A kill in the middle of a migration leaves EF's lock table behind, and the next start would wait on it for ever. The file lock
    /// dies with its process; whoever holds it knows that a lock row is stale.
    /// </summary>
    private async Task MigrateSqliteAsync(RevOpsDb db, CancellationToken cancel)
    {
        var path = Path.Combine(DataFolder.Of(configuration), LockFile);
        await using var ours = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (File.Exists(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource))
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        await db.Database.MigrateAsync(cancel);
    }
}
