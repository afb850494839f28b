using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Sending;
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
        var body = Written(SomeFacts.AtGoogle);

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
        var sent = JsonNode.Parse(Written(facts))!["events"]![0]!.AsObject();

        Assert.Equal(["transactionId", "eventTimestamp", "eventSource", "adIdentifiers"], sent.Select(field => field.Key));
        Assert.Equal("""{"gbraid":"B"}""", sent["adIdentifiers"]!.ToJsonString());
    }

    [Fact]
    public void Write_ACallIsFoundByItsTimeAndTheCallersDigest()
    {
        var call = SomeFacts.AtGoogle with { Stage = ConversionStage.Lead, Source = ConversionSource.PhoneCall, CallStartedAt = SomeFacts.Now.AddMinutes(-70), Click = null };
        var sent = JsonNode.Parse(Written(call))!["events"]![0]!;
        Assert.Equal(("PHONE", "2026-11-22T08:50:00Z"), ((string?)sent["eventSource"], (string?)sent["callInfo"]!["startTimestamp"]));
        Assert.Contains(sent["userData"]!["userIdentifiers"]!.AsArray(), one => (string?)one!["phoneNumber"] == GoogleUserData.Hash("+33612345678"));

        // Without the number nobody finds the call by its time.
        Assert.Null(JsonNode.Parse(Written(call with { Person = SomeFacts.Ana with { Phones = [] } }))!["events"]![0]!["callInfo"]);
    }

    [Fact]
    public void Write_ARestatementChangesTheValueOnly()
    {
        var google = Channel(new ScriptedHttp(Drop));
        var refund = SomeFacts.AtGoogle with { Stage = ConversionStage.Refunded, Restates = true, Value = Money.Zero("EUR") };

        Assert.Equal(Written(SomeFacts.AtGoogle).Replace("120.5", "0", StringComparison.Ordinal), Written(refund));
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

        var answer = await SendAsync(Channel(wire));

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
        Assert.Equal(("Bearer at_1", "p1", """{"events":[{"x":1},{"x":2}]}"""), (ingest.Headers["Authorization"], ingest.Headers["x-goog-user-project"], ingest.Body));
    }

    [Fact]
    public async Task Send_KeepsATokenUntilNearItsEnd()
    {
        var wire = new ScriptedHttp(Token, Receipt, Receipt, Token, Receipt);
        var google = Channel(wire);

        await SendAsync(google);
        clock.Advance(TimeSpan.FromMinutes(50));
        await SendAsync(google);
        clock.Advance(TimeSpan.FromMinutes(6));
        await SendAsync(google);

        Assert.Equal(["token", "events:ingest", "events:ingest", "token", "events:ingest"], wire.Requests.Select(request => request.Uri.Segments[^1]));
    }

    [Fact]
    public async Task Send_FetchesOneFreshTokenWhenTheOldOneIsRefused()
    {
        var wire = new ScriptedHttp(Token, Answer(401, "{}"), Token, Answer(401, """{"error":{"status":"UNAUTHENTICATED","message":"no"}}"""));

        var answer = await SendAsync(Channel(wire));

        Assert.Equal((ChannelOutcome.ConnectionBroken, "UNAUTHENTICATED", 4), (answer.Outcome, answer.Code, wire.Requests.Count));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Account disabled"}""", ChannelOutcome.ConnectionBroken, "invalid_grant")]
    [InlineData(503, "<html>", ChannelOutcome.Retry, "no_token")]
    public async Task Send_WithoutAToken(int status, string body, ChannelOutcome outcome, string code)
    {
        var answer = await SendAsync(Channel(new ScriptedHttp(Answer(status, body))));

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
        var answer = await SendAsync(Channel(new ScriptedHttp(Token, Answer(status, body))));

        Assert.Equal((outcome, code), (answer.Outcome, answer.Code));
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, answer.RetryAfter);
    }

    [Theory]
    [InlineData("destinations[0].productDestinationId", ChannelOutcome.ConnectionBroken, true, false)]
    [InlineData("events[1].transactionId", ChannelOutcome.Refused, false, true)]
    public async Task Send_TellsWhatIsBlamed(string field, ChannelOutcome outcome, bool namesDestination, bool namesEvent)
    {
        var answer = await SendAsync(Channel(new ScriptedHttp(Token, Answer(400, $$$"""{"error":{"status":"INVALID_ARGUMENT","details":[{"fieldViolations":[{"field":"{{{field}}}","reason":"X"}]}]}}"""))));

        Assert.Equal((outcome, namesDestination, namesEvent), (answer.Outcome, answer.NamesDestination, answer.NamesEvent));
    }

    [Fact]
    public async Task Poll_WhileGoogleIsStillAtWork()
    {
        var wire = new ScriptedHttp(Token, Answer(200, """{"requestStatusPerDestination":[{"requestStatus":"PROCESSING","eventsIngestionStatus":{"recordCount":"3"}}]}"""));

        var result = await Channel(wire).PollAsync("r 1", TestContext.Current.CancellationToken);

        Assert.Equal((ChannelOutcome.Received, "PROCESSING", "r 1"), (result.Answer.Outcome, result.Answer.Code, result.Answer.RequestId));
        Assert.Equal("/v1/requestStatus:retrieve?requestId=r%201", wire.Requests[1].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Poll_TellsOfEachRecordWhatBecameOfIt()
    {
        const string Errors = """
            {"recordCount":"2","reason":"PROCESSING_ERROR_REASON_EVENT_TOO_OLD","recordIndices":[0,4]},
            {"recordCount":"1","reason":"PROCESSING_ERROR_REASON_SOMETHING_NEW","recordIndices":["5"]},
            {"recordCount":"1","reason":"PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID","recordIndices":[1]},
            {"recordCount":"1","reason":"PROCESSING_ERROR_REASON_TOO_RECENT_CLICK","recordIndices":[2]},
            {"recordCount":"1","reason":"PROCESSING_ERROR_REASON_INTERNAL_ERROR","recordIndices":[6]}
            """;
        var result = await PollAsync("PARTIAL_SUCCESS", 7, $$""","errorInfo":{"errorCounts":[{{Errors}}]}""");

        Assert.Equal(
            [
                (ChannelOutcome.Refused, "EVENT_TOO_OLD", null), (ChannelOutcome.Delivered, "DUPLICATE_TRANSACTION_ID", null), (ChannelOutcome.Retry, "TOO_RECENT_CLICK", TimeSpan.FromHours(6)),
                (ChannelOutcome.Delivered, null, null), (ChannelOutcome.Refused, "EVENT_TOO_OLD", null), (ChannelOutcome.Refused, "SOMETHING_NEW", null), (ChannelOutcome.Retry, "INTERNAL_ERROR", TimeSpan.FromHours(1)),
            ],
            RecordVerdicts.Of(7, result).Select(verdict => (verdict.Outcome, verdict.Reason, verdict.RetryAfter)));
    }

    [Fact]
    public async Task Poll_OfOneReasonForAll()
    {
        Assert.All(RecordVerdicts.Of(3, await PollAsync("FAILED", 3, "")), verdict => Assert.Equal((ChannelOutcome.Refused, "FAILED"), (verdict.Outcome, verdict.Reason)));
        Assert.All(RecordVerdicts.Of(3, await PollAsync("SUCCESS", 0, "")), verdict => Assert.Equal((ChannelOutcome.Refused, "RECORD_COUNT_0"), (verdict.Outcome, verdict.Reason)));
        Assert.All(RecordVerdicts.Of(3, await PollAsync("SUCCESS", 3, "")), verdict => Assert.Equal((ChannelOutcome.Delivered, null), (verdict.Outcome, verdict.Reason)));
        var terms = await PollAsync("FAILED", 3, ""","errorInfo":{"errorCounts":[{"reason":"PROCESSING_ERROR_REASON_DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED","recordCount":"3"}]}""");
        Assert.All(RecordVerdicts.Of(3, terms), verdict => Assert.Equal((ChannelOutcome.ConnectionBroken, TimeSpan.FromHours(1)), (verdict.Outcome, verdict.RetryAfter)));
    }

    [Fact]
    public async Task Poll_WithoutPlaces_BlamesNobody()
    {
        var result = await PollAsync("PARTIAL_SUCCESS", 5, ""","errorInfo":{"errorCounts":[{"recordCount":"2","reason":"PROCESSING_ERROR_REASON_INVALID_GCLID"},{"recordCount":"1","reason":"PROCESSING_ERROR_REASON_EVENT_TOO_OLD","recordIndices":[0]}]}""");

        var verdicts = RecordVerdicts.Of(5, result);
        Assert.Equal((ChannelOutcome.Refused, "EVENT_TOO_OLD"), (verdicts[0].Outcome, verdicts[0].Reason));
        Assert.All(verdicts[1..], verdict => Assert.Equal(
            (ChannelOutcome.Received, RecordVerdicts.Unnamed, "2 of the 5 conversions of this request were refused as INVALID_GCLID; the platform does not say which."), (verdict.Outcome, verdict.Reason, verdict.Message)));
        Assert.Equal("INVALID_GCLID 2, EVENT_TOO_OLD 1", RecordVerdicts.InWords(5, result));
    }

    [Theory]
    [InlineData("""{"reason":"EVENT_TOO_OLD","recordCount":"2"},{"reason":"INVALID_GCLID","recordCount":"1"}""", ChannelOutcome.Refused, "FAILED", false)]
    [InlineData("""{"reason":"EVENT_TOO_OLD","recordCount":"3","recordIndices":[0]}""", ChannelOutcome.Refused, "EVENT_TOO_OLD", false)]
    [InlineData("""{"reason":"EVENT_TOO_OLD","recordCount":"1","recordIndices":[0]},{"reason":"INVALID_GCLID","recordCount":"1","recordIndices":[1]}""", ChannelOutcome.Refused, "FAILED", false)]
    [InlineData("""{"reason":"EVENT_TOO_OLD","recordCount":"2"},{"reason":"INTERNAL_ERROR","recordCount":"1"}""", ChannelOutcome.Retry, "INTERNAL_ERROR", true)]
    [InlineData("""{"reason":"EVENT_TOO_OLD","recordCount":"2"},{"reason":"DUPLICATE_TRANSACTION_ID","recordCount":"1"}""", ChannelOutcome.Received, RecordVerdicts.Unnamed, false)]
    public async Task Poll_OfAFailedRequest_NeverTakesTheUnnamedForDelivered(string counts, ChannelOutcome outcome, string reason, bool goesAgain)
    {
        var last = RecordVerdicts.Of(3, await PollAsync("FAILED", 3, $$""","errorInfo":{"errorCounts":[{{counts}}]}"""))[2];

        Assert.Equal((outcome, reason, goesAgain), (last.Outcome, last.Reason, last.RetryAfter is not null));
    }

    [Fact]
    public async Task Poll_SendsTheUnnamedAgainWhereSomeMayPass()
    {
        var verdicts = RecordVerdicts.Of(3, await PollAsync("PARTIAL_SUCCESS", 3, ""","errorInfo":{"errorCounts":[{"reason":"INTERNAL_ERROR","recordCount":"1"},{"reason":"EVENT_TOO_OLD","recordCount":"1","recordIndices":[0]}]}"""));

        Assert.Equal([(ChannelOutcome.Refused, null), (ChannelOutcome.Retry, TimeSpan.FromHours(1)), (ChannelOutcome.Retry, (TimeSpan?)TimeSpan.FromHours(1))], verdicts.Select(verdict => (verdict.Outcome, verdict.RetryAfter)));
    }

    private async Task<RequestResult> PollAsync(string status, int count, string errors) => await Channel(new ScriptedHttp(
        Token, Answer(200, $$"""{"requestStatusPerDestination":[{"requestStatus":"{{status}}","eventsIngestionStatus":{"recordCount":"{{count}}"}{{errors}}}]}"""))).PollAsync("r1", TestContext.Current.CancellationToken);

    [Fact]
    public void Key_IsReadFromTheConsolesFileAndPrintsNoSecret()
    {
        var key = GoogleKey.Parse("""{"type":"service_account","project_id":"p1","private_key_id":"k1","private_key":"-----BEGIN","client_email":"bot@p1.iam","token_uri":"https://oauth2.googleapis.com/token"}""");

        Assert.Equal(("p1", "k1", "bot@p1.iam"), (key.ProjectId, key.PrivateKeyId, key.ToString()));
        Assert.Throws<FormatException>(() => GoogleKey.Parse("""{"client_email":"x"}"""));
    }

    private static Task<ChannelAnswer> SendAsync(GoogleChannel google) =>
        google.SendAsync("""{"events":[]}""", ["""{"x":1}"""u8.ToArray(), """{"x":2}"""u8.ToArray()], TestContext.Current.CancellationToken);

    private string Written(ConversionFacts facts) => ((IConversionChannel)Channel(new ScriptedHttp(Drop))).Write(facts);

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
