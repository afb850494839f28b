using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Platform;

/// <summary>First values of the company's data, from the settings.</summary>
public sealed class CompanyOptions
{
    public const string Section = "Company";

    public string LegalName { get; set; } = "";
    public string? LegalForm { get; set; }
    public string? Capital { get; set; }
    public string? RcsCity { get; set; }
    public string? Siren { get; set; }
    public string? VatNumber { get; set; }
    public bool VatOnDebits { get; set; }
    public string? AddressLine1 { get; set; }
    public string? AddressLine2 { get; set; }
    public string? PostalCode { get; set; }
    public string? City { get; set; }
    public string Country { get; set; } = "FR";
    public string? Iban { get; set; }
    public string? Bic { get; set; }
    public string? EInvoicingAddress { get; set; }
    public string Currency { get; set; } = "EUR";
    public string TimeZone { get; set; } = "Europe/Paris";
    public int PaymentTermsDays { get; set; } = 30;
    public int? PenaltyRateBasisPoints { get; set; }
    public string? DiscountText { get; set; }
}

/// <summary>The company's data as it stands; dated versions behind it.</summary>
public sealed class CompanyProfile : IDisposable
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly IOptions<CompanyOptions> settings;
    private readonly TimeProvider clock;
    private readonly IDisposable listening;
    private readonly Lock gate = new();
    private Known? known;
    private int changes;

    public CompanyProfile(IDbContextFactory<RevOpsDb> databases, IOptions<CompanyOptions> settings, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.settings, this.clock) = (databases, settings, clock);
        listening = feed.Listen(nameof(CompanyVersion), Forget);
    }

    /// <summary>
    /// The version in force: the newest that has begun. Until somebody enters one by hand, settings that say something else since make the
    /// next.
    /// </summary>
    public async ValueTask<CompanyVersion> CurrentAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var seen = 0;
        lock (gate)
        {
            if (known is { } remembered && now >= remembered.Version.ValidFrom && !(now >= remembered.Until))
                return remembered.Version;
            seen = changes;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        var versions = await VersionsAsync(db, cancel);
        if (NextOfSettings(versions, now) is not null)
            return await FollowSettingsAsync(db, now, cancel);

        var current = InForce(versions, now)!;
        lock (gate)
        {
            // What was read before a change must not be remembered after it.
            if (seen == changes)
                known = new(current, versions.Find(version => version.ValidFrom > now && version.Id != current.Id)?.ValidFrom);
        }

        return current;
    }

    /// <summary>The same for whoever only looks: what the settings say anew is not written down.</summary>
    public async Task<CompanyVersion> LookAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var versions = await VersionsAsync(db, cancel);
        return NextOfSettings(versions, now) ?? InForce(versions, now)!;
    }

    public void Dispose() => listening.Dispose();

    private static Task<List<CompanyVersion>> VersionsAsync(RevOpsDb db, CancellationToken cancel) =>
        db.Set<CompanyVersion>().AsNoTracking().OrderBy(version => version.ValidFrom).ToListAsync(cancel);

    private static CompanyVersion? InForce(List<CompanyVersion> versions, DateTimeOffset now) => versions.FindLast(version => version.ValidFrom <= now) ?? versions.FirstOrDefault();

    /// <summary>The version that the settings make; null once one was entered by hand, and while they say nothing new.</summary>
    private CompanyVersion? NextOfSettings(List<CompanyVersion> versions, DateTimeOffset now)
    {
        if (InForce(versions, now) is not { } current)
            return VersionOf(settings.Value, DateTimeOffset.UnixEpoch);
        var fresh = VersionOf(settings.Value, now > current.ValidFrom ? now : current.ValidFrom.AddTicks(1));
        return versions.TrueForAll(version => version.FromSettings) && !current.SaysTheSameAs(fresh) ? fresh : null;
    }

    /// <summary>In turn with other writers: one of them may just have done it.</summary>
    private async Task<CompanyVersion> FollowSettingsAsync(RevOpsDb db, DateTimeOffset now, CancellationToken cancel)
    {
        await db.BeginWorkAsync(cancel);
        var versions = await VersionsAsync(db, cancel);
        if (NextOfSettings(versions, now) is not { } next)
            return InForce(versions, now)!;
        db.Add(next);
        await db.SaveChangesAsync(cancel);
        return next;
    }

    private void Forget()
    {
        lock (gate)
            (known, changes) = (null, changes + 1);
    }

    private sealed record Known(CompanyVersion Version, DateTimeOffset? Until);

    private static CompanyVersion VersionOf(CompanyOptions options, DateTimeOffset validFrom) => new()
    {
        Id = Guid.CreateVersion7(),
        ValidFrom = validFrom,
        FromSettings = true,
        RecordedAt = TimeProvider.System.GetUtcNow(),
        LegalName = options.LegalName,
        LegalForm = options.LegalForm,
        Capital = options.Capital,
        RcsCity = options.RcsCity,
        Siren = options.Siren,
        VatNumber = options.VatNumber,
        VatOnDebits = options.VatOnDebits,
        AddressLine1 = options.AddressLine1,
        AddressLine2 = options.AddressLine2,
        PostalCode = options.PostalCode,
        City = options.City,
        Country = options.Country,
        Iban = options.Iban,
        Bic = options.Bic,
        EInvoicingAddress = options.EInvoicingAddress,
        Currency = options.Currency,
        TimeZone = options.TimeZone,
        PaymentTermsDays = options.PaymentTermsDays,
        PenaltyRateBasisPoints = options.PenaltyRateBasisPoints,
        DiscountText = options.DiscountText,
    };
}
