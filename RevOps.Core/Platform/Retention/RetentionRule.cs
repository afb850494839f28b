using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Retention;

/// <summary>What is kept for as long as the company says.</summary>
public enum RetainedKind
{
    /// <summary>Events as other systems sent them.</summary>
    RawEvents = 0,

    /// <summary>Touches of visitors who never allowed measurement.</summary>
    TouchesWithoutConsent = 1,

    /// <summary>What was said in a conversation, as proof of budget, authority, need and timeline.</summary>
    VoiceEvidence = 2,

    /// <summary>Names and addresses of people who never became clients, counted from their last contact.</summary>
    Prospects = 3,

    /// <summary>Mails that were sent.</summary>
    Mail = 4,

    /// <summary>Requests to ad platforms, with which conversions were in them and what was answered.</summary>
    AdRequests = 5,

    /// <summary>What browsers reported of the ad platforms' own pixels.</summary>
    BrowserReports = 6,

    /// <summary>The list of files of ad spend that somebody brought; the spend itself stays.</summary>
    SpendFiles = 7,
}

/// <summary>For how many months each kind of data is kept, from one instant on. A change is a new version.</summary>
public sealed class RetentionRule
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>"user:…"; null for what the product starts with.</summary>
    public string? EnteredBy { get; init; }

    public required int RawEventsMonths { get; init; }
    public required int TouchesWithoutConsentMonths { get; init; }
    public required int VoiceEvidenceMonths { get; init; }
    public required int ProspectsMonths { get; init; }
    public required int MailMonths { get; init; }
    public int AdRequestsMonths { get; init; } = 13;
    public int BrowserReportsMonths { get; init; } = 13;
    public int SpendFilesMonths { get; init; } = 36;

    /// <summary>
    /// What a company has that said nothing: three years for people who never bought, 13 months for visitors who never agreed (both as the
    /// CNIL recommends), as long for what proves a request to an ad platform, so that a year can be compared, and what explains an invoice as long as it may be asked about within the usual three years.
    /// </summary>
    public static RetentionRule Default { get; } = new()
    {
        Id = new("00000000-0000-7000-8000-000000000003"),
        ValidFrom = DateTimeOffset.UnixEpoch,
        RawEventsMonths = 36,
        TouchesWithoutConsentMonths = 13,
        VoiceEvidenceMonths = 12,
        ProspectsMonths = 36,
        MailMonths = 36,
    };

    public int MonthsOf(RetainedKind kind) => kind switch
    {
        RetainedKind.RawEvents => RawEventsMonths,
        RetainedKind.TouchesWithoutConsent => TouchesWithoutConsentMonths,
        RetainedKind.VoiceEvidence => VoiceEvidenceMonths,
        RetainedKind.Prospects => ProspectsMonths,
        RetainedKind.AdRequests => AdRequestsMonths,
        RetainedKind.BrowserReports => BrowserReportsMonths,
        RetainedKind.SpendFiles => SpendFilesMonths,
        _ => MailMonths,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<RetentionRule>
    {
        public void Configure(EntityTypeBuilder<RetentionRule> builder)
        {
            builder.ToTable("RetentionRules").HasKey(rule => rule.Id);
            builder.Property(rule => rule.EnteredBy).HasMaxLength(100);

            // What was kept by a version from before these were asked for.
            builder.Property(rule => rule.AdRequestsMonths).HasDefaultValue(13);
            builder.Property(rule => rule.BrowserReportsMonths).HasDefaultValue(13);
            builder.Property(rule => rule.SpendFilesMonths).HasDefaultValue(36);
            builder.HasIndex(rule => rule.ValidFrom).IsUnique();
            builder.HasData(Default);
        }
    }
}
