using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>What a line of the mapping is about. Stored as its number: append only.</summary>
public enum MappingKind
{
    /// <summary>A kind of meeting, or a product: what it is sold as.</summary>
    Type = 0,

    /// <summary>A field of ours, and the sender's question or property that fills it.</summary>
    Field = 1,

    /// <summary>A stage of the CRM, and ours.</summary>
    Stage = 2,
}

/// <summary>What the vendor says, and what it means here.</summary>
public sealed class ConnectorMapping
{
    /// <summary>Targets of a type.</summary>
    public const string Sale = "sale", Meeting = "meeting", Nothing = "nothing";

    public required Guid Id { get; init; }
    public required string Connector { get; init; }
    public required MappingKind Kind { get; init; }

    /// <summary>The vendor's type or stage, or our field.</summary>
    public required string Key { get; init; }

    /// <summary>What a person calls the type or the stage.</summary>
    public string? Name { get; set; }

    /// <summary>Of a type what it becomes, of a field the sender's name or "=" and a fixed value, of a stage our stage.</summary>
    public required string Target { get; set; }

    public string? ServiceCode { get; set; }

    /// <summary>In whole currency units, as text; null: the catalogue's.</summary>
    public string? UnitAmount { get; set; }

    public string? Currency { get; set; }
    public int? TaxRateBasisPoints { get; set; }
    public bool TaxInclusive { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConnectorMapping>
    {
        public void Configure(EntityTypeBuilder<ConnectorMapping> builder)
        {
            builder.ToTable("ConnectorMappings").HasKey(mapping => mapping.Id);
            builder.Property(mapping => mapping.Connector).HasMaxLength(20);
            builder.Property(mapping => mapping.Key).HasMaxLength(HookDelivery.LongestId);
            builder.Property(mapping => mapping.Name).HasMaxLength(HookDelivery.LongestId);
            builder.Property(mapping => mapping.Target).HasMaxLength(200);
            builder.Property(mapping => mapping.ServiceCode).HasMaxLength(100);
            builder.Property(mapping => mapping.UnitAmount).HasMaxLength(30);
            builder.Property(mapping => mapping.Currency).HasMaxLength(3);
            builder.Property(mapping => mapping.ChangedBy).HasMaxLength(100);
            builder.Property(mapping => mapping.Version).IsConcurrencyToken();
            builder.HasIndex(mapping => new { mapping.Connector, mapping.Kind, mapping.Key }).IsUnique();
        }
    }
}

/// <summary>The whole mapping of one connector.</summary>
public sealed record MappingSet(IReadOnlyList<ConnectorMapping> All)
{
    public ConnectorMapping? Type(params IEnumerable<string?> keys) =>
        keys.OfType<string>().Select(key => All.FirstOrDefault(row => row.Kind == MappingKind.Type && string.Equals(row.Key, key, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(row => row is not null);

    public string? Field(string ours) => All.FirstOrDefault(row => row.Kind == MappingKind.Field && row.Key == ours)?.Target;

    public string? Stage(string theirs) => All.FirstOrDefault(row => row.Kind == MappingKind.Stage && row.Key == theirs)?.Target;

    public static async Task<MappingSet> LoadAsync(RevOpsDb db, string connector, CancellationToken cancel) =>
        new(await db.Set<ConnectorMapping>().AsNoTracking().Where(row => row.Connector == connector).OrderBy(row => row.Name).ThenBy(row => row.Key).ToListAsync(cancel));
}
