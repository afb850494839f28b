using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Sandbox;
using RevOps.Tests.Billing;
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
        await ApproveAsync(agency, orders.Count);

        // Of half of them we do not hear that they were issued, and the clients pay at once.
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices/{id}/finalize", Kind = FaultKind.ExecutedError, Count = orders.Count / 2 });
        await agency.Host.DrainAsync();
        foreach (var invoice in await StatusesAsync(agency))
            agency.Sandbox.Pay(invoice.StripeInvoiceId!);
        agency.Clock.Advance(TimeSpan.FromSeconds(30));

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
            return !await waiting.Set<OutboxRow>().AnyAsync(row => row.Job != nameof(Core.Conversions.Sending.SendConversions) && row.State != OutboxState.Done);
        });
        await using var db = await agency.Host.OpenDatabaseAsync();
        var invoices = await db.Set<Invoice>().AsNoTracking().ToListAsync();
        Assert.All(invoices, invoice => Assert.Equal((InvoiceStatus.Paid, invoice.GrossMinor, 0L), (invoice.Status, invoice.PaidMinor, invoice.Outstanding.Minor)));
        Assert.Equal(120, invoices.Select(invoice => invoice.Number).Distinct().Count());
        Assert.Equal(120, await db.Set<Payment>().CountAsync());
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Status == EventStatus.Parked));

        // Each is issued once; what the client had paid before we knew that it was issued is not sent any more.
        Assert.Equal(120, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
        Assert.InRange(agency.Sandbox.Executed("POST /v1/invoices/{id}/send"), 60, 120);
    }

    /// <summary>Invoices as they stand right after the click: drafts at Stripe, approved here, and the job that issues them waits.</summary>
    private static async Task ApproveAsync(Agency agency, int count)
    {
        var (sales, customer) = (new SomeSales(agency.Host), await agency.StripeAsync("customers", ("name", "Acme")));
        await using (var people = await agency.Host.OpenDatabaseAsync())
        {
            people.Add(new Person { Id = DataKey.Company, CanonicalId = DataKey.Company, CreatedAt = Agency.Morning, OwnSeenAt = Agency.Morning, LastSeenAt = Agency.Morning });
            await people.SaveChangesAsync();
        }

        for (var number = 0; number < count; number++)
        {
            var stripeId = await agency.StripeAsync("invoices", ("customer", customer), ("currency", "eur"), ("collection_method", "send_invoice"), ("days_until_due", "30"));
            await agency.StripeAsync($"invoices/{stripeId}/add_lines", ("lines[0][amount]", "12000"), ("lines[0][description]", "Audit"));
            var seen = (await StripeReview.ReadAsync(agency.Host.Services.GetRequiredService<StripeClient>(), stripeId, CancellationToken.None)).ComputeHash();
            var id = await sales.AddAsync($"B-{number}", invoice => (invoice.Status, invoice.StripeInvoiceId, invoice.ReviewHash, invoice.ApprovedAt, invoice.DueOn) =
                (InvoiceStatus.Approved, stripeId, seen, agency.Clock.GetUtcNow(), DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date).AddDays(30)), Core.Platform.Mode.Sandbox);
            await using var db = await agency.Host.OpenDatabaseAsync();
            db.Enqueue<SendInvoice>(id.ToString(), agency.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }
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
