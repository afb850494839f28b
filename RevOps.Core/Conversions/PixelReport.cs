using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Conversions;

/// <summary>Whether the ad platforms' own pixels came through on one visit: a blocked one is lost signal, which only the server can replace.</summary>
public sealed class PixelReport
{
    public required Guid Id { get; init; }
    public required Guid SiteId { get; init; }

    /// <summary>The id that the browser gave the visit's touch.</summary>
    public required string TouchEventId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Whose visit it was: the row that its browser was first given to; null where the visit is not known, or its owner was forgotten.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Null where the page has no such pixel.</summary>
    public required bool? Meta { get; set; }

    public required bool? Google { get; set; }

    /// <summary>The ids that the page's pixels were given, by which platform and server know one conversion; one a line.</summary>
    public string? EventIds { get; set; }

    /// <summary>What a later report of the same visit adds.</summary>
    internal void Take(PixelNote note)
    {
        (Meta, Google) = (Either(Meta, note.Meta), Either(Google, note.Google));
        var known = EventIds?.Split('\n') ?? [];
        EventIds = known.Concat(note.EventIds).Distinct(StringComparer.Ordinal).Take(PixelNote.MostEventIds).ToList() is { Count: > 0 } all ? string.Join('\n', all) : null;
    }

    // It came through once: a page that was left early says less than the one before.
    private static bool? Either(bool? known, bool? said) => known is true || said is true ? true : known ?? said;

    internal sealed class Mapping : IEntityTypeConfiguration<PixelReport>
    {
        public void Configure(EntityTypeBuilder<PixelReport> builder)
        {
            builder.ToTable("PixelReports").HasKey(report => report.Id);
            builder.Property(report => report.TouchEventId).HasMaxLength(50);
            builder.HasIndex(report => new { report.SiteId, report.TouchEventId }).IsUnique();
            builder.HasIndex(report => new { report.SiteId, report.OccurredAt });
            builder.HasIndex(report => report.PersonId);
        }
    }
}

/// <summary>An id that a page gave to its pixels: where the pixel came through, the platform hears of the conversion twice and counts it once.</summary>
public sealed class BrowserEvent
{
    public required Guid Id { get; init; }

    /// <summary>As <see cref="Conversion.EventId"/>.</summary>
    public required string EventId { get; init; }

    /// <summary>Meta's pixel was there to send it.</summary>
    public bool Meta { get; set; }

    public bool Google { get; set; }

    public required DateTimeOffset SeenAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BrowserEvent>
    {
        public void Configure(EntityTypeBuilder<BrowserEvent> builder)
        {
            builder.ToTable("BrowserEvents").HasKey(seen => seen.Id);
            builder.Property(seen => seen.EventId).HasMaxLength(200);
            builder.HasIndex(seen => seen.EventId).IsUnique();
        }
    }
}

/// <summary>A browser's word about the pixels of one visit.</summary>
public sealed record PixelNote(Guid SiteId, string TouchEventId, DateTimeOffset OccurredAt, bool? Meta, bool? Google, IReadOnlyList<string> EventIds)
{
    public const int MostEventIds = 100;
}
