using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RevOps.Core.Data;

/// <summary>
/// The embedded default. Instants are UTC ticks in an integer, so that they sort and compare in the database; ids are their sixteen bytes, the first first,
/// so that they sort as they were made: as text every index was twice as long.
/// </summary>
public sealed class SqliteRevOpsDb(DbContextOptions<SqliteRevOpsDb> options, WriterGate gate) : RevOpsDb(options, gate)
{
    // Large work of its own touches more pages than the usual cache has: each would be written, read and written again before the commit.
    private const string Redoable = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-131072;";

    public override bool CanReadAside => true;

    /// <summary>SQLite keeps the order of commits whatever it waits for: the next one that is waited for brings this one to the disk before itself.</summary>
    public override async Task<IDbContextTransaction> BeginRedoableAsync(CancellationToken cancel)
    {
        // Until the connection is opened again, which sets both back.
        await Database.OpenConnectionAsync(cancel);
        await Database.ExecuteSqlRawAsync(Redoable, cancel);
        return await Database.BeginTransactionAsync(cancel);
    }

    public override Task FoldLogAsync(CancellationToken cancel) => Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(PASSIVE)", cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Guid>().HaveConversion<IdBytes>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        Instants.MapForSqlite(builder);
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class IdBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

    /// <summary>
    /// WAL lets pages read while a writer writes; FULL makes a commit survive a power cut. With the cache of two megabytes that SQLite starts with,
    /// a million touches were mostly paged in and out; and the log is folded into the file after 256 megabytes instead of four.
    /// </summary>
    internal sealed class Pragmas : DbConnectionInterceptor
    {
        private const string Text = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=64000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteRevOpsDb>
    {
        public SqliteRevOpsDb CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteRevOpsDb>().UseSqlite("Data Source=:memory:").UseApplicationServiceProvider(IdentitySchema.Services).Options, new WriterGate(oneAtATime: true));
    }
}
