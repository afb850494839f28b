using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion.HooksOut;

/// <summary>Other systems are told, signed by the specification, until they take it.</summary>
public sealed class HooksOutTests(OneAgency one) : IClassFixture<OneAgency>
{
    private const string Actor = "system:test";

    private Agency Agency => one.Agency;

    private HookDesk Desk => Agency.Host.Services.GetRequiredService<HookDesk>();

    [Fact]
    public async Task Invoice_IsToldFromDraftToPaymentAndEachMessageIsSigned()
    {
        await using var receiver = await Receiver.OpenAsync();
        var secret = await Desk.AddAsync(new("all", receiver.Address, HookTypes.All), Actor, CancellationToken.None);
        await Agency.SendAsync("booking_confirmed", Events.Sale("out-1", customer: "C-out-1"));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("out-1"));
        await Agency.Host.DrainAsync();
        Agency.Sandbox.Pay((await Agency.InvoiceAsync("out-1")).StripeInvoiceId!);
        await Agency.DrainUntilAsync(() => Task.FromResult(receiver.Got.Count >= 3));

        Assert.Equal(["invoice.drafted", "invoice.issued", "invoice.paid"], receiver.Got.Select(got => (string?)JsonNode.Parse(got.Body)!["type"]));
        foreach (var got in receiver.Got)
            Assert.True(IsSigned(got, secret));
        var paid = JsonNode.Parse(receiver.Got.Last().Body)!["data"]!;
        Assert.Equal((144_000L, "EUR", "sandbox", "out-1"), ((long)paid["grossMinor"]!, (string?)paid["currency"], (string?)paid["mode"], (string?)paid["bookingIds"]![0]));
        Assert.DoesNotContain("acme", receiver.Got.Last().Body, StringComparison.OrdinalIgnoreCase);
        await SwitchOffAsync();
    }

    [Fact]
    public async Task Held_IsToldWithWhatLacks()
    {
        await using var receiver = await Receiver.OpenAsync();
        await Desk.AddAsync(new("held", receiver.Address, [HookTypes.Held]), Actor, CancellationToken.None);
        var sale = Events.Sale("out-2", customer: "C-out-2");
        sale["customer"]!.AsObject().Remove("siren");
        await Agency.SendAsync("booking_confirmed", sale);
        await Agency.Host.DrainAsync();
        var held = JsonNode.Parse(Assert.Single(receiver.Got).Body)!;
        Assert.Equal(("booking.held", "siren.missing"), ((string?)held["type"], (string?)held["data"]!["problems"]![0]));
        await SwitchOffAsync();
    }

    [Fact]
    public async Task Lead_IsToldOnceItIsQualified()
    {
        await using var receiver = await Receiver.OpenAsync();
        await Desk.AddAsync(new("leads", receiver.Address, [HookTypes.Qualified]), Actor, CancellationToken.None);
        await Agency.SendAsync("lead_stage", new JsonObject { ["contact"] = new JsonObject { ["ref"] = "L-1", ["email"] = "lead@out.example" }, ["stage"] = "lead" });
        await Agency.SendAsync("lead_stage", new JsonObject { ["contact"] = new JsonObject { ["ref"] = "L-1", ["email"] = "lead@out.example" }, ["stage"] = "qualified" });
        await Agency.SendAsync("voice_session", Events.Voice("S-out", "v-out", "voice@out.example", Agency.Clock.GetUtcNow(), met: 4));
        await Agency.Host.DrainAsync();
        Assert.Equal([null, "S-out"], receiver.Got.Select(got => (string?)JsonNode.Parse(got.Body)!["data"]!["voiceSessionId"]));
        Assert.All(receiver.Got, got => Assert.DoesNotContain("out.example", got.Body, StringComparison.Ordinal));
        await SwitchOffAsync();
    }

    [Fact]
    public async Task Failing_IsTriedForMoreThanADayThenSentAgainByHand()
    {
        await using var receiver = await Receiver.OpenAsync();
        receiver.Status = 500;
        await Desk.AddAsync(new("failing", receiver.Address, [HookTypes.Paid]), Actor, CancellationToken.None);
        var (id, started) = (await IdAsync("failing"), Agency.Clock.GetUtcNow());
        Assert.True(await Desk.PingAsync(id, Actor, CancellationToken.None));
        await Agency.DrainUntilAsync(async () =>
        {
            Agency.Clock.Advance(TimeSpan.FromHours(1));
            return (await MessageAsync(id)).Status == OutgoingStatus.Failed;
        });
        var failed = await MessageAsync(id);
        Assert.Equal((SendHook.Waits.Count + 1, (int?)500), (failed.Attempts, failed.LastStatus));
        Assert.InRange(Agency.Clock.GetUtcNow() - started, TimeSpan.FromHours(24), TimeSpan.FromHours(60));
        Assert.Single(receiver.Got.Select(got => got.Id).Distinct());

        receiver.Status = 204;
        Assert.Equal(1, await Desk.SendAgainAsync(new(OutgoingStatus.Failed, SubscriptionId: id), Actor, CancellationToken.None));
        await Agency.Host.DrainAsync();
        Assert.Equal(OutgoingStatus.Delivered, (await MessageAsync(id)).Status);
        var story = await Agency.Host.Services.GetRequiredService<HookQueries>().FindAsync(failed.Id);
        Assert.Equal((int?)204, story!.Attempts[0].StatusCode);
        Assert.Equal("got it", story.Attempts[^1].Answer);
        await SwitchOffAsync();
    }

    [Fact]
    public async Task Rotated_SignsWithBothAndGoneSwitchesOff()
    {
        await using var receiver = await Receiver.OpenAsync();
        var old = await Desk.AddAsync(new("rotated", receiver.Address, [HookTypes.Paid]), Actor, CancellationToken.None);
        var id = await IdAsync("rotated");
        var fresh = (await Desk.RotateAsync(id, Actor, CancellationToken.None))!;
        await Desk.PingAsync(id, Actor, CancellationToken.None);
        await Agency.Host.DrainAsync();
        var both = Assert.Single(receiver.Got);
        Assert.True(IsSigned(both, old) && IsSigned(both, fresh));

        Agency.Clock.Advance(HookDesk.Overlap);
        receiver.Status = 410;
        await Desk.PingAsync(id, Actor, CancellationToken.None);
        await Agency.Host.DrainAsync();
        Assert.False(IsSigned(receiver.Got.Last(), old));
        Assert.True(IsSigned(receiver.Got.Last(), fresh));
        var row = (await Agency.Host.Services.GetRequiredService<HookQueries>().SubscriptionsAsync()).Single(one => one.Id == id);
        Assert.False(row.IsEnabled);
        Assert.NotNull(row.GoneAt);
    }

    /// <summary>As a receiver checks it who knows the specification and none of our code.</summary>
    private static bool IsSigned(Call call, string secret)
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{call.Id}.{call.Time}.{call.Body}")));
        var age = DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Time, CultureInfo.InvariantCulture));
        return age.Duration() < TimeSpan.FromMinutes(5) && call.Signature.Split(' ').Contains($"v1,{expected}", StringComparer.Ordinal);
    }

    private async Task<Guid> IdAsync(string name) => (await Agency.Host.Services.GetRequiredService<HookQueries>().SubscriptionsAsync()).Single(row => row.Name == name).Id;

    private async Task<OutgoingHook> MessageAsync(Guid subscription)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<OutgoingHook>().AsNoTracking().SingleAsync(row => row.SubscriptionId == subscription);
    }

    /// <summary>The next test of this agency has a receiver of its own.</summary>
    private async Task SwitchOffAsync()
    {
        foreach (var row in await Agency.Host.Services.GetRequiredService<HookQueries>().SubscriptionsAsync())
            await Desk.SwitchAsync(row.Id, on: false, Actor, CancellationToken.None);
    }

    private sealed record Call(string Id, string Time, string Signature, string Body);

    /// <summary>Another system that is told.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Receiver(WebApplication app) => this.app = app;

        public ConcurrentQueue<Call> Got { get; } = new();

        public int Status { get; set; } = 200;

        public string Address { get; private set; } = "";

        public static async Task<Receiver> OpenAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var receiver = new Receiver(builder.Build());
            receiver.app.MapPost("/hook", receiver.TakeAsync);
            await receiver.app.StartAsync();
            receiver.Address = receiver.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var headers = http.Request.Headers;
            Got.Enqueue(new(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body));
            http.Response.StatusCode = Status;
            if (Status != 204)
                await http.Response.WriteAsync("got it");
        }
    }
}
