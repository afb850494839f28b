using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform;

/// <summary>
/// The company that sends the invoices, as it stood from one instant on. A change is a new version; an issued invoice keeps the one it used.
/// </summary>
public sealed class CompanyVersion
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Taken from the settings and not entered by hand: a change of the settings is then the next version.</summary>
    public required bool FromSettings { get; init; }

    /// <summary>"user:…"; null where it came from the settings.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>When it was entered; null for versions from before that was noted.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    public required string LegalName { get; init; }
    public string? LegalForm { get; init; }
    public string? Capital { get; init; }
    public string? RcsCity { get; init; }

    /// <summary>Nine digits of the French company register.</summary>
    public string? Siren { get; init; }

    public string? VatNumber { get; init; }

    /// <summary>True when VAT is due on debits rather than on cash (a mandatory mention on services).</summary>
    public bool VatOnDebits { get; init; }

    public string? AddressLine1 { get; init; }
    public string? AddressLine2 { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    public string? Iban { get; init; }
    public string? Bic { get; init; }
    public string? EInvoicingAddress { get; init; }

    /// <summary>ISO 4217: the company's own currency comes first wherever figures stand per currency.</summary>
    public required string Currency { get; init; }

    /// <summary>IANA name; days and months of every figure are those of this zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Default terms in days from the issue of an invoice.</summary>
    public int PaymentTermsDays { get; init; } = 30;

    /// <summary>Late-payment penalty per year in basis points, as finance entered it.</summary>
    public int? PenaltyRateBasisPoints { get; init; }

    public string? DiscountText { get; init; }

    [JsonIgnore]
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The company's calendar day at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant at which a calendar day of the company begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where the clock jumps over midnight the day begins at the first minute that exists.
        while (Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(1);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>What it says of the company, by field: all but how the version came about.</summary>
    public JsonObject Content()
    {
        var content = JsonSerializer.SerializeToNode(this)!.AsObject();
        foreach (var name in new[] { nameof(Id), nameof(ValidFrom), nameof(FromSettings), nameof(EnteredBy), nameof(RecordedAt) })
            content.Remove(name);
        return content;
    }

    /// <summary>True when both say the same of the company.</summary>
    public bool SaysTheSameAs(CompanyVersion other) => JsonNode.DeepEquals(Content(), other.Content());

    internal sealed class Mapping : IEntityTypeConfiguration<CompanyVersion>
    {
        public void Configure(EntityTypeBuilder<CompanyVersion> builder)
        {
            builder.ToTable("CompanyVersions").HasKey(version => version.Id);
            builder.Ignore(version => version.Zone);
            builder.HasIndex(version => version.ValidFrom);
            builder.Property(version => version.EnteredBy).HasMaxLength(100);
            foreach (var text in new[] { nameof(LegalName), nameof(LegalForm), nameof(Capital), nameof(RcsCity), nameof(AddressLine1), nameof(AddressLine2), nameof(City), nameof(EInvoicingAddress), nameof(DiscountText) })
                builder.Property(text).HasMaxLength(300);
            foreach (var code in new[] { nameof(Siren), nameof(VatNumber), nameof(PostalCode), nameof(Country), nameof(Iban), nameof(Bic), nameof(Currency), nameof(TimeZone) })
                builder.Property(code).HasMaxLength(60);
        }
    }
}
