using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Testing;
using RevOps.Web.Platform;

namespace RevOps.Tests.Journeys;

/// <summary>The product on its sandbox, with the clock in the test's hand: what an agency does in a day, one call each.</summary>
public sealed class Agency : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2026, 5, 4, 7, 0, 0, TimeSpan.Zero);

    private Guid? administrator;

    private Agency(bool demo, Action<IServiceCollection>? configure)
    {
        Clock = new TurnableClock(Morning);
        Host = new()
        {
            Clock = Clock,
            Configure = configure,
            Settings = { ["Demo:Enabled"] = demo ? "true" : "false", ["Sandbox:Enabled"] = "true", ["Sandbox:StripePort"] = "0", ["Sandbox:MetaPort"] = "0", ["Sandbox:GooglePort"] = "0", ["Sandbox:SitePort"] = "0", ["RateLimits:Hooks:PermitsPerSecond"] = "100000" },
        };
    }

    public TurnableClock Clock { get; }

    public RevOpsHost Host { get; }

    public SandboxServers Sandbox => Host.Services.GetRequiredService<SandboxHost>().Servers!;

    public HttpClient Sender { get; private set; } = null!;

    public Guid Finance { get; private set; }

    public static async Task<Agency> OpenAsync(bool demo = false, Action<IServiceCollection>? configure = null)
    {
        var agency = new Agency(demo, configure);
        agency.Sender = agency.Host.Client(await agency.Host.CreateKeyAsync(ApiKey.EventsWrite, ApiKey.MetricsRead));
        agency.Finance = await agency.HireAsync("finance@agency.example", Roles.Finance);
        return agency;
    }

    public Task SendAsync(string type, JsonObject data, string? id = null) => Sender.SendAsync(Events.Of(type, data, id, time: Clock.GetUtcNow()));

    /// <summary>Another program makes something in the same Stripe account; its id.</summary>
    public async Task<string> StripeAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        var answer = await Host.Services.GetRequiredService<StripeClient>().SendAsync(new(HttpMethod.Post, $"/v1/{path}", form), $"other:{Guid.NewGuid()}");
        return (string)JsonNode.Parse(answer.Body)!["id"]!;
    }

    public async Task<Guid> HireAsync(string email, string role)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = email, Email = email };
        Assert.True((await users.CreateAsync(user, "a long enough sentence")).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return user.Id;
    }

    /// <summary>Whoever sets the rules; hired with the first one that is set.</summary>
    public async Task<Approver> AdministratorAsync() => await ApproverAsync(administrator ??= await HireAsync("rules@agency.example", Roles.Admin));

    public async Task<Approver> ApproverAsync(Guid? userId = null)
    {
        await using var db = await Host.OpenDatabaseAsync();
        var user = await db.Set<User>().SingleAsync(row => row.Id == (userId ?? Finance));
        return new(user.Id, user.SecurityStamp);
    }

    public async Task<Invoice> InvoiceAsync(string bookingId)
    {
        await using var db = await Host.OpenDatabaseAsync();
        return await (from invoice in db.Set<Invoice>()
                      join booking in db.Set<Core.Bookings.Booking>() on (Guid?)invoice.Id equals booking.InvoiceId
                      where booking.BookingId == bookingId || booking.DealId == bookingId
                      select invoice).AsNoTracking().SingleAsync();
    }

    /// <summary>Clicks Approve on the invoice as it stands now.</summary>
    public async Task<DecisionResult> ApproveAsync(string bookingId, Approver? approver = null)
    {
        var invoice = await InvoiceAsync(bookingId);
        return await DecideAsync(async decide => await decide.ApproveAsync(invoice.Id, approver ?? await ApproverAsync(), invoice.ReviewHash ?? [], CancellationToken.None));
    }

    public async Task<DecisionResult> DecideAsync(Func<DecideInvoice, Task<DecisionResult>> decision)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await decision(scope.ServiceProvider.GetRequiredService<DecideInvoice>());
    }

    /// <summary>
    /// Runs everything that is due until the condition holds. Webhooks travel in real time, so what they bring is waited for, with patience.
    /// </summary>
    public async Task DrainUntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            await Host.DrainAsync();
            if (await condition())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    /// <summary>Google says only later what became of a conversion: the clock is turned until it has.</summary>
    public Task LetGoogleAnswerAsync() => DrainUntilAsync(async () =>
    {
        Clock.Advance(TimeSpan.FromSeconds(5));
        await using var db = await Host.OpenDatabaseAsync();
        return !await db.Set<OutboxRow>().AnyAsync(row => row.State != OutboxState.Done);
    });

    public async Task<JsonNode> MetricsAsync(string query = "") => JsonNode.Parse(await Sender.GetStringAsync($"/api/v1/metrics{query}"))!;

    public async ValueTask DisposeAsync()
    {
        Sender?.Dispose();
        await Host.DisposeAsync();
    }
}
