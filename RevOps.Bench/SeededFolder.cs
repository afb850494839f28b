using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard;

namespace RevOps.Bench;

/// <summary>
/// A data folder with much in it: a year of a company (100,000 touches, 10,000 invoices and what belongs to them), or a large ledger. It is
/// filled once a day and kept, for every run a copy.
/// </summary>
/// <param name="name">Of the folders that are kept.</param>
/// <param name="edition">To be raised when what fills it changes.</param>
/// <param name="make">What fills it, from the company and its key.</param>
internal sealed class SeededFolder(string name, int edition, Func<Vault, CompanyVersion, byte[], DateTimeOffset, ISeed> make)
{
    public static readonly SeededFolder Year = new("year", 3, (vault, company, key, now) => new SeededYear(vault, company, key, now));
    public static readonly SeededFolder Ledger = new("ledger", 1, (vault, company, key, now) => new SeededLedger(vault, company, key, now));

    public static readonly SeededFolder Touches = new("touches", 1, (_, company, _, now) => new SeededTouches(company, now));

    public static readonly SeededFolder Debts = new("debts", 2, (_, company, key, now) => new SeededDebts(company, key, now));

    /// <summary>The company as the settings describe it, so that no start finds another one and drafts everything anew.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Company = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Company:LegalName"] = "Agence",
        ["Company:LegalForm"] = "SAS",
        ["Company:Capital"] = "10 000 €",
        ["Company:RcsCity"] = "Lyon",
        ["Company:Siren"] = "732829320",
        ["Company:VatNumber"] = "FR44732829320",
        ["Company:AddressLine1"] = "12 rue de la République",
        ["Company:PostalCode"] = "69002",
        ["Company:City"] = "Lyon",
    };

    private string Prefix => $"revops-bench-{name}-";

    public async Task<string> CopyAsync()
    {
        var kept = await KeptAsync();
        var copy = Directory.CreateTempSubdirectory("revops-bench-").FullName;
        foreach (var file in Directory.EnumerateFiles(kept))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    /// <summary>The product's own services over a folder, to read and write what it stores.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="whole">With the business as well, not only what stores.</param>
    public static ServiceProvider Over(string folder, bool whole = false)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddInMemoryCollection(Company.Append(new("Data:Folder", folder))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddDatabase(configuration).AddPlatform(configuration).AddIdentityData();
        if (whole)
            services.AddBilling(configuration).AddReceivables(configuration).AddConversions(configuration).AddScorecard().AddIngestion();
        return services.BuildServiceProvider();
    }

    private async Task<string> KeptAsync()
    {
        var (root, today) = (Path.GetTempPath(), DateTimeOffset.UtcNow);
        var draft = Path.Combine(root, $"{Prefix}draft");
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        await using (var services = Over(draft))
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
            var kept = Path.Combine(root, $"{Prefix}{edition}-{db.Database.GetMigrations().Last()}-{today.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
            if (Directory.Exists(kept))
                return kept;

            foreach (var old in Directory.EnumerateDirectories(root, Prefix + "*").Where(folder => folder != draft))
                Directory.Delete(old, recursive: true);
            await Console.Error.WriteLineAsync($"Filling a data folder with a {name} of a company; it is kept for the next run.");
            await FillAsync(services, today);
            SqliteConnection.ClearAllPools();
            Directory.Move(draft, kept);
            return kept;
        }
    }

    private async Task FillAsync(ServiceProvider services, DateTimeOffset now)
    {
        var databases = services.GetRequiredService<IDbContextFactory<RevOpsDb>>();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var (company, vault) = (await services.GetRequiredService<CompanyProfile>().CurrentAsync(), services.GetRequiredService<Vault>());
        byte[] key;
        await using (var db = await databases.CreateDbContextAsync())
        {
            key = await vault.KeyAsync(db, DataKey.Company);
            await db.SaveChangesAsync();
        }

        var seed = make(vault, company, key, now);
        await using (var db = await databases.CreateDbContextAsync())
        {
            await db.BeginWorkAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            await seed.InsertAsync(db);
            await transaction.CommitAsync();
        }

        foreach (var portion in seed.Notes.Chunk(1_000))
        {
            await using var db = await databases.CreateDbContextAsync();
            foreach (var note in portion)
                await services.GetRequiredService<AuditTrail>().WriteAsync(db, note);
            await db.SaveChangesAsync();
        }

        await using (var db = await databases.CreateDbContextAsync())
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// <summary>Rows as the product would have written them, always the same ones.</summary>
internal interface ISeed
{
    /// <summary>To be chained in this order.</summary>
    IReadOnlyList<AuditNote> Notes { get; }

    Task InsertAsync(RevOpsDb db);
}
