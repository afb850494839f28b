using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>Finds the visits and conversations that may have led to a conversion. Whoever asks has seen that measurement is allowed.</summary>
internal sealed class ClickReader(Vault vault)
{
    private const int Most = 200;

    /// <summary>Platforms remember a click for 90 days.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    /// <summary>The conversation that the conversion is of first, then what came before it, newest first.</summary>
    public async Task<IReadOnlyList<SeenClick>> ReadAsync(RevOpsDb db, Guid personId, Conversion conversion, CancellationToken cancel)
    {
        var group = IdentityGraph.GroupOf(db, personId);
        var all = (await VisitsAsync(db, group, conversion.OccurredAt, cancel)).Concat(await CallsAsync(db, group, conversion, cancel));
        return [.. all.OrderByDescending(seen => seen.IsOwn).ThenByDescending(seen => seen.At)];
    }

    private async Task<List<SeenClick>> VisitsAsync(RevOpsDb db, IQueryable<Guid> group, DateTimeOffset before, CancellationToken cancel)
    {
        var since = before - LookBack;
        var touches = await db.Set<Touch>().AsNoTracking().Where(touch => group.Contains(touch.PersonId) && touch.OccurredAt <= before && touch.OccurredAt >= since)
            .OrderByDescending(touch => touch.OccurredAt).Take(Most).ToListAsync(cancel);
        var opened = new List<SeenClick>();
        foreach (var touch in touches)
        {
            if (await vault.OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails, cancel) is { } json)
                opened.Add(new(touch.OccurredAt, JsonSerializer.Deserialize<TouchDetails>(json)!) { IsVisit = true, Ad = touch is { AdPlatform: null, CampaignId: null, AdId: null } ? null : new(touch.AdPlatform, touch.CampaignId, null, touch.AdId) });
        }

        return opened;
    }

    private async Task<List<SeenClick>> CallsAsync(RevOpsDb db, IQueryable<Guid> group, Conversion conversion, CancellationToken cancel)
    {
        var (before, since, subject) = (conversion.OccurredAt, conversion.OccurredAt - LookBack, conversion.SubjectId);
        var sold = db.Set<Booking>().Where(booking => booking.Id == subject || booking.InvoiceId == subject).Select(booking => booking.VoiceSessionId);
        var calls = await db.Set<VoiceSession>().AsNoTracking().Where(session => group.Contains(session.PersonId))
            .Select(session => new { Session = session, IsOwn = session.Id == subject || sold.Contains(session.SessionId) })
            .Where(call => call.IsOwn || (call.Session.StartedAt <= before && call.Session.StartedAt >= since))
            .OrderByDescending(call => call.IsOwn).ThenByDescending(call => call.Session.StartedAt).Take(Most).ToListAsync(cancel);
        var opened = new List<SeenClick>();
        foreach (var call in calls)
        {
            // Told anew with another beginning, it still began before what it led to.
            var (session, at) = (call.Session, call.Session.StartedAt < before ? call.Session.StartedAt : before);
            if (await VoiceDetails.OpenAsync(vault, session.PersonId, session.Id, session.SealedEvidence, cancel) is { ClickIds: { } ids } details)
                opened.Add(new(at, new() { ClickIds = ids }) { IsOwn = call.IsOwn, Ad = details.Ad });
        }

        return opened;
    }
}

/// <summary>A visit, or a conversation that brought click ids, in clear while it is read.</summary>
/// <param name="At">Of the visit, or the beginning of the conversation: the click was no later.</param>
internal sealed record SeenClick(DateTimeOffset At, TouchDetails Details)
{
    /// <summary>A browser stood behind it.</summary>
    public bool IsVisit { get; init; }

    /// <summary>The conversion is of this very conversation.</summary>
    public bool IsOwn { get; init; }

    public AdIds? Ad { get; init; }

    /// <summary>The platform's own click of those that came first in order, and the browser's cookies.</summary>
    public static ClickFacts? Of(IReadOnlyList<SeenClick> seen, AdPlatform platform)
    {
        var clicked = seen.FirstOrDefault(one => one.Details.ClickIds is { } ids && (platform == AdPlatform.Meta ? ids.Fbclid : ids.Gclid ?? ids.Gbraid ?? ids.Wbraid) is not null);
        var cookies = seen.FirstOrDefault(one => one.Details is { Fbc: not null } or { Fbp: not null });
        if ((clicked ?? (platform == AdPlatform.Meta ? cookies : null)) is not { } source)
            return null;

        var id = clicked?.Details.ClickIds;

        // The cookie of another, older click than the one we know would credit the wrong ad.
        var fbc = cookies?.Details.Fbc is { } cookie && (id?.Fbclid is null || cookie.EndsWith(id.Fbclid, StringComparison.Ordinal)) ? cookie : null;
        return new()
        {
            Gclid = id?.Gclid,
            Gbraid = id?.Gbraid,
            Wbraid = id?.Wbraid,
            Fbclid = id?.Fbclid,
            Fbc = fbc,
            Fbp = cookies?.Details.Fbp,
            Ad = source.Ad,
            SeenAt = FirstSight(seen, id) ?? source.At,
        };
    }

    /// <summary>Pages and calls that come after repeat the click id; the click was when it was seen first, and is never dated anew.</summary>
    private static DateTimeOffset? FirstSight(IReadOnlyList<SeenClick> seen, ClickIds? ids) => ids is null
        ? null
        : seen.Where(one => one.Details.ClickIds is { } other && other.All().Intersect(ids.All()).Any()).Min(one => (DateTimeOffset?)one.At);
}
