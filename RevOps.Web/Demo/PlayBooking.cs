using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Web.Shared;

namespace RevOps.Web.Demo;

/// <summary>
/// One person through the whole loop at a speed that can be followed: the world does its part by HTTP, and each stop counts as passed when
/// the product's own data say so.
/// </summary>
public sealed class PlayBooking(BookingPlay play, DemoWorld world, DemoFinance finance, IDbContextFactory<RevOpsDb> databases, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<PlayBooking> log)
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>False where a platform is connected for real: what is played must not reach it.</summary>
    public bool MayStart => world.IsStoodIn;

    /// <summary>Sets one going; false while another one is on its way.</summary>
    public bool Start()
    {
        if (!MayStart || !play.TryBegin())
            return false;
        _ = Task.Run(() => RunAsync(lifetime.ApplicationStopping), CancellationToken.None);
        return true;
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await world.OpenAsync(cancel);
            await WalkAsync(clock.GetUtcNow().ToUnixTimeMilliseconds(), cancel);
            play.Tell(stand => stand with { IsRunning = false });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What was sent stands, and goes on by itself.
        }
#pragma warning disable CA1031 // Shown where it is played; the product itself goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning(error, "The booking that is played got stuck.");
            play.Tell(stand => stand with { IsRunning = false, IsStuck = true });
        }
        finally
        {
            await world.CloseAsync(CancellationToken.None);
        }
    }

    private async Task WalkAsync(long number, CancellationToken cancel)
    {
        // Somebody else each time, beyond those of the story.
        var name = string.Create(CultureInfo.InvariantCulture, $"play-{number}");
        var person = Person.Of(1_000 + (int)(number % 8_999), new Fate(Calls: true), new Random((int)(number % int.MaxValue)));
        await SendAsync($"{name}-touch", "touch", Touch(name), cancel);
        await SendAsync($"{name}-consent", "consent", Consent(name), cancel);
        var owner = await FindAsync(db => db.Set<ReceivedEvent>().Where(row => row.Source == ToldEvent.Source && row.EventId == $"{name}-touch" && row.Status == EventStatus.Applied).Select(row => (Guid?)row.OwnerId), cancel);
        await PassAsync(stand => stand with { At = PlayStop.Call, Person = owner }, cancel);

        await SendAsync($"{name}-call", "voice_session", Call(name, person), cancel);
        await PassAsync(stand => stand with { At = PlayStop.Booking }, cancel);

        await SendAsync($"{name}-booking", "booking_confirmed", Sale(name, person), cancel);
        var invoice = await FindAsync(db => db.Set<Booking>().Where(booking => booking.BookingId == name).Select(booking => booking.InvoiceId), cancel);
        play.Tell(stand => stand with { At = PlayStop.Draft, Invoice = invoice });

        await InvoiceAsync(invoice, row => row.Status == InvoiceStatus.ReadyForReview, cancel);
        await PassAsync(stand => stand with { At = PlayStop.Approval }, cancel);

        // Somebody who looks on may be faster, or may have to: where the demo's Finance was locked out it waits for another.
        await finance.ApproveOneAsync(invoice, cancel);
        await InvoiceAsync(invoice, row => row.ApprovedAt != null, cancel);
        play.Tell(stand => stand with { At = PlayStop.Sent });

        await InvoiceAsync(invoice, row => row.Status == InvoiceStatus.Open && row.SentAt != null, cancel);
        await PassAsync(stand => stand with { At = PlayStop.Payment }, cancel);

        await using (var db = await databases.CreateDbContextAsync(cancel))
            await world.PayAsync((await db.Set<Invoice>().SingleAsync(row => row.Id == invoice, cancel)).HostedUrl!, byCard: true, cancel);
        await InvoiceAsync(invoice, row => row.Status == InvoiceStatus.Paid, cancel);
        play.Tell(stand => stand with { At = PlayStop.Told });

        await FindAsync(db => db.Set<Conversion>().Where(row => row.Platform == AdPlatform.Meta && row.EventId == $"paid.{name}" && row.Status == ConversionStatus.Delivered).Select(row => (Guid?)row.Id), cancel);
    }

    private Task SendAsync(string id, string type, JsonObject data, CancellationToken cancel) => world.SendAsync([new(id, clock.GetUtcNow(), type, data)], cancel);

    private async Task PassAsync(Func<PlayStand, PlayStand> next, CancellationToken cancel)
    {
        play.Tell(next);
        await Task.Delay(Breath, TimeProvider.System, cancel);
    }

    private Task InvoiceAsync(Guid id, System.Linq.Expressions.Expression<Func<Invoice, bool>> has, CancellationToken cancel) =>
        FindAsync(db => db.Set<Invoice>().Where(row => row.Id == id).Where(has).Select(row => (Guid?)row.Id), cancel);

    private async Task<Guid> FindAsync(Func<RevOpsDb, IQueryable<Guid?>> what, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await what(db).FirstOrDefaultAsync(cancel) is { } found)
                return found;
            await Task.Delay(Look, TimeProvider.System, cancel);
        }

        throw new TimeoutException($"The stop {play.Now?.At} was not reached within {Patience.TotalMinutes:0} minutes.");
    }

    private static JsonObject Touch(string name) => new()
    {
        ["visitorId"] = name,
        ["source"] = "facebook",
        ["medium"] = "paid_social",
        ["campaign"] = Agency.Campaigns[3].Name,
        ["ad"] = new JsonObject { ["platform"] = "meta", ["campaignId"] = Agency.Campaigns[3].Id },
        ["clickIds"] = new JsonObject { ["fbclid"] = $"IwAR-{name}" },
        ["landingUrl"] = "https://agence.example/agent-vocal",
        ["ip"] = "203.0.113.250",
        ["userAgent"] = "Mozilla/5.0 (demo)",
    };

    private static JsonObject Consent(string name) => new()
    {
        ["visitorId"] = name,
        ["country"] = "FR",
        ["purposes"] = new JsonObject { ["measurement"] = "granted", ["ads"] = "granted", ["personalization"] = "granted" },
        ["textVersion"] = "demo-1",
    };

    private JsonObject Call(string name, Person person) => new()
    {
        ["sessionId"] = name,
        ["visitorId"] = name,
        ["contact"] = person.Contact(),
        ["startedAt"] = clock.GetUtcNow().AddMinutes(-4).ToString("O"),
        ["endedAt"] = clock.GetUtcNow().ToString("O"),
        ["outcome"] = "qualified",
        ["bant"] = new JsonObject(new[] { "budget", "authority", "need", "timeline" }.Select(part => KeyValuePair.Create<string, JsonNode?>(part, new JsonObject { ["met"] = true }))),
        ["latencyMs"] = new JsonObject { ["p50"] = 610, ["p95"] = 1_080 },
        ["language"] = "fr",
        ["aiDisclosedAt"] = clock.GetUtcNow().AddMinutes(-4).ToString("O"),
        ["recordingConsent"] = true,
    };

    private static JsonObject Sale(string name, Person person)
    {
        var service = Agency.Services.Single(service => service.Code == "voice");
        return new()
        {
            ["bookingId"] = name,
            ["customer"] = person.Customer(complete: true),
            ["visitorId"] = name,
            ["voiceSessionId"] = name,
            ["currency"] = "EUR",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["key"] = service.Code, ["serviceCode"] = service.Code, ["description"] = service.Name, ["quantity"] = 1,
                ["unitAmount"] = Agency.PriceOn(service, Agency.PriceRiseDay).ToString(CultureInfo.InvariantCulture), ["taxRatePercent"] = 20,
            }),
            ["paymentTermsDays"] = 30,
        };
    }
}
