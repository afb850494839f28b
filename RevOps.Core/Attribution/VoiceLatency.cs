using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution;

/// <summary>
/// How long a caller waits for the voice AI's turn. Conversations carry only their own p50 and p95 and not how many turns they had, so each
/// counts once: these are percentiles of conversations, not of turns.
/// </summary>
/// <param name="Sessions">Conversations that were looked at.</param>
/// <param name="WithFigure">Those that say how fast they were.</param>
/// <param name="P50Ms">Median of their p50: the usual turn of the usual conversation.</param>
/// <param name="P95Ms">Median of their p95: the slow turn of the usual conversation.</param>
/// <param name="WorstP95Ms">The p95 that one conversation in twenty exceeds.</param>
public sealed record VoiceLatency(int Sessions, int WithFigure, double? P50Ms, double? P95Ms, double? WorstP95Ms)
{
    public const int Days = 30;

    /// <summary>What it is called wherever a score depends on it: a precondition, outside the points.</summary>
    public const string Precondition = "turn_latency";

    private const double Half = 0.5;
    private const double OneInTwenty = 0.95;

    public double? Share => Sessions == 0 ? null : (double)WithFigure / Sessions;

    public static VoiceLatency Of(IReadOnlyCollection<(int? P50, int? P95)> sessions)
    {
        var p50 = sessions.Select(session => session.P50).OfType<int>().Order().ToArray();
        var p95 = sessions.Select(session => session.P95).OfType<int>().Order().ToArray();
        return new(sessions.Count, sessions.Count(session => session.P50 is not null || session.P95 is not null), Quantile(p50, Half), Quantile(p95, Half), Quantile(p95, OneInTwenty));
    }

    /// <summary>Between two values in proportion, as spreadsheets do.</summary>
    private static double? Quantile(int[] sorted, double share)
    {
        if (sorted.Length == 0)
            return null;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>Reads <see cref="VoiceLatency"/> of the last 30 days and one mode, of everybody but who was erased: how fast the service is says nothing of a person. Everybody who looks shares one reading.</summary>
public sealed class VoiceLatencyQueries
{
    private static readonly TimeSpan MayBeOld = TimeSpan.FromSeconds(20);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly StripeAccount stripe;
    private readonly EventsOfMode heard;
    private readonly TimeProvider clock;
    private readonly SharedRead<Mode, VoiceLatency> readings;

    public VoiceLatencyQueries(IDbContextFactory<RevOpsDb> databases, StripeAccount stripe, EventsOfMode heard, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.stripe, this.heard, this.clock) = (databases, stripe, heard, clock);
        readings = new(feed, [nameof(VoiceSession), Vault.Erasure], ReadAsync) { Pauses = true };
    }

    /// <param name="mode">Null for the one that works now.</param>
    public Task<VoiceLatency> NowAsync(Mode? mode = null) => readings.OfAsync(mode ?? stripe.Connection?.Mode ?? Mode.Live, MayBeOld);

    private async Task<VoiceLatency> ReadAsync(Mode mode)
    {
        var since = clock.GetUtcNow().AddDays(-VoiceLatency.Days);
        await using var db = await databases.CreateDbContextAsync();
        var events = heard(db, mode);
        var sessions = await (from session in db.Set<VoiceSession>()
                              join id in events on session.Id equals id
                              join person in db.Set<Person>() on session.PersonId equals person.Id
                              where session.StartedAt >= since && session.Outcome != VoiceOutcome.NoAnswer && person.ErasedAt == null
                              select new { session.LatencyP50Ms, session.LatencyP95Ms }).ToListAsync();
        return VoiceLatency.Of([.. sessions.Select(session => (session.LatencyP50Ms, session.LatencyP95Ms))]);
    }
}
