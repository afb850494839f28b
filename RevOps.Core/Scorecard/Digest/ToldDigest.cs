using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard.Digest;

/// <summary>The digest of a week as it was told, which later payments, conversions and rules do not change. It stands in the audit, where nothing is rewritten.</summary>
internal sealed record ToldDigest
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required IReadOnlyList<DigestFigure> Figures { get; init; }
    public required IReadOnlyList<ToldCheck> Next { get; init; }
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    public static ToldDigest Of(DigestView view) => new()
    {
        From = view.Days.From,
        To = view.Days.To,
        Mode = view.Mode,
        Currency = view.Currency,
        Figures = view.Figures,
        Next = [.. view.Next.Select(line => new ToldCheck(line.Rule, line.Verdict.State, line.Verdict.Result))],
        Alerts = view.Alerts,
    };

    /// <param name="at">When it was told.</param>
    public DigestView View(DateTimeOffset at)
    {
        var days = new Period(From, To);
        return new()
        {
            Days = days,
            Compared = new(days.From.AddDays(-DigestQueries.WeekDays), days.To.AddDays(-DigestQueries.WeekDays)),
            IsOver = true,
            Mode = Mode,
            Currency = Currency,
            Figures = Figures,
            Next = [.. Next.Select(line => new CheckLine(line.Rule, null, new(line.State, line.Result), null))],
            Alerts = Alerts,
            ToldAt = at,
        };
    }
}

/// <param name="Result">From 0 to 1, by the rules of then.</param>
internal sealed record ToldCheck(CheckRule Rule, CheckState State, double Result);
