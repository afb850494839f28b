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

    private const string UnitedStates = "US";

    /// <summary>What the company makes of answers where the law leaves it open.</summary>
    public ConsentPolicy Policy { get; init; }

    /// <summary>Missing counts as denied where asking comes first and where the country is unknown.</summary>
    public ConsentAnswer Measurement => MeasurementAsked is { } asked ? Answer(asked) : MustAsk ? ConsentAnswer.Denied : ConsentAnswer.Granted;

    public ConsentAnswer Ads => AdsAsked is { } asked ? Answer(asked || (Policy.LimitsRefused && IsLimited)) : MustAsk || Policy.HoldsMissing ? ConsentAnswer.Unknown : ConsentAnswer.Granted;

    /// <summary>Who lives in the United States and refused ads, or ads that are chosen by what is known of them: a platform may count the conversion and do nothing else with it.</summary>
    public bool IsLimited => string.Equals(Country, UnitedStates, StringComparison.OrdinalIgnoreCase) && (AdsAsked is false || PersonalizationAsked is false);

    private bool MustAsk => Country is null || AskFirst.Contains(Country);

    public static async Task<ConsentState> OfAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var speak = await SpeakForAsync(db, personId, cancel);
        var records = await db.Set<ConsentRecord>().AsNoTracking().Where(record => EF.Parameter(speak).Contains(record.PersonId)).ToListAsync(cancel);
        var country = await db.Set<Person>().Where(person => person.Id == personId)
            .Join(db.Set<Person>(), person => person.CanonicalId, canonical => canonical.Id, (_, canonical) => canonical.Country).SingleOrDefaultAsync(cancel);
        return Of(records, country) with { Policy = (await ConsentRule.CurrentAsync(db, cancel)).Policy };
    }

    /// <summary>
    /// Whose answers count for a person: every member's, and those of the browsers that a member was seen with. A browser that refused is
    /// parted from the person by that very answer, and speaks for them all the same.
    /// </summary>
    public static async Task<List<Guid>> SpeakForAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var members = await IdentityGraph.GroupOf(db, personId).ToListAsync(cancel);
        var browsers = await Browsers(db).Where(seen => EF.Parameter(members).Contains(seen.Member)).Select(seen => seen.Speaker).Distinct().ToListAsync(cancel);
        return [.. members.Union(browsers)];
    }

    /// <summary>
    /// Every answer of these members and of their browsers. Of who else said on such a browser who they are, the answer counts
    /// (<see cref="SpeakForAsync"/>), and is theirs alone to see.
    /// </summary>
    internal static IQueryable<ConsentRecord> RecordsOf(RevOpsDb db, IQueryable<Guid> members)
    {
        // Asked of the few that are left: who is named at all would be half of everybody.
        var speak = members.Union(from member in members
                                  join seen in Browsers(db) on member equals seen.Member
                                  where !db.Set<PersonKey>().Any(pair => pair.PersonId == seen.Speaker && db.Set<IdentityKey>().Any(key => key.Id == pair.KeyId && key.Kind < IdentityKeyKind.Visitor))
                                  select seen.Speaker);
        return db.Set<ConsentRecord>().Where(record => speak.Contains(record.PersonId));
    }

    /// <summary>Who speaks for a member since both were seen with one browser; the member among them.</summary>
    internal static IQueryable<SeenTogether> Browsers(RevOpsDb db) =>
        from own in db.Set<PersonKey>()
        join other in db.Set<PersonKey>() on own.KeyId equals other.KeyId

        // Asked of the few keys that are left, or SQLite would begin with every browser that there is.
        where db.Set<IdentityKey>().Any(key => key.Id == own.KeyId && key.Kind == IdentityKeyKind.Visitor
            && (key.Standing == KeyStanding.Joins || key.Decision == KeyDecision.OnePerson) && key.Decision != KeyDecision.SeveralPeople)
        select new SeenTogether { Member = own.PersonId, Speaker = other.PersonId };

    /// <summary>Everybody who listens to a person's answer: the members of each group that they or one of their browsers speak for.</summary>
    public static async Task<List<Guid>> HeardByAsync(RevOpsDb db, Guid personId, CancellationToken cancel)
    {
        var speak = await SpeakForAsync(db, personId, cancel);
        return await (from one in db.Set<Person>()
                      join member in db.Set<Person>() on one.CanonicalId equals member.CanonicalId
                      where EF.Parameter(speak).Contains(one.Id)
                      select member.Id).Distinct().ToListAsync(cancel);
    }

    public static ConsentState Of(IReadOnlyCollection<ConsentRecord> records, string? country) =>
        Of([.. records.Select(record => new ConsentAnswers(record.OccurredAt, record.Measurement, record.Ads, record.Personalization))], country);

    public static ConsentState Of(IReadOnlyList<ConsentAnswers> answers, string? country)
    {
        // Of two answers with one instant the refusal counts.
        bool? Newest(Func<ConsentAnswers, bool?> purpose) => answers.Where(answer => purpose(answer) is not null)
            .OrderByDescending(answer => answer.OccurredAt).ThenBy(answer => purpose(answer)).Select(purpose).FirstOrDefault();
        return new(Newest(answer => answer.Measurement), Newest(answer => answer.Ads), Newest(answer => answer.Personalization), country);
    }

    private static ConsentAnswer Answer(bool granted) => granted ? ConsentAnswer.Granted : ConsentAnswer.Denied;

    internal sealed class SeenTogether
    {
        public required Guid Member { get; init; }
        public required Guid Speaker { get; init; }
    }
}
