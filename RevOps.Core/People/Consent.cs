using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>What a person was asked and answered at one time; the history is kept, the newest answer per purpose counts.</summary>
public sealed class ConsentRecord
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Touches may be joined to the person and enter attribution; null when not asked.</summary>
    public bool? Measurement { get; init; }

    /// <summary>Conversions may be sent to ad platforms.</summary>
    public bool? Ads { get; init; }

    /// <summary>Passed on to Google.</summary>
    public bool? Personalization { get; init; }

    public required string TextVersion { get; init; }
    public byte[]? SealedProof { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConsentRecord>
    {
        public void Configure(EntityTypeBuilder<ConsentRecord> builder)
        {
            builder.ToTable("Consents").HasKey(record => record.Id);
            builder.Property(record => record.TextVersion).HasMaxLength(100);
            builder.HasIndex(record => new { record.PersonId, record.OccurredAt });
        }
    }
}

public enum ConsentAnswer
{
    Granted,
    Denied,

    /// <summary>Never asked, where asking is obligatory: hold, do not send.</summary>
    Unknown,
}

/// <summary>The newest answer per purpose, and where the person lives.</summary>
public sealed record ConsentState(bool? MeasurementAsked, bool? AdsAsked, bool? PersonalizationAsked, string? Country)
{
    // European Economic Area, United Kingdom and Switzerland: Google's EU user consent policy and the ePrivacy rules.
    private static readonly HashSet<string> AskFirst = new(StringComparer.OrdinalIgnoreCase)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO",
        "PL", "PT", "RO", "SE", "SI", "SK", "GB", "CH",
        // French departments overseas are France, under codes of their own.
        "GP", "MQ", "GF", "RE", "YT", "MF",
    };

    /// <summary>Missing counts as denied where asking comes first and where the country is unknown.</summary>
    public ConsentAnswer Measurement => MeasurementAsked is { } asked ? Answer(asked) : MustAsk ? ConsentAnswer.Denied : ConsentAnswer.Granted;

    public ConsentAnswer Ads => AdsAsked is { } asked ? Answer(asked) : MustAsk ? ConsentAnswer.Unknown : ConsentAnswer.Granted;

    private bool MustAsk => Country is null || AskFirst.Contains(Country);

    public static async Task<ConsentState> OfAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var speak = await SpeakForAsync(db, personId, cancel);
        var records = await db.Set<ConsentRecord>().AsNoTracking().Where(record => EF.Parameter(speak).Contains(record.PersonId)).ToListAsync(cancel);
        var country = await db.Set<Person>().Where(person => person.Id == personId)
            .Join(db.Set<Person>(), person => person.CanonicalId, canonical => canonical.Id, (_, canonical) => canonical.Country).SingleOrDefaultAsync(cancel);
        return Of(records, country);
    }

    /// <summary>
    /// Whose answers count for a person: every member's, and those of the browsers that a member was seen with. A browser that refused is
    /// parted from the person by that very answer, and speaks for them all the same.
    /// </summary>
    public static async Task<List<Guid>> SpeakForAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var members = await IdentityGraph.GroupOf(db, personId).ToListAsync(cancel);
        var browsers = await BrowsersOf(db, db.Set<Person>().Where(person => EF.Parameter(members).Contains(person.Id))).Select(seen => seen.SpeakerId).Distinct().ToListAsync(cancel);
        return [.. members.Union(browsers)];
    }

    /// <summary>Who of these people, each by the member that stands for them, refused measurement or took it back: no report and no model has them.</summary>
    public static async Task<HashSet<Guid>> RefusedMeasurementAsync(RevOpsDb db, IQueryable<Guid> people, CancellationToken cancel)
    {
        var members = db.Set<Person>().Where(person => people.Contains(person.CanonicalId));
        var speak = members.Select(member => new Speaker { PersonId = member.CanonicalId, SpeakerId = member.Id }).Union(BrowsersOf(db, members));
        var answers = await (from speaker in speak
                             join record in db.Set<ConsentRecord>() on speaker.SpeakerId equals record.PersonId
                             where record.Measurement != null
                             select new { speaker.PersonId, record }).AsNoTracking().ToListAsync(cancel);
        return [.. answers.GroupBy(answer => answer.PersonId, answer => answer.record).Where(records => Of([.. records], null).MeasurementAsked == false).Select(records => records.Key)];
    }

    public static ConsentState Of(IReadOnlyCollection<ConsentRecord> records, string? country)
    {
        // Of two answers with one instant the refusal counts.
        bool? Newest(Func<ConsentRecord, bool?> purpose) => records.Where(record => purpose(record) is not null)
            .OrderByDescending(record => record.OccurredAt).ThenBy(record => purpose(record)).Select(purpose).FirstOrDefault();
        return new(Newest(record => record.Measurement), Newest(record => record.Ads), Newest(record => record.Personalization), country);
    }

    /// <summary>The browsers that these people were seen with.</summary>
    private static IQueryable<Speaker> BrowsersOf(RevOpsDb db, IQueryable<Person> members) =>
        from member in members
        join own in db.Set<PersonKey>() on member.Id equals own.PersonId
        join key in db.Set<IdentityKey>() on own.KeyId equals key.Id
        join other in db.Set<PersonKey>() on key.Id equals other.KeyId
        where key.Kind == IdentityKeyKind.Visitor && (key.Standing == KeyStanding.Joins || key.Decision == KeyDecision.OnePerson) && key.Decision != KeyDecision.SeveralPeople
        select new Speaker { PersonId = member.CanonicalId, SpeakerId = other.PersonId };

    private static ConsentAnswer Answer(bool granted) => granted ? ConsentAnswer.Granted : ConsentAnswer.Denied;

    /// <summary>Whose answers count for whom.</summary>
    private sealed class Speaker
    {
        public required Guid PersonId { get; init; }
        public required Guid SpeakerId { get; init; }
    }
}
