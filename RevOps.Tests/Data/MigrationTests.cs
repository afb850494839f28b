using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Data;

public sealed class MigrationTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ServiceProvider container = null!;

    private DatabaseMigrator Migrator => container.GetRequiredService<DatabaseMigrator>();

    public ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder.Path)]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddDatabase(configuration).AddPlatform(configuration);
        services.AddIdentityData();
        container = services.BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await container.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task CanMigrateAnEmptyFolder_AndFindsNothingToDoTheSecondTime()
    {
        var applied = await Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Contains(applied, name => name.EndsWith("_Initial", StringComparison.Ordinal));
        Assert.Empty(await Migrator.MigrateAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RefusesWhatAnotherVersionWrote_AndSaysWhatToDo()
    {
        await Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        await using (var db = await container.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('29990101000000_Tomorrow', '99.0.0')", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.EnsureCurrentAsync(TestContext.Current.CancellationToken));
        Assert.Contains("29990101000000_Tomorrow", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Data:Folder", refusal.Message, StringComparison.Ordinal);
    }
}
