using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>How far the voice AI's verdict agrees with people who read the last round without knowing it.</summary>
public sealed class CallsQualifiedWell(BantReviewQueries reviews) : ClaimMeasure
{
    public override string Id => "qualifies";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        if (await Heard.Rounds(scope).OrderByDescending(review => review.ClosedAt).FirstOrDefaultAsync(cancel) is not { } round)
            return ClaimFinding.Nothing with { Needs = BantReview.Usual };
        var kappa = (await reviews.ResultsAsync(round.Id, cancel))?.Qualified;
        return kappa?.Interval is { } interval ? new(kappa.Kappa, interval.Low, interval.High, kappa.N, null, kappa.N < BantReview.Usual ? BantReview.Usual : null) : ClaimFinding.Nothing with { Needs = BantReview.Usual };
    }
}
