using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>
/// Finds the visits and conversations that may have led to conversions, of many people in a few queries. Whoever asks has seen that
/// measurement is allowed.
/// </summary>
internal sealed class ClickReader
{
    private const int Most = 200;

    // Ten visits of everybody in a large portion; where there are more, they are looked through first.
    private const int MostAtOnce = 20_000;

    /// <summary>Platforms remember a click for 90 days.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    private ILookup<Guid, Visit> visits = Array.Empty<Visit>().ToLookup(_ => Guid.Empty);
    private ILookup<Guid, Call> calls = Array.Empty<Call>().ToLookup(_ => Guid.Empty);
    private ILookup<Guid, string> sold = Array.Empty<string>().ToLookup(_ => Guid.Empty);

    private ClickReader() { }

    /// <summary>Under whose keys lies what was found.</summary>
    public IEnumerable<Guid> Owners => visits.Select(visit => visit.Key).Concat(calls.Select(call => call.Key));

    /// <param name="db">Where to look.</param>
    /// <param name="conversions">Of those who allow it.</param>
    /// <param name="people">Who belongs to whom.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<ClickReader> LoadAsync(RevOpsDb db, IReadOnlyCollection<Conversion> conversions, ConsentOfMany people, CancellationToken cancel)
    {
        var reader = new ClickReader();
        if (conversions.Count == 0)
            return reader;
        var members = conversions.SelectMany(conversion => people.GroupOf(conversion.PersonId)).Distinct().ToArray();
        var (since, before) = (conversions.Min(conversion => conversion.OccurredAt) - LookBack, conversions.Max(conversion => conversion.OccurredAt));
        await reader.LoadVisitsAsync(db, conversions, people, (members, since, before), cancel);
        await reader.LoadCallsAsync(db, conversions, (members, since, before), cancel);
        return reader;
    }

    /// <summary>The conversation that the conversion is of first, then what came before it, newest first.</summary>
    public IReadOnlyList<SeenClick> Of(Conversion conversion, IReadOnlyList<Guid> group, KeyRing ring)
    {
        var seen = new List<SeenClick>();
        foreach (var visit in Within(conversion, group.SelectMany(member => visits[member]), visit => visit.At).Take(Most))
        {
            if (visit.Open(ring) is { } details)
                seen.Add(new(visit.At, details) { IsVisit = true, Ad = visit is { AdPlatform: null, CampaignId: null, AdId: null } ? null : new(visit.AdPlatform, visit.CampaignId, null, visit.AdId) });
        }

        AddCalls(seen, conversion, group, ring);
        return seen.Count < 2 ? seen : [.. seen.OrderByDescending(one => one.IsOwn).ThenByDescending(one => one.At)];
    }

    private void AddCalls(List<SeenClick> seen, Conversion conversion, IReadOnlyList<Guid> group, KeyRing ring)
    {
        var all = group.SelectMany(member => calls[member]).ToList();
        if (all.Count == 0)
            return;
        bool IsOwn(Call call) => call.Id == conversion.SubjectId || sold[conversion.SubjectId].Contains(call.SessionId);
        foreach (var call in all.Where(IsOwn).Concat(Within(conversion, all.Where(call => !IsOwn(call)), call => call.At)).Take(Most))
        {
            // Told anew with another beginning, it still began before what it led to.
            var at = call.At < conversion.OccurredAt ? call.At : conversion.OccurredAt;
            if (VoiceDetails.Read(ring.Open(call.PersonId, call.Id, call.SealedEvidence)) is { ClickIds: { } ids } details)
                seen.Add(new(at, new() { ClickIds = ids }) { IsOwn = IsOwn(call), Ad = details.Ad });
        }
    }

    private static IEnumerable<T> Within<T>(Conversion conversion, IEnumerable<T> all, Func<T, DateTimeOffset> at) =>
        all.Where(one => at(one) <= conversion.OccurredAt && at(one) >= conversion.OccurredAt - LookBack).OrderByDescending(at);

    private async Task LoadVisitsAsync(RevOpsDb db, IReadOnlyCollection<Conversion> conversions, ConsentOfMany people, (Guid[] Members, DateTimeOffset Since, DateTimeOffset Before) of, CancellationToken cancel)
    {
        var some = await VisitsOf(db.Set<Touch>().Where(touch => EF.Parameter(of.Members).Contains(touch.PersonId) && touch.OccurredAt <= of.Before && touch.OccurredAt >= of.Since)).Take(MostAtOnce).ToListAsync(cancel);
        if (some.Count < MostAtOnce)
            visits = some.ToLookup(visit => visit.PersonId);
        else
            await LoadNewestAsync(db, conversions, people, of, cancel);
    }

    private static IQueryable<Visit> VisitsOf(IQueryable<Touch> touches) =>
        touches.Select(touch => new Visit(touch.Id, touch.PersonId, touch.OccurredAt, touch.AdPlatform, touch.CampaignId, touch.AdId, touch.SealedDetails));

    /// <summary>First only when they were: of a program that came a thousand times a day, the newest two hundred are opened.</summary>
    private async Task LoadNewestAsync(RevOpsDb db, IReadOnlyCollection<Conversion> conversions, ConsentOfMany people, (Guid[] Members, DateTimeOffset Since, DateTimeOffset Before) of, CancellationToken cancel)
    {
        var keys = (await db.Set<Touch>().Where(touch => EF.Parameter(of.Members).Contains(touch.PersonId) && touch.OccurredAt <= of.Before && touch.OccurredAt >= of.Since)
            .Select(touch => new { touch.Id, touch.PersonId, touch.OccurredAt }).ToListAsync(cancel)).ToLookup(key => key.PersonId);
        var wanted = conversions.SelectMany(conversion => Within(conversion, people.GroupOf(conversion.PersonId).SelectMany(member => keys[member]), key => key.OccurredAt).Take(Most).Select(key => key.Id)).Distinct().ToArray();
        if (wanted.Length > 0)
            visits = (await VisitsOf(db.Set<Touch>().Where(touch => EF.Parameter(wanted).Contains(touch.Id))).ToListAsync(cancel)).ToLookup(visit => visit.PersonId);
    }

    private async Task LoadCallsAsync(RevOpsDb db, IReadOnlyCollection<Conversion> conversions, (Guid[] Members, DateTimeOffset Since, DateTimeOffset Before) of, CancellationToken cancel)
    {
        var subjects = conversions.Select(conversion => conversion.SubjectId).Distinct().ToArray();
        var bookings = await db.Set<Booking>().Where(booking => booking.VoiceSessionId != null && (EF.Parameter(subjects).Contains(booking.Id) || (booking.InvoiceId != null && EF.Parameter(subjects).Contains(booking.InvoiceId.Value))))
            .Select(booking => new { booking.Id, booking.InvoiceId, booking.VoiceSessionId }).ToListAsync(cancel);
        sold = bookings.SelectMany(booking => new[] { (Subject: booking.Id, booking.VoiceSessionId), (Subject: booking.InvoiceId ?? booking.Id, booking.VoiceSessionId) }).ToLookup(pair => pair.Subject, pair => pair.VoiceSessionId!);
        var sessions = bookings.Select(booking => booking.VoiceSessionId!).Distinct().ToArray();
        calls = (await db.Set<VoiceSession>().Where(session => EF.Parameter(of.Members).Contains(session.PersonId)
                && ((session.StartedAt <= of.Before && session.StartedAt >= of.Since) || EF.Parameter(subjects).Contains(session.Id) || EF.Parameter(sessions).Contains(session.SessionId)))
            .Select(session => new Call(session.Id, session.PersonId, session.SessionId, session.StartedAt, session.SealedEvidence)).ToListAsync(cancel)).ToLookup(call => call.PersonId);
    }

    private sealed record Visit(Guid Id, Guid PersonId, DateTimeOffset At, string? AdPlatform, string? CampaignId, string? AdId, byte[] SealedDetails)
    {
        private TouchDetails? details;

        /// <summary>Once, though several conversions of one person ask; two that ask at the same time find the same.</summary>
        public TouchDetails? Open(KeyRing ring) => details ??= ring.Open(PersonId, Id, SealedDetails) is { } json ? JsonSerializer.Deserialize<TouchDetails>(json) : null;
    }

    private sealed record Call(Guid Id, Guid PersonId, string SessionId, DateTimeOffset At, byte[]? SealedEvidence);
}
