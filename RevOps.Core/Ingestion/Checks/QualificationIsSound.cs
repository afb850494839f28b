using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// What the voice AI sent in the last 30 days, for which refused events are kept, fits its form; and a person who reads fifty conversations of 90 days again without knowing its verdict agrees with it: Cohen's
/// kappa of 0.6 and more.
/// </summary>
public sealed class QualificationIsSound(BantReviewQueries reviews, StripeAccount stripe) : Check
{
    private const int Days = 90;
    private const double Enough = 0.6;

    public override string Id => "M05";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (since, kept, db) = (scope.Ago(Days), scope.Now - RejectedEvent.KeptFor, scope.Db);
        var taken = await Heard.Sent(scope, RejectedEvent.KeptFor.Days).LongCountAsync(cancel);

        // Who sends something unreadable cannot be told a mode: it counts against the mode that works now, and no other.
        var refused = scope.Mode == (stripe.Connection?.Mode ?? Mode.Live) ? await db.Set<RejectedEvent>().LongCountAsync(one => one.Type == VoiceSessionReceived.Type && one.RecordedAt >= kept, cancel) : 0;
        var round = await Heard.Rounds(scope).Where(review => review.ClosedAt >= since).OrderByDescending(review => review.ClosedAt).FirstOrDefaultAsync(cancel);
        var results = round is null ? null : await reviews.ResultsAsync(round.Id, cancel);
        var read = results?.Judged.Count ?? 0;
        return
        [
            Part.Share("valid", taken, taken + refused, new(0.9, 0.99)),
            new("read", Measure.Count, read == 0 ? null : read, read, new(0, BantReview.Usual)) { At = round?.ClosedAt },
            new("kappa", Measure.Ratio, results?.Qualified.Kappa, read, new(0.2, Enough)) { At = round?.ClosedAt },
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Heard.Sent(scope, Days).Select(call => new EvidenceRow { Kind = EvidenceKind.Person, Id = call.Person, At = call.Session.StartedAt, Holds = true, Label = call.Session.SessionId });
}
