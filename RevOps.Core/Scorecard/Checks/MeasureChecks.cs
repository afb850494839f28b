using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>
/// Measures every check and keeps what it found, with the score of the day: for live rows, and apart for those of the mode that works now.
/// </summary>
public sealed class MeasureChecks(IDbContextFactory<RevOpsDb> databases, CheckReader reader, CompanyProfile company, StripeAccount stripe, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var mode in new[] { Mode.Live, stripe.Connection?.Mode ?? Mode.Live }.Distinct())
            await KeepAsync(mode, cancel);
        return OutboxResult.Done;
    }

    private async Task KeepAsync(Mode mode, CancellationToken cancel)
    {
        var findings = new Dictionary<string, Finding>(StringComparer.Ordinal);
        foreach (var rule in CheckBook.All)
            findings[rule.Id] = await reader.MeasureAsync(rule.Id, mode, cancel);

        var (now, owner) = (clock.GetUtcNow(), await company.CurrentAsync(cancel));
        var today = owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<CheckResult>().Where(result => result.Mode == mode && result.Day == today).ToDictionaryAsync(result => result.CheckId, StringComparer.Ordinal, cancel);
        foreach (var (id, finding) in findings)
        {
            if (!known.TryGetValue(id, out var result))
                db.Add(result = new() { Id = Guid.CreateVersion7(), CheckId = id, Mode = mode, Day = today, MeasuredAt = default, Parts = "" });
            (result.MeasuredAt, result.Parts, result.Unknown) = (finding.At, CheckReader.Write(finding.Parts), finding.Unknown);
        }

        var exemptions = await db.Set<CheckExemption>().ToDictionaryAsync(exemption => exemption.CheckId, exemption => owner.StartOf(exemption.EndsOn), StringComparer.Ordinal, cancel);
        var judged = CheckBook.All.Select(rule => (rule, Verdict.Of(rule, findings[rule.Id], exemptions.TryGetValue(rule.Id, out var ends) ? ends : null, now))).ToList();
        await KeepDayAsync(db, mode, today, judged, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static async Task KeepDayAsync(RevOpsDb db, Mode mode, DateOnly today, List<(CheckRule Rule, Verdict Verdict)> judged, CancellationToken cancel)
    {
        var (verified, open) = (ScoreSum.Verified(judged), ScoreSum.Open(judged));
        var day = await db.Set<ScoreDay>().SingleOrDefaultAsync(known => known.Mode == mode && known.Day == today, cancel);
        if (day is null)
            db.Add(day = new() { Id = Guid.CreateVersion7(), Mode = mode, Day = today, RevEng = 0, MarEng = 0, RevEngOpen = 0, MarEngOpen = 0, RulesVersion = 0 });
        (day.RevEng, day.MarEng) = (verified.RevEng!.Value, verified.MarEng!.Value);
        (day.RevEngOpen, day.MarEngOpen, day.RulesVersion) = (open.RevEng!.Value, open.MarEng!.Value, CheckBook.Version);
    }
}
