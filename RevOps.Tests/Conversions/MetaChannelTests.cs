using System.Text;
using System.Text.Json.Nodes;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Platform;
using RevOps.Tests.Billing.Stripe;
using static RevOps.Tests.Billing.Stripe.ScriptedHttp;

namespace RevOps.Tests.Conversions;

public sealed class MetaChannelTests
{
    // Digests made with another program from the texts in the comments.
    private const string Golden = """
        {"data":[{
          "event_name":"Purchase","event_time":1795338000,"event_id":"booked-b1","action_source":"website","event_source_url":"https://example.com/book",
          "user_data":{
            "em":["97385c1c3506741d53610d502c8996df49d20e61918ea24e78803d948c0a836c"],
            "ph":["8a3e7886c9335e82e02299fa3e87b46e2de3b0c63d56003e30a5029394a47661"],
            "fn":["24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac"],
            "ln":["916248dec6ebba4c735420a0db4591274a64ec92d13396a475267cf67c8800c1"],
            "ct":["fcc7b12e619d7e36782eeba767f24c4fe9dd54a931994e68c515be24bd046b59"],
            "zp":["8dc3075ea745609c169d1c120d3fcd1c42673d16f18b423f4374e894d34a098a"],
            "country":["67ad8f41a7bb0a18c45f3efd8f6a32bdcd832bcf8f3f2eb44006c03d53076e18"],
            "external_id":["9092a5057795f35a4820c9f416d4d0cef29a551c943b33574213be337627798a"],
            "client_ip_address":"203.0.113.7","client_user_agent":"Mozilla/5.0 (X11)",
            "fbc":"fb.1.1795168800000.IwAR2_x","fbp":"fb.1.1.2"},
          "custom_data":{"currency":"EUR","value":120.5,"order_id":"b1"}}],"partner_agent":"revops"}
        """;

    [Fact]
    public void Write_HashesThePersonAndNothingElse()
    {
        var body = Written(SomeFacts.Booking);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Golden), JsonNode.Parse(body)), body);
        Assert.Equal(body, Written(SomeFacts.Booking));
    }

    [Theory]
    [InlineData(ConversionSource.Website, true, "website")]
    [InlineData(ConversionSource.Website, false, "system_generated")]
    [InlineData(ConversionSource.PhoneCall, true, "phone_call")]
    [InlineData(ConversionSource.Crm, true, "system_generated")]
    public void Write_SaysWhereItHappened(ConversionSource source, bool hasBrowser, string expected)
    {
        var facts = SomeFacts.Booking with { Source = source, Person = SomeFacts.Ana with { UserAgent = hasBrowser ? "Mozilla" : null } };
        var sent = JsonNode.Parse(Written(facts))!["data"]![0]!;

        Assert.Equal(expected, (string?)sent["action_source"]);
        Assert.Equal(expected == "website", sent["event_source_url"] is not null);
        Assert.Equal(expected == "system_generated" ? "crm" : null, (string?)sent["custom_data"]!["event_source"]);
    }

    /// <summary>By the state where Meta numbers it, else by the visitor's address; where neither is known nothing could be limited.</summary>
    [Theory]
    [InlineData("California", true, 1, 1000)]
    [InlineData("RI", false, 1, 1013)]
    [InlineData("New York", true, 0, 0)]
    [InlineData(null, true, 0, 0)]
    public void Write_LimitsDataUseOfWhoOptedOut(string? region, bool hasIp, int country, int state)
    {
        var sent = JsonNode.Parse(Written(Limited(region, hasIp)))!["data"]![0]!;

        Assert.Equal("[\"LDU\"]", sent["data_processing_options"]!.ToJsonString());
        Assert.Equal((country, state), ((int)sent["data_processing_options_country"]!, (int)sent["data_processing_options_state"]!));
        Assert.Null(JsonNode.Parse(Written(SomeFacts.Booking))!["data"]![0]!["data_processing_options"]);
    }

    private static ConversionFacts Limited(string? region, bool hasIp) =>
        SomeFacts.Booking with { IsLimited = true, Consent = new(null, false), Person = SomeFacts.Ana with { Country = "US", Region = region, Ip = hasIp ? "203.0.113.7" : null } };

    public static TheoryData<string, ConversionFacts> Refusals => new()
    {
        { "no_state", Limited("New York", hasIp: false) },
        { "no_consent", SomeFacts.Booking with { Consent = new AdConsent(false, null) } },
        { "cannot_restate", SomeFacts.Booking with { Stage = ConversionStage.Refunded } },
        { "no_value", SomeFacts.Booking with { Value = null } },
        { "too_old", SomeFacts.Booking with { OccurredAt = SomeFacts.Now.AddDays(-7).AddSeconds(-1) } },
        { "in_future", SomeFacts.Booking with { OccurredAt = SomeFacts.Now.AddMinutes(2) } },
        { "too_little_known", Known(SomeFacts.Nobody) },
        { "too_little_known", Known(new PersonFacts { City = "Paris", PostalCode = "75018", Country = "FR", UserAgent = "Mozilla" }) },
        { "too_little_known", Known(new PersonFacts { FirstName = "Ana" }) },
        { "too_little_known", Known(new PersonFacts { Phones = ["12"], Emails = ["?"] }) },
        { "", Known(new PersonFacts { FirstName = "Ana", Country = "FR" }) },
        { "", Known(new PersonFacts { FirstName = "Ana", LastName = "López" }) },
        { "", Known(new PersonFacts { ExternalId = "crm-7" }) },
        { "", SomeFacts.Booking with { OccurredAt = SomeFacts.Now.AddDays(-7) } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Check_SaysBeforeMetaDoes(string code, ConversionFacts facts) =>
        Assert.Equal(code, Channel(new ScriptedHttp(Drop)).Check(facts, SomeFacts.Now)?.Code ?? "");

    [Fact]
    public async Task Send_KeepsTheTokenOutOfBodyAndAddress()
    {
        var wire = new ScriptedHttp(Answer(200, """{"events_received":1,"messages":[],"fbtrace_id":"T"}"""));

        var answer = await SendAsync(wire);

        Assert.Equal((ChannelOutcome.Delivered, "T"), (answer.Outcome, answer.RequestId));
        var request = Assert.Single(wire.Requests);
        Assert.Equal("https://graph.facebook.com/v26.0/123/events", request.Uri.AbsoluteUri);
        Assert.Equal(("Bearer secret", """{"data":[{}]}"""), (request.Headers["Authorization"], request.Body));
    }

    [Theory]
    [InlineData(200, """{"events_received":0,"fbtrace_id":"T"}""", ChannelOutcome.Refused, "events_received")]
    [InlineData(400, """{"error":{"code":100,"error_subcode":2804003,"message":"too old"}}""", ChannelOutcome.Refused, "100/2804003")]
    [InlineData(400, """{"error":{"code":100,"error_subcode":33,"message":"no such object"}}""", ChannelOutcome.ConnectionBroken, "100/33")]
    [InlineData(400, """{"error":{"code":190,"error_subcode":463,"message":"expired"}}""", ChannelOutcome.ConnectionBroken, "190/463")]
    [InlineData(403, """{"error":{"code":200,"message":"permission"}}""", ChannelOutcome.ConnectionBroken, "200")]
    [InlineData(400, """{"error":{"code":17,"message":"slow down"}}""", ChannelOutcome.Retry, "17")]
    [InlineData(400, """{"error":{"code":80004,"message":"slow down"}}""", ChannelOutcome.Retry, "80004")]
    [InlineData(400, """{"error":{"code":2,"message":"later"}}""", ChannelOutcome.Retry, "2")]
    [InlineData(400, """{"error":{"code":100,"is_transient":true,"message":"later"}}""", ChannelOutcome.Retry, "100")]
    [InlineData(500, """{"error":{"code":100,"message":"later"}}""", ChannelOutcome.Retry, "100")]
    [InlineData(502, "<html>", ChannelOutcome.Retry, "unreadable")]
    public async Task Send_ReadsTheAnswer(int status, string body, ChannelOutcome outcome, string code)
    {
        var answer = await SendAsync(new ScriptedHttp(Answer(status, body)));

        Assert.Equal((outcome, code, status), (answer.Outcome, answer.Code, answer.HttpStatus));
    }

    [Fact]
    public async Task Send_WithoutAnswerOrConnection()
    {
        Assert.Equal(ChannelOutcome.Retry, (await SendAsync(new ScriptedHttp(Drop))).Outcome);
        Assert.Equal(ChannelAnswer.NotConnected, await new MetaChannel(new ScriptedHttp(Drop), () => null).SendAsync(Envelope, ["{}"u8.ToArray()], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Connection_KeepsItsTokenAndKnowsItsMode()
    {
        var live = new MetaConnection { DatasetId = "1", AccessToken = "secret" };
        Assert.Equal((Mode.Live, Mode.Sandbox), (live.Mode, (live with { ApiBase = new Uri("http://127.0.0.1:5082") }).Mode));
        Assert.DoesNotContain("secret", live.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Lopez", SomeFacts.Booking.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, ChannelOutcome.Delivered)]
    [InlineData(2, ChannelOutcome.Refused)]
    public async Task Send_OfMany_IsTakenWhenAllAreCounted(int counted, ChannelOutcome outcome)
    {
        var wire = new ScriptedHttp(Answer(200, $$"""{"events_received":{{counted}},"messages":[],"fbtrace_id":"T"}"""));

        var answer = await SendAsync(wire, """{"event_id":"a"}""", """{"event_id":"é"}""", """{"event_id":"c"}""");

        Assert.Equal((outcome, outcome == ChannelOutcome.Refused), (answer.Outcome, answer.NamesEvent));
        Assert.Equal("""{"data":[{"event_id":"a"},{"event_id":"é"},{"event_id":"c"}]}""", Assert.Single(wire.Requests).Body);
    }

    private const string Envelope = """{"data":[]}""";

    private static string Written(ConversionFacts facts) => ((IConversionChannel)Channel(new ScriptedHttp(Drop))).Write(facts);

    private static Task<ChannelAnswer> SendAsync(ScriptedHttp wire, params string[] events) =>
        Channel(wire).SendAsync(Envelope, [.. (events.Length == 0 ? ["{}"] : events).Select(Encoding.UTF8.GetBytes)], TestContext.Current.CancellationToken);

    private static ConversionFacts Known(PersonFacts person) => SomeFacts.Booking with { Person = person, Click = null };

    private static MetaChannel Channel(ScriptedHttp wire) => new(wire, () => new MetaConnection { DatasetId = "123", AccessToken = "secret" });
}
