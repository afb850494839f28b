using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

public sealed class SecretsTests
{
    [Fact]
    public void Sealed_OpensOnlyInItsRowUnderItsKeyAndUnchanged()
    {
        var (key, row) = (RandomNumberGenerator.GetBytes(32), Guid.NewGuid());
        var box = Sealer.Seal(key, row, "ann@example.com"u8);
        Assert.Equal("ann@example.com", Encoding.UTF8.GetString(Sealer.Open(key, row, box)));
        Assert.ThrowsAny<CryptographicException>(() => Sealer.Open(key, Guid.NewGuid(), box));
        Assert.ThrowsAny<CryptographicException>(() => Sealer.Open(RandomNumberGenerator.GetBytes(32), row, box));
        box[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => Sealer.Open(key, row, box));
    }

    [Fact]
    public void KeyFile_IsReadableByItsOwnerOnlyAndStaysTheSame()
    {
        using var folder = new TempFolder();
        var first = KeyFile.OpenOrCreate(folder.Path);
        Assert.Equal(first.LookupHash("Email", "ann"), KeyFile.OpenOrCreate(folder.Path).LookupHash("Email", "ann"));
        Assert.NotEqual(first.LookupHash("Email", "ann"), first.LookupHash("Phone", "ann"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, KeyFile.FileName)));
    }

    [Fact]
    public async Task PersonalValues_AreNowhereInTheDatabaseInClear()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        var touch = Events.Touch("visitor-hushhush", gclid: "gclid-hushhush");
        touch["contact"] = new System.Text.Json.Nodes.JsonObject { ["email"] = "ann.hushhush@example.com", ["lastName"] = "Surname-hushhush" };
        await client.SendAsync(Events.Of("touch", touch));
        var sale = Events.Sale("B-1");
        sale["customer"]!["email"] = "finance.hushhush@example.com";
        sale["lines"]![0]!["description"] = "For Ann hushhush";
        await client.SendAsync(Events.Of("booking_confirmed", sale));
        await host.DrainAsync();

        // What stands in the file, in the write-ahead log too, which goes when nobody has the database open any more.
        await using var db = await host.OpenDatabaseAsync();
        await db.Database.OpenConnectionAsync();
        foreach (var file in Directory.EnumerateFiles(host.DataFolder, "revops.db*"))
            Assert.DoesNotContain("hushhush", await ReadSharedAsync(file), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ErasedPerson_CannotBeReadAndTheAuditChainStillHolds()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        await client.SendAsync(Events.Of("lead_stage", new() { ["contact"] = new System.Text.Json.Nodes.JsonObject { ["email"] = "ann@example.com" }, ["stage"] = "lead" }, "lead-1"));

        var (vault, audit) = (host.Services.GetRequiredService<Vault>(), host.Services.GetRequiredService<AuditTrail>());
        await using var db = await host.OpenDatabaseAsync();
        var received = await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "lead-1");
        await audit.WriteAsync(db, new("system", "test.noted", "Person", received.OwnerId.ToString()) { Owner = received.OwnerId, After = new { Email = "ann@example.com" } });
        await db.SaveChangesAsync();
        Assert.Contains("ann@example.com", await vault.OpenAsync(received.OwnerId, received.Id, received.SealedData), StringComparison.Ordinal);

        (await db.Set<DataKey>().SingleAsync(key => key.OwnerId == received.OwnerId)).Erase(DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
        vault.ForgetAll();

        Assert.Null(await vault.OpenAsync(received.OwnerId, received.Id, received.SealedData));
        Assert.Null(await audit.FindBreakAsync());
    }

    [Fact]
    public async Task AuditChain_BreaksWhereARowWasChanged()
    {
        await using var host = new RevOpsHost();
        foreach (var _ in Enumerable.Range(0, 3))
            await host.CreateKeyAsync(ApiKey.EventsWrite);
        var audit = host.Services.GetRequiredService<AuditTrail>();
        Assert.Null(await audit.FindBreakAsync());

        await using var db = await host.OpenDatabaseAsync();
        await db.Set<AuditEntry>().Where(entry => entry.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Action, "something.else"));
        Assert.Equal(2, await audit.FindBreakAsync());
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
