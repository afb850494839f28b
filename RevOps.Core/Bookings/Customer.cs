using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Bookings;

/// <summary>
/// Who is invoiced: a company or a private person. One per company, by its SIREN or VAT number, else by the sender's ref; its details are
/// those of the newest event.
/// </summary>
public sealed class Customer
{
    public required Guid Id { get; init; }

    /// <summary>Keyed hash of what names the company by law (<see cref="CompanyKey"/>), unique; null while neither number is known.</summary>
    public byte[]? CompanyHash { get; set; }

    /// <summary>Keyed hash of the legal name without accents, case and legal form, by which look-alikes are found.</summary>
    public byte[]? NameHash { get; set; }

    /// <summary>Keyed hash of the e-mail address.</summary>
    public byte[]? EmailHash { get; set; }

    /// <summary>The customer that this one was merged into; null while it stands by itself.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>Codes of what is missing before it can be invoiced, space-separated; empty when complete.</summary>
    public string Missing { get; set; } = "";

    /// <summary>How its bookings are gathered; null: as the company's rule says.</summary>
    public GatherRule? Gather { get; set; }

    /// <summary>The person who books for it, whose key seals <see cref="SealedDetails"/> when it is a private person.</summary>
    public required Guid PersonId { get; set; }

    /// <summary>Under whose key the details stand: the company's for a business, the person's for a consumer.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary><see cref="CustomerDetails"/> as sealed JSON.</summary>
    public required byte[] SealedDetails { get; set; }

    /// <summary>What Finance entered itself, as sealed JSON: where it says something it counts before the sender's; null: nothing.</summary>
    public byte[]? SealedOwn { get; set; }

    /// <summary>Hash of both, to see a change without opening them.</summary>
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

    /// <summary>When Stripe told it last, by the system's clock.</summary>
    public DateTimeOffset? VatCheckedAt { get; set; }

    public string? StripeTaxId { get; set; }
    public int Version { get; private set; }

    public IReadOnlyList<string> MissingList => Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a page saw of it: anything else is another state, and nothing is saved over it.</summary>
    public string Stamp => $"{Convert.ToHexStringLower(DetailsHash)}/{Gather}/{MergedIntoId}";

    /// <summary>The details that count, in clear; null when the person was erased.</summary>
    public async Task<CustomerDetails?> OpenAsync(Vault vault, CancellationToken cancel) => await OpenSentAsync(vault, cancel) is { } sent ? sent.With(await OpenOwnAsync(vault, cancel)) : null;

    /// <summary>As the sender describes it.</summary>
    public async Task<CustomerDetails?> OpenSentAsync(Vault vault, CancellationToken cancel) =>
        await vault.OpenAsync(OwnerId, Id, SealedDetails, cancel) is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json) : null;

    /// <summary>What Finance entered; null: nothing.</summary>
    public async Task<CustomerDetails?> OpenOwnAsync(Vault vault, CancellationToken cancel) =>
        await vault.OpenAsync(OwnerId, Id, SealedOwn, cancel) is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json) : null;

    internal sealed class Mapping : IEntityTypeConfiguration<Customer>
    {
        public void Configure(EntityTypeBuilder<Customer> builder)
        {
            builder.ToTable("Customers").HasKey(customer => customer.Id);
            builder.Ignore(customer => customer.MissingList).Ignore(customer => customer.Stamp);
            builder.Property(customer => customer.CompanyHash).HasMaxLength(32);
            builder.Property(customer => customer.NameHash).HasMaxLength(32);
            builder.Property(customer => customer.EmailHash).HasMaxLength(32);
            builder.Property(customer => customer.Missing).HasMaxLength(300);
            builder.Property(customer => customer.DetailsHash).HasMaxLength(32);
            builder.Property(customer => customer.StripeDetailsHash).HasMaxLength(32);
            builder.Property(customer => customer.StripeCustomerId).HasMaxLength(100);
            builder.Property(customer => customer.StripeTaxId).HasMaxLength(100);
            builder.Property(customer => customer.VatStatus).HasMaxLength(20);
            builder.Property(customer => customer.Version).IsConcurrencyToken();
            builder.HasIndex(customer => customer.CompanyHash).IsUnique();
            builder.HasIndex(customer => customer.NameHash);
            builder.HasIndex(customer => customer.EmailHash);
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

    /// <summary>Where the client's platform takes e-invoices (BT-49), such as the SIREN with a suffix; only Finance enters it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EInvoicingAddress { get; init; }

    /// <summary>True for a company, false for a private person, null when the sender did not say.</summary>
    public bool? IsBusiness { get; init; }

    /// <summary>Each value of the house's own where there is one, else the sender's; an address is taken whole.</summary>
    public CustomerDetails With(CustomerDetails? own) => own is null ? this : this with
    {
        LegalName = own.LegalName ?? LegalName,
        Email = own.Email ?? Email,
        Phone = own.Phone ?? Phone,
        Siren = own.Siren ?? Siren,
        VatNumber = own.VatNumber ?? VatNumber,
        EInvoicingAddress = own.EInvoicingAddress ?? EInvoicingAddress,
        Address = own.Address ?? Address,
        IsBusiness = own.IsBusiness ?? IsBusiness,
    };

    /// <summary>For readers whose work does not need the e-mail address and the phone number.</summary>
    public CustomerDetails Masked() => this with { Email = MaskEmail(Email), Phone = Phone is { Length: > 2 } phone ? $"…{phone[^2..]}" : Phone is null ? null : "…" };

    /// <summary>"a…@example.com": enough to see whether it is a plausible address.</summary>
    public static string? MaskEmail(string? email) => email?.Split('@') is [{ Length: > 0 } name, var host] ? $"{name[0]}…@{host}" : email is null ? null : "…";
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
