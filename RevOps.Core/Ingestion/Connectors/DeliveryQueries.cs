using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Connectors;

public sealed record DeliveryFilter(string? Connector = null, DeliveryStatus? Status = null, int Page = 1)
{
    public Guid? Id { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool Ascending { get; init; }
    public int Size { get; init; } = DeliveryQueries.PageSize;

    internal IQueryable<HookDelivery> Apply(IQueryable<HookDelivery> all, CompanyVersion company)
    {
        if (Id is { } id)
            return all.Where(row => row.Id == id);
        if (Connector is { } connector)
            all = all.Where(row => row.Connector == connector);
        if (Status is { } status)
            all = all.Where(row => row.Status == status);
        if (From is { } from && company.StartOf(from) is var start)
            all = all.Where(row => row.RecordedAt >= start);
        if (To is { } to && company.StartOf(to.AddDays(1)) is var end)
            all = all.Where(row => row.RecordedAt < end);
        return all;
    }
}

/// <summary>What the connectors sent, as lists and one by one. Bodies are opened for one delivery only.</summary>
public sealed class DeliveryQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company)
{
    public const int PageSize = 50;
    private const int MostTypes = 200;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IReadOnlyDictionary<DeliveryStatus, int>> CountAsync(DeliveryFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (filter with { Status = null }).Apply(db.Set<HookDelivery>(), owner).GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    public async Task<IReadOnlyList<DeliveryRow>> ListAsync(DeliveryFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(db.Set<HookDelivery>(), owner);
        found = filter.Ascending ? found.OrderBy(row => row.RecordedAt).ThenBy(row => row.Id) : found.OrderByDescending(row => row.RecordedAt).ThenByDescending(row => row.Id);
        return await found.Skip((filter.Page - 1) * filter.Size).Take(filter.Size).Select(row => new DeliveryRow(row.Id, row.Connector, row.Trigger, row.RecordedAt, row.Status)
        {
            VendorId = row.VendorId,
            Subject = row.Subject,
            TypeKey = row.TypeKey,
            TypeName = row.TypeName,
            BookingId = row.BookingId,
            GapText = row.Gaps,
            Error = row.Error,
            Attempts = row.Attempts,
            Repeats = row.Repeats,
        }).ToListAsync(cancel);
    }

    /// <param name="id">Ours.</param>
    /// <param name="clear">The body as it came, for whoever may see it; else masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<DeliveryStory?> FindAsync(Guid id, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<HookDelivery>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return null;
        var body = await row.OpenBodyAsync(vault, cancel);
        var entered = await vault.OpenAsync(row.OwnerId, row.Id, row.SealedEntered, cancel) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        var received = await db.Set<ReceivedEvent>().Where(found => found.Source == row.EventSource && found.EventId == row.EventId).Select(found => new { found.Id, found.Type }).SingleOrDefaultAsync(cancel);
        var invoice = row.BookingId is null ? null : await db.Set<Booking>().Where(booking => booking.BookingId == row.BookingId || booking.DealId == row.BookingId).Select(booking => booking.InvoiceId).FirstOrDefaultAsync(cancel);
        return new(new DeliveryRow(row.Id, row.Connector, row.Trigger, row.RecordedAt, row.Status)
        {
            VendorId = row.VendorId,
            Subject = row.Subject,
            TypeKey = row.TypeKey,
            TypeName = row.TypeName,
            BookingId = row.BookingId,
            GapText = row.Gaps,
            Error = row.Error,
            Attempts = row.Attempts,
            Repeats = row.Repeats,
        })
        {
            Body = body is null ? null : BodyOf(body, clear),
            Entered = clear ? entered : entered.ToDictionary(value => value.Key, value => value.Key is "unitAmount" or "currency" or "kind" or "country" ? value.Value : "•••", StringComparer.Ordinal),
            TranslatedAt = row.TranslatedAt,
            EventId = received?.Id,
            EventType = received?.Type,
            InvoiceId = invoice,
        };
    }

    /// <summary>Types that came in or are mapped: those that are not mapped first.</summary>
    public async Task<IReadOnlyList<SeenType>> TypesAsync(Connector connector, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mapping = await MappingSet.LoadAsync(db, connector.Id, cancel);

        // Of a CRM only products without a price or a rate ask for a mapping; what else it names are stages.
        var isCrm = connector.HasStages;
        var seen = await db.Set<HookDelivery>().Where(row => row.Connector == connector.Id && row.TypeKey != null && (!isCrm || row.Gaps.Contains(DeliveryGap.Price) || row.Gaps.Contains(DeliveryGap.TaxRate)))
            .GroupBy(row => row.TypeKey!).Select(group => new { group.Key, Name = group.Max(row => row.TypeName), Count = group.Count(), Waiting = group.Count(row => row.Status == DeliveryStatus.NeedsDetails), Last = group.Max(row => row.RecordedAt) })
            .OrderByDescending(type => type.Last).Take(MostTypes).ToListAsync(cancel);
        var mapped = mapping.All.Where(row => row.Kind == MappingKind.Type).ToList();
        var unseen = mapped.Where(row => seen.TrueForAll(type => !string.Equals(type.Key, row.Key, StringComparison.OrdinalIgnoreCase))).Select(row => new SeenType(row.Key, row.Name, 0, 0) { Mapping = row });
        return [.. seen.Select(type => new SeenType(type.Key, type.Name, type.Count, type.Waiting) { Mapping = mapping.Type(type.Key) }).Concat(unseen).OrderBy(type => type.Mapping is not null).ThenByDescending(type => type.Waiting)];
    }

    public async Task<MappingSet> MappingAsync(Connector connector, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await MappingSet.LoadAsync(db, connector.Id, cancel);
    }

    /// <summary>By connector: how many there are of each status, and when the last came.</summary>
    public async Task<IReadOnlyDictionary<string, ConnectorState>> StatesAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var counts = await db.Set<HookDelivery>().GroupBy(row => row.Connector)
            .Select(group => new { group.Key, All = group.Count(), Waiting = group.Count(row => row.Status == DeliveryStatus.NeedsDetails), Failed = group.Count(row => row.Status == DeliveryStatus.Failed), Last = group.Max(row => row.RecordedAt) }).ToListAsync(cancel);
        return counts.ToDictionary(row => row.Key, row => new ConnectorState(row.All, row.Waiting, row.Failed, row.Last), StringComparer.Ordinal);
    }

    /// <summary>Services that a type can be mapped to.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> ServicesAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return [.. (await db.Set<Catalogue.Service>().Where(service => service.RetiredAt == null).OrderBy(service => service.Name).Take(500).Select(service => new { service.Code, service.Name }).ToListAsync(cancel)).Select(service => (service.Code, service.Name))];
    }

    private static string BodyOf(string body, bool clear)
    {
        try
        {
            using var whole = JsonDocument.Parse(body);
            using var shown = clear ? null : JsonDocument.Parse(DeliveryMask.ShapeOf(whole.RootElement));
            return JsonSerializer.Serialize(shown ?? whole, Indented);
        }
        catch (JsonException)
        {
            return clear ? body : "•••";
        }
    }
}

public sealed record DeliveryRow(Guid Id, string Connector, string Trigger, DateTimeOffset RecordedAt, DeliveryStatus Status)
{
    public required string VendorId { get; init; }
    public string? Subject { get; init; }
    public string? TypeKey { get; init; }
    public string? TypeName { get; init; }
    public string? BookingId { get; init; }
    public required string GapText { get; init; }
    public string? Error { get; init; }
    public required int Attempts { get; init; }
    public required int Repeats { get; init; }

    public IReadOnlyList<string> Gaps => GapText.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

public sealed record DeliveryStory(DeliveryRow Row)
{
    /// <summary>Indented JSON; null when the person was erased.</summary>
    public string? Body { get; init; }

    /// <summary>What somebody entered beside it.</summary>
    public IReadOnlyDictionary<string, string> Entered { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DateTimeOffset? TranslatedAt { get; init; }
    public Guid? EventId { get; init; }
    public string? EventType { get; init; }
    public Guid? InvoiceId { get; init; }
}

/// <param name="Count">How often it came.</param>
/// <param name="Waiting">How many of them wait for details.</param>
public sealed record SeenType(string Key, string? Name, int Count, int Waiting)
{
    public ConnectorMapping? Mapping { get; init; }
}

public sealed record ConnectorState(int All, int Waiting, int Failed, DateTimeOffset LastAt);
