using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Connections;

/// <summary>Connect, check and disconnect, as the buttons of the Connections page call them.</summary>
public sealed class ConnectionDesk(IDbContextFactory<RevOpsDb> databases, ConnectionValues values, Vault vault, AuditTrail audit)
{
    /// <summary>
    /// Stores what was entered: a secret left empty stays as it is, another value left empty goes. It counts in this process when this
    /// returns.
    /// </summary>
    /// <returns>What is wrong, by the field's name; nothing is stored then. Null when nothing is.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> SaveAsync(IPlatformConnection platform, IReadOnlyDictionary<string, string> given, string actor, CancellationToken cancel)
    {
        var fields = platform.Fields.Where(field => !values.IsLocked(field) && given.ContainsKey(field.Name)).ToList();
        var entered = fields.ToDictionary(field => field, field => field.Tidy(given[field.Name]));
        var wrong = entered.Where(entry => entry.Value.Length > 0 && entry.Key.Check(entry.Value) is not null).ToDictionary(entry => entry.Key.Name, entry => entry.Key.Check(entry.Value)!, StringComparer.Ordinal);
        if (wrong.Count > 0)
            return wrong;

        await StoreAsync(platform, "connection.saved", entered.Where(entry => entry.Value.Length > 0 || !entry.Key.IsSecret).ToDictionary(), actor, cancel);
        return null;
    }

    /// <summary>Takes away what was entered on the form; what the configuration says stays.</summary>
    public Task DisconnectAsync(IPlatformConnection platform, string actor, CancellationToken cancel) =>
        StoreAsync(platform, "connection.removed", platform.Fields.ToDictionary(field => field, _ => ""), actor, cancel);

    /// <summary>Asks the platform, and stores what came of it with the time that it took.</summary>
    public async Task CheckAsync(IPlatformConnection platform, CancellationToken cancel)
    {
        var (fingerprint, started) = (FingerprintOf(platform), TimeProvider.System.GetTimestamp());
        var report = await platform.CheckAsync(cancel);
        var took = TimeProvider.System.GetElapsedTime(started);

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<ConnectionCheck>().SingleOrDefaultAsync(row => row.Platform == platform.Name, cancel);
        var check = known ?? new() { Id = Guid.CreateVersion7(), Platform = platform.Name, CheckedAt = default, LatencyMs = 0, Outcome = default, SealedFacts = [], Fingerprint = [] };
        if (known is null)
            db.Add(check);
        (check.CheckedAt, check.LatencyMs, check.Outcome) = (TimeProvider.System.GetUtcNow(), (int)Math.Ceiling(took.TotalMilliseconds), report.Outcome);
        (check.Code, check.Fingerprint) = (report.Code is { Length: > 100 } code ? code[..100] : report.Code, fingerprint);
        check.SealedFacts = await vault.SealAsync(db, DataKey.Company, check.Id, JsonSerializer.Serialize(report.Facts), cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The last check of what counts now; null when other values were checked, or none.</summary>
    public async Task<LastCheck?> LastCheckAsync(IPlatformConnection platform, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<ConnectionCheck>().AsNoTracking().SingleOrDefaultAsync(check => check.Platform == platform.Name, cancel);
        if (row is null || !row.Fingerprint.AsSpan().SequenceEqual(FingerprintOf(platform)))
            return null;
        var facts = await vault.OpenAsync(DataKey.Company, row.Id, row.SealedFacts, cancel) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        return new(row.CheckedAt, row.LatencyMs, row.Outcome, row.Code, facts);
    }

    /// <summary>Stores values, an empty one by taking it away, and has them count at once.</summary>
    private async Task StoreAsync(IPlatformConnection platform, string action, Dictionary<ConnectionField, string> changes, string actor, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await db.BeginWorkAsync(cancel);
            var before = await HintsAsync(db, platform, cancel);
            var after = new Dictionary<string, string>(before, StringComparer.Ordinal);
            foreach (var (field, value) in changes)
            {
                await PutAsync(db, field, value, actor, cancel);
                after.Remove(field.Name);
                if (value.Length > 0)
                    after[field.Name] = field.Hint(value);
            }

            await audit.WriteAsync(db, new(actor, action, nameof(ConnectionValue), platform.Name) { Before = before, After = after }, cancel);
            await db.SaveChangesAsync(cancel);
        }

        await values.LoadAsync(cancel);
    }

    private async Task PutAsync(RevOpsDb db, ConnectionField field, string value, string actor, CancellationToken cancel)
    {
        var row = await db.Set<ConnectionValue>().SingleOrDefaultAsync(known => known.Name == field.Name, cancel);
        if (value.Length == 0)
        {
            if (row is not null)
                db.Remove(row);
            return;
        }

        var (now, id) = (TimeProvider.System.GetUtcNow(), row?.Id ?? Guid.CreateVersion7());
        var sealedValue = await vault.SealAsync(db, DataKey.Company, id, value, cancel);
        if (row is null)
            db.Add(new ConnectionValue { Id = id, Name = field.Name, SealedValue = sealedValue, ChangedAt = now, ChangedBy = actor });
        else
            (row.SealedValue, row.ChangedAt, row.ChangedBy) = (sealedValue, now, actor);
    }

    /// <summary>What is stored, as the audit may keep it: endings of secrets, the rest as it is.</summary>
    private async Task<Dictionary<string, string>> HintsAsync(RevOpsDb db, IPlatformConnection platform, CancellationToken cancel)
    {
        var names = platform.Fields.Select(field => field.Name).ToList();
        var hints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await db.Set<ConnectionValue>().AsNoTracking().Where(known => names.Contains(known.Name)).ToListAsync(cancel))
        {
            if (await vault.OpenAsync(DataKey.Company, row.Id, row.SealedValue, cancel) is { } value)
                hints[row.Name] = platform.Fields.Single(field => field.Name == row.Name).Hint(value);
        }

        return hints;
    }

    private byte[] FingerprintOf(IPlatformConnection platform) =>
        vault.LookupHash("connection", string.Join('\n', platform.Fields.Select(field => values.ValueOf(field)).Prepend(platform.Mode?.ToString()).Prepend(platform.Name)));
}

public sealed record LastCheck(DateTimeOffset At, int LatencyMs, CheckOutcome Outcome, string? Code, IReadOnlyDictionary<string, string> Facts);
