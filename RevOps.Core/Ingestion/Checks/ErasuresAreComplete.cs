using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Of everybody who was erased within 90 days no key is left, and somebody was within 30; and of the last bodies that went to ad platforms each
/// identifier is a digest.
/// </summary>
public sealed class ErasuresAreComplete(Vault vault) : ShareCheck
{
    private const int Days = 90;
    private const int TestedDays = 30;

    // Enough to find a field that is never hashed, and few enough to open every hour.
    private const int Sample = 200;

    public override string Id => "M11";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (hashed, read) = await HashedAsync(scope, cancel);
        var last = await Rows(scope).MaxAsync(row => (DateTimeOffset?)row.At, cancel);
        return [await ShareAsync(scope, cancel), Part.Fact("tested", last is { } at ? at >= scope.Ago(TestedDays) : null, last is null ? 0 : 1), Part.Share("hashed", hashed, read, Bar.Exactly(1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(Days);

        // A person carries no mode: whatever was heard of them does.
        var (visits, calls, stages, bookings) = (Heard.Came(scope), Heard.Sent(scope, null), Heard.Stages(scope), scope.Db.Set<Booking>().Where(booking => booking.Mode == scope.Mode));
        return from person in scope.Db.Set<Person>()
               where person.ErasedAt >= since
                   && (visits.Any(visit => visit.Person == person.CanonicalId) || calls.Any(call => call.Person == person.CanonicalId) || stages.Any(stage => stage.Person == person.CanonicalId)
                       || bookings.Any(booking => booking.PersonId == person.Id || booking.PersonId == person.CanonicalId))
               select new EvidenceRow { Kind = EvidenceKind.Person, Id = person.Id, At = person.ErasedAt!.Value, Holds = !scope.Db.Set<DataKey>().Any(key => key.OwnerId == person.Id && key.Wrapped != null) };
    }

    /// <summary>The newest bodies that went to ad platforms, opened and read: what they say of a person has the form of a SHA-256, and no address is in clear.</summary>
    private async Task<(long Hashed, long Read)> HashedAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var sent = await (from effect in scope.Db.Set<OutsideEffect>().AsNoTracking()
                          join conversion in scope.Db.Set<Conversion>() on effect.SubjectId equals conversion.Id
                          where conversion.Mode == scope.Mode && conversion.SentAt >= since
                          orderby conversion.SentAt descending
                          select new { effect.Id, effect.OwnerId, effect.SealedBody }).Take(Sample).ToListAsync(cancel);
        var (hashed, read) = (0L, 0L);
        foreach (var one in sent)
        {
            // Of somebody who was erased since nothing can be opened any more.
            if (await vault.OpenAsync(one.OwnerId, one.Id, one.SealedBody, cancel) is not { } body)
                continue;
            read++;
            hashed += HashedBody.Holds(body) ? 1 : 0;
        }

        return (hashed, read);
    }
}
