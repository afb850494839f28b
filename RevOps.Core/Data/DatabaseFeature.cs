using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Core.Data;

public static class DatabaseFeature
{
    public const string ConnectionName = "RevOps";

    /// <summary>Registers <c>IDbContextFactory&lt;RevOpsDb&gt;</c> over the provider that the settings choose.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
        services.AddSingleton(options);
        services.AddSingleton(new WriterGate(oneAtATime: options.IsSqlite));
        services.AddSingleton<AfterCommit>();
        services.AddSingleton<DatabaseMigrator>();

        if (options.IsSqlite)
            services.AddProvider<SqliteRevOpsDb>(db => db.UseSqlite(SqliteConnection(configuration)).AddInterceptors(new SqliteRevOpsDb.Pragmas()));
        else
            services.AddProvider<SqlServerRevOpsDb>(db => db.UseSqlServer(configuration.GetConnectionString(ConnectionName)));

        // For what the framework resolves by itself, Identity's stores: a context of its own per scope.
        services.AddScoped<RevOpsDb>(provider => provider.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContext());
        return services;
    }

    /// <summary>The SQLite file: the connection string's, else revops.db in the data folder.</summary>
    public static string SqliteConnection(IConfiguration configuration)
    {
        var given = configuration.GetConnectionString(ConnectionName);
        return string.IsNullOrWhiteSpace(given)
            ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataFolder.Of(configuration), "revops.db") }.ToString()
            : given;
    }

    private static void AddProvider<TDb>(this IServiceCollection services, Action<DbContextOptionsBuilder> provider) where TDb : RevOpsDb
    {
        services.AddDbContextFactory<TDb>((container, db) =>
        {
            provider(db);
            db.AddInterceptors(container.GetServices<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>());

            // Last: it announces what the others add as well.
            db.AddInterceptors(container.GetRequiredService<AfterCommit>());
        });
        services.AddSingleton<IDbContextFactory<RevOpsDb>, Factory<TDb>>();
    }

    private sealed class Factory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<RevOpsDb> where TDb : RevOpsDb
    {
        public RevOpsDb CreateDbContext() => inner.CreateDbContext();

        public async Task<RevOpsDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
