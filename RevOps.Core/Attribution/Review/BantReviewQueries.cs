using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Review;

/// <summary>Rounds, the page of a reader, and what came out. Whatever the agent made of a conversation is read only once its reader has saved.</summary>
public sealed class BantReviewQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, EventsOfMode heard, Vault vault, TimeProvider clock)
{
    public const int UsualDays = 90;

    /// <summary>Of the sale, as the CRM names it.</summary>
    private const string Won = "won";

    /// <summary>The last 90 days.</summary>
    public async Task<Period> UsualPeriodAsync(CancellationToken cancel = default) => Period.Ending((await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()), UsualDays);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ReviewRow>> RoundsAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<BantReview>().OrderByDescending(review => review.CreatedAt).ThenByDescending(review => review.Id).Take(50).Select(review => new ReviewRow
        {
            Id = review.Id,
            From = review.From,
            To = review.To,
            Size = review.Size,
            OutOf = review.OutOf,
            Seed = review.Seed,
            CreatedBy = review.CreatedBy,
            CreatedAt = review.CreatedAt,
            ClosedAt = review.ClosedAt,
            Read = db.Set<BantReading>().Count(reading => reading.ReviewId == review.Id && reading.ReadAt != null),
        }).ToListAsync(cancel);
    }

    /// <summary>One conversation for its reader, blind until it is read; null where there is none.</summary>
    /// <param name="reviewId">The round.</param>
    /// <param name="position">From 1; null for the first that nobody has read.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ReadingView?> ReadingAsync(Guid reviewId, int? position, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var withdrawn = await BantDesk.WithdrawnAsync(db, reviewId, cancel);
        var of = db.Set<BantReading>().AsNoTracking().Where(row => row.ReviewId == reviewId && !withdrawn.Contains(row.SessionId));
        var reading = position is { } given
            ? await of.SingleOrDefaultAsync(row => row.Position == given, cancel)
            : await of.OrderBy(row => row.ReadAt != null).ThenBy(row => row.Position).FirstOrDefaultAsync(cancel);
        if (reading is null)
            return null;

        // No more than the reader may know: neither outcome nor flags leave the database.
        var said = await db.Set<VoiceSession>().Where(session => session.Id == reading.SessionId)
            .Select(session => new { session.PersonId, session.StartedAt, session.EndedAt, session.Language, session.SealedEvidence }).SingleAsync(cancel);
        var words = await VoiceDetails.OpenAsync(vault, said.PersonId, reading.SessionId, said.SealedEvidence, cancel);
        return new()
        {
            SessionId = reading.SessionId,
            Position = reading.Position,
            Size = await of.CountAsync(cancel),
            Read = await of.CountAsync(row => row.ReadAt != null, cancel),
            IsClosed = await db.Set<BantReview>().AnyAsync(row => row.Id == reviewId && row.ClosedAt != null, cancel),
            PersonId = await db.Set<Person>().Where(person => person.Id == said.PersonId).Select(person => person.CanonicalId).SingleAsync(cancel),
            StartedAt = said.StartedAt,
            Length = said.EndedAt - said.StartedAt,
            Language = said.Language,
            Words = [words?.Budget, words?.Authority, words?.Need, words?.Timeline],
            Found = reading.ReadAt is null ? null : new(reading.Budget, reading.Authority, reading.Need, reading.Timeline, reading.Qualified,
                reading.NoteOwnerId is { } owner ? await vault.OpenAsync(owner, reading.Id, reading.SealedNote, cancel) : null),
            Agent = reading.ReadAt is null ? null : await AgentAsync(db, reading.SessionId, cancel),
        };
    }

    /// <summary>What was read in a round, beside what the agent had made of it.</summary>
    public async Task<ReviewResults?> ResultsAsync(Guid reviewId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<BantReview>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == reviewId, cancel) is null)
            return null;
        var rows = await (from reading in db.Set<BantReading>()
                          join session in db.Set<VoiceSession>() on reading.SessionId equals session.Id
                          join person in db.Set<Person>() on session.PersonId equals person.Id
                          where reading.ReviewId == reviewId && reading.ReadAt != null
                          orderby reading.Position
                          select new ComparedReading
                          {
                              SessionId = session.Id,
                              PersonId = person.CanonicalId,
                              Position = reading.Position,
                              StartedAt = session.StartedAt,
                              ReaderId = reading.ReaderId,
                              ReadAt = reading.ReadAt!.Value,
                              Outcome = session.Outcome,
                              Agent = new AgentView(session.Budget, session.Authority, session.Need, session.Timeline, session.Qualified, session.Outcome),
                              Found = new BantFinding(reading.Budget, reading.Authority, reading.Need, reading.Timeline, reading.Qualified, null),
                          }).AsNoTracking().ToListAsync(cancel);
        var leftOut = await BantDesk.LeftOutAsync(db, from reading in db.Set<BantReading>() join session in db.Set<VoiceSession>() on reading.SessionId equals session.Id where reading.ReviewId == reviewId && reading.ReadAt != null select session, cancel);
        return new([.. rows.Where(row => !leftOut.Contains(row.PersonId))], rows.Count(row => leftOut.Contains(row.PersonId)));
    }

    /// <summary>Of whom a conversation of the period qualified, and of all others, how many have bought by today.</summary>
    public async Task<WonRates> WonAsync(Period period, CancellationToken cancel = default)
    {
        var current = await company.CurrentAsync(cancel);
        var (from, until, mode) = (current.StartOf(period.From), current.StartOf(period.To.AddDays(1)), stripe.Connection?.Mode ?? Mode.Live);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var within = BantDesk.Readable(db).Where(session => session.StartedAt >= @from && session.StartedAt < until);
        var events = heard(db, mode);
        var sessions = await (from session in within
                              join id in events on session.Id equals id
                              join person in db.Set<Person>() on session.PersonId equals person.Id
                              join stands in db.Set<Person>() on person.CanonicalId equals stands.Id
                              select new { Person = stands.Id, session.Qualified, session.StartedAt, IsLeftOut = person.ErasedAt != null || stands.Measurement == false }).ToListAsync(cancel);
        var leftOut = sessions.Where(one => one.IsLeftOut).Select(one => one.Person).ToHashSet();

        // Whatever their mode: sales of whoever is not asked for are looked at by nobody.
        var people = from session in within join person in db.Set<Person>() on session.PersonId equals person.Id select person.CanonicalId;
        var bookings = await (from booking in db.Set<Booking>()
                              join person in db.Set<Person>() on booking.PersonId equals person.Id
                              where booking.Mode == mode && booking.Status == BookingStatus.Confirmed && people.Contains(person.CanonicalId)
                              select new { Person = person.CanonicalId, At = booking.OccurredAt }).ToListAsync(cancel);
        var stages = await (from stage in db.Set<LeadStageRecord>()
                            join id in events on stage.Id equals id
                            join person in db.Set<Person>() on stage.PersonId equals person.Id
                            where stage.Stage == Won && people.Contains(person.CanonicalId)
                            select new { Person = person.CanonicalId, At = stage.OccurredAt }).ToListAsync(cancel);
        var won = bookings.Concat(stages).GroupBy(sale => sale.Person).ToDictionary(sales => sales.Key, sales => sales.Max(sale => sale.At));

        // A sale before they spoke was not won by it.
        var each = sessions.Where(one => !leftOut.Contains(one.Person)).GroupBy(one => one.Person).Select(all =>
        {
            var qualified = all.Any(one => one.Qualified);
            var since = all.Where(one => one.Qualified == qualified).Min(one => one.StartedAt);
            return new SpokenPerson(all.Key, qualified, all.Count(), since, won.TryGetValue(all.Key, out var last) && last >= since ? last : null);
        });
        return new([.. each.OrderByDescending(one => one.Since).ThenBy(one => one.Id)], leftOut.Count);
    }

    private static async Task<AgentView> AgentAsync(RevOpsDb db, Guid session, CancellationToken cancel) => await db.Set<VoiceSession>().Where(row => row.Id == session)
        .Select(row => new AgentView(row.Budget, row.Authority, row.Need, row.Timeline, row.Qualified, row.Outcome)).SingleAsync(cancel);
}

public sealed record ReviewRow
{
    public required Guid Id { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required int Size { get; init; }
    public required int OutOf { get; init; }
    public required int Seed { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public required int Read { get; init; }
}

/// <summary>What the agent made of a conversation, and our rule of it.</summary>
public sealed record AgentView(bool? Budget, bool? Authority, bool? Need, bool? Timeline, bool Qualified, VoiceOutcome Outcome);

public sealed record ReadingView
{
    public required Guid SessionId { get; init; }
    public required int Position { get; init; }

    /// <summary>How many the round has.</summary>
    public required int Size { get; init; }

    /// <summary>How many are read.</summary>
    public required int Read { get; init; }

    public required bool IsClosed { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public TimeSpan? Length { get; init; }
    public string? Language { get; init; }

    /// <summary>What was said of budget, authority, need and timeline.</summary>
    public required IReadOnlyList<string?> Words { get; init; }

    /// <summary>What was saved; null until then.</summary>
    public BantFinding? Found { get; init; }

    /// <summary>Null until a reading is saved.</summary>
    public AgentView? Agent { get; init; }
}

public sealed record ComparedReading
{
    public required Guid SessionId { get; init; }
    public required Guid PersonId { get; init; }
    public required int Position { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public string? ReaderId { get; init; }
    public required DateTimeOffset ReadAt { get; init; }
    public required VoiceOutcome Outcome { get; init; }
    public required AgentView Agent { get; init; }
    public required BantFinding Found { get; init; }

    /// <summary>The agent said qualified or unqualified, and the reader the other.</summary>
    public bool IsAgainstOutcome => Found.Qualified is { } found && Outcome is VoiceOutcome.Qualified or VoiceOutcome.Unqualified && Found.Qualified != (Outcome == VoiceOutcome.Qualified);
}

/// <summary>The readings of a round, counted.</summary>
/// <param name="Rows">Those that count.</param>
/// <param name="LeftOut">Readings of people who refused measurement, took it back or were erased.</param>
public sealed record ReviewResults(IReadOnlyList<ComparedReading> Rows, int LeftOut)
{
    /// <summary>Those whose reader could judge them.</summary>
    public IReadOnlyList<ComparedReading> Judged { get; } = [.. Rows.Where(row => row.Found.Qualified is not null)];

    /// <summary>Our rule and the reader: whether it qualifies.</summary>
    public CohenKappa Qualified => CohenKappa.Of([[Count(true, true), Count(true, false)], [Count(false, true), Count(false, false)]]);

    public IReadOnlyList<ComparedReading> AgainstOutcome => [.. Rows.Where(row => row.IsAgainstOutcome)];

    /// <summary>Readings of which the agent's own outcome says qualified or unqualified.</summary>
    public int WithOutcome => Judged.Count(row => row.Outcome is VoiceOutcome.Qualified or VoiceOutcome.Unqualified);

    /// <summary>How many the rule and the reader called so.</summary>
    public int Count(bool agent, bool reader) => Judged.Count(row => row.Agent.Qualified == agent && row.Found.Qualified == reader);

    /// <summary>Of one of the four: met, not met and not said.</summary>
    public CohenKappa Item(Func<BantFinding, bool?> found, Func<AgentView, bool?> agent)
    {
        bool?[] answers = [true, false, null];
        return CohenKappa.Of([.. answers.Select(ours => (IReadOnlyList<int>)[.. answers.Select(theirs => Judged.Count(row => agent(row.Agent) == ours && found(row.Found) == theirs))])]);
    }
}

/// <param name="People">Everybody who spoke, whoever spoke last first.</param>
/// <param name="LeftOut">People who spoke too, and refused measurement, took it back or were erased.</param>
public sealed record WonRates(IReadOnlyList<SpokenPerson> People, int LeftOut)
{
    /// <summary>Of people with a qualified conversation.</summary>
    public Proportion Qualified => Of(qualified: true);

    /// <summary>Of people with conversations of which none qualified.</summary>
    public Proportion Others => Of(qualified: false);

    private Proportion Of(bool qualified) => new(People.Count(one => one.Qualified == qualified && one.WonAt is not null), People.Count(one => one.Qualified == qualified));
}

/// <param name="Id">Who stands for all that became one.</param>
/// <param name="Qualified">A conversation of theirs qualified.</param>
/// <param name="Conversations">How many they had.</param>
/// <param name="Since">Their first one, of the qualified ones where there are some: sales from then on count.</param>
/// <param name="WonAt">Their last sale since; null without one.</param>
public sealed record SpokenPerson(Guid Id, bool Qualified, int Conversations, DateTimeOffset Since, DateTimeOffset? WonAt);
