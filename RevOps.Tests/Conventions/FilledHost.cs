using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.Ingestion.Lift;
using RevOps.Core.Ingestion.SpendImports;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Digest;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Sandbox;
using RevOps.Tests.Identity;
using RevOps.Tests.Ingestion.Connectors;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using RevOps.Web.Scorecard.Digest;

namespace RevOps.Tests.Conventions;

/// <summary>One product with a little of everything in it, made through the front door, for the conventions that walk every page.</summary>
public sealed partial class FilledHost : IAsyncLifetime
{
    public const string Email = "ann.unmistakable@private.example";
    public const string Phone = "+33698765432";
    public const string FirstName = "Unmistakable";

    // In every form in which they could stand somewhere.
    private static readonly string[] Personal = [Email, Uri.EscapeDataString(Email), "ann.unmistakable", "698765432", "6 98 76 54 32", FirstName];

    private readonly Dictionary<string, string> samples = new(StringComparer.Ordinal)
    {
        ["/overview/{Rows}"] = "/overview/cash",
        ["/scorecard/{Id}"] = "/scorecard/R06",
        ["/claims/{Id}"] = "/claims/dso",
        ["/pricing/services/{Code}"] = "/pricing/services/WORKSHOP",
        ["/status/{Code:int}"] = "/status/404",
        ["/hooks/{connector}"] = "/hooks/calcom",
        ["/connections/connectors/{Name}"] = "/connections/connectors/calcom",
        ["/openapi/{documentName}.json"] = "/openapi/v1.json",
    };

    private readonly List<(string Route, string Address)> others = [];
    private Agency agency = null!;

    internal LogWatch Log { get; } = new(Personal);

    internal TextWatch Texts { get; } = new();

    internal RevOpsHost Host => agency.Host;

    public static string? PersonalIn(string text) => Array.Find(Personal, value => text.Contains(value, StringComparison.OrdinalIgnoreCase));

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync(demo: true, services =>
        {
            services.AddLogging(logging => logging.AddProvider(Log).AddFilter<LogWatch>(null, LogLevel.Debug));
            services.AddSingleton<IStringLocalizerFactory>(container => Texts.Around(ActivatorUtilities.CreateInstance<ResourceManagerStringLocalizerFactory>(container)));
        });
        await ComeAndBuyAsync();
        await PriceAsync();
        await CreditAsync();
        await PayOutAsync();
        await WriteAsync();
        await GoWrongAsync();
        await BankAsync();
        await StaffAsync();
        await WebsiteAsync();
        await ConnectAsync();
        await ReviewAsync();
        await SpendAsync();
        await AttributeAsync();
        await ForecastAsync();
        await AdviseAsync();
        await WatchAsync();
        await FindSamplesAsync();
    }

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    /// <summary>An address under which the route shows something.</summary>
    internal string AddressOf(string route) => samples.GetValueOrDefault(route, route);

    /// <summary>The same, and those under which it looks another way.</summary>
    internal IEnumerable<string> AddressesOf(string route) => others.Where(other => other.Route == route).Select(other => other.Address).Prepend(AddressOf(route));

    /// <summary>Somebody clicks, speaks, books and pays; another books and waits.</summary>
    private async Task ComeAndBuyAsync()
    {
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1", fbclid: "F-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Clock.Advance(TimeSpan.FromHours(7));
        var voice = Events.Voice("S-1", "v-1", Email, agency.Clock.GetUtcNow());
        voice["contact"] = new JsonObject { ["email"] = Email, ["phone"] = Phone, ["firstName"] = FirstName, ["lastName"] = FirstName };
        await agency.SendAsync("voice_session", voice);
        var sale = Events.Sale("B-1", "D-1");
        (sale["visitorId"], sale["voiceSessionId"], sale["customer"]!["email"], sale["customer"]!["phone"]) = ("v-1", "S-1", Email, Phone);
        await agency.SendAsync("booking_confirmed", sale);
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2", customer: "C-2"));
        var incomplete = Events.Sale("B-3", customer: "C-3");
        incomplete["customer"]!.AsObject().Remove("siren");
        await agency.SendAsync("booking_confirmed", incomplete);
        await agency.Host.DrainAsync();

        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Paid);
    }

    /// <summary>A calendar sends a meeting that nobody mapped and one that is; another system is told, and is not there.</summary>
    private async Task ConnectAsync()
    {
        var (connectors, hooks) = (agency.Host.Services.GetRequiredService<ConnectorDesk>(), agency.Host.Services.GetRequiredService<HookDesk>());
        await connectors.SaveTypeAsync(Connector.CalCom, new() { Key = "mapped", Price = "100" }, System.Globalization.CultureInfo.InvariantCulture, "system:test", CancellationToken.None);
        var unmapped = agency.CalComBody("BOOKING_CREATED", "cal-unmapped", "unmapped", Email, complete: false);
        await agency.CalComAsync(unmapped);
        await agency.CalComAsync(agency.CalComBody("BOOKING_CREATED", "cal-mapped", "mapped", "other@calendar.example"));
        await hooks.AddAsync(new("ERP", "http://localhost:9/hook", [HookTypes.Credited]), "system:test", CancellationToken.None);
        await using (var db = await agency.Host.OpenDatabaseAsync())
            await hooks.PingAsync(await db.Set<HookSubscription>().Select(row => row.Id).SingleAsync(), "system:test", CancellationToken.None);
        await agency.Host.DrainAsync();
        await using var after = await agency.Host.OpenDatabaseAsync();
        samples["/connections/deliveries/{Id:guid}"] = $"/connections/deliveries/{(await agency.DeliveryAsync(Caller.IdOf(unmapped))).Id}";
        samples["/connections/sent/{Id:guid}"] = $"/connections/sent/{await after.Set<OutgoingHook>().Select(row => row.Id).FirstAsync()}";
        others.Add(("/connections/deliveries/{Id:guid}", $"/connections/deliveries/{await after.Set<HookDelivery>().Where(row => row.Status == DeliveryStatus.Applied).Select(row => row.Id).FirstAsync()}"));
        others.Add(("/connections/connectors/{Name}", "/connections/connectors/hubspot"));
    }

    /// <summary>What ads cost, but for a month that one of the platforms would not tell.</summary>
    private async Task SpendAsync()
    {
        agency.Sandbox.Faults.Add(new() { Route = "GET /v26.0/{account}/insights", Kind = FaultKind.TooManyRequests });
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<PlanSpendReadings>("test", agency.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
        others.AddRange([("/spend", "/spend?basis=payment"), ("/spend", "/spend?platform=google"), ("/spend", "/spend?platform=google&campaign=720001"), ("/spend", "/spend?platform=google&campaign=720001&by=ad")]);
    }

    /// <summary>Who gets the credit for what was paid, and a lift test beside it.</summary>
    private async Task AttributeAsync()
    {
        var marketing = await agency.ApproverAsync(await agency.HireAsync("credit.marketing@agency.example", Roles.Marketing));
        var today = DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date);
        NewLiftTest test = new(Channel.PaidSearch, "google", today.AddDays(-9), today.AddDays(-2), LiftMethod.Regions, LiftMeasure.Conversions, 3, 1, 6, null, "Own test", "Two regions");
        Assert.Equal(LiftResult.Done, await agency.Host.Services.GetRequiredService<LiftDesk>().EnterAsync(Guid.CreateVersion7(), test, marketing, CancellationToken.None));
        Assert.True(await agency.Host.Services.GetRequiredService<SnapshotDesk>().AskAsync("system:test", CancellationToken.None));
        await agency.Host.DrainAsync();
        var queries = agency.Host.Services.GetRequiredService<RevOps.Core.Attribution.Results.AttributionQueries>();
        var paid = (await queries.JourneysAsync(new() { Period = Core.Platform.Period.Ending(today.AddDays(1), 90) }, new() { All = true }))!;
        others.AddRange([("/attribution", "/attribution?why=paid_search"), ("/attribution", "/attribution?why=unattributed&kind=booking"), ("/attribution", "/attribution?kind=lead&as=share&model=shapley"), ("/attribution", "/attribution?open=out&direct=out&compare=previous"), ("/attribution/paths", "/attribution/paths?stages=shown"), ("/attribution/journeys", "/attribution/journeys?stages=shown&model=influenced&compare=previous"), ("/attribution/stages", "/attribution/stages?compare=previous"), ("/attribution/chain", "/attribution/chain?compare=previous"),
            ("/attribution/paths", "/attribution/paths?paths=all&kind=lead"), ("/attribution/stages", "/attribution/stages?flow=visit-voice"), ("/attribution/chain", "/attribution/chain?kind=lead&order=2"), ("/attribution/time", "/attribution/time?kind=lead")]);
        others.AddRange(paid.Rows.Select(row => ("/attribution/journeys", $"/attribution/journeys?journey={row.Id}")));
    }

    /// <summary>Checks, claims and figures are looked at: one is past its threshold, another is put off, and somebody wants the digest by mail.</summary>
    private async Task WatchAsync()
    {
        var (desk, alerts) = (agency.Host.Services.GetRequiredService<AlertDesk>(), agency.Host.Services.GetRequiredService<AlertQueries>());
        var manager = await agency.ApproverAsync(await agency.HireAsync("watch.management@agency.example", Roles.Management));
        foreach (var figure in new[] { AlertFigure.ScoreGlobal, AlertFigure.ScoreRevEng })
            Assert.True(await desk.SaveAsync(Guid.CreateVersion7(), new(figure, false, 99, 100, (AlertRoles)31), manager, CancellationToken.None));
        Assert.True(await agency.Host.Services.GetRequiredService<DigestDesk>().AskAsync(true, manager, CancellationToken.None));
        Assert.True(await agency.Host.Services.GetRequiredService<Annotations>().AddAsync(AnnotationTopic.Management, DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date), "New office", manager, CancellationToken.None));
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            foreach (var job in new IOutboxJob[] { scope.ServiceProvider.GetRequiredService<MeasureChecks>(), scope.ServiceProvider.GetRequiredService<MeasureClaims>(), scope.ServiceProvider.GetRequiredService<WatchFigures>(), scope.ServiceProvider.GetRequiredService<SendDigests>() })
                await job.RunAsync(null!, CancellationToken.None);
        }

        await agency.Host.DrainAsync();
        var open = (await alerts.PageAsync(new(AlertState.Open, AlertRoles.Management), CancellationToken.None)).Rows;
        Assert.True(await desk.SnoozeAsync(open[0].Id, DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date).AddDays(9), "The year has begun", manager, CancellationToken.None));
        samples["/alerts/{Id:guid}"] = $"/alerts/{open[1].Id}";
        others.AddRange([("/alerts", "/alerts?state=snoozed"), ("/alerts", "/alerts?state=history"), ("/alerts/{Id:guid}", $"/alerts/{open[0].Id}?state=snoozed"), ("/digest", $"/digest?week={agency.Clock.GetUtcNow():yyyy-MM-dd}")]);
    }

    /// <summary>An event that is refused and a job that fails, each with a person in it.</summary>
    private async Task GoWrongAsync()
    {
        await agency.Sender.PostEventsAsync(Events.Of("booking_confirmed", new() { ["customer"] = new JsonObject { ["email"] = Email, ["phone"] = Phone, ["firstName"] = FirstName } }, id: "bad"));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        db.Add(new OutboxRow { Id = Guid.CreateVersion7(), Job = "SendInvoice", Key = "1", Argument = "1", LastError = "StripeException: Stripe answered 402: card_declined", NotBefore = later, RecordedAt = later });
        await db.SaveChangesAsync();
        await agency.Host.DrainAsync();
    }

    /// <summary>People of the agency: one signs in, mistypes, forgets the password, one is invited.</summary>
    private async Task StaffAsync()
    {
        var id = await agency.Host.HireAsync(Email, Roles.Marketing);
        using var person = agency.Host.Client();
        foreach (var password in new[] { "not this one at all", Staff.Password })
            (await person.TryPasswordAsync(Email, password)).Dispose();
        (await agency.Host.Client().SubmitAsync("/forgot", "forgot", ("Email", Email))).Dispose();
        await agency.Host.AtDeskAsync(desk => desk.InviteAsync(new("guest." + Email, [Roles.Management], "en"), agency.Host.Address, id, CancellationToken.None));
        await agency.Host.DrainAsync();
        samples["/users/{Id:guid}"] = $"/users/{id}";
    }

    /// <summary>A website whose collector works, and one that calls from an origin which nobody listed.</summary>
    private async Task WebsiteAsync()
    {
        var (sites, counts, now) = (agency.Host.Services.GetRequiredService<SiteKeys>(), agency.Host.Services.GetRequiredService<CollectorLog>(), agency.Clock.GetUtcNow());
        var (shop, blog) = (await sites.CreateAsync("Shop", ["https://www.shop.example"], "user:1", CancellationToken.None), await sites.CreateAsync("Blog", ["https://blog.shop.example"], "user:1", CancellationToken.None));
        foreach (var fact in Enum.GetValues<CollectorFact>())
            counts.Count(shop.Id, DateOnly.FromDateTime(now.Date), fact, now, fact is CollectorFact.Bot ? "googlebot" : "");
        counts.Count(blog.Id, DateOnly.FromDateTime(now.Date), CollectorFact.Refused, now, "https://shop.example");
        counts.Count(CollectorCount.NoSite, DateOnly.FromDateTime(now.Date), CollectorFact.Refused, now);
        counts.Count(CollectorCount.NoSite, DateOnly.FromDateTime(now.Date), CollectorFact.Bot, now, "bingbot");
        counts.Note(new(shop.Id, Guid.NewGuid().ToString(), now, Meta: true, Google: false, ["lead.S-1"]));
        await counts.FlushAsync();
    }

    /// <summary>Rules of a second version, and a round of which one conversation is read.</summary>
    private async Task ReviewAsync()
    {
        var (channels, desk, rounds) = (agency.Host.Services.GetRequiredService<ChannelDesk>(), agency.Host.Services.GetRequiredService<BantDesk>(), agency.Host.Services.GetRequiredService<BantReviewQueries>());
        var (marketing, privacy) = (await agency.ApproverAsync(await agency.HireAsync("rules.marketing@agency.example", Roles.Marketing)), await agency.ApproverAsync(await agency.HireAsync("reader@agency.example", Roles.Privacy)));
        var (strange, paid) = (Events.Touch("v-strange"), Events.Touch("v-paid"));
        (strange["medium"], strange["ad"]) = ("mystery", null);
        paid["ad"] = null;
        await agency.SendAsync("touch", strange);
        await agency.SendAsync("touch", paid);
        await agency.Host.DrainAsync();
        var basis = (await channels.HistoryAsync())[0];
        var partners = new ChannelRule { Medium = new(FieldTest.Is, ["partner"]), Channel = Channel.Affiliate, Platform = "linkedin" };
        Assert.Equal(ChannelResult.Done, await channels.SaveAsync([.. basis.Rules, partners], null, basis.Id, marketing, CancellationToken.None));
        var (_, round) = await desk.BeginAsync(await rounds.UsualPeriodAsync(), BantReview.Least, marketing, CancellationToken.None);
        samples["/journeys/bant/{ReviewId:guid}/read"] = $"/journeys/bant/{round}/read";
        others.Add(("/journeys/channels", "/journeys/channels?rows=unknown"));
        others.Add(("/journeys/bant", "/journeys/bant?people=qualified"));
        others.Add(("/journeys/channels", "/journeys/channels?rows=unmatched"));
        var (_, read) = await desk.BeginAsync(await rounds.UsualPeriodAsync(), BantReview.Least, marketing, CancellationToken.None);
        Assert.Equal(ReviewResult.Done, await desk.ReadAsync(read!.Value, 1, new(Budget: true, Authority: true, Need: null, Timeline: false, Qualified: false, "Only asked"), privacy, CancellationToken.None));
        others.Add(("/journeys/bant/{ReviewId:guid}/read", $"/journeys/bant/{read}/read?n=1"));
        await agency.Host.DrainAsync();
    }

    /// <summary>Of what ads cost there is a month of days; of everything else a day, which is too short.</summary>
    private async Task ForecastAsync()
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<MakeForecasts>("test", agency.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
        others.AddRange([("/outlook", "/outlook?figure=spend"), ("/outlook", "/outlook?figure=leads&frequency=month&mode=live"), ("/outlook/cash", $"/outlook/cash?client={(await agency.InvoiceAsync("B-1")).CustomerId}&late=60&spend=-20")]);
    }

    private async Task FindSamplesAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        samples["/invoices/{Id:guid}"] = $"/invoices/{(await agency.InvoiceAsync("B-1")).Id}";
        samples["/receivables/late/{Id:guid}"] = $"/receivables/late/{(await agency.InvoiceAsync("B-1")).Id}";
        samples["/customers/{Id:guid}"] = $"/customers/{(await agency.InvoiceAsync("B-3")).CustomerId}";
        others.Add(("/customers/{Id:guid}", $"/customers/{(await agency.InvoiceAsync("B-1")).CustomerId}"));
        samples["/invoices/{Id:guid}/proof"] = samples["/invoices/{Id:guid}"] + "/proof";
        samples["/journeys/{PersonId:guid}"] = $"/journeys/{await db.Set<VoiceSession>().Join(db.Set<Person>(), session => session.PersonId, person => person.Id, (_, person) => person.CanonicalId).SingleAsync()}";
        samples["/people/{PersonId:guid}"] = samples["/journeys/{PersonId:guid}"].Replace("/journeys/", "/people/", StringComparison.Ordinal);
        samples["/people/{id:guid}/export"] = samples["/people/{PersonId:guid}"] + "/export";
        samples["/conversions/{Id:guid}"] = $"/conversions/{await db.Set<Conversion>().OrderBy(conversion => conversion.Id).Select(conversion => conversion.Id).FirstAsync()}";
        samples["/events/{Id:guid}"] = $"/events/{await db.Set<ReceivedEvent>().OrderBy(row => row.Id).Select(row => row.Id).FirstAsync()}";
        samples["/jobs/{Id:guid}"] = $"/jobs/{await db.Set<OutboxRow>().Where(row => row.LastError != null).Select(row => row.Id).FirstAsync()}?tab=failing";
        others.Add(("/events/{Id:guid}", $"/events/{await db.Set<RejectedEvent>().Select(row => row.Id).SingleAsync()}?tab=rejected"));
        samples["/audit/{Sequence:long}"] = "/audit/1";
    }
}
