using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Platform;

namespace RevOps.Web.Demo;

/// <summary>The world outside, by HTTP: systems that send events to the front door, and clients who pay on the page that their invoice leads to.</summary>
public sealed class DemoWorld(IHttpClientFactory http, IServer server, ApiKeys keys, StripeAccount stripe, MetaAccount meta, GoogleAdsAccount google)
{
    private const string KeyName = "Demo";
    private const string Actor = "system:demo";

    private string? key;

    /// <summary>All three platforms are stood in for: nothing of the demo may ever reach another.</summary>
    public bool IsStoodIn => new Mode?[] { stripe.Connection?.Mode, meta.Connection?.Mode, google.Connection?.Mode }.All(mode => mode == Mode.Sandbox);

    /// <summary>A key of its own for as long as it sends; those that a run left behind when it was broken off go.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        if (!IsStoodIn)
            throw new InvalidOperationException("The demo runs against the sandbox alone: one of Stripe, Meta and Google is connected otherwise.");
        await CloseAsync(cancel);
        key = await keys.CreateAsync(KeyName, [ApiKey.EventsWrite, ApiKey.PricesRead], Actor, cancel);
    }

    public async Task CloseAsync(CancellationToken cancel)
    {
        foreach (var old in (await keys.ListAsync(cancel)).Where(old => old is { RevokedAt: null, Name: KeyName, CreatedBy: Actor }))
            await keys.RevokeAsync(old.Id, Actor, cancel);
        key = null;
    }

    /// <summary>Sends what happened, in one body; every event has to be taken, now or by a run before.</summary>
    public async Task SendAsync(IReadOnlyCollection<ToldEvent> events, CancellationToken cancel)
    {
        foreach (var batch in events.Chunk(1_000))
        {
            using var client = http.CreateClient(nameof(DemoWorld));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(OwnAddress.Of(server)!, "/api/v1/events"));
            request.Content = new StringContent(new JsonArray([.. batch.Select(one => (JsonNode)one.Envelope())]).ToJsonString(), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await client.SendAsync(request, cancel);
            var said = await answer.Content.ReadAsStringAsync(cancel);
            if (answer.StatusCode != HttpStatusCode.Accepted)
                throw new HttpRequestException($"The front door answered {(int)answer.StatusCode}: {said}");
            if (JsonNode.Parse(said)!["results"]!.AsArray().FirstOrDefault(result => (string?)result!["status"] == "rejected") is { } refused)
                throw new HttpRequestException($"The front door refused an event of the demo: {refused.ToJsonString()}");
        }
    }

    /// <summary>What a booking site asks before it shows a price.</summary>
    public async Task<JsonNode> PricesAsync(string service, CancellationToken cancel)
    {
        using var client = http.CreateClient(nameof(DemoWorld));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(OwnAddress.Of(server)!, $"/api/v1/prices?service={Uri.EscapeDataString(service)}"));
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await client.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!;
    }

    /// <summary>What a client does with the link in their mail; the stand-in may have been started again on another port since.</summary>
    public async Task PayAsync(string page, bool byCard, CancellationToken cancel)
    {
        using var client = http.CreateClient(nameof(DemoWorld));
        using var form = new FormUrlEncodedContent([new("method", byCard ? "card" : "transfer")]);
        using var answer = await client.PostAsync(new Uri(stripe.Connection!.ApiBase, new Uri(page).PathAndQuery), form, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
