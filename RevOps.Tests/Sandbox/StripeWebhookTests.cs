using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Tests.Sandbox;

public sealed class StripeWebhookTests
{
    [Fact]
    public async Task Event_IsSigned_AndComesAgainUntilItIsTaken()
    {
        await using var receiver = await Receiver.StartAsync(failures: 2);
        await using var world = await SandboxWorld.StartAsync(o => o with { WebhookSecret = "whsec_test" });
        await world.CustomerAsync();
        world.Servers.SendWebhooksTo(receiver.Address);
        await receiver.TakenAsync();

        Assert.Equal(3, receiver.Received.Count);
        var (signature, body) = receiver.Received.Last();
        var parts = signature.Split(',').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("whsec_test"), Encoding.UTF8.GetBytes($"{parts["t"]}.{body}"));
        Assert.Equal(Convert.ToHexStringLower(expected), parts["v1"]);
        Assert.Equal("customer.created", (string?)JsonNode.Parse(body)!["type"]);
    }

    [Fact]
    public async Task PendingDelivery_SurvivesARestart()
    {
        await using var receiver = await Receiver.StartAsync(failures: 0);
        await using var world = await SandboxWorld.StartAsync();
        await world.CustomerAsync();
        await world.RestartAsync();
        world.Servers.SendWebhooksTo(receiver.Address);
        await receiver.TakenAsync();
    }

    private sealed class Receiver(WebApplication app, int failures) : IAsyncDisposable
    {
        private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<(string Signature, string Body)> Received { get; } = [];

        public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public static async Task<Receiver> StartAsync(int failures)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var receiver = new Receiver(app, failures);
            app.Run(receiver.ReceiveAsync);
            await app.StartAsync();
            return receiver;
        }

        public Task TakenAsync() => taken.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task ReceiveAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            Received.Enqueue((http.Request.Headers["Stripe-Signature"].ToString(), await reader.ReadToEndAsync()));
            if (Received.Count <= failures)
                http.Response.StatusCode = 503;
            else
                taken.TrySetResult();
        }
    }
}
