using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Ingestion.Collector;

/// <summary>What is counted of the browsers of a website. Stored as its number: append only.</summary>
public enum CollectorFact
{
    /// <summary>A visit of somebody who allows measurement.</summary>
    Visit = 0,

    /// <summary>An answer about consent.</summary>
    Consent = 1,

    /// <summary>A visit without consent; the detail is its channel.</summary>
    Anonymous = 2,

    /// <summary>A program, left out; the detail is what it was known by.</summary>
    Bot = 3,

    /// <summary>A call from an origin that the site's key does not list, which is the detail; or with a key that nobody knows.</summary>
    Refused = 4,

    /// <summary>A visit by a browser that forgets a visitor after 7 days.</summary>
    Forgetful = 5,

    /// <summary>A visit through the site's own domain, whose cookie the server sets.</summary>
    FirstParty = 6,
}

/// <summary>How often something happened on one day of the company; a number, and nothing of anybody.</summary>
public sealed class CollectorCount
{
    /// <summary>Of calls that belong to no site: their key is unknown, or a server sent them as events.</summary>
    public static readonly Guid NoSite = Guid.Empty;

    public required Guid SiteId { get; init; }
    public required DateOnly Day { get; init; }
    public required CollectorFact Fact { get; init; }

    /// <summary>Empty where there is nothing to tell apart.</summary>
    public required string Detail { get; init; }

    public required long Count { get; set; }

    /// <summary>When it happened last.</summary>
    public required DateTimeOffset LastAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CollectorCount>
    {
        public void Configure(EntityTypeBuilder<CollectorCount> builder)
        {
            builder.ToTable("CollectorCounts").HasKey(row => new { row.SiteId, row.Day, row.Fact, row.Detail });
            builder.Property(row => row.Detail).HasMaxLength(CollectorLog.LongestDetail);
        }
    }
}
