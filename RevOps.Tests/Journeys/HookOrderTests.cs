using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>
/// Stripe promises no order: every one of the 120 orders of the five webhooks of an invoice's life, each twice, while the answers to our
/// own finalise and send are lost for every second invoice, ends the same.
/// </summary>
public sealed class HookOrderTests
{
    private static readonly string[] Kinds = ["created", "finalized", "sent", "paid", "updated"];

    [Fact]
    public async Task EveryOrderOfWebhooks_EndsPaidOnceAndNeverGoesBack()
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.WithholdWebhooks();
        var orders = Permutations(Kinds).ToList();
        Assert.Equal(120, orders.Distinct().Count());
        for (var number = 0; number < orders.Count; number++)
            await agency.SendAsync("booking_confirmed", Events.Sale($"B-{number}"));
        await agency.Host.DrainAsync();

        for (var number = 0; number < orders.Count; number++)
            await PayAsync(agency, number);

        // All invoices at once, each in its own order: the first, the second … of its webhooks, and then all of them again backwards.
        var receiver = agency.Host.Services.GetRequiredService<EventReceiver>();
        var seen = await StatusesAsync(agency);
        for (var place = 0; place < 2 * Kinds.Length; place++)
        {
            foreach (var (number, order) in orders.Index())
            {
                var kind = place < order.Length ? order[place] : order[^(place - order.Length + 1)];
                await receiver.ReceiveInternalAsync(StripeNoticed.Source, $"evt_{number}_{kind}", $"stripe.invoice.{kind}", new StripeNoticed($"invoice.{kind}", seen[number].StripeInvoiceId, null), CancellationToken.None);
            }

            await agency.Host.DrainAsync();
            agency.Clock.Advance(TimeSpan.FromSeconds(5));
            var now = await StatusesAsync(agency);
            Assert.All(now.Zip(seen), pair => Assert.True(Rank(pair.First.Status) >= Rank(pair.Second.Status), $"{pair.Second.Status} went back to {pair.First.Status}"));
            seen = now;
        }

        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(1));
            await using var waiting = await agency.Host.OpenDatabaseAsync();
            return !await waiting.Set<OutboxRow>().AnyAsync(row => row.Job != nameof(Core.Conversions.SendConversion) && row.State != OutboxState.Done);
        });
        await using var db = await agency.Host.OpenDatabaseAsync();
        var invoices = await db.Set<Invoice>().AsNoTracking().ToListAsync();
        Assert.All(invoices, invoice => Assert.Equal((InvoiceStatus.Paid, invoice.GrossMinor, 0L), (invoice.Status, invoice.PaidMinor, invoice.Outstanding.Minor)));
        Assert.Equal(120, invoices.Select(invoice => invoice.Number).Distinct().Count());
        Assert.Equal(120, await db.Set<Payment>().CountAsync());
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Status == EventStatus.Parked));

        // What the client had paid before we knew that it was issued is not sent any more.
        Assert.Equal((120, 60), (agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"), agency.Sandbox.Executed("POST /v1/invoices/{id}/send")));
    }

    /// <summary>Approves, issues and pays: of every second invoice we have not heard that it was issued when the client pays.</summary>
    private static async Task PayAsync(Agency agency, int number)
    {
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync($"B-{number}"));
        if (number % 2 == 1)
            agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices/{id}/finalize", Kind = FaultKind.ExecutedError });
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync($"B-{number}")).StripeInvoiceId!);
    }

    private static async Task<List<Invoice>> StatusesAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Invoice>().AsNoTracking().OrderBy(invoice => invoice.Id).ToListAsync();
    }

    private static int Rank(InvoiceStatus status) => status switch { InvoiceStatus.Approved => 0, InvoiceStatus.Open => 1, InvoiceStatus.Paid => 2, _ => -1 };

    private static IEnumerable<string[]> Permutations(string[] kinds) => kinds.Length == 1
        ? [kinds]
        : kinds.SelectMany(first => Permutations([.. kinds.Where(kind => kind != first)]).Select(rest => (string[])[first, .. rest]));
}
