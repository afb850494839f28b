using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution;

/// <summary>One visit from one source. Click ids, address and browser stand sealed; what is counted stands in clear.</summary>
public sealed class Touch
{
    // As JourneyTouch has it, and then whatever else tells two apart.
    private static readonly IReadOnlyList<Func<Touch, string?>> Said =
        [touch => touch.Channel, touch => touch.Platform, touch => touch.CampaignId, touch => touch.Campaign, touch => touch.AdId, touch => touch.Source, touch => touch.Medium, touch => touch.LandingPath, touch => touch.ReferrerHost, touch => touch.ClickIdKinds];

    /// <summary>The received event's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The person it was first given to; its canonical person counts.</summary>
    public required Guid PersonId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Name of <see cref="Attribution.Channel"/>, such as "paid_social".</summary>
    public required string Channel { get; init; }

    public string? Source { get; init; }
    public string? Medium { get; init; }
    public string? Campaign { get; init; }

    /// <summary>"meta", "google" …; from the ad, else from the rule that decided, else from the kind of click id.</summary>
    public string? Platform { get; init; }

    /// <summary>The platform as the sender named it with the ad: what rules say of it can be taken back.</summary>
    public string? AdPlatform { get; init; }

    /// <summary>Host of the page before, empty where there was none; null on a touch from before it was kept. The whole address stands sealed.</summary>
    public string? ReferrerHost { get; init; }

    /// <summary>The platform's campaign id, from the URL template: a click id does not reveal its campaign.</summary>
    public string? CampaignId { get; init; }

    public string? AdId { get; init; }

    /// <summary>Path of the landing page, without its query.</summary>
    public string? LandingPath { get; init; }

    /// <summary>Names of the click ids that came with it, comma-separated.</summary>
    public string? ClickIdKinds { get; init; }

    /// <summary>The browser keeps a script's cookie for 7 days at most; null where the sender does not say.</summary>
    public bool? CapsCookies { get; init; }

    /// <summary>The visitor's id stands in a cookie that the server set, which every browser keeps.</summary>
    public bool? ServerCookie { get; init; }

    /// <summary><see cref="TouchDetails"/> as sealed JSON.</summary>
    public required byte[] SealedDetails { get; init; }

    /// <summary>Oldest first; of two at one instant by what they say, never by which arrived first: their ids count where nothing else tells them apart.</summary>
    public static int Compare(Touch one, Touch other)
    {
        var order = one.OccurredAt.CompareTo(other.OccurredAt);
        foreach (var said in Said)
            order = order != 0 ? order : string.CompareOrdinal(said(one), said(other));
        return order != 0 ? order : one.Id.CompareTo(other.Id);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Touch>
    {
        public void Configure(EntityTypeBuilder<Touch> builder)
        {
            builder.ToTable("Touches").HasKey(touch => touch.Id);
            builder.Property(touch => touch.Channel).HasMaxLength(50);
            builder.Property(touch => touch.Source).HasMaxLength(200);
            builder.Property(touch => touch.Medium).HasMaxLength(200);
            builder.Property(touch => touch.Campaign).HasMaxLength(300);
            builder.Property(touch => touch.Platform).HasMaxLength(50);
            builder.Property(touch => touch.AdPlatform).HasMaxLength(50);
            builder.Property(touch => touch.ReferrerHost).HasMaxLength(253);
            builder.Property(touch => touch.CampaignId).HasMaxLength(100);
            builder.Property(touch => touch.AdId).HasMaxLength(100);
            builder.Property(touch => touch.LandingPath).HasMaxLength(500);
            builder.Property(touch => touch.ClickIdKinds).HasMaxLength(100);
            builder.HasIndex(touch => new { touch.PersonId, touch.OccurredAt });
            // With what is counted over all touches of a period beside it.
            builder.HasIndex(touch => new { touch.OccurredAt, touch.CapsCookies, touch.ServerCookie });
            // Of whom is beside it: both who came by a channel and how often are read from it alone.
            builder.HasIndex(touch => new { touch.Channel, touch.OccurredAt, touch.PersonId });
        }
    }
}

/// <summary>The personal part of a touch, in clear only while it is read.</summary>
public sealed record TouchDetails
{
    public People.ClickIds? ClickIds { get; init; }

    /// <summary>The browser's _fbp and _fbc cookies.</summary>
    public string? Fbp { get; init; }

    public string? Fbc { get; init; }
    public string? Ip { get; init; }
    public string? UserAgent { get; init; }

    /// <summary>With the kept list of query parameters only.</summary>
    public string? LandingUrl { get; init; }

    public string? Referrer { get; init; }
    public string? Content { get; init; }
    public string? Term { get; init; }
}
