using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Connections;

/// <summary>
/// The values of the Connections page in clear, in memory, as every call to a platform asks for them. They are read again when any node
/// has saved one.
/// </summary>
public sealed class ConnectionValues : IDisposable
{
    /// <summary>Told on the feed once the values of a change count in this process.</summary>
    public const string Changed = "Connections";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly Vault vault;
    private readonly ChangeFeed feed;
    private readonly IConfiguration configuration;
    private readonly ILogger<ConnectionValues> log;
    private readonly IDisposable listening;
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly CancellationTokenSource ended = new();
    private FrozenDictionary<string, string> values = FrozenDictionary<string, string>.Empty;

    public ConnectionValues(IDbContextFactory<RevOpsDb> databases, Vault vault, ChangeFeed feed, IConfiguration configuration, ILogger<ConnectionValues> log)
    {
        (this.databases, this.vault, this.feed, this.configuration, this.log) = (databases, vault, feed, configuration, log);
        listening = feed.Listen(nameof(ConnectionValue), () => _ = ReadAgainAsync());
    }

    /// <summary>What was entered on the form; null when nothing was.</summary>
    public string? Stored(string name) => Volatile.Read(ref values).GetValueOrDefault(name);

    /// <summary>True where the configuration says it, and the form has no word.</summary>
    public bool IsLocked(ConnectionField field) => !string.IsNullOrWhiteSpace(configuration[field.ConfigurationKey]);

    /// <summary>What counts: the configuration's word, else the form's.</summary>
    public string? ValueOf(ConnectionField field) => IsLocked(field) ? configuration[field.ConfigurationKey] : Stored(field.Name);

    /// <summary>Reads all values; what a read began before cannot overwrite what a later one found.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var row in await db.Set<ConnectionValue>().AsNoTracking().ToListAsync(cancel))
            {
                if (await vault.OpenAsync(DataKey.Company, row.Id, row.SealedValue, cancel) is { } value)
                    found[row.Name] = value;
            }

            Volatile.Write(ref values, found.ToFrozenDictionary(StringComparer.Ordinal));
        }
        finally
        {
            reading.Release();
        }

        feed.Publish(Changed);
    }

    public void Dispose()
    {
        listening.Dispose();
        ended.Cancel();
        ended.Dispose();
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            while (!await TryLoadAsync(ended.Token))
                await Task.Delay(Pause, TimeProvider.System, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancel)
    {
        try
        {
            await LoadAsync(cancel);
            return true;
        }
#pragma warning disable CA1031 // A database that cannot be reached for a moment must not leave an old key in use.
        catch (Exception error) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "Reading the values of the Connections page failed; it is tried again");
            return false;
        }
    }
}
