using System.Net.Http.Headers;
using System.Text.Json;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// Google's Data Manager API: <c>events:ingest</c> only acknowledges, what became of the event is asked for later (the first time
/// after 30 minutes, for up to a day). The same transaction id again overwrites the value, which is how a payment or a refund is told.
/// </summary>
/// <param name="http">Asked for the client named <see cref="HttpName"/>.</param>
/// <param name="connection">Asked each time, since a user may change it; null: not connected.</param>
/// <param name="clock">The system's clock: Google refuses a signed statement that is minutes off.</param>
public sealed class GoogleChannel(IHttpClientFactory http, Func<GoogleConnection?> connection, TimeProvider clock) : IConversionChannel
{
    public const string HttpName = "google";

    /// <summary>Google cannot attribute a click before.</summary>
    public static readonly TimeSpan YoungestClick = TimeSpan.FromHours(6);

    /// <summary>How far back Google matches a person without a click.</summary>
    public static readonly TimeSpan OldestWithoutClick = TimeSpan.FromDays(63);

    private readonly GoogleTokens tokens = new(http, clock);

    public AdPlatform Platform => AdPlatform.Google;

    public Mode? Mode => connection()?.Mode;

    /// <summary>Who is known by more than a click that Google has forgotten is matched without it.</summary>
    public ConversionFacts Fit(ConversionFacts facts, DateTimeOffset now) =>
        facts.Click is { } click && now - click.SeenAt > GoogleClick.Memory && GooglePerson.Of(facts) is not null ? facts with { Click = null } : facts;

    public Refusal? Check(ConversionFacts facts, DateTimeOffset now)
    {
        var click = GoogleClick.Of(facts);
        return facts switch
        {
            { Consent.AdUserData: false } => new Refusal("no_consent", "The person does not allow data to go to ad platforms; Google would drop it."),
            _ when facts.Name.Length == 0 || !facts.Name.All(char.IsAsciiDigit) => new Refusal("no_conversion_action", "No Google conversion action, by its number, is chosen for this stage."),
            _ when string.IsNullOrWhiteSpace(facts.TransactionId) => new Refusal("no_transaction_id", "Google needs an id that no other conversion has."),
            { Value.Minor: < 0 } => new Refusal("negative_value", "A value below zero is no value of a conversion."),
            { Restates: true, Value: null } => new Refusal("no_value", "A restatement needs the new value, 0 for a refund."),
            { Stage: ConversionStage.Refunded, Restates: false } => new Refusal("never_sent", "Google has no such conversion to refund; it would count a new one."),
            _ when click is null && GooglePerson.Of(facts) is null => new Refusal("too_little_known", "Google needs a click, an e-mail, a telephone number or a full address."),
            _ when facts.OccurredAt > now => new Refusal("in_future", "The event has not happened yet.", facts.OccurredAt),
            // How long a known conversion may be restated is not documented: Google says so itself when asked later.
            { Restates: true } => null,
            _ when click is not null && now - facts.Click!.SeenAt < YoungestClick => new Refusal("click_too_recent", "Google knows a click only after 6 hours.", facts.Click.SeenAt + YoungestClick),
            _ when click is not null && now - facts.Click!.SeenAt > GoogleClick.Memory => new Refusal("too_old", "Google remembers a click for 90 days."),
            _ when click is null && now - facts.OccurredAt > OldestWithoutClick => new Refusal("too_old", "Without a click Google takes conversions for 63 days."),
            _ => null,
        };
    }

    /// <summary>As long as a click: consent that comes late may bring one to light.</summary>
    public TimeSpan Memory(bool isInStore) => GoogleClick.Memory;

    public int MostPerRequest => 2_000;

    public bool OneNamePerRequest => true;

    public MatchKeys KeysOf(ConversionFacts facts)
    {
        var keys = GoogleClick.Of(facts) is null ? MatchKeys.None : MatchKeys.Click;
        foreach (var one in GooglePerson.Of(facts)?.UserIdentifiers ?? [])
            keys |= one switch { { EmailAddress: not null } => MatchKeys.Email, { PhoneNumber: not null } => MatchKeys.Phone, _ => MatchKeys.Address };
        return keys;
    }

    public string Envelope(string name) => GoogleBody.Envelope(name, connection() ?? throw new InvalidOperationException("Google is not connected.")).Write();

    public byte[] WriteEvent(ConversionFacts facts) => JsonSerializer.SerializeToUtf8Bytes(GoogleEvent.Of(facts), GoogleJson.CamelCase);

    public Task<ChannelAnswer> SendAsync(string envelope, IReadOnlyList<byte[]> events, CancellationToken cancellation) =>
        CallAsync(
            google => new HttpRequestMessage(HttpMethod.Post, new Uri(google.ApiBase, "/v1/events:ingest")) { Content = new RequestBody(envelope, events) },
            GoogleAnswer.ReadReceipt,
            cancellation);

    /// <summary>One event for one action that Google looks at and throws away.</summary>
    internal Task<ChannelAnswer> RehearseAsync(string action, byte[] one, CancellationToken cancellation) => CallAsync(
        google => new HttpRequestMessage(HttpMethod.Post, new Uri(google.ApiBase, "/v1/events:ingest")) { Content = new RequestBody((GoogleBody.Envelope(action, google) with { ValidateOnly = true }).Write(), [one]) },
        GoogleAnswer.ReadRehearsal,
        cancellation);

    public async Task<RequestResult> PollAsync(string requestId, CancellationToken cancellation)
    {
        IReadOnlyList<RecordRefusal> refusals = [];
        var answer = await CallAsync(
            google => new HttpRequestMessage(HttpMethod.Get, new Uri(google.ApiBase, $"/v1/requestStatus:retrieve?requestId={Uri.EscapeDataString(requestId)}")),
            reply => GoogleAnswer.ReadStatus(reply, requestId, out refusals),
            cancellation);
        return new(answer, refusals);
    }

    private async Task<ChannelAnswer> CallAsync(
        Func<GoogleConnection, HttpRequestMessage> write, Func<ChannelReply, ChannelAnswer> read, CancellationToken cancellation)
    {
        if (connection() is not { } google)
            return ChannelAnswer.NotConnected;

        // A token may be withdrawn before its time: that is worth one fresh one, a second refusal is the account's.
        for (var isFirst = true; ; isFirst = false)
        {
            var (token, failure) = await tokens.GetAsync(google.Key, cancellation);
            if (token is null)
                return failure!;
            var answer = await OnceAsync(google, token, write, read, cancellation);
            if (answer.HttpStatus != 401 || !isFirst)
                return answer;
            tokens.Forget(token);
        }
    }

    private async Task<ChannelAnswer> OnceAsync(
        GoogleConnection google, string token, Func<GoogleConnection, HttpRequestMessage> write, Func<ChannelReply, ChannelAnswer> read, CancellationToken cancellation)
    {
        using var request = write(google);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (google.Key.ProjectId is { Length: > 0 } project)
            request.Headers.Add("x-goog-user-project", project);
        using var client = http.CreateClient(HttpName);
        return await ChannelHttp.ExchangeAsync(client, request, read, cancellation);
    }
}
