using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What becomes of a draft that was taken over, and of one that somebody touches at Stripe. The tests share an agency, each with deals of its own.</summary>
public sealed class AdoptionTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    private StripeClient Stripe => Agency.Host.Services.GetRequiredService<StripeClient>();

    [Fact]
    public async Task CanChangeAndCancelASaleWhoseDraftWasTakenOver()
    {
        var theirs = await AdoptAsync("D-1", ("collection_method", "send_invoice"), ("days_until_due", "30"));
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await Agency.SendAsync("deal_won", Sale("D-1", unitAmount: 500));
        await Agency.Host.DrainAsync();
        var changed = await Agency.InvoiceAsync("D-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 60_000L), (changed.Status, changed.GrossMinor));
        Assert.NotEqual(theirs, changed.StripeInvoiceId);
        await Assert.ThrowsAsync<StripeException>(() => Stripe.GetInvoiceAsync(theirs));

        var second = await AdoptAsync("D-2", ("collection_method", "send_invoice"), ("days_until_due", "30"));
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await Agency.SendAsync("booking_confirmed", Sale("D-2", booking: "B-2"));
        await Agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-2" });
        await Agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Cancelled, (await Agency.InvoiceAsync("D-2")).Status);
        await Assert.ThrowsAsync<StripeException>(() => Stripe.GetInvoiceAsync(second));
    }

    [Fact]
    public async Task CanTakeOverADraftThatStripeWouldIssueByItself()
    {
        var theirs = await AdoptAsync("D-3", ("collection_method", "charge_automatically"), ("auto_advance", "true"));
        Assert.Equal(("send_invoice", false), await Stripe.GetInvoiceAsync(theirs) is var read ? (read.CollectionMethod, read.AutoAdvance) : default);
        Assert.Equal((InvoiceStatus.ReadyForReview, theirs), await Agency.InvoiceAsync("D-3") is var ours ? (ours.Status, ours.StripeInvoiceId) : default);
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("D-3"));
        await Agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await Agency.InvoiceAsync("D-3")).Status);
    }

    [Fact]
    public async Task CannotTakeOverADraftOfAnotherCustomerAtStripe()
    {
        await Agency.SendAsync("deal_won", Sale("D-4a", customer: "four"));
        await Agency.Host.DrainAsync();
        await OtherDraftAsync("D-4", ("collection_method", "send_invoice"), ("days_until_due", "30"));
        await FindAsync();
        await Agency.SendAsync("deal_won", Sale("D-4", customer: "four"));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.OtherCustomer, await DecideAsync("D-4"));
        Assert.Equal((InvoiceStatus.Held, ReviewProblem.ForeignInvoice), await Agency.InvoiceAsync("D-4") is var held ? (held.Status, held.Problems) : default);
    }

    [Fact]
    public async Task CannotSendWhatSomebodyEditedAtStripeAfterTheApproval()
    {
        await Agency.SendAsync("deal_won", Sale("D-5"));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("D-5"));
        var approved = await Agency.InvoiceAsync("D-5");
        await Agency.StripeAsync($"invoices/{approved.StripeInvoiceId}", ("footer", "Something else"));
        await Agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.Held, ReviewProblem.StripeDiffers), await Agency.InvoiceAsync("D-5") is var held ? (held.Status, held.Problems) : default);
        Assert.Equal("draft", (await Stripe.GetInvoiceAsync(approved.StripeInvoiceId!)).Status);
    }

    [Fact]
    public async Task CanDraftAgainWhatSomebodyIssuedAtStripeAndVoided()
    {
        await Agency.SendAsync("deal_won", Sale("D-6"));
        await Agency.Host.DrainAsync();
        var issued = await Agency.InvoiceAsync("D-6");
        await Agency.StripeAsync($"invoices/{issued.StripeInvoiceId}/finalize");
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync("D-6")).Status == InvoiceStatus.Held);
        Agency.Sandbox.Pay(issued.StripeInvoiceId!, 10_000);
        await RefreshAsync(issued.StripeInvoiceId!);
        Assert.Equal((InvoiceStatus.Held, 0L), await Agency.InvoiceAsync("D-6") is var held ? (held.Status, held.PaidMinor) : default);

        var other = "D-7";
        await Agency.SendAsync("deal_won", Sale(other));
        await Agency.Host.DrainAsync();
        var voided = await Agency.InvoiceAsync(other);
        await Agency.StripeAsync($"invoices/{voided.StripeInvoiceId}/finalize");
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync(other)).Status == InvoiceStatus.Held);
        await Agency.StripeAsync($"invoices/{voided.StripeInvoiceId}/void");
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync(other)).Status == InvoiceStatus.ReadyForReview);
        Assert.Equal((2, ""), await Agency.InvoiceAsync(other) is var again ? (again.DraftVersion, again.Problems) : default);
    }

    private static System.Text.Json.Nodes.JsonObject Sale(string deal, string? booking = null, string? customer = null, decimal unitAmount = 1_200) =>
        Events.Sale(booking, deal, customer: customer ?? $"c-{deal}", unitAmount: unitAmount);

    private async Task<string> AdoptAsync(string deal, params (string, string)[] how)
    {
        var theirs = await OtherDraftAsync(deal, how);
        await FindAsync();
        await Agency.SendAsync("deal_won", Sale(deal));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await DecideAsync(deal));
        await Agency.Host.DrainAsync();
        Assert.Equal(theirs, (await Agency.InvoiceAsync(deal)).StripeInvoiceId);
        return theirs;
    }

    private async Task<DecisionResult> DecideAsync(string deal)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var foreign = await db.Set<ForeignInvoice>().SingleAsync(row => row.Reference == deal);
        await using var scope = Agency.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Core.Ingestion.CutOver>().AdoptAsync(foreign.Id, await Agency.ApproverAsync(), CancellationToken.None);
    }

    /// <summary>A draft as another program makes it: its own customer, one line of 1,200 €, no names of ours.</summary>
    private async Task<string> OtherDraftAsync(string deal, params (string, string)[] how)
    {
        var customer = await Agency.StripeAsync("customers", ("name", "Acme"));
        var invoice = await Agency.StripeAsync("invoices", [("customer", customer), ("currency", "eur"), ("metadata[deal_id]", deal), .. how]);
        await Agency.StripeAsync($"invoices/{invoice}/add_lines", ("lines[0][amount]", "120000"), ("lines[0][description]", "Audit"), ("lines[0][tax_amounts][0][amount]", "24000"), ("lines[0][tax_amounts][0][taxable_amount]", "120000"),
            ("lines[0][tax_amounts][0][tax_rate_data][display_name]", "TVA"), ("lines[0][tax_amounts][0][tax_rate_data][percentage]", "20"), ("lines[0][tax_amounts][0][tax_rate_data][inclusive]", "false"));
        return invoice;
    }

    private Task FindAsync() => RunAsync(db => db.Enqueue<FindForeignInvoices>("stripe", Agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString()));

    private Task RefreshAsync(string stripeId) => RunAsync(db => db.Enqueue<RefreshInvoice>(stripeId, Agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString()));

    private async Task RunAsync(Action<Core.Data.RevOpsDb> ask)
    {
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            ask(db);
            await db.SaveChangesAsync();
        }

        await Agency.Host.DrainAsync();
    }
}
