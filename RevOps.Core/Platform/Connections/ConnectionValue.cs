using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Connections;

/// <summary>A key, token or account number entered on the Connections page. It counts where the configuration says nothing.</summary>
public sealed class ConnectionValue
{
    public required Guid Id { get; init; }

    /// <summary>As the configuration would call it: "Stripe:ApiKey".</summary>
    public required string Name { get; init; }

    /// <summary>Under the company's key.</summary>
    public required byte[] SealedValue { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>"user:…".</summary>
    public required string ChangedBy { get; set; }

    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConnectionValue>
    {
        public void Configure(EntityTypeBuilder<ConnectionValue> builder)
        {
            builder.ToTable("ConnectionValues").HasKey(value => value.Id);
            builder.Property(value => value.Name).HasMaxLength(100);
            builder.Property(value => value.ChangedBy).HasMaxLength(100);
            builder.Property(value => value.Version).IsConcurrencyToken();
            builder.HasIndex(value => value.Name).IsUnique();
        }
    }
}
