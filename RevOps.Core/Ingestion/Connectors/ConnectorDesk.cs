using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>A type as somebody typed what it means.</summary>
public sealed class TypeEntry
{
    public string Key { get; set; } = "";
    public string Name { get; set; } = "";
    public string Target { get; set; } = ConnectorMapping.Sale;
    public string ServiceCode { get; set; } = "";
    public string Price { get; set; } = "";
    public string Currency { get; set; } = "";
    public string TaxRate { get; set; } = "";
    public bool TaxInclusive { get; set; }
}

/// <summary>
/// Changes the mapping, completes single deliveries and asks for translations, as the pages of the connectors do. What waits for details is
/// translated again whenever the mapping changed.
/// </summary>
public sealed class ConnectorDesk(IDbContextFactory<RevOpsDb> databases, Vault vault, AuditTrail audit, CompanyProfile company, TimeProvider clock)
{
    private const int MostAtOnce = 5_000;

    /// <summary>What may be entered for one delivery, in the order of the form.</summary>
    public static readonly IReadOnlyList<string> Enterable = [.. CustomerDraft.Fields, "unitAmount", "currency"];

    /// <returns>What is wrong, by field: a code. Empty: it was saved.</returns>
    public async Task<(IReadOnlyDictionary<string, string> Problems, int Asked)> SaveTypeAsync(Connector connector, TypeEntry entry, CultureInfo culture, string actor, CancellationToken cancel)
    {
        var (problems, read) = Read(entry, (await company.CurrentAsync(cancel)).Currency, culture);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var code = entry.ServiceCode.Trim().ToUpperInvariant();
        if (code.Length > 0 && !await db.Set<Catalogue.Service>().AnyAsync(service => service.Code.ToUpper() == code, cancel))
            problems[nameof(entry.ServiceCode)] = "service";
        if (problems.Count > 0)
            return (problems, 0);
        await PutAsync(db, connector, MappingKind.Type, entry.Key.Trim(), row =>
        {
            (row.Name, row.Target, row.ServiceCode, row.UnitAmount) = (Given(entry.Name), entry.Target, Given(entry.ServiceCode), read.Amount);
            (row.Currency, row.TaxRateBasisPoints, row.TaxInclusive) = (read.Currency, read.Rate, entry.TaxInclusive);
        }, entry.Target, actor, cancel);
        return (problems, await SaveAsync(db, connector, cancel));
    }

    public async Task<int> RemoveTypeAsync(Connector connector, string key, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await RemoveAsync(db, connector, MappingKind.Type, key, actor, cancel);
        return await SaveAsync(db, connector, cancel);
    }

    /// <summary>Fields or stages; an empty target takes the line away.</summary>
    /// <returns>How many waiting deliveries are translated again.</returns>
    public async Task<int> SaveAsync(Connector connector, MappingKind kind, IReadOnlyDictionary<string, string> targets, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        foreach (var (key, target) in targets)
        {
            if (string.IsNullOrWhiteSpace(target))
                await RemoveAsync(db, connector, kind, key, actor, cancel);
            else
                await PutAsync(db, connector, kind, key, row => row.Target = Cut(target.Trim(), 200), Cut(target.Trim(), 200), actor, cancel);
        }

        return await SaveAsync(db, connector, cancel);
    }

    /// <summary>Keeps what somebody entered beside the sender's values, and has the delivery translated again.</summary>
    public async Task<bool> EnterAsync(Guid id, IReadOnlyDictionary<string, string> values, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HookDelivery>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } delivery)
            return false;

        // What was entered before stays, unless it is entered anew.
        var before = await vault.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedEntered, cancel) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        var given = values.Where(value => Enterable.Contains(value.Key) && !string.IsNullOrWhiteSpace(value.Value));
        var kept = before.Where(value => !values.ContainsKey(value.Key)).Concat(given).ToDictionary(value => value.Key, value => Cut(value.Value.Trim(), 300), StringComparer.Ordinal);
        delivery.SealedEntered = kept.Count == 0 ? null : await vault.SealAsync(db, delivery.OwnerId, delivery.Id, JsonSerializer.Serialize(kept), cancel);

        // Which values, not what they say: the audit outlives whom they are about.
        await audit.WriteAsync(db, new(actor, "delivery.completed", nameof(HookDelivery), id.ToString()) { After = new { delivery.Connector, delivery.VendorId, Fields = kept.Keys.Order(StringComparer.Ordinal) } }, cancel);
        Ask(db, delivery);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Has deliveries translated again, by hand.</summary>
    /// <returns>How many.</returns>
    public async Task<int> TranslateAsync(DeliveryFilter filter, string actor, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var found = await filter.Apply(db.Set<HookDelivery>(), owner).OrderBy(row => row.RecordedAt).Take(MostAtOnce).ToListAsync(cancel);
        found.ForEach(delivery => Ask(db, delivery));
        if (found.Count > 0)
            await audit.WriteAsync(db, new(actor, "delivery.translated", nameof(HookDelivery), filter.Id?.ToString() ?? "all") { After = new { filter.Connector, filter.Status, filter.From, filter.To, found.Count } }, cancel);
        await db.SaveChangesAsync(cancel);
        return found.Count;
    }

    /// <summary>The decimal that stands there in a culture's format; null for none.</summary>
    public static decimal? AmountOf(string text, CultureInfo culture) =>
        decimal.TryParse(text.Replace('\u202f', ' ').Replace('\u00a0', ' ').Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, culture, out var amount)
            && amount is >= 0 and < 1_000_000_000m && decimal.Round(amount, 6) == amount ? amount : null;

    private void Ask(RevOpsDb db, HookDelivery delivery) => TakeHooks.Ask(db, delivery, clock.GetUtcNow());

    private async Task<int> SaveAsync(RevOpsDb db, Connector connector, CancellationToken cancel)
    {
        var waiting = await db.Set<HookDelivery>().Where(row => row.Connector == connector.Id && row.Status == DeliveryStatus.NeedsDetails).OrderBy(row => row.RecordedAt).Take(MostAtOnce).ToListAsync(cancel);
        waiting.ForEach(delivery => Ask(db, delivery));
        await db.SaveChangesAsync(cancel);
        return waiting.Count;
    }

    private async Task PutAsync(RevOpsDb db, Connector connector, MappingKind kind, string key, Action<ConnectorMapping> write, string target, string actor, CancellationToken cancel)
    {
        var row = await db.Set<ConnectorMapping>().SingleOrDefaultAsync(known => known.Connector == connector.Id && known.Kind == kind && known.Key == key, cancel);
        var before = row is null ? null : Said(row);
        if (row is null)
            db.Add(row = new() { Id = Guid.CreateVersion7(), Connector = connector.Id, Kind = kind, Key = key, Target = target, ChangedAt = default, ChangedBy = actor });
        write(row);
        if (before is not null && before.Equals(Said(row)))
            return;
        (row.ChangedAt, row.ChangedBy) = (TimeProvider.System.GetUtcNow(), actor);
        await audit.WriteAsync(db, new(actor, "connector.mapped", nameof(ConnectorMapping), $"{connector.Id}/{key}") { Before = before, After = Said(row) }, cancel);
    }

    private async Task RemoveAsync(RevOpsDb db, Connector connector, MappingKind kind, string key, string actor, CancellationToken cancel)
    {
        if (await db.Set<ConnectorMapping>().SingleOrDefaultAsync(known => known.Connector == connector.Id && known.Kind == kind && known.Key == key, cancel) is not { } row)
            return;
        db.Remove(row);
        await audit.WriteAsync(db, new(actor, "connector.unmapped", nameof(ConnectorMapping), $"{connector.Id}/{key}") { Before = Said(row) }, cancel);
    }

    private static Mapped Said(ConnectorMapping row) => new(row.Kind, row.Name, row.Target, row.ServiceCode, row.UnitAmount, row.Currency, row.TaxRateBasisPoints, row.TaxInclusive);

    private static (Dictionary<string, string> Problems, (string? Amount, string? Currency, int? Rate) Read) Read(TypeEntry entry, string own, CultureInfo culture)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var (price, rate) = (AmountOf(entry.Price, culture), AmountOf(entry.TaxRate.Replace("%", "", StringComparison.Ordinal).Trim(), culture));
        var currency = Given(entry.Currency)?.ToUpperInvariant();
        if (entry.Key.Trim().Length is 0 or > HookDelivery.LongestId)
            problems[nameof(entry.Key)] = "key";
        if (entry.Target is not (ConnectorMapping.Sale or ConnectorMapping.Meeting or ConnectorMapping.Nothing))
            problems[nameof(entry.Target)] = "target";
        if (entry.Price.Trim().Length > 0 && price is null)
            problems[nameof(entry.Price)] = "price";
        if (currency is not null && !Currency.IsKnown(currency))
            problems[nameof(entry.Currency)] = "currency";
        if (entry.TaxRate.Trim().Length > 0 && rate is null or > 100)
            problems[nameof(entry.TaxRate)] = "rate";
        if (entry.Target == ConnectorMapping.Sale && entry.ServiceCode.Trim().Length == 0 && entry.Price.Trim().Length == 0)
            problems[nameof(entry.ServiceCode)] = "serviceOrPrice";
        return (problems, (price?.ToString(CultureInfo.InvariantCulture), price is null ? currency : currency ?? own, rate is null ? null : (int)(rate * 100)));
    }

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] : text;

    private sealed record Mapped(MappingKind Kind, string? Name, string Target, string? ServiceCode, string? UnitAmount, string? Currency, int? TaxRateBasisPoints, bool TaxInclusive);
}
