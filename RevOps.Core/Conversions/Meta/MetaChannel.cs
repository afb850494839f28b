using System.Net.Http.Headers;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Meta;

/// <summary>
/// Meta's Conversions API: up to a thousand events a call, all or none of them taken, answered at once. The token travels in a header, so
/// that neither stored bodies nor logged addresses hold it.
/// </summary>
/// <param name="http">Asked for the client named <see cref="HttpName"/>.</param>
/// <param name="connection">Asked each time, since a user may change it; null: not connected.</param>
public sealed class MetaChannel(IHttpClientFactory http, Func<MetaConnection?> connection) : IConversionChannel
{
    public const string HttpName = "meta";

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);
    private static readonly TimeSpan OldestInStore = TimeSpan.FromDays(62);
    private static readonly TimeSpan Furthest = TimeSpan.FromMinutes(1);

    public AdPlatform Platform => AdPlatform.Meta;

    public Mode? Mode => connection()?.Mode;

    public Refusal? Check(ConversionFacts facts, DateTimeOffset now) => facts switch
    {
        { Consent.AdUserData: false } => new Refusal("no_consent", "The person does not allow data to go to ad platforms."),
        { Stage: ConversionStage.Refunded } or { Restates: true } => new Refusal("cannot_restate", "Meta can neither withdraw a conversion nor change its value."),
        _ when string.IsNullOrWhiteSpace(facts.Name) => new Refusal("no_event_name", "No Meta event is chosen for this stage."),
        { Name: "Purchase", Value: null } => new Refusal("no_value", "Meta takes a Purchase only with a value and a currency."),
        { Value.Minor: < 0 } => new Refusal("negative_value", "A value below zero is no value of a conversion."),
        { Source: ConversionSource.Store } when facts.OccurredAt < now - OldestInStore => new Refusal("too_old", "Meta takes what happened in a shop for 62 days."),
        { Source: not ConversionSource.Store } when facts.OccurredAt < now - Oldest => new Refusal("too_old", "Meta takes events for 7 days."),
        _ when facts.OccurredAt > now + Furthest => new Refusal("in_future", "The event has not happened yet.", facts.OccurredAt),
        { IsLimited: true } when MetaLimit.Of(facts) is null => new Refusal("no_state", "Meta limits data use by the state, and neither that nor the visitor's address is known."),
        _ when !MetaPerson.Of(facts).IsEnough() => new Refusal("too_little_known", "Meta needs an e-mail, a telephone number, a click or another key of the person."),
        _ => null,
    };

    public TimeSpan Memory(bool isInStore) => isInStore ? OldestInStore : Oldest;

    /// <summary>48 hours by its documentation; an hour is left for the way and the clocks.</summary>
    public TimeSpan? RepeatsKnownFor { get; } = TimeSpan.FromHours(47);

    public int MostPerRequest => 1_000;

    public bool OneNamePerRequest => false;

    public MatchKeys KeysOf(ConversionFacts facts)
    {
        var person = MetaPerson.Of(facts);
        (object? Given, MatchKeys Key)[] all =
        [
            (person.Em, MatchKeys.Email), (person.Ph, MatchKeys.Phone), (person.Fn, MatchKeys.FirstName), (person.Ln, MatchKeys.LastName), (person.Ct, MatchKeys.City), (person.St, MatchKeys.Region),
            (person.Zp, MatchKeys.PostalCode), (person.Country, MatchKeys.Country), (person.ExternalId, MatchKeys.ExternalId), (person.ClientIpAddress, MatchKeys.Ip),
            (person.ClientUserAgent, MatchKeys.UserAgent), (person.Fbc, MatchKeys.Click), (person.Fbp, MatchKeys.BrowserId),
        ];
        return all.Where(one => one.Given is not null).Aggregate(MatchKeys.None, (keys, one) => keys | one.Key);
    }

    public string Envelope(string name) => MetaBody.Envelope;

    public byte[] WriteEvent(ConversionFacts facts) => MetaBody.Write(MetaEvent.Of(facts));

    public async Task<ChannelAnswer> SendAsync(string envelope, IReadOnlyList<byte[]> events, CancellationToken cancellation)
    {
        if (connection() is not { } meta)
            return ChannelAnswer.NotConnected;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(meta.ApiBase, $"/{meta.Version}/{Uri.EscapeDataString(meta.DatasetId)}/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", meta.AccessToken);
        request.Content = new RequestBody(envelope, events);
        using var client = http.CreateClient(HttpName);
        return await ChannelHttp.ExchangeAsync(client, request, reply => MetaAnswer.Read(reply, events.Count), cancellation);
    }

    /// <summary>
    /// Sends one event of nobody (example.com belongs to no person) under a test code of the Events Manager, where it shows within a minute. Meta counts
    /// such events like any other: never of a real person.
    /// </summary>
    public Task<ChannelAnswer> TestAsync(string testCode, DateTimeOffset now, CancellationToken cancellation)
    {
        var nobody = new ConversionFacts
        {
            EventId = $"test.{Guid.CreateVersion7()}",
            TransactionId = "test",
            Stage = ConversionStage.Lead,
            Name = "RevOpsTest",
            OccurredAt = now,
            Source = ConversionSource.Crm,
            Person = new() { Emails = ["nobody@example.com"] },
            Consent = new(true, null),
            DefaultCountry = "US",
        };
        return SendAsync(MetaBody.TestEnvelope(testCode), [WriteEvent(nobody)], cancellation);
    }

    public Task<RequestResult> PollAsync(string requestId, CancellationToken cancellation) =>
        throw new NotSupportedException("Meta answers at once.");
}
