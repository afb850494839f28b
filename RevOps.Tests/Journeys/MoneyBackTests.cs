using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What happens when money of a paid invoice goes back, and when an issued invoice is corrected.</summary>
public sealed class MoneyBackTests : IAsyncLifetime
{
    private Agency agency = null!;

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeARefundReopenWhatIsOwedAndFollowItToTheAdPlatforms()
    {
        var paid = await PaidAsync("B-1", visitor: "v-1");
        agency.Sandbox.Refund(paid.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 100_000);
        await SettleAsync();

        var after = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.Paid, 44_000L), (after.Status, after.Outstanding.Minor));
        Assert.Equal(44_000, (int)(await agency.MetricsAsync())["receivables"]!["openMinor"]!);
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal([(PaymentKind.Payment, 144_000L), (PaymentKind.Refund, -44_000L)], (await db.Set<Payment>().OrderBy(row => row.RecordedAt).ToListAsync()).Select(row => (row.Kind, row.AmountMinor)));
        Assert.Equal(100_000, await db.Set<Credit>().SumAsync(credit => credit.AmountMinor));

        // Google takes the new value under the sale's own id; Meta has no way to take one back, and its conversion says so.
        var sale = Assert.Single(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray(), sent => (string?)sent!["transactionId"] == "booked.B-1");
        Assert.Equal(1_000m, (decimal)sale!["value"]!);
        var told = await db.Set<Conversion>().Where(row => row.Stage == ConversionStage.Refunded).ToListAsync();
        Assert.Equal([(AdPlatform.Meta, ConversionStatus.Rejected, "cannot_restate"), (AdPlatform.Google, ConversionStatus.Delivered, null)],
            told.OrderBy(row => row.Platform).Select(row => (row.Platform, row.Status, row.Reason)));
    }

    [Fact]
    public async Task CanRefundTwiceBeforeThePaymentWasTold()
    {
        // Nobody asked them yet: the payment waits, and is then told as what remains of it.
        var paid = await PaidAsync("B-1");
        agency.Sandbox.Refund(paid.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 100_000);
        agency.Sandbox.Refund(paid.StripeInvoiceId!, 20_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 80_000);

        await using var db = await agency.Host.OpenDatabaseAsync();
        var waiting = await db.Set<Conversion>().Where(row => row.Stage == ConversionStage.Paid).ToListAsync();
        Assert.Equal(2, waiting.Count);
        Assert.All(waiting, row => Assert.Equal((ConversionStatus.Held, 80_000L, 144_000L), (row.Status, row.ValueMinor, row.WholeMinor)));
    }

    [Fact]
    public async Task CanLoseADisputeAndWinOneAndHaveADebitReturned()
    {
        var paid = await PaidAsync("B-1");
        var dispute = agency.Sandbox.Dispute(paid.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Outstanding.Minor == 144_000);
        agency.Sandbox.CloseDispute(dispute, won: true);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Outstanding.Minor == 0);
        agency.Sandbox.Dispute(paid.StripeInvoiceId!, returnedDebit: true);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Outstanding.Minor == 144_000);

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal([PaymentKind.Payment, PaymentKind.Dispute, PaymentKind.DisputeWon, PaymentKind.Returned], (await db.Set<Payment>().OrderBy(row => row.Id).ToListAsync()).Select(row => row.Kind));
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);
    }

    [Fact]
    public async Task CanHearOfARefundBeforeOfThePayment()
    {
        var open = await IssuedAsync("B-1");
        agency.Sandbox.Faults.Add(new Fault { Route = "GET /v1/invoices/{id}", Kind = FaultKind.Error, Count = 2 });
        agency.Sandbox.Pay(open.StripeInvoiceId!);
        agency.Sandbox.Refund(open.StripeInvoiceId!, 144_000);
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(1));
            await using var db = await agency.Host.OpenDatabaseAsync();
            return await db.Set<Payment>().CountAsync() == 2;
        });
        Assert.Equal((144_000L, 0L), ((await agency.InvoiceAsync("B-1")).Outstanding.Minor, (await agency.InvoiceAsync("B-1")).PaidMinor));
    }

    [Fact]
    public async Task CanCreditAnUnpaidInvoiceInPartAndThenTheRest()
    {
        var invoice = await IssuedAsync("B-1");
        var line = await LineAsync(invoice);
        await CreditAsync(new(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, "A gesture", [new(line, 20_000)], Reissues: false));
        var part = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.Open, 24_000L, 120_000L), (part.Status, part.CreditedMinor, part.Outstanding.Minor));

        await CreditAsync(new(invoice.Id, default, CreditReason.BillingError, CreditSettlement.Refund, null, null, Reissues: false));
        var whole = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.Credited, 144_000L, 0L), (whole.Status, whole.CreditedMinor, whole.Outstanding.Minor));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var notes = await db.Set<CreditNote>().OrderBy(note => note.Number).ToListAsync();
        Assert.Equal([("AV-2026-0001", 24_000L), ("AV-2026-0002", 120_000L)], notes.Select(note => (note.Number, note.GrossMinor)));
        Assert.Equal(0, (int)(await agency.MetricsAsync())["receivables"]!["openMinor"]!);
        var refused = await Assert.ThrowsAsync<CreditRefusedException>(() => ProposeAsync(new(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, null, [new(line, 1)], Reissues: false)));
        Assert.Equal("audit", refused.Field);
    }

    [Fact]
    public async Task CanCreditAPaidInvoiceAndRefundIt()
    {
        var invoice = await PaidAsync("B-1");
        await CreditAsync(new(invoice.Id, default, CreditReason.Unsatisfactory, CreditSettlement.Refund, null, null, Reissues: false));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 0);
        var after = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.Paid, 0L, 144_000L), (after.Status, after.Outstanding.Minor, after.CreditedMinor));
    }

    [Fact]
    public async Task CanCreditWhatWasRefundedBefore()
    {
        var invoice = await PaidAsync("B-1");
        agency.Sandbox.Refund(invoice.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Outstanding.Minor == 44_000);
        await CreditAsync(new(invoice.Id, default, CreditReason.Unsatisfactory, CreditSettlement.Refund, null, null, Reissues: false));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 0);
        var after = await agency.InvoiceAsync("B-1");
        Assert.Equal((0L, 144_000L), (after.Outstanding.Minor, after.CreditedMinor));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(100_000, (await db.Set<CreditNote>().SingleAsync()).SettledMinor);
    }

    [Fact]
    public async Task CanTellWhatIsLeftAfterARefundAndItsCreditNote()
    {
        // The note is the paper of a part of the refund: no more goes back by it.
        var paid = await PaidAsync("B-1", visitor: "v-1");
        agency.Sandbox.Refund(paid.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 100_000);
        await CreditAsync(new(paid.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, "A gesture", [new(await LineAsync(paid), 20_000)], Reissues: false));
        await SettleAsync();
        Assert.Equal(1_000m, (decimal)Told("B-1")["value"]!);

        // Credited before it was paid, the smaller sum was the whole: a refund of 440 leaves 760 of 1,200.
        var issued = await IssuedAsync("B-2", visitor: "v-2");
        await CreditAsync(new(issued.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, "A gesture", [new(await LineAsync(issued), 20_000)], Reissues: false));
        agency.Sandbox.Pay(issued.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-2")).Status == InvoiceStatus.Paid);
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        agency.Sandbox.Refund(issued.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-2")).PaidMinor == 76_000);
        await SettleAsync();
        Assert.Equal(760m, (decimal)Told("B-2")["value"]!);

        JsonNode Told(string booking) => Assert.Single(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray(), sent => (string?)sent!["transactionId"] == $"booked.{booking}")!;
    }

    [Fact]
    public async Task CanKeepWhatWasPaidForTheClientsNextInvoice()
    {
        var invoice = await PaidAsync("B-1");
        await CreditAsync(new(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Balance, null, null, Reissues: false));
        Assert.Equal(0, (await agency.InvoiceAsync("B-1")).Outstanding.Minor);

        await agency.SendAsync("booking_confirmed", Events.Sale("B-2"));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-2"));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-2")).Status == InvoiceStatus.Paid);
        Assert.Equal(0, (await agency.InvoiceAsync("B-2")).Outstanding.Minor);
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal([(PaymentKind.ToBalance, -144_000L), (PaymentKind.FromBalance, 144_000L)],
            (await db.Set<Payment>().Where(row => row.Kind != PaymentKind.Payment).OrderBy(row => row.Id).ToListAsync()).Select(row => (row.Kind, row.AmountMinor)));
    }

    [Fact]
    public async Task CanInvoiceAChangedBookingAnewAfterItsCreditNote()
    {
        var invoice = await IssuedAsync("B-1");
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_changed", new() { ["bookingId"] = "B-1", ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit", ["quantity"] = 2, ["unitAmountMinor"] = 10_000 }) });
        Assert.Equal(InvoiceCorrection.CreditAndReissue, (await agency.InvoiceAsync("B-1")).Correction);
        await using (var db = await agency.Host.OpenDatabaseAsync())
            await DecideAsync(async (credit, approver) => await credit.ApproveAsync((await db.Set<CreditNote>().SingleAsync()).Id, approver, CancellationToken.None));
        await agency.Host.DrainAsync();

        var anew = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 24_000L, invoice.Id), (anew.Status, anew.GrossMinor, anew.ReplacesId));
        await using var after = await agency.Host.OpenDatabaseAsync();
        var before = await after.Set<Invoice>().SingleAsync(row => row.Id == invoice.Id);
        Assert.Equal((InvoiceStatus.Credited, InvoiceCorrection.None), (before.Status, before.Correction));

        // Its sale moved on, and it still opens.
        await using var scope = agency.Host.Services.CreateAsyncScope();
        var paper = await scope.ServiceProvider.GetRequiredService<InvoicePaperQueries>().OfAsync(before.Id, emailInClear: true, CancellationToken.None);
        Assert.Equal(("Acme SARL", before.GrossMinor), (paper!.Buyer!.Name, paper.Gross.Minor));
    }

    [Fact]
    public async Task CanApproveACreditNoteOnceHoweverManyClick()
    {
        var invoice = await IssuedAsync("B-1");
        Assert.Equal(DecisionResult.Done, await ProposeAsync(new(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, null, null, Reissues: false)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var note = await db.Set<CreditNote>().SingleAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DecideAsync((credit, approver) => credit.ApproveAsync(note.Id, approver, CancellationToken.None))));
        Assert.Equal(1, results.Count(result => result == DecisionResult.Done));
        await agency.Host.DrainAsync();
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/credit_notes"));
        Assert.Equal(1, (await db.Set<NumberSeries>().AsNoTracking().SingleAsync()).Last);
    }

    private async Task<Invoice> IssuedAsync(string booking, string? visitor = null)
    {
        var sale = Events.Sale(booking);
        if (visitor is not null)
        {
            await agency.SendAsync("touch", Events.Touch(visitor, gclid: "G-1"));
            await agency.SendAsync("consent", Events.Consent(visitor));
            agency.Clock.Advance(TimeSpan.FromHours(7));
            sale["visitorId"] = visitor;
        }

        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
        return await agency.InvoiceAsync(booking);
    }

    private async Task<Invoice> PaidAsync(string booking, string? visitor = null)
    {
        var issued = await IssuedAsync(booking, visitor);
        agency.Sandbox.Pay(issued.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
        await SettleAsync();
        return await agency.InvoiceAsync(booking);
    }

    private async Task<Guid> LineAsync(Invoice invoice)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id).Select(line => line.Id).SingleAsync();
    }

    private Task<DecisionResult> ProposeAsync(CreditNoteProposed wanted) => DecideAsync((credit, approver) => credit.ProposeAsync(Guid.NewGuid(), approver, wanted, CancellationToken.None));

    private async Task CreditAsync(CreditNoteProposed wanted)
    {
        Assert.Equal(DecisionResult.Done, await ProposeAsync(wanted));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var note = await db.Set<CreditNote>().SingleAsync(row => row.Status == CreditNoteStatus.Proposed);
        Assert.Equal(DecisionResult.Done, await DecideAsync((credit, approver) => credit.ApproveAsync(note.Id, approver, CancellationToken.None)));
        await agency.Host.DrainAsync();
    }

    private async Task<DecisionResult> DecideAsync(Func<CreditInvoice, Approver, Task<DecisionResult>> decide)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        return await decide(scope.ServiceProvider.GetRequiredService<CreditInvoice>(), await agency.ApproverAsync());
    }

    private Task SettleAsync() => agency.DrainUntilAsync(async () =>
    {
        agency.Clock.Advance(TimeSpan.FromSeconds(5));
        await using var db = await agency.Host.OpenDatabaseAsync();
        return !await db.Set<OutboxRow>().AnyAsync(row => row.State != OutboxState.Done);
    });
}
