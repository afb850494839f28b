using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>The voice AI spoke with somebody and says what it learnt.</summary>
public sealed record VoiceSessionReceived : IncomingEvent
{
    public const string Type = "revops.voice_session.v1";

    private static readonly string[] Outcomes = ["qualified", "unqualified", "no_answer", "callback"];

    public required string SessionId { get; init; }
    public string? Visitor { get; init; }
    public Contact? Who { get; init; }
    public ClickIds? Clicks { get; init; }
    public AdIds? Ad { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required VoiceOutcome Outcome { get; init; }
    public Answer? Budget { get; init; }
    public Answer? Authority { get; init; }
    public Answer? Need { get; init; }
    public Answer? Timeline { get; init; }
    public int? LatencyP50Ms { get; init; }
    public int? LatencyP95Ms { get; init; }
    public string? Language { get; init; }
    public DateTimeOffset? AiDisclosedAt { get; init; }
    public bool? RecordingConsent { get; init; }

    public override Contact? Contact => Who;

    public override string? VisitorId => Visitor;

    public override ClickIds? ClickIds => Clicks;

    public static VoiceSessionReceived? Read(Fields data)
    {
        var (bant, latency) = (data.Object("bant"), data.Object("latencyMs"));
        var session = new VoiceSessionReceived
        {
            SessionId = data.RequiredText("sessionId"),
            Visitor = data.Text("visitorId", 200),
            Who = data.Contact(),
            Clicks = data.ClickIds(),
            Ad = data.Ad(),
            StartedAt = data.Required("startedAt", data.Time("startedAt"), Rfc3339.Expected),
            EndedAt = data.Time("endedAt"),
            Outcome = (VoiceOutcome)Math.Max(0, Array.IndexOf(Outcomes, data.RequiredOneOf("outcome", Outcomes))),
            Budget = Answer.Read(bant, "budget"),
            Authority = Answer.Read(bant, "authority"),
            Need = Answer.Read(bant, "need"),
            Timeline = Answer.Read(bant, "timeline"),
            LatencyP50Ms = (int?)latency?.Whole("p50", most: 3_600_000),
            LatencyP95Ms = (int?)latency?.Whole("p95", most: 3_600_000),
            Language = data.Text("language", 35),
            AiDisclosedAt = data.Time("aiDisclosedAt"),
            RecordingConsent = data.Flag("recordingConsent"),
        };
        if (data.Ok && session.EndedAt < session.StartedAt)
            data.Wrong("endedAt", "A session does not end before it starts.");
        if (data.Ok && !session.NamesSomebody)
            data.Wrong("contact", "A contact, a visitorId or clickIds are required: without one the session belongs to nobody.");
        return data.Ok ? session : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, person) = (reception.Db, reception.Somebody);
        var known = await db.Set<VoiceSession>().SingleOrDefaultAsync(session => session.SessionId == SessionId, reception.Cancel);
        if (known?.OccurredAt > reception.Event.OccurredAt)
            return EventFate.Applied;

        var rule = await db.Set<BantRule>().Where(r => r.ValidFrom <= StartedAt).OrderByDescending(r => r.ValidFrom).FirstAsync(reception.Cancel);
        var session = known ?? new VoiceSession
        {
            Id = reception.Event.Id,
            SessionId = SessionId,
            PersonId = person.Id,
            StartedAt = StartedAt,
            OccurredAt = reception.Event.OccurredAt,
            BantRuleId = rule.Id,
        };
        if (known is null)
            db.Add(session);

        await FillAsync(session, rule, reception);
        await ConversionPlan.AddAsync(reception, ConversionStage.Lead, SessionId, session.Id, StartedAt);
        if (session.Qualified)
            await ConversionPlan.AddAsync(reception, ConversionStage.Qualified, SessionId, session.Id, EndedAt ?? StartedAt);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [$"Add voice session {SessionId} to the person's journey", "Tell the ad platforms of a lead, and of a qualified one if the company's rule says so, where consent allows"];

    private async Task FillAsync(VoiceSession session, BantRule rule, Reception reception)
    {
        (session.PersonId, session.StartedAt, session.EndedAt, session.Outcome) = (reception.Somebody.Id, StartedAt, EndedAt, Outcome);
        (session.Budget, session.Authority, session.Need, session.Timeline) = (Budget?.Met, Authority?.Met, Need?.Met, Timeline?.Met);
        (session.LatencyP50Ms, session.LatencyP95Ms, session.Language) = (LatencyP50Ms, LatencyP95Ms, Language);
        (session.AiDisclosedAt, session.RecordingConsent, session.OccurredAt) = (AiDisclosedAt, RecordingConsent, reception.Event.OccurredAt);
        (session.BantRuleId, session.Qualified) = (rule.Id, rule.Qualifies(session));

        var details = new VoiceDetails { Budget = Budget?.Evidence, Authority = Authority?.Evidence, Need = Need?.Evidence, Timeline = Timeline?.Evidence, ClickIds = Clicks, Ad = Ad };
        session.SealedEvidence = await reception.Vault.SealAsync(reception.Db, session.PersonId, session.Id, details.Write(), reception.Cancel);
    }

    /// <summary>One of budget, authority, need and timeline: met, not met or not said, and the words that show it.</summary>
    public sealed record Answer(bool? Met, string? Evidence)
    {
        internal static Answer? Read(Fields? bant, string name) =>
            bant?.Object(name) is { } answer ? new(answer.Flag("met"), answer.Text("evidence")) : null;
    }
}
