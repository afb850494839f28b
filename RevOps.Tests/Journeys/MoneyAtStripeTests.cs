using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion;
using RevOps.Core.Receivables;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What people do to the money of our invoices at Stripe itself, or before we hear of it. The tests share an agency, each with sales of its own.</summary>
public sealed class MoneyAtStripeTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    [Fact]
    public async Task CanRefundAClientWhoPaidBeforeWeHeardOfIt()
    {
        var open = await IssuedAsync("heard");
        var hooks = new Uri(Agency.Host.Address, "/hooks/stripe");
        Agency.Sandbox.WithholdWebhooks();
        Agency.Sandbox.Pay(open.StripeInvoiceId!);
        await CreditAsync(new(open.Id, default, CreditReason.Unsatisfactory, CreditSettlement.Refund, null, null, Reissues: false));
        Assert.Equal(144_000, Agency.Sandbox.StripeEffects()["refunds"]!.AsArray().Sum(refund => (long)refund!["amount"]!));
        Agency.Sandbox.SendWebhooksTo(hooks);
        await Agency.DrainUntilAsync(async () => await Agency.InvoiceAsync("heard") is { PaidMinor: 0, CreditedMinor: 144_000 });
    }

    [Fact]
    public async Task CanSeeAnInvoicePaidThatWasOnlyMarkedSo()
    {
        var open = await IssuedAsync("marked");
        Agency.Sandbox.MarkPaid(open.StripeInvoiceId!);
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync("marked")).Status == InvoiceStatus.Paid);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal((144_000L, PaymentKind.Payment), await db.Set<Payment>().SingleAsync(row => row.InvoiceId == open.Id) is var paid ? (paid.AmountMinor, paid.Kind) : default);
    }

    [Fact]
    public async Task CanCountACreditNoteThatSomebodyMadeAtStripe()
    {
        var open = await IssuedAsync("there");
        var stripe = Agency.Host.Services.GetRequiredService<StripeClient>();
        var line = (await stripe.GetLinesAsync(open.StripeInvoiceId!))[0];
        await Agency.StripeAsync("credit_notes", ("invoice", open.StripeInvoiceId!), ("lines[0][type]", "invoice_line_item"), ("lines[0][invoice_line_item]", line.Id), ("lines[0][amount]", "10000"),
            ("lines[0][tax_amounts][0][amount]", "2000"), ("lines[0][tax_amounts][0][taxable_amount]", "10000"), ("lines[0][tax_amounts][0][tax_rate]", line.Taxes![0].TaxRateId!));
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync("there")).CreditedMinor == 12_000);

        // One of ours beside it is counted once, as ours.
        await CreditAsync(new(open.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, null, null, Reissues: false));
        await Agency.DrainUntilAsync(async () => await Agency.InvoiceAsync("there") is { Status: InvoiceStatus.Credited, CreditedMinor: 144_000 });
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<CreditNote>().CountAsync(note => note.InvoiceId == open.Id && note.Status == CreditNoteStatus.Issued));
    }

    [Fact]
    public async Task CanReplayTheRefundsOfSeveralPayments()
    {
        var receiver = Agency.Host.Services.GetRequiredService<EventReceiver>();
        foreach (var intent in new[] { "pi_one", "pi_two" })
            await receiver.ReceiveInternalAsync(StripeNoticed.Source, $"evt_{intent}", "stripe.refund.created", new StripeNoticed("refund.created", null, null, intent), CancellationToken.None);
        await Agency.Host.DrainAsync();
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = await Agency.Host.Services.GetRequiredService<ReplayStripe>().AllAsync(new(Type: "stripe.refund.*") { Origin = EventOrigin.Stripe }, "user:x", CancellationToken.None);
        Assert.True(asked >= 2, $"{asked} readings were asked for.");
        await Agency.Host.DrainAsync();
    }

    private async Task<Invoice> IssuedAsync(string booking)
    {
        await Agency.SendAsync("booking_confirmed", Events.Sale(booking, customer: $"c-{booking}"));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync(booking));
        await Agency.Host.DrainAsync();
        return await Agency.InvoiceAsync(booking);
    }

    private async Task CreditAsync(CreditNoteProposed wanted)
    {
        await using (var scope = Agency.Host.Services.CreateAsyncScope())
        {
            var credit = scope.ServiceProvider.GetRequiredService<CreditInvoice>();
            Assert.Equal(DecisionResult.Done, await credit.ProposeAsync(Guid.NewGuid(), await Agency.ApproverAsync(), wanted, CancellationToken.None));
            await using var db = await Agency.Host.OpenDatabaseAsync();
            var note = await db.Set<CreditNote>().SingleAsync(row => row.InvoiceId == wanted.InvoiceId && row.Status == CreditNoteStatus.Proposed);
            Assert.Equal(DecisionResult.Done, await credit.ApproveAsync(note.Id, await Agency.ApproverAsync(), CancellationToken.None));
        }

        await Agency.Host.DrainAsync();
    }
}
