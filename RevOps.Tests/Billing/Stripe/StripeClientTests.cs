using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using static RevOps.Tests.Billing.Stripe.ScriptedHttp;

namespace RevOps.Tests.Billing.Stripe;

public sealed class StripeClientTests
{
    private const string Draft = """{"id":"in_1","object":"invoice","status":"draft","customer":"cus_1","currency":"eur","livemode":false,"created":1795000000,"total":12000,"brand_new":{"x":1}}""";
    private readonly SkippingClock clock = new();

    [Theory]
    [InlineData(429)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Send_RepeatsTheSameBytesUnderTheSameKey(int status)
    {
        var wire = new ScriptedHttp(Answer(status, "{}"), Drop, Answer(200, Draft, ("Request-Id", "req_1")));

        var answer = await Client(wire).SendAsync(StripeRequests.Finalize("in_1"), "inv:1:finalize");

        Assert.Equal((200, "req_1", "draft"), (answer.Status, answer.RequestId, answer.Read<StripeInvoice>().Status));
        Assert.Equal(3, wire.Requests.Count);
        Assert.All(wire.Requests, request =>
        {
            Assert.Equal("auto_advance=false", request.Body);
            Assert.Equal("inv:1:finalize", request.Headers["Idempotency-Key"]);
            Assert.Equal("2026-07-29.dahlia", request.Headers["Stripe-Version"]);
            Assert.Equal("Bearer rk_test_1", request.Headers["Authorization"]);
        });
        Assert.Equal(2, clock.Waits.Count);
        Assert.InRange(clock.Waits[0], TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.InRange(clock.Waits[1], TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Send_WaitsAsLongAsStripeAsks()
    {
        await Client(new ScriptedHttp(Answer(429, "{}", ("Retry-After", "7")), Answer(200, Draft))).SendAsync(StripeRequests.Send("in_1"), "k");

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Fact]
    public async Task Send_LeavesALongWaitToTheOutbox()
    {
        var wire = new ScriptedHttp(Answer(429, "{}", ("Retry-After", "60")));

        var refused = await Assert.ThrowsAsync<StripeException>(() => Client(wire).SendAsync(StripeRequests.Send("in_1"), "k"));

        Assert.Equal((true, TimeSpan.FromSeconds(60), 1), (refused.IsTransient, refused.RetryAfter, wire.Requests.Count));
    }

    [Fact]
    public async Task Send_TakesAStoredFailureForAReasonToLookUp()
    {
        var wire = new ScriptedHttp(Answer(500, "{}"), Answer(500, "{}", ("Idempotent-Replayed", "true")));

        var refused = await Assert.ThrowsAsync<StripeException>(() => Client(wire).SendAsync(StripeRequests.Send("in_1"), "k"));

        Assert.Equal((StripeFault.Permanent, true, 2), (refused.Fault, refused.ShouldLookUp, wire.Requests.Count));
    }

    [Fact]
    public async Task Send_GivesUpOnASilentServerAfterThreeTimeOuts()
    {
        var wire = new ScriptedHttp(Hang) { OnHang = clock.ExpireTimeOuts };

        var refused = await Assert.ThrowsAsync<StripeException>(() => Client(wire).SendAsync(StripeRequests.Send("in_1"), "k"));

        Assert.Equal((true, null, 3), (refused.IsTransient, refused.Status, wire.Requests.Count));
    }

    [Fact]
    public async Task Send_StopsCallingAStripeThatKeepsFailing()
    {
        var wire = new ScriptedHttp(Drop);
        var stripe = Client(wire);
        for (var call = 0; call < 3; call++)
            await Assert.ThrowsAsync<StripeException>(() => stripe.SendAsync(StripeRequests.Send("in_1"), "k"));

        var open = await Assert.ThrowsAsync<StripeUnavailableException>(() => stripe.SendAsync(StripeRequests.Send("in_1"), "k"));

        Assert.True(open.IsTransient);
        Assert.Equal(stripe.UnavailableUntil!.Value, open.RetryAt, TimeSpan.FromSeconds(1));
        Assert.Equal(10, wire.Requests.Count);
    }

    [Fact]
    public async Task Send_CallsAgainAfterTheBreak()
    {
        var wire = new ScriptedHttp([.. Enumerable.Repeat<Func<HttpRequestMessage, HttpResponseMessage>>(Drop, 10), Answer(200, Draft)]);
        var stripe = Client(wire);
        for (var call = 0; call < 4; call++)
            await Assert.ThrowsAnyAsync<StripeException>(() => stripe.SendAsync(StripeRequests.Send("in_1"), "k"));

        clock.Advance(TimeSpan.FromSeconds(31));
        await stripe.SendAsync(StripeRequests.Send("in_1"), "k");

        Assert.Null(stripe.UnavailableUntil);
    }

    [Theory]
    [InlineData(400, "invalid_request_error", "parameter_invalid", "no", "create", StripeFault.Permanent, false)]
    [InlineData(400, "invalid_request_error", "invoice_not_editable", "This invoice is already finalized", "finalize", StripeFault.Permanent, true)]
    [InlineData(400, "idempotency_error", "", "Keys for idempotent requests can only be used with the same parameters", "create", StripeFault.IdempotencyMismatch, true)]
    [InlineData(401, "invalid_request_error", "", "Invalid API Key", "create", StripeFault.Unauthorised, false)]
    [InlineData(403, "invalid_request_error", "", "no permission", "create", StripeFault.Unauthorised, false)]
    [InlineData(404, "invalid_request_error", "resource_missing", "No such customer: 'cus_1'; a similar object exists in live mode, but a test mode key was used", "create", StripeFault.ModeMismatch, false)]
    [InlineData(404, "invalid_request_error", "resource_missing", "No such customer", "create", StripeFault.Permanent, false)]
    [InlineData(409, "idempotency_error", "idempotency_key_in_use", "in progress", "create", StripeFault.Retryable, false)]
    [InlineData(429, "invalid_request_error", "lock_timeout", "locked", "create", StripeFault.Retryable, false)]
    public async Task Send_ClassifiesARefusal(int status, string type, string code, string message, string step, StripeFault fault, bool lookUp)
    {
        var wire = new ScriptedHttp(Answer(status, $$"""{"error":{"type":"{{type}}","code":"{{code}}","message":"{{message}}","param":"p"} }"""));
        var request = step == "finalize" ? StripeRequests.Finalize("in_1") : StripeRequests.CreateTaxId("cus_1", "eu_vat", "FR1");

        var refused = await Assert.ThrowsAsync<StripeException>(() => Client(wire).SendAsync(request, "k"));

        Assert.Equal((fault, lookUp, code, "p"), (refused.Fault, refused.ShouldLookUp, refused.Code, refused.Param));
        Assert.Equal(fault is StripeFault.Retryable ? 3 : 1, wire.Requests.Count);
    }

    [Fact]
    public async Task Send_BelievesStripeWhenItSaysNotToRetry()
    {
        var wire = new ScriptedHttp(Answer(503, "<html>", ("Stripe-Should-Retry", "false")));

        var refused = await Assert.ThrowsAsync<StripeException>(() => Client(wire).SendAsync(StripeRequests.Send("in_1"), "k"));

        Assert.Equal((false, true, 1), (refused.IsTransient, refused.ShouldLookUp, wire.Requests.Count));
    }

    [Fact]
    public async Task Send_RefusesAnObjectOfTheOtherMode()
    {
        var wire = new ScriptedHttp(Answer(200, Draft.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal)));

        await Assert.ThrowsAsync<StripeModeException>(() => Client(wire).SendAsync(StripeRequests.Send("in_1"), "k"));
    }

    [Fact]
    public async Task Send_NeedsAKeyAndAConnection()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Client(new ScriptedHttp(Drop)).SendAsync(StripeRequests.Send("in_1"), " "));
        await Assert.ThrowsAsync<StripeNotConnectedException>(() => new StripeClient(new ScriptedHttp(Drop), () => null, clock).SendAsync(StripeRequests.Send("in_1"), "k"));
        await Assert.ThrowsAsync<ArgumentException>(() => Client(new ScriptedHttp(Drop)).SendAsync(StripeRequests.Send("in_1"), "clé"));
    }

    [Fact]
    public async Task Calls_KeepToTheRate()
    {
        var stripe = Client(new ScriptedHttp(Answer(200, Draft)), callsPerSecond: 20);
        var start = clock.GetUtcNow();
        for (var call = 0; call < 60; call++)
            await stripe.GetInvoiceAsync("in_1");

        // A quarter of a second's worth at once, then 20 a second.
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(2.7), TimeSpan.FromSeconds(2.8));
    }

    [Fact]
    public async Task GetLines_ReadsEveryPage()
    {
        var wire = new ScriptedHttp(
            Answer(200, """{"object":"list","has_more":true,"data":[{"id":"il_1","amount":1,"currency":"eur","metadata":{"line_key":"a"}},{"id":"il_2","amount":2,"currency":"eur"}]}"""),
            Answer(200, """{"object":"list","has_more":false,"data":[{"id":"il_3","amount":3,"currency":"eur","quantity":2}]}"""));

        var lines = await Client(wire).GetLinesAsync("in_1");

        Assert.Equal([1, 2, 3], lines.Select(line => line.Amount));
        Assert.Equal(["a", null, null], lines.Select(line => line.Key));
        Assert.Equal(["/v1/invoices/in_1/lines?limit=100", "/v1/invoices/in_1/lines?limit=100&starting_after=il_2"], wire.Requests.Select(request => request.Uri.PathAndQuery));
    }

    [Fact]
    public async Task ListEvents_SinceOneComeOldestFirst()
    {
        var wire = new ScriptedHttp(
            Answer(200, """{"has_more":true,"data":[{"id":"evt_3","type":"a","data":{"object":{"id":"in_3"}}},{"id":"evt_2","type":"a","data":{"object":{"id":"in_2"}}}]}"""),
            Answer(200, """{"has_more":false,"data":[{"id":"evt_4","type":"a","data":{"object":{"id":"in_4","object":"invoice"}}}]}"""));

        var events = new List<StripeEvent>();
        await foreach (var happened in Client(wire).ListEventsAsync("evt_1", delivered: false))
            events.Add(happened);

        Assert.Equal(["in_2", "in_3", "in_4"], events.Select(happened => happened.ObjectId));
        Assert.Equal("/v1/events?limit=100&ending_before=evt_3&delivery_success=false", wire.Requests[1].Uri.PathAndQuery);
    }

    [Fact]
    public async Task GetInvoice_ReadsAmountsTimesTaxesAndPayments()
    {
        var wire = new ScriptedHttp(Answer(200, """
            {"id":"in_1","object":"invoice","livemode":false,"status":"open","customer":"cus_1","currency":"eur","number":"F-2026-0042","total":12000,
             "amount_remaining":7000,"due_date":1797592000,"status_transitions":{"finalized_at":1795000000,"paid_at":null},
             "total_taxes":[{"amount":2000,"taxable_amount":10000,"tax_behavior":"exclusive","tax_rate_details":{"tax_rate":"txr_1"}}],
             "payments":{"object":"list","data":[{"id":"inpay_1","invoice":"in_1","currency":"eur","status":"paid","amount_paid":5000,"amount_requested":12000,
               "payment":{"type":"payment_record","payment_record":"pr_1"},"status_transitions":{"paid_at":1795000500}}]}}
            """));

        var invoice = await Client(wire).GetInvoiceAsync("in_1");

        Assert.Equal("/v1/invoices/in_1?expand[]=payments", wire.Requests[0].Uri.PathAndQuery);
        Assert.Equal(("F-2026-0042", 7000, 1797592000), (invoice.Number, invoice.AmountRemaining, invoice.DueDate!.Value.ToUnixTimeSeconds()));
        Assert.Equal("txr_1", Assert.Single(invoice.TotalTaxes!).TaxRateId);
        Assert.Equal(("pr_1", 5000), (invoice.Payments!.Data[0].Payment!.PaymentRecord, invoice.Payments.Data[0].AmountPaid));
        Assert.Null(invoice.StatusTransitions!.PaidAt);
    }

    [Theory]
    [InlineData("https://api.stripe.com", "rk_live_1", Mode.Live)]
    [InlineData("https://api.stripe.com", "sk_test_1", Mode.Test)]
    [InlineData("http://localhost:5081", "rk_live_1", Mode.Sandbox)]
    public void Connection_KnowsItsModeAndKeepsItsKey(string apiBase, string key, Mode mode)
    {
        var connection = new StripeConnection { ApiKey = key, WebhookSecret = "whsec_x", ApiBase = new Uri(apiBase) };

        Assert.Equal(mode, connection.Mode);
        Assert.DoesNotContain(key, connection.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_x", connection.ToString(), StringComparison.Ordinal);
    }

    private StripeClient Client(ScriptedHttp wire, int? callsPerSecond = null) =>
        new(wire, () => new StripeConnection { ApiKey = "rk_test_1", CallsPerSecond = callsPerSecond }, clock);
}
