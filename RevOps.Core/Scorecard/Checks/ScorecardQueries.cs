using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>The scorecard as it was measured last: reading it measures nothing.</summary>
public sealed class ScorecardQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock)
{
    // Before that a trend says nothing of today.
    private const int TrendDays = 365;

    public Task<ScorecardView> OfAsync(Mode mode, CancellationToken cancel) => OfAsync(mode, null, cancel);

    /// <param name="mode">Whose rows.</param>
    /// <param name="evening">As it stood then; null: as it stands.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ScorecardView> OfAsync(Mode mode, DateOnly? evening, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var now = evening is { } past && owner.StartOf(past.AddDays(1)) is var end && end < clock.GetUtcNow() ? end : clock.GetUtcNow();
        var until = evening ?? owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = db.Set<CheckResult>().AsNoTracking().Where(result => result.Mode == mode && result.Day <= until);
        var last = await newest.OrderByDescending(result => result.Day).Select(result => (DateOnly?)result.Day).FirstOrDefaultAsync(cancel);
        var findings = await newest.Where(result => result.Day == last).ToDictionaryAsync(result => result.CheckId, CheckReader.Read, StringComparer.Ordinal, cancel);
        var exemptions = await db.Set<CheckExemption>().AsNoTracking().ToDictionaryAsync(exemption => exemption.CheckId, StringComparer.Ordinal, cancel);
        var lines = CheckBook.All.Select(rule =>
        {
            var exemption = exemptions.GetValueOrDefault(rule.Id);
            var finding = findings.GetValueOrDefault(rule.Id);
            return new CheckLine(rule, finding, Verdict.Of(rule, finding, exemption is null ? null : owner.StartOf(exemption.EndsOn), now), exemption);
        }).ToList();

        var since = owner.DayOf(now).AddDays(-TrendDays);
        return new()
        {
            Mode = mode,
            Currency = owner.Currency,
            MeasuredAt = findings.Count == 0 ? null : findings.Values.Max(finding => finding.At),
            Lines = lines,
            Days = await db.Set<ScoreDay>().AsNoTracking().Where(day => day.Mode == mode && day.Day >= since && day.Day <= until).OrderBy(day => day.Day).ToListAsync(cancel),
        };
    }
}

/// <param name="Finding">Null where nothing was measured yet.</param>
/// <param name="Exemption">Also one that has ended; the verdict says whether it counts.</param>
public sealed record CheckLine(CheckRule Rule, Finding? Finding, Verdict Verdict, CheckExemption? Exemption)
{
    /// <summary>Points that it gives now.</summary>
    public double Points => Rule.Weight * Verdict.Result;

    /// <summary>Points that mending it would give; none while it is set aside.</summary>
    public double ToWin => Verdict.State == CheckState.Exempt ? 0 : Rule.Weight - Points;
}

public sealed record ScorecardView
{
    public required Mode Mode { get; init; }

    /// <summary>The company's, in which amounts of checks are.</summary>
    public required string Currency { get; init; }

    /// <summary>Null before the first time.</summary>
    public required DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>All of <see cref="CheckBook.All"/>, in its order.</summary>
    public required IReadOnlyList<CheckLine> Lines { get; init; }

    /// <summary>One for each day that was measured, oldest first.</summary>
    public required IReadOnlyList<ScoreDay> Days { get; init; }

    public Score Verified => ScoreSum.Verified(Judged);

    public Score Open => ScoreSum.Open(Judged);

    public Score Exempt => ScoreSum.Exempt(Judged);

    /// <summary>As the source document's last day declares it.</summary>
    public Score Declared { get; } = CheckBook.Declared(SeedState.Session177);

    /// <summary>When what the source document projects is mended.</summary>
    public Score Projected => ScoreSum.Projected(Judged, SeedState.Projected);

    /// <summary>What to do next: the most points first, then the least effort.</summary>
    public IEnumerable<CheckLine> Next => Lines.Where(line => line.ToWin > 0).OrderByDescending(line => line.ToWin).ThenBy(line => line.Rule.Effort).ThenBy(line => line.Rule.Id, StringComparer.Ordinal);

    public ScoreFigures Figures => new(Declared, MeasuredAt is null ? Score.Unknown : Verified, Projected);

    private List<(CheckRule, Verdict)> Judged => [.. Lines.Select(line => (line.Rule, line.Verdict))];
}
