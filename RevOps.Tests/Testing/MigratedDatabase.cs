using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;

namespace RevOps.Tests.Testing;

/// <summary>
/// An SQLite file as the migrations leave it, made once and copied by every host: a hundred hosts that migrate by themselves take a
/// minute longer. That a start migrates an empty folder is shown by the tests that start the product as a process.
/// </summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<byte[]> Bytes = new(() => Task.Run(MakeAsync).GetAwaiter().GetResult());

    public static void CopyTo(string folder) => File.WriteAllBytes(Path.Join(folder, "revops.db"), Bytes.Value);

    private static async Task<byte[]> MakeAsync()
    {
        using var folder = new TempFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder.Path)]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddDatabase(configuration).AddPlatform(configuration);
        services.AddIdentityData();
        await using (var container = services.BuildServiceProvider())
            await container.GetRequiredService<DatabaseMigrator>().EnsureCurrentAsync(CancellationToken.None);

        // The last connection writes back what still stands in the log beside the file.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return await File.ReadAllBytesAsync(Path.Join(folder.Path, "revops.db"));
    }
}
