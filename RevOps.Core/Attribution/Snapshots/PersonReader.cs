using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>Reads people's touches and conversions from the database: a portion of everybody, or some by name.</summary>
internal sealed class PersonReader
{
    /// <summary>Told of in one question: SQL Server takes 2,100 parameters a statement.</summary>
    private const int PerQuestion = 500;

    private readonly Dictionary<string, (string Platform, string CampaignId)> ads;
    private readonly Dictionary<TouchSource, TouchSource> sources = [];

    private PersonReader(Dictionary<string, (string Platform, string CampaignId)> ads) => this.ads = ads;

    /// <summary>With the ads of the ledger of spend: an ad alone names its campaign.</summary>
    /// <param name="db">Where the ledger is.</param>
    /// <param name="mode">Whose ads count.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<PersonReader> OpenAsync(RevOpsDb db, Mode mode, CancellationToken cancel)
    {
        var known = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.AdId != "").Select(row => new { row.AdId, row.Platform, row.CampaignId }).Distinct().ToListAsync(cancel);
        return new(known.GroupBy(ad => ad.AdId, StringComparer.Ordinal).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => (group.Single().Platform, group.Single().CampaignId), StringComparer.Ordinal));
    }

    public static Task<int> CountAsync(RevOpsDb db, CancellationToken cancel) => Everybody(db).CountAsync(cancel);

    /// <summary>Who comes next, in the database's own order of ids; who was erased is left out.</summary>
    public static async Task<List<Guid>> NextAsync(RevOpsDb db, Guid? after, int most, CancellationToken cancel)
    {
        var people = Everybody(db);
        if (after is { } last)
            people = people.Where(person => person.Id.CompareTo(last) > 0);
        return await people.OrderBy(person => person.Id).Take(most).Select(person => person.Id).ToListAsync(cancel);
    }

    /// <summary>Everybody after one and up to another; whoever has neither touches nor conversions is left out.</summary>
    public Task<List<PersonJourney>> BetweenAsync(RevOpsDb db, Guid? after, Guid last, CancellationToken cancel)
    {
        var members = db.Set<Person>().Where(member => member.CanonicalId.CompareTo(last) <= 0);
        if (after is { } first)
            members = members.Where(member => member.CanonicalId.CompareTo(first) > 0);
        return ReadAsync(db, members, cancel);
    }

    public async Task<List<PersonJourney>> OfAsync(RevOpsDb db, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        var found = new List<PersonJourney>();
        foreach (var some in people.Chunk(PerQuestion))
            found.AddRange(await ReadAsync(db, db.Set<Person>().Where(member => some.Contains(member.CanonicalId)), cancel));
        return found;
    }

    private static IQueryable<Person> Everybody(RevOpsDb db) => db.Set<Person>().Where(person => person.CanonicalId == person.Id && person.ErasedAt == null);

    private async Task<List<PersonJourney>> ReadAsync(RevOpsDb db, IQueryable<Person> members, CancellationToken cancel)
    {
        var stand = await members.Where(person => person.Id == person.CanonicalId && person.ErasedAt == null).Select(person => new { person.Id, person.Measurement, person.Country }).ToListAsync(cancel);
        var people = stand.ToDictionary(person => person.Id, person => new Gathered(new ConsentState(person.Measurement, null, null, person.Country).Measurement == ConsentAnswer.Granted));
        await TouchesAsync(db, members, people, cancel);
        await MarksAsync(db, members, people, cancel);
        return [.. people.Where(person => person.Value.Touches.Count + person.Value.Marks.Count > 0).OrderBy(person => person.Key).Select(person => person.Value.ToJourney(person.Key))];
    }

    private async Task TouchesAsync(RevOpsDb db, IQueryable<Person> members, Dictionary<Guid, Gathered> people, CancellationToken cancel)
    {
        var touches = from member in members
                      join touch in db.Set<Touch>() on member.Id equals touch.PersonId
                      select new { member.CanonicalId, touch.OccurredAt, touch.Channel, touch.Platform, touch.CampaignId, touch.Campaign, touch.AdId };
        await foreach (var touch in touches.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (people.TryGetValue(touch.CanonicalId, out var person) && person.Measured)
                person.Touches.Add(new(touch.OccurredAt.UtcTicks, SourceOf(touch.Channel, touch.Platform, touch.CampaignId, touch.Campaign, touch.AdId)));
        }
    }

    private TouchSource SourceOf(string channel, string? platform, string? campaignId, string? campaign, string? adId)
    {
        var ad = adId is not null && (campaignId is null || platform is null) && ads.TryGetValue(adId, out var known) ? known : default;
        var source = new TouchSource(channel, platform ?? ad.Platform, campaignId ?? ad.CampaignId, campaign);

        // One object for all touches of a source: there are few sources and many touches.
        return sources.TryGetValue(source, out var same) ? same : sources[source] = source;
    }

    private static async Task MarksAsync(RevOpsDb db, IQueryable<Person> members, Dictionary<Guid, Gathered> people, CancellationToken cancel)
    {
        void Add(Guid person, DateTimeOffset at, MarkKind kind, Guid id, Mode mode = default, string currency = "", long minor = 0)
        {
            if (people.TryGetValue(person, out var gathered))
                gathered.Marks.Add(new(at.UtcTicks, kind, id, mode, currency, minor));
        }

        foreach (var row in await (from member in members
                                   join session in db.Set<VoiceSession>().Where(VoiceSession.IsConversation) on member.Id equals session.PersonId
                                   select new { member.CanonicalId, session.Id, session.StartedAt, session.EndedAt, session.Qualified }).ToListAsync(cancel))
        {
            Add(row.CanonicalId, row.StartedAt, MarkKind.Voice, row.Id);
            if (row.Qualified)
                Add(row.CanonicalId, row.EndedAt ?? row.StartedAt, MarkKind.Qualified, row.Id);
        }

        foreach (var row in await (from member in members
                                   join stage in db.Set<LeadStageRecord>() on member.Id equals stage.PersonId
                                   where stage.Stage == "lead" || stage.Stage == "qualified"
                                   select new { member.CanonicalId, stage.Id, stage.OccurredAt, stage.Stage }).ToListAsync(cancel))
            Add(row.CanonicalId, row.OccurredAt, row.Stage == "lead" ? MarkKind.Lead : MarkKind.Qualified, row.Id);

        foreach (var row in await (from member in members
                                   join booking in db.Set<Booking>() on member.Id equals booking.PersonId
                                   where booking.Status == BookingStatus.Confirmed
                                   select new { member.CanonicalId, booking.Id, booking.OccurredAt, booking.Mode, booking.Currency, booking.AmountMinor }).ToListAsync(cancel))
            Add(row.CanonicalId, row.OccurredAt, MarkKind.Booking, row.Id, row.Mode, row.Currency, row.AmountMinor);

        foreach (var row in await (from member in members
                                   join invoice in db.Set<Invoice>() on member.Id equals invoice.PersonId
                                   select new { member.CanonicalId, invoice.Id, invoice.OccurredAt, invoice.Mode }).ToListAsync(cancel))
            Add(row.CanonicalId, row.OccurredAt, MarkKind.Sale, row.Id, row.Mode);
    }

    private sealed class Gathered(bool measured)
    {
        public bool Measured { get; } = measured;
        public List<JourneyTouch> Touches { get; } = [];
        public List<JourneyMark> Marks { get; } = [];

        public PersonJourney ToJourney(Guid id)
        {
            Touches.Sort(JourneyTouch.Compare);
            Marks.Sort(JourneyMark.Compare);
            return new(id, Measured, Touches, Marks);
        }
    }
}
