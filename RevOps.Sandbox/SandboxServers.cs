using System.Text.Json.Nodes;
using RevOps.Sandbox.Google;
using RevOps.Sandbox.HubSpot;
using RevOps.Sandbox.Meta;
using RevOps.Sandbox.Site;
using RevOps.Sandbox.Stripe;

namespace RevOps.Sandbox;

/// <summary>The stand-ins of the platforms and of a client's website, listening on loopback until disposed.</summary>
public sealed class SandboxServers : IAsyncDisposable
{
    private readonly StripeAccount account;
    private readonly Webhooks webhooks;
    private readonly MetaServer meta;
    private readonly GoogleServer google;
    private readonly SiteServer site;
    private readonly HubSpotServer hubSpot;
    private readonly List<WebApplication> apps = [];

    private SandboxServers(SandboxOptions options)
    {
        account = new StripeAccount(options);
        webhooks = new Webhooks(account);
        meta = new MetaServer(options);
        google = new GoogleServer(options);
        site = new SiteServer(options);
        hubSpot = new HubSpotServer(options);
    }

    public Uri Stripe { get; private set; } = null!;

    public Uri Meta { get; private set; } = null!;

    public Uri Google { get; private set; } = null!;

    /// <summary>The client's website; null where none was asked for.</summary>
    public Uri? Site { get; private set; }

    public Uri HubSpot { get; private set; } = null!;

    /// <summary>A service-account key file whose token address is this sandbox.</summary>
    public string GoogleKeyFile => google.KeyFile;

    public Faults Faults { get; } = new();

    public static async Task<SandboxServers> StartAsync(SandboxOptions options, CancellationToken ct = default)
    {
        var servers = new SandboxServers(options);
        try
        {
            await servers.StartAllAsync(options, ct);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>The app's address is often known only after it has started; deliveries wait for it.</summary>
    public void SendWebhooksTo(Uri url) => webhooks.Url = url;

    /// <summary>How the website reaches the product; asked when somebody opens a page of it.</summary>
    public void OpenSiteWith(Func<CancellationToken, Task<SiteAccess>> open) => site.Open = open;

    /// <summary>Where HubSpot's notices go; they wait for it.</summary>
    public void SendHubSpotNoticesTo(Uri url) => hubSpot.SendTo(url);

    public void WithholdHubSpotNotices() => hubSpot.Withhold();

    /// <summary>Somebody enters a deal at HubSpot, with company, contact and lines; its id.</summary>
    public string EnterDeal(HubSpotSale sale) => hubSpot.Sell(sale);

    /// <summary>Somebody moves a deal to a stage: "closedwon" wins it.</summary>
    public void MoveDeal(string deal, string stage = "closedwon") => hubSpot.Move(deal, stage);

    public void DeleteDeal(string deal) => hubSpot.Delete(deal);

    public JsonObject HubSpotEffects() => Snapshot(hubSpot.Effects());

    /// <summary>The same as <c>GET /_sandbox/effects</c> on the Stripe server.</summary>
    public JsonObject StripeEffects() => Snapshot(account.Work(Sandbox.Stripe.StripeEffects.Show));

    /// <summary>Forgets everything that happened at them.</summary>
    public void Forget()
    {
        account.Clear();
        meta.Clear();
        google.Clear();
        hubSpot.Clear();
    }

    /// <summary>True while Stripe has something to tell that was not taken yet.</summary>
    public bool HasUndelivered => account.Work(session => session.Documents.Any<Delivery>());

    /// <summary>How often a changing Stripe route, as "POST /v1/invoices/{id}/finalize", had its effect; replays do not count.</summary>
    public int Executed(string route) => (int?)StripeEffects()["executed"]![route] ?? 0;

    public JsonObject MetaEffects() => Snapshot(meta.Effects());

    public JsonObject GoogleEffects() => Snapshot(google.Effects());

    /// <summary>A client pays an invoice, whole or in part, by bank transfer.</summary>
    public void Pay(string invoice, long? amount = null) => StripeControl.Pay(account, new Payment(invoice, amount));

    /// <summary>Somebody marks it as paid in the Dashboard.</summary>
    public void MarkPaid(string invoice) => StripeControl.Pay(account, new Payment(invoice, Method: PaidBy.Marked));

    /// <summary>A platform finds out later what a day of a campaign really cost, in cents; 0 takes the day away.</summary>
    public void CorrectSpend(string campaign, DateOnly day, long minor)
    {
        meta.Ads.Correct(campaign, day, minor);
        google.Ads.Correct(campaign, day, minor);
    }

    /// <summary>Somebody clicks on an ad at Google, whose landing page's address does not say which.</summary>
    public void ClickAd(string gclid, DateOnly day, string ad) => google.Ads.Click(gclid, day, ad);

    /// <summary>An ad is deleted at Meta: its cost stays in the account's total and leaves the rows.</summary>
    public void DeleteAd(string ad) => meta.Ads.Delete(ad);

    /// <summary>Stripe tells nobody any more: who tests the order of webhooks delivers them by hand.</summary>
    public void WithholdWebhooks() => webhooks.Url = null;

    /// <summary>Somebody refunds the last payment of an invoice at Stripe itself, whole or in part.</summary>
    public void Refund(string invoice, long amount) => account.Work(session => Refunds.OfInvoice(session, invoice, amount));

    /// <summary>The day's takings go to the bank; the ids of the payouts, one per currency.</summary>
    /// <param name="byHand">Somebody asked for it in the Dashboard.</param>
    public IReadOnlyList<string> PayOut(bool byHand = false) => account.Work(session => Payouts.Make(session, automatic: !byHand).Select(payout => payout.Id).ToList());

    /// <summary>The company's bank sends a payout back.</summary>
    public void FailPayout(string payout) => account.Work(session => Payouts.Fail(session, payout));

    /// <summary>Stripe takes a fee of its own out of the balance.</summary>
    public void ChargeFee(long amount) => account.Work(session => Balance.Charge(session, new FeeOrder(amount)));

    /// <summary>The client's bank takes the payment back; the id of the dispute.</summary>
    public string Dispute(string invoice, bool returnedDebit = false) =>
        (string)account.Work(session => Disputes.Open(session, new DisputeOrder(invoice, ReturnedDebit: returnedDebit)))["id"]!;

    public void CloseDispute(string dispute, bool won) => account.Work(session => Disputes.Close(session, new DisputeVerdict(dispute, won)));

    public async ValueTask DisposeAsync()
    {
        await webhooks.DisposeAsync();
        foreach (var app in apps)
            await app.DisposeAsync();
        await hubSpot.DisposeAsync();
        account.Dispose();
        meta.Dispose();
        google.Dispose();
        site.Dispose();
    }

    // As a reader of the HTTP answer gets it: numbers that convert to any type.
    private static JsonObject Snapshot(JsonObject effects) => JsonNode.Parse(effects.ToJsonString())!.AsObject();

    private async Task StartAllAsync(SandboxOptions options, CancellationToken ct)
    {
        Stripe = await ListenAsync(options.StripePort, app => StripeServer.Map(app, account, webhooks, Faults), ct);
        account.Address = Stripe;
        Meta = await ListenAsync(options.MetaPort, app => meta.Map(app, Faults), ct);
        Google = await ListenAsync(options.GooglePort, app => google.Map(app, Faults), ct);
        google.OpenAt(Google);
        if (options.SitePort is { } port)
            Site = await ListenAsync(port, site.Map, ct);
        HubSpot = await ListenAsync(options.HubSpotPort, app => hubSpot.Map(app, Faults), ct);
        webhooks.Start();
        hubSpot.Start();
    }

    private async Task<Uri> ListenAsync(int port, Action<WebApplication> map, CancellationToken ct)
    {
        var app = await LoopbackServer.StartAsync(port, map, ct);
        apps.Add(app);
        return LoopbackServer.AddressOf(app);
    }
}
