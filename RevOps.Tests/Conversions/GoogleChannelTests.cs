using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Platform;
using RevOps.Tests.Billing.Stripe;
using static RevOps.Tests.Billing.Stripe.ScriptedHttp;

namespace RevOps.Tests.Conversions;

public sealed class GoogleChannelTests
{
    private const string Golden = """
        {"destinations":[{
           "operatingAccount":{"accountType":"GOOGLE_ADS","accountId":"1234567890"},
           "loginAccount":{"accountType":"GOOGLE_ADS","accountId":"1112223333"},
           "productDestinationId":"987654"}],
         "events":[{
           "transactionId":"b1","eventTimestamp":"2026-11-22T09:00:00Z","eventSource":"WEB","adIdentifiers":{"gclid":"Cj0K_x"},
           "userData":{"userIdentifiers":[
             {"address":{
               "givenName":"24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac",
               "familyName":"aa66b33bc000ec96728ee7552cafee09e4d127331db2f29a3fd8507c2962cf50",
               "regionCode":"FR","postalCode":"75018"}},
             {"emailAddress":"40a7a591b586da8ea75d049e8a9dfb984c075840dd3e9fed2e91a31c0dc2c51c"},
             {"phoneNumber":"42d573cfc315801d4cd8eddd5416b416a0bf298b9b9e12d6b07442c91db42bd8"}]},
           "conversionValue":120.5,"currency":"EUR",
           "consent":{"adUserData":"CONSENT_GRANTED","adPersonalization":"CONSENT_DENIED"}}],
         "encoding":"HEX"}
        """;

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly Func<HttpRequestMessage, HttpResponseMessage> Token = Answer(200, """{"access_token":"at_1","expires_in":3599,"token_type":"Bearer"}""");
    private static readonly Func<HttpRequestMessage, HttpResponseMessage> Receipt = Answer(200, """{"requestId":"r1"}""");
    private readonly SkippingClock clock = new(SomeFacts.Now);

    [Fact]
    public void Write_FormatsForGoogleAndSendsOneClickId()
    {
        var body = Channel(new ScriptedHttp(Drop)).Write(SomeFacts.AtGoogle);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Golden), JsonNode.Parse(body)), body);
    }

    [Fact]
    public void Write_LeavesOutWhatNobodyKnowsOrSaid()
    {
        var facts = SomeFacts.AtGoogle with
        {
            Consent = new AdConsent(null, null),
            Value = null,
            Person = SomeFacts.Nobody with { FirstName = "Ana" },
            Click = new ClickFacts { Gbraid = "B", Wbraid = "W", SeenAt = SomeFacts.Now.AddDays(-1) },
        };
        var sent = JsonNode.Parse(Channel(new ScriptedHttp(Drop)).Write(facts))!["events"]![0]!.AsObject();

        Assert.Equal(["transactionId", "eventTimestamp", "eventSource", "adIdentifiers"], sent.Select(field => field.Key));
        Assert.Equal("""{"gbraid":"B"}""", sent["adIdentifiers"]!.ToJsonString());
    }

    [Fact]
    public void Write_ARestatementChangesTheValueOnly()
    {
        var google = Channel(new ScriptedHttp(Drop));
        var refund = SomeFacts.AtGoogle with { Stage = ConversionStage.Refunded, Restates = true, Value = Money.Zero("EUR") };

        Assert.Equal(google.Write(SomeFacts.AtGoogle).Replace("120.5", "0", StringComparison.Ordinal), google.Write(refund));
        Assert.Null(google.Check(refund, SomeFacts.Now.AddDays(80)));
    }

    public static TheoryData<string, ConversionFacts> Refusals => new()
    {
        { "no_consent", SomeFacts.AtGoogle with { Consent = new AdConsent(false, null) } },
        { "no_conversion_action", SomeFacts.AtGoogle with { Name = "Purchase" } },
        { "never_sent", SomeFacts.AtGoogle with { Stage = ConversionStage.Refunded } },
        { "too_little_known", SomeFacts.AtGoogle with { Click = null, Person = SomeFacts.Nobody } },
        { "too_little_known", Clicked(TimeSpan.FromMinutes(30)) with { Person = SomeFacts.Nobody } },
        { "click_too_recent", Clicked(TimeSpan.FromHours(5)) },
        { "", Clicked(TimeSpan.FromHours(6)) },
        { "too_old", Clicked(TimeSpan.FromDays(91)) with { OccurredAt = SomeFacts.Now.AddDays(-2) } },
        { "too_old", SomeFacts.AtGoogle with { Click = null, OccurredAt = SomeFacts.Now.AddDays(-64) } },
        { "", SomeFacts.AtGoogle with { Click = null } },
        { "", SomeFacts.AtGoogle },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Check_SaysBeforeGoogleDoes(string code, ConversionFacts facts) =>
        Assert.Equal(code, Channel(new ScriptedHttp(Drop)).Check(facts, SomeFacts.Now)?.Code ?? "");

    [Fact]
    public void Check_SaysWhenAYoungClickWillPass() =>
        Assert.Equal(SomeFacts.Now.AddHours(1), Channel(new ScriptedHttp(Drop)).Check(Clicked(TimeSpan.FromHours(5)), SomeFacts.Now)!.RetryAt);

    [Fact]
    public async Task Send_SignsInWithTheServiceAccount()
    {
        var wire = new ScriptedHttp(Token, Receipt);

        var answer = await Channel(wire).SendAsync("""{"x":1}""", TestContext.Current.CancellationToken);

        Assert.Equal((ChannelOutcome.Received, "r1"), (answer.Outcome, answer.RequestId));
        var (signIn, ingest) = (wire.Requests[0], wire.Requests[1]);
        Assert.Equal("https://oauth2.example/token", signIn.Uri.AbsoluteUri);
        var form = HttpUtility.ParseQueryString(signIn.Body);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var parts = form["assertion"]!.Split('.');
        Assert.True(Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var now = SomeFacts.Now.ToUnixTimeSeconds();
        Assert.Equal(
            $$"""{"iss":"bot@p1.iam","scope":"https://www.googleapis.com/auth/datamanager","aud":"https://oauth2.example/token","iat":{{now}},"exp":{{now + 3600}}}""",
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));

        Assert.Equal("https://datamanager.googleapis.com/v1/events:ingest", ingest.Uri.AbsoluteUri);
        Assert.Equal(("Bearer at_1", "p1", """{"x":1}"""), (ingest.Headers["Authorization"], ingest.Headers["x-goog-user-project"], ingest.Body));
    }

    [Fact]
    public async Task Send_KeepsATokenUntilNearItsEnd()
    {
        var wire = new ScriptedHttp(Token, Receipt, Receipt, Token, Receipt);
        var google = Channel(wire);

        await google.SendAsync("{}", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(50));
        await google.SendAsync("{}", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(6));
        await google.SendAsync("{}", TestContext.Current.CancellationToken);

        Assert.Equal(["token", "events:ingest", "events:ingest", "token", "events:ingest"], wire.Requests.Select(request => request.Uri.Segments[^1]));
    }

    [Fact]
    public async Task Send_FetchesOneFreshTokenWhenTheOldOneIsRefused()
    {
        var wire = new ScriptedHttp(Token, Answer(401, "{}"), Token, Answer(401, """{"error":{"status":"UNAUTHENTICATED","message":"no"}}"""));

        var answer = await Channel(wire).SendAsync("{}", TestContext.Current.CancellationToken);

        Assert.Equal((ChannelOutcome.ConnectionBroken, "UNAUTHENTICATED", 4), (answer.Outcome, answer.Code, wire.Requests.Count));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Account disabled"}""", ChannelOutcome.ConnectionBroken, "invalid_grant")]
    [InlineData(503, "<html>", ChannelOutcome.Retry, "no_token")]
    public async Task Send_WithoutAToken(int status, string body, ChannelOutcome outcome, string code)
    {
        var answer = await Channel(new ScriptedHttp(Answer(status, body))).SendAsync("{}", TestContext.Current.CancellationToken);

        Assert.Equal((outcome, code), (answer.Outcome, answer.Code));
    }

    [Theory]
    [InlineData(400, """{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"INVALID_CURRENCY_CODE"}]}}""", ChannelOutcome.Refused, "INVALID_CURRENCY_CODE")]
    [InlineData(400, """{"error":{"status":"INVALID_ARGUMENT","details":[{"fieldViolations":[{"field":"events[0]","reason":"EVENT_TIME_INVALID"}]}]}}""", ChannelOutcome.Refused, "EVENT_TIME_INVALID")]
    [InlineData(404, """{"error":{"status":"NOT_FOUND"}}""", ChannelOutcome.Refused, "NOT_FOUND")]
    [InlineData(403, """{"error":{"status":"PERMISSION_DENIED"}}""", ChannelOutcome.ConnectionBroken, "PERMISSION_DENIED")]
    [InlineData(400, """{"error":{"details":[{"reason":"TERMS_AND_CONDITIONS_NOT_SIGNED"}]}}""", ChannelOutcome.ConnectionBroken, "TERMS_AND_CONDITIONS_NOT_SIGNED")]
    [InlineData(429, """{"error":{"status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"30s"}]}}""", ChannelOutcome.Retry, "RESOURCE_EXHAUSTED")]
    [InlineData(500, "<html>", ChannelOutcome.Retry, "unreadable")]
    [InlineData(200, "{}", ChannelOutcome.Retry, "no_request_id")]
    public async Task Send_ReadsTheAnswer(int status, string body, ChannelOutcome outcome, string code)
    {
        var answer = await Channel(new ScriptedHttp(Token, Answer(status, body))).SendAsync("{}", TestContext.Current.CancellationToken);

        Assert.Equal((outcome, code), (answer.Outcome, answer.Code));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, answer.RetryAfter);
    }

    [Theory]
    [InlineData("SUCCESS", "", ChannelOutcome.Delivered, null)]
    [InlineData("PROCESSING", "", ChannelOutcome.Received, "PROCESSING")]
    [InlineData("FAILED", "EVENT_TOO_OLD", ChannelOutcome.Refused, "EVENT_TOO_OLD")]
    [InlineData("FAILED", "SOMETHING_NEW", ChannelOutcome.Refused, "SOMETHING_NEW")]
    [InlineData("FAILED", "DUPLICATE_TRANSACTION_ID", ChannelOutcome.Delivered, "DUPLICATE_TRANSACTION_ID")]
    [InlineData("FAILED", "TOO_RECENT_CLICK", ChannelOutcome.Retry, "TOO_RECENT_CLICK")]
    [InlineData("FAILED", "INTERNAL_ERROR", ChannelOutcome.Retry, "INTERNAL_ERROR")]
    [InlineData("FAILED", "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED", ChannelOutcome.ConnectionBroken, "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED")]
    public async Task Poll_TellsWhatBecameOfIt(string status, string reason, ChannelOutcome outcome, string? code)
    {
        var errors = reason.Length == 0 ? "" : $$""","errorInfo":{"errorCounts":[{"recordCount":"1","reason":"PROCESSING_ERROR_REASON_{{reason}}","recordIndices":[0]}]}""";
        var wire = new ScriptedHttp(Token, Answer(200, $$"""{"requestStatusPerDestination":[{"requestStatus":"{{status}}","eventsIngestionStatus":{"recordCount":"1"}{{errors}}}]}"""));

        var answer = await Channel(wire).PollAsync("r 1", TestContext.Current.CancellationToken);

        Assert.Equal((outcome, code, "r 1"), (answer.Outcome, answer.Code, answer.RequestId));
        Assert.Equal("/v1/requestStatus:retrieve?requestId=r%201", wire.Requests[1].Uri.PathAndQuery);
    }

    [Fact]
    public void Key_IsReadFromTheConsolesFileAndPrintsNoSecret()
    {
        var key = GoogleKey.Parse("""{"type":"service_account","project_id":"p1","private_key_id":"k1","private_key":"-----BEGIN","client_email":"bot@p1.iam","token_uri":"https://oauth2.googleapis.com/token"}""");

        Assert.Equal(("p1", "k1", "bot@p1.iam"), (key.ProjectId, key.PrivateKeyId, key.ToString()));
        Assert.Throws<FormatException>(() => GoogleKey.Parse("""{"client_email":"x"}"""));
    }

    private static ConversionFacts Clicked(TimeSpan ago) => SomeFacts.AtGoogle with { Click = new ClickFacts { Gclid = "g", SeenAt = SomeFacts.Now - ago } };

    private GoogleChannel Channel(ScriptedHttp wire) => new(
        wire,
        () => new GoogleConnection
        {
            CustomerId = "123-456-7890",
            LoginCustomerId = "111-222-3333",
            Key = new GoogleKey { ClientEmail = "bot@p1.iam", PrivateKey = Key.ExportPkcs8PrivateKeyPem(), TokenUri = new Uri("https://oauth2.example/token"), ProjectId = "p1" },
        },
        clock);
}
