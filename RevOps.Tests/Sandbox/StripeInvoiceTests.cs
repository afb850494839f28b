namespace RevOps.Tests.Sandbox;

public sealed class StripeInvoiceTests
{
    [Fact]
    public async Task Invoice_LivesFromDraftToPaid()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.DraftAsync();
        var draft = await world.GetAsync($"/v1/invoices/{id}");
        Assert.Equal("draft", draft.Text("status"));
        Assert.Null(draft.Body["number"]);

        var open = await world.PostAsync($"/v1/invoices/{id}/finalize", "auto_advance=false");
        Assert.Equal(("open", "RVO-0001"), (open.Text("status"), open.Text("number")));
        Assert.Equal(200, (await world.PostAsync($"/v1/invoices/{id}/send", "")).Status);
        var paid = await world.PostAsync($"/v1/invoices/{id}/pay", "paid_out_of_band=true&expand[]=payments");
        Assert.Equal("paid", paid.Text("status"));
        Assert.Equal(0, paid.Number("amount_remaining"));
        Assert.Equal("payment_record", (string?)paid.Body["payments"]!["data"]![0]!["payment"]!["type"]);
    }

    [Fact]
    public async Task Transition_WithoutAnArrow_IsRefused()
    {
        await using var world = await SandboxWorld.StartAsync();
        var draft = await world.DraftAsync();
        Assert.Equal("invoice_not_editable", (await world.PostAsync($"/v1/invoices/{draft}/void", "")).ErrorCode);
        var open = await world.OpenAsync();
        Assert.Equal("invoice_not_editable", (await world.PostAsync($"/v1/invoices/{open}/finalize", "")).ErrorCode);
        Assert.Equal("invoice_not_editable", (await world.PostAsync($"/v1/invoices/{open}/add_lines", "lines[0][amount]=1")).ErrorCode);
        Assert.Equal("invoice_not_editable", (await world.PostAsync($"/v1/invoices/{open}", "description=late")).ErrorCode);
        Assert.Equal(200, (await world.PostAsync($"/v1/invoices/{open}", "metadata[a]=b")).Status);
        await world.PostAsync($"/v1/invoices/{open}/void", "");
        Assert.Equal("invoice_not_editable", (await world.PostAsync($"/v1/invoices/{open}/pay", "paid_out_of_band=true")).ErrorCode);
    }

    [Fact]
    public async Task DeclinedCard_IsAnAttempt_AndLeavesTheInvoiceOpen()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.OpenAsync();
        var declined = await world.PostAsync($"/v1/invoices/{id}/pay", "payment_method=pm_card_chargeDeclined");
        Assert.Equal((402, "card_declined"), (declined.Status, declined.ErrorCode));
        var invoice = await world.GetAsync($"/v1/invoices/{id}");
        Assert.Equal(("open", 1L), (invoice.Text("status"), invoice.Number("attempt_count")));
        Assert.Single((await world.GetAsync("/v1/events?type=invoice.payment_failed")).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task Numbers_AreGapless_ThroughFailuresAndDeletedDrafts()
    {
        await using var world = await SandboxWorld.StartAsync();
        await world.OpenAsync();
        var empty = (await world.PostAsync("/v1/invoices", $"customer={await world.CustomerAsync()}")).Id;
        Assert.Equal("invoice_no_customer_line_items", (await world.PostAsync($"/v1/invoices/{empty}/finalize", "")).ErrorCode);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, new Uri(world.Servers.Stripe, $"/v1/invoices/{empty}"));
        Assert.Equal(200, (await world.SendAsync(delete)).Status);
        var next = await world.GetAsync($"/v1/invoices/{await world.OpenAsync()}");
        Assert.Equal("RVO-0002", next.Text("number"));
    }

    [Fact]
    public async Task Tax_IsRoundedOnEachLine_UnlessGiven()
    {
        await using var world = await SandboxWorld.StartAsync();
        var rate = (await world.PostAsync("/v1/tax_rates", "display_name=TVA&percentage=20&inclusive=false&country=FR")).Id;
        var byLine = await world.DraftAsync(string.Join('&', Enumerable.Range(0, 3).Select(i => $"lines[{i}][amount]=3333&lines[{i}][tax_rates][]={rate}")));
        Assert.Equal(9999 + 2001, (await world.GetAsync($"/v1/invoices/{byLine}")).Number("total"));

        var given = await world.DraftAsync(
            "lines[0][quantity]=3&lines[0][price_data][currency]=eur&lines[0][price_data][product_data][name]=Audit&lines[0][price_data][unit_amount_decimal]=3333"
            + "&lines[0][tax_amounts][0][amount]=2000&lines[0][tax_amounts][0][taxable_amount]=9999&lines[0][tax_amounts][0][tax_rate_data][display_name]=TVA"
            + "&lines[0][tax_amounts][0][tax_rate_data][percentage]=20&lines[0][tax_amounts][0][tax_rate_data][inclusive]=false");
        Assert.Equal(9999 + 2000, (await world.GetAsync($"/v1/invoices/{given}")).Number("total"));
    }

    [Fact]
    public async Task Tax_Inclusive_IsTakenOutOfTheLine()
    {
        await using var world = await SandboxWorld.StartAsync();
        var rate = (await world.PostAsync("/v1/tax_rates", "display_name=TVA&percentage=20&inclusive=true")).Id;
        var invoice = await world.GetAsync($"/v1/invoices/{await world.DraftAsync($"lines[0][amount]=12000&lines[0][tax_rates][]={rate}")}");
        Assert.Equal((12000L, 10000L), (invoice.Number("total"), invoice.Number("total_excluding_tax")));
    }

    [Fact]
    public async Task Lines_AreAddedAllOrNone_AndPaged()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.DraftAsync(string.Join('&', Enumerable.Range(0, 12).Select(i => $"lines[{i}][amount]={i}")));
        Assert.Equal(400, (await world.PostAsync($"/v1/invoices/{id}/add_lines", "lines[0][amount]=1&lines[1][amount]=x")).Status);
        var invoice = await world.GetAsync($"/v1/invoices/{id}");
        Assert.Equal(10, invoice.Body["lines"]!["data"]!.AsArray().Count);
        Assert.True((bool)invoice.Body["lines"]!["has_more"]!);
        var last = (string?)invoice.Body["lines"]!["data"]![9]!["id"];
        var rest = await world.GetAsync($"/v1/invoices/{id}/lines?starting_after={last}");
        Assert.Equal([10, 11], rest.Body["data"]!.AsArray().Select(l => (int)l!["amount"]!));
    }

    [Fact]
    public async Task ZeroAmount_IsPaidOnceFinal()
    {
        await using var world = await SandboxWorld.StartAsync();
        var invoice = await world.GetAsync($"/v1/invoices/{await world.OpenAsync("lines[0][amount]=0")}");
        Assert.Equal("paid", invoice.Text("status"));
    }

    [Fact]
    public async Task AutoAdvance_FinalisesAnHourLater_WithoutAnybody()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.DraftAsync();
        await world.PostAsync($"/v1/invoices/{id}", "auto_advance=true");
        world.Clock.Turn(TimeSpan.FromMinutes(61));
        Assert.Equal("open", (await world.GetAsync($"/v1/invoices/{id}")).Text("status"));
    }

    [Fact]
    public async Task CreditNote_LowersWhatIsLeft_ThenMustBeAccountedFor()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.OpenAsync();
        world.Servers.Pay(id, 6000);
        var unaccounted = await world.PostAsync("/v1/credit_notes", $"invoice={id}&amount=5000&reason=order_change");
        Assert.Equal(400, unaccounted.Status);
        var note = await world.PostAsync("/v1/credit_notes", $"invoice={id}&amount=5000&reason=order_change&refund_amount=1000");
        Assert.Equal((4000L, 1000L), (note.Number("pre_payment_amount"), note.Number("post_payment_amount")));
        Assert.Equal("RVO-0001-CN-01", note.Text("number"));
        Assert.Equal("paid", (await world.GetAsync($"/v1/invoices/{id}")).Text("status"));
        Assert.Equal(1000, (int)world.Servers.StripeEffects()["refunds"]![0]!["amount"]!);
    }

    [Fact]
    public async Task CreditNote_OfALine_TakesTheCallersTax()
    {
        await using var world = await SandboxWorld.StartAsync();
        var rate = (await world.PostAsync("/v1/tax_rates", "display_name=TVA&percentage=20&inclusive=false")).Id;
        var id = await world.OpenAsync($"lines[0][amount]=9999&lines[0][tax_rates][]={rate}");
        var line = (string?)(await world.GetAsync($"/v1/invoices/{id}")).Body["lines"]!["data"]![0]!["id"];
        var note = await world.PostAsync("/v1/credit_notes",
            $"invoice={id}&lines[0][type]=invoice_line_item&lines[0][invoice_line_item]={line}&lines[0][amount]=3333"
            + $"&lines[0][tax_amounts][0][amount]=666&lines[0][tax_amounts][0][taxable_amount]=3333&lines[0][tax_amounts][0][tax_rate]={rate}");
        Assert.Equal(3999, note.Number("total"));
        Assert.Equal(11999 - 3999, (await world.GetAsync($"/v1/invoices/{id}")).Number("amount_remaining"));
    }

    [Fact]
    public async Task Payout_IsTheSumOfItsNets()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Pay(await world.OpenAsync());
        world.Servers.Pay(await world.OpenAsync("lines[0][amount]=5000"));
        world.Clock.Turn(TimeSpan.FromDays(1));
        var payout = (await world.GetAsync("/v1/payouts")).Body["data"]![0]!;
        var carried = (await world.GetAsync($"/v1/balance_transactions?payout={payout["id"]}&expand[]=data.source")).Body["data"]!.AsArray();
        // As at Stripe, the payout's own transaction stands among those that it carries, and takes their sum out of the balance.
        Assert.Equal(0, carried.Sum(t => (long)t!["net"]!));
        Assert.Equal(((string?)payout["balance_transaction"], "payout", (string?)payout["id"]), ((string?)carried[0]!["id"], (string?)carried[0]!["type"], (string?)carried[0]!["source"]!["id"]));
        Assert.Equal(15000 - 175 - 100, (long)payout["amount"]!);
        Assert.All(carried.Skip(1), t => Assert.Equal(("payment", "charge"), ((string?)t!["type"], (string?)t["source"]!["object"])));
    }

    [Fact]
    public async Task Payout_AskedForByHandIsNotDecomposed_AndOneThatFailsComesWithTheNext()
    {
        await using var world = await SandboxWorld.StartAsync();
        world.Servers.Pay(await world.OpenAsync());
        var byHand = Assert.Single(world.Servers.PayOut(byHand: true));
        var refused = await world.GetAsync($"/v1/balance_transactions?payout={byHand}");
        Assert.Equal(("invalid_request_error", "payout"), ((string?)refused.Body["error"]!["type"], (string?)refused.Body["error"]!["param"]));
        Assert.Equal("resource_missing", (string?)(await world.GetAsync("/v1/balance_transactions?payout=po_none")).Body["error"]!["code"]);

        world.Servers.FailPayout(byHand);
        world.Servers.ChargeFee(1_000);
        var next = Assert.Single(world.Servers.PayOut());
        var carried = (await world.GetAsync($"/v1/balance_transactions?payout={next}&expand[]=data.source")).Body["data"]!.AsArray();
        Assert.Equal(["payout", "stripe_fee", "payout_failure"], carried.Select(t => (string?)t!["type"]));
        var failed = (await world.GetAsync($"/v1/payouts/{byHand}")).Body;
        Assert.Equal(("failed", "account_closed", (string?)carried[2]!["id"]), ((string?)failed["status"], (string?)failed["failure_code"], (string?)failed["failure_balance_transaction"]));
    }

    [Fact]
    public async Task Client_PaysOnThePage_OnlyWithTheLink()
    {
        await using var world = await SandboxWorld.StartAsync();
        var id = await world.OpenAsync();
        var link = new Uri((await world.GetAsync($"/v1/invoices/{id}")).Text("hosted_invoice_url"));
        using var stranger = await world.Http.GetAsync(new Uri(link, $"/pay/{id}"));
        Assert.Equal(404, (int)stranger.StatusCode);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("method", "card")]);
        using var page = await world.Http.PostAsync(link, form);
        Assert.Contains("This invoice is paid", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("paid", (await world.GetAsync($"/v1/invoices/{id}")).Text("status"));
    }
}
