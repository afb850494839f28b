using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Review;

/// <summary>How a click on the pages of the review ended.</summary>
public enum ReviewResult
{
    Done = 0,

    /// <summary>It was so already: somebody else read it, or closed the round.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 2,

    /// <summary>Nobody spoke in these days.</summary>
    NoConversations = 3,

    /// <summary>A round of this size or period cannot be.</summary>
    Wrong = 4,
}

/// <summary>What a reader found in one conversation.</summary>
public sealed record BantFinding(bool? Budget, bool? Authority, bool? Need, bool? Timeline, bool? Qualified, string? Note = null)
{
    public const int LongestNote = 2_000;
}

/// <summary>Begin, read and close a round. Marketing or Privacy begins one; only Privacy reads, since the words are somebody's own.</summary>
public sealed class BantDesk(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, EventsOfMode heard, Vault vault, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    /// <summary>Conversations that can be read again: nobody reads a call that nobody answered.</summary>
    internal static IQueryable<VoiceSession> Readable(RevOpsDb db) => db.Set<VoiceSession>().Where(VoiceSession.IsConversation);

    /// <summary>Who of those who held these conversations is in no report: erased, or they refused measurement or took it back. Who was never asked is counted, since a conversation is no visit.</summary>
    internal static async Task<HashSet<Guid>> LeftOutAsync(RevOpsDb db, IQueryable<VoiceSession> sessions, CancellationToken cancel) =>
        await (from session in sessions
               join person in db.Set<Person>() on session.PersonId equals person.Id
               join stands in db.Set<Person>() on person.CanonicalId equals stands.Id
               where person.ErasedAt != null || stands.Measurement == false
               select stands.Id).ToHashSetAsync(cancel);

    /// <summary>Conversations of a round whose people are in no report by now: nobody reads them any more.</summary>
    internal static Task<List<Guid>> WithdrawnAsync(RevOpsDb db, Guid reviewId, CancellationToken cancel) =>
        (from reading in db.Set<BantReading>()
         join session in db.Set<VoiceSession>() on reading.SessionId equals session.Id
         join person in db.Set<Person>() on session.PersonId equals person.Id
         join stands in db.Set<Person>() on person.CanonicalId equals stands.Id
         where reading.ReviewId == reviewId && (person.ErasedAt != null || stands.Measurement == false)
         select session.Id).ToListAsync(cancel);

    /// <returns>How it ended, and the round.</returns>
    public async Task<(ReviewResult Result, Guid? Id)> BeginAsync(Period period, int size, Approver who, CancellationToken cancel)
    {
        if (size is < BantReview.Least or > BantReview.Most)
            return (ReviewResult.Wrong, null);
        var current = await company.CurrentAsync(cancel);
        var (from, until) = (current.StartOf(period.From), current.StartOf(period.To.AddDays(1)));
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await who.HoldsAsync(db, Roles.Marketing, rule, cancel) && !await who.HoldsAsync(db, Roles.Privacy, rule, cancel))
            return (ReviewResult.NotAllowed, null);
        var spoken = from session in Readable(db).Where(session => session.StartedAt >= @from && session.StartedAt < until) join id in heard(db, stripe.Connection?.Mode ?? Mode.Live) on session.Id equals id select session;
        var leftOut = await LeftOutAsync(db, spoken, cancel);
        var all = await (from session in spoken join person in db.Set<Person>() on session.PersonId equals person.Id select new { session.Id, session.Outcome, Person = person.CanonicalId }).ToListAsync(cancel);
        all.RemoveAll(one => leftOut.Contains(one.Person));
        if (all.Count == 0)
            return (ReviewResult.NoConversations, null);

        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var drawn = BantSample.Draw(all.Select(one => (one.Id, one.Outcome)), size, seed);
        var review = new BantReview { Id = Guid.CreateVersion7(), From = period.From, To = period.To, Size = drawn.Count, OutOf = all.Count, Seed = seed, CreatedBy = who.Actor, CreatedAt = clock.GetUtcNow() };
        db.Add(review);
        db.AddRange(drawn.Select((session, at) => new BantReading { Id = Guid.CreateVersion7(), ReviewId = review.Id, SessionId = session, Position = at + 1 }));
        await audit.WriteAsync(db, new(who.Actor, "bantReview.begun", nameof(BantReview), review.Id.ToString()) { After = new { review.From, review.To, review.Size, review.OutOf, review.Seed } }, cancel);
        await db.SaveChangesAsync(cancel);
        return (ReviewResult.Done, review.Id);
    }

    /// <summary>Keeps what a reader found; what was saved before stays.</summary>
    public async Task<ReviewResult> ReadAsync(Guid reviewId, int position, BantFinding found, Approver who, CancellationToken cancel)
    {
        if (found.Note?.Length > BantFinding.LongestNote)
            return ReviewResult.Wrong;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await who.HoldsAsync(db, Roles.Privacy, rule, cancel))
            return ReviewResult.NotAllowed;
        if (await db.Set<BantReview>().SingleOrDefaultAsync(row => row.Id == reviewId, cancel) is not { ClosedAt: null } review
            || await db.Set<BantReading>().SingleOrDefaultAsync(row => row.ReviewId == reviewId && row.Position == position, cancel) is not { ReadAt: null } reading)
            return ReviewResult.NothingNew;

        var withdrawn = await WithdrawnAsync(db, reviewId, cancel);
        if (withdrawn.Contains(reading.SessionId))
            return ReviewResult.NothingNew;

        (reading.Budget, reading.Authority, reading.Need, reading.Timeline, reading.Qualified) = (found.Budget, found.Authority, found.Need, found.Timeline, found.Qualified);
        (reading.ReaderId, reading.ReadAt) = (who.Actor, clock.GetUtcNow());
        if (!string.IsNullOrWhiteSpace(found.Note))
            await KeepNoteAsync(db, reading, found.Note.Trim(), cancel);
        if (!await db.Set<BantReading>().AnyAsync(row => row.ReviewId == reviewId && row.ReadAt == null && row.Id != reading.Id && !withdrawn.Contains(row.SessionId), cancel))
            review.ClosedAt = clock.GetUtcNow();
        await audit.WriteAsync(db, new(who.Actor, "bantReview.read", nameof(BantReview), reviewId.ToString()) { After = new { position, found.Budget, found.Authority, found.Need, found.Timeline, found.Qualified } }, cancel);
        await db.SaveChangesAsync(cancel);
        return ReviewResult.Done;
    }

    /// <summary>Enough was read; what was not counts nowhere.</summary>
    public async Task<ReviewResult> CloseAsync(Guid reviewId, Approver who, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await who.HoldsAsync(db, Roles.Marketing, rule, cancel) && !await who.HoldsAsync(db, Roles.Privacy, rule, cancel))
            return ReviewResult.NotAllowed;
        if (await db.Set<BantReview>().SingleOrDefaultAsync(row => row.Id == reviewId, cancel) is not { ClosedAt: null } review)
            return ReviewResult.NothingNew;
        review.ClosedAt = clock.GetUtcNow();
        var read = await db.Set<BantReading>().CountAsync(row => row.ReviewId == reviewId && row.ReadAt != null, cancel);
        await audit.WriteAsync(db, new(who.Actor, "bantReview.closed", nameof(BantReview), reviewId.ToString()) { After = new { read, review.Size } }, cancel);
        await db.SaveChangesAsync(cancel);
        return ReviewResult.Done;
    }

    private async Task KeepNoteAsync(RevOpsDb db, BantReading reading, string note, CancellationToken cancel)
    {
        var owner = await db.Set<VoiceSession>().Where(session => session.Id == reading.SessionId).Select(session => session.PersonId).SingleAsync(cancel);

        // Nothing more is kept of whoever was erased.
        if (await db.Set<DataKey>().AnyAsync(key => key.OwnerId == owner && key.Wrapped == null, cancel))
            return;
        (reading.NoteOwnerId, reading.SealedNote) = (owner, await vault.SealAsync(db, owner, reading.Id, note, cancel));
    }
}
