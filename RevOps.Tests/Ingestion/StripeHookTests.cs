using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion;

/// <summary>POST /hooks/stripe over HTTP: only Stripe is believed, and only as far as "look again".</summary>
public sealed class StripeHookTests
{
    private const string Secret = "whsec_sandbox";

    private const string Body = """{"id":"evt_1","object":"event","type":"invoice.paid","livemode":false,"created":1777878000,"data":{"object":{"id":"in_unknown","object":"invoice"}}}""";

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.Unauthorized)]
    public async Task Hook_WithASignatureOffByOneByte_Is401AndLeavesNoTrace(int off, HttpStatusCode expected)
    {
        await using var agency = await Agency.OpenAsync();
        Assert.Equal(expected, await PostAsync(agency, Body, Sign(Body, DateTimeOffset.UtcNow, off)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(expected == HttpStatusCode.OK, await db.Set<ReceivedEvent>().AnyAsync(row => row.EventId == "evt_1"));
    }

    [Fact]
    public async Task Hook_UnsignedStaleOrOfAnotherBody_Is401()
    {
        await using var agency = await Agency.OpenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(agency, Body, signature: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(agency, Body, Sign(Body, DateTimeOffset.UtcNow.AddMinutes(-6))));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(agency, Body + " ", Sign(Body, DateTimeOffset.UtcNow)));
    }

    [Fact]
    public async Task Hook_TwiceAndOfTheOtherMode_IsOneEventAndARefusal()
    {
        await using var agency = await Agency.OpenAsync();
        var live = Body.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(agency, live, Sign(live, DateTimeOffset.UtcNow)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(agency, Body, Sign(Body, DateTimeOffset.UtcNow)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(agency, Body, Sign(Body, DateTimeOffset.UtcNow)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(1, (await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "evt_1")).Repeats);
    }

    [Fact]
    public async Task Hook_OfAnotherProgramsInvoice_IsParkedThenIgnoredAndItsInvoiceKnown()
    {
        await using var agency = await Agency.OpenAsync();
        var foreign = await agency.StripeAsync("invoices", ("customer", await agency.StripeAsync("customers", ("name", "Other"))), ("collection_method", "send_invoice"), ("days_until_due", "30"), ("metadata[deal_id]", "D-9"));
        var body = Body.Replace("in_unknown", foreign, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(agency, body, Sign(body, DateTimeOffset.UtcNow)));
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.Equal((EventStatus.Parked, $"stripe:{foreign}"), await db.Set<ReceivedEvent>().Where(row => row.EventId == "evt_1").Select(row => ValueTuple.Create(row.Status, row.ParkedOn)).SingleAsync());
        await agency.Host.DrainAsync();

        await using var after = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(EventStatus.Ignored, (await after.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "evt_1")).Status);
        var known = await after.Set<ForeignInvoice>().SingleAsync();
        Assert.Equal((foreign, "draft", "D-9"), (known.StripeInvoiceId, known.Status, known.Reference));
        Assert.False(await after.Set<Invoice>().AnyAsync());
    }

    [Fact]
    public async Task Hook_BeforeOurOwnAnswer_WaitsForItAndMakesNoSecondInvoice()
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices", Kind = FaultKind.Drop, Count = 3 });
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.DrainUntilAsync(() => Task.FromResult(DraftsIn(agency).Count > 0));

        // Somebody touches the draft there before we know what it is called. It tells nothing of our call, which is not read again.
        var body = Body.Replace("in_unknown", (string)DraftsIn(agency)[0]!["id"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(agency, body, Sign(body, DateTimeOffset.UtcNow)));
        await agency.DrainUntilAsync(() => WaitsAsync(agency));
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(15));
            await using var db = await agency.Host.OpenDatabaseAsync();
            return (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.ReadyForReview && !await db.Set<OutboxRow>().AnyAsync(row => row.State != OutboxState.Done);
        });
        Assert.Single(DraftsIn(agency));
    }

    private static JsonArray DraftsIn(Agency agency) => agency.Sandbox.StripeEffects()["invoices"]!.AsArray();

    /// <summary>The hook is in, and its reading waits for the answer to our own call.</summary>
    private static async Task<bool> WaitsAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshInvoice) && row.Held);
    }

    private static async Task<HttpStatusCode> PostAsync(Agency agency, string body, string? signature)
    {
        using var client = agency.Host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.Add("Stripe-Signature", signature);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Sign(string body, DateTimeOffset at, int off = 0)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        mac[^1] ^= (byte)off;
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }
}
