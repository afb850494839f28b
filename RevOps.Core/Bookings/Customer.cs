using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

/// <summary>Who is invoiced: a company or a private person. One per ref of the sender; its details are those of the newest event.</summary>
public sealed class Customer
{
    public required Guid Id { get; init; }

    /// <summary>Keyed hash of the sender's ref.</summary>
    public required byte[] RefHash { get; init; }

    /// <summary>The person who books for it, whose key seals <see cref="SealedDetails"/> when it is a private person.</summary>
    public required Guid PersonId { get; set; }

    /// <summary>Under whose key the details stand: the company's for a business, the person's for a consumer.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary><see cref="CustomerDetails"/> as sealed JSON.</summary>
    public required byte[] SealedDetails { get; set; }

    /// <summary>Hash of the details, to see a change without opening them.</summary>
    public required byte[] DetailsHash { get; set; }

    /// <summary>OccurredAt of the event that the details are from.</summary>
    public required DateTimeOffset DetailsAt { get; set; }

    public string? StripeCustomerId { get; set; }

    /// <summary>The mode that <see cref="StripeCustomerId"/> belongs to: another account does not know it.</summary>
    public Mode? StripeMode { get; set; }

    /// <summary><see cref="DetailsHash"/> of the details that Stripe has.</summary>
    public byte[]? StripeDetailsHash { get; set; }

    /// <summary>Of the VAT number's check at Stripe: pending, verified, unverified; null when none was asked.</summary>
    public string? VatStatus { get; set; }

    public string? StripeTaxId { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Customer>
    {
        public void Configure(EntityTypeBuilder<Customer> builder)
        {
            builder.ToTable("Customers").HasKey(customer => customer.Id);
            builder.Property(customer => customer.RefHash).HasMaxLength(32);
            builder.Property(customer => customer.DetailsHash).HasMaxLength(32);
            builder.Property(customer => customer.StripeDetailsHash).HasMaxLength(32);
            builder.Property(customer => customer.StripeCustomerId).HasMaxLength(100);
            builder.Property(customer => customer.StripeTaxId).HasMaxLength(100);
            builder.Property(customer => customer.VatStatus).HasMaxLength(20);
            builder.Property(customer => customer.Version).IsConcurrencyToken();
            builder.HasIndex(customer => customer.RefHash).IsUnique();
            builder.HasIndex(customer => customer.StripeCustomerId).IsUnique();
        }
    }
}

/// <summary>A customer in clear, as the sender describes it.</summary>
public sealed record CustomerDetails
{
    public required string Ref { get; init; }
    public string? LegalName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Siren { get; init; }
    public string? VatNumber { get; init; }
    public PostalAddress? Address { get; init; }

    /// <summary>True for a company, false for a private person, null when the sender did not say.</summary>
    public bool? IsBusiness { get; init; }
}

public sealed record PostalAddress
{
    public string? Line1 { get; init; }
    public string? Line2 { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string? Country { get; init; }
}
