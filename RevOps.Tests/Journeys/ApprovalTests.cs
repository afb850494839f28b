using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>A click on Approve is one effect or a clear no.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task CanSendOnceAlthoughStripesAnswerSaysThatItFailed()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices/{id}/send", Kind = FaultKind.ExecutedError });
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Open;
        });
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices/{id}/send"));
    }

    [Fact]
    public async Task CanApproveOnceHoweverManyClick()
    {
        await using var agency = await DraftedAsync();
        var approver = await agency.ApproverAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => agency.ApproveAsync("B-1", approver)));
        Assert.Single(results, DecisionResult.Done);
        Assert.Equal(5, results.Count(result => result == DecisionResult.Outdated));

        await agency.Host.DrainAsync();
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    [Fact]
    public async Task CannotApproveWhatSomebodyEditedAtStripe()
    {
        await using var agency = await DraftedAsync();
        var invoice = await agency.InvoiceAsync("B-1");
        var stripe = agency.Host.Services.GetRequiredService<StripeClient>();
        await stripe.SendAsync(StripeRequests.AddLines(invoice.StripeInvoiceId!, [new() { Key = "extra", Description = "Extra", Quantity = 1, UnitPrice = 10, Amount = new(1_000, "EUR") }]), "edit-elsewhere");

        Assert.Equal(DecisionResult.ChangedAtStripe, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
    }

    [Fact]
    public async Task CanSeeWhatWasEditedAtStripeAndDraftAgain()
    {
        await using var agency = await DraftedAsync();
        var edited = await agency.InvoiceAsync("B-1");
        var stripe = agency.Host.Services.GetRequiredService<StripeClient>();
        await stripe.SendAsync(StripeRequests.AddLines(edited.StripeInvoiceId!, [new() { Key = "extra", Description = "Extra", Quantity = 1, UnitPrice = 10, Amount = new(1_000, "EUR") }]), "edit-elsewhere");
        Assert.Equal(DecisionResult.ChangedAtStripe, await agency.ApproveAsync("B-1"));

        var compared = await agency.Host.Services.GetRequiredService<CompareDraft>().OfAsync(edited.Id, CancellationToken.None);
        Assert.Equal(
            [
                new(DraftPart.Line, "Extra") { TheirAmount = new(1_000, "EUR") },
                new(DraftPart.Net, null) { OurAmount = new(120_000, "EUR"), TheirAmount = new(121_000, "EUR") },
                new(DraftPart.Gross, null) { OurAmount = new(144_000, "EUR"), TheirAmount = new(145_000, "EUR") },
            ], compared!.Differences);

        var approver = await agency.ApproverAsync();
        var admin = await agency.ApproverAsync(await agency.HireAsync("admin@agency.example", Roles.Admin));
        Assert.Equal(DecisionResult.NotAllowed, await agency.DecideAsync(decide => decide.DraftAgainAsync(edited.Id, admin, CancellationToken.None)));
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(decide => decide.DraftAgainAsync(edited.Id, approver, CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await agency.DecideAsync(decide => decide.DraftAgainAsync(edited.Id, approver, CancellationToken.None)));
        await agency.Host.DrainAsync();

        var anew = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 144_000L, "", 2), (anew.Status, anew.GrossMinor, anew.Problems, anew.DraftVersion));
        Assert.Equal(anew.StripeInvoiceId, (string?)Assert.Single(agency.Sandbox.StripeEffects()["invoices"]!.AsArray())!["id"]);
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    [Fact]
    public async Task CannotDraftAgainWhatWasIssuedAtStripe()
    {
        await using var agency = await DraftedAsync();
        var (invoice, approver) = (await agency.InvoiceAsync("B-1"), await agency.ApproverAsync());
        await agency.Host.Services.GetRequiredService<StripeClient>().SendAsync(StripeRequests.Finalize(invoice.StripeInvoiceId!), "issued-elsewhere");

        Assert.Equal(DraftAtStripe.Issued, (await agency.Host.Services.GetRequiredService<CompareDraft>().OfAsync(invoice.Id, CancellationToken.None))!.State);
        Assert.Equal(DecisionResult.IssuedAtStripe, await agency.DecideAsync(decide => decide.DraftAgainAsync(invoice.Id, approver, CancellationToken.None)));
        Assert.Equal(1, (await agency.InvoiceAsync("B-1")).DraftVersion);
    }

    [Fact]
    public async Task CannotApproveWithoutTheRoleOrAfterItWasTakenAway()
    {
        await using var agency = await DraftedAsync();
        var admin = await agency.HireAsync("admin@agency.example", Roles.Admin);
        Assert.Equal(DecisionResult.NotAllowed, await agency.ApproveAsync("B-1", await agency.ApproverAsync(admin)));

        var opened = await agency.ApproverAsync();
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            var user = (await users.FindByIdAsync(agency.Finance.ToString()))!;
            Assert.True((await users.RemoveFromRoleAsync(user, Roles.Finance)).Succeeded);
        }

        Assert.Equal(DecisionResult.NotAllowed, await agency.ApproveAsync("B-1", opened));
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-1")).Status);
    }

    [Fact]
    public async Task CannotApproveWhatIsIncompleteAndTheInvoiceSaysWhatIsMissing()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1");
        sale["customer"]!.AsObject().Remove("siren");
        sale["customer"]!.AsObject().Remove("email");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();

        var draft = await agency.InvoiceAsync("B-1");
        Assert.Equal([ReviewProblem.EmailMissing, ReviewProblem.SirenMissing], draft.ProblemList);
        Assert.Equal(DecisionResult.Blocked, await agency.ApproveAsync("B-1"));
    }

    [Fact]
    public async Task CanMendAMissingDetailBySendingTheBookingAgain()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1");
        sale["customer"]!.AsObject().Remove("email");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal([ReviewProblem.EmailMissing], (await agency.InvoiceAsync("B-1")).ProblemList);

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.ReadyForReview, ""), ((await agency.InvoiceAsync("B-1")).Status, (await agency.InvoiceAsync("B-1")).Problems));
        var effects = agency.Sandbox.StripeEffects();
        Assert.Equal("c-1@acme.example", (string?)Assert.Single(effects["customers"]!.AsArray())!["email"]);
        Assert.Single(effects["invoices"]!.AsArray());
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
    }

    [Fact]
    public async Task CanRejectWithAReasonAndDraftAgainWhenTheBookingChanges()
    {
        await using var agency = await DraftedAsync();
        var (invoice, approver) = (await agency.InvoiceAsync("B-1"), await agency.ApproverAsync());
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(decide => decide.RejectAsync(invoice.Id, approver, invoice.ReviewHash!, "Wrong price", CancellationToken.None)));
        Assert.Equal(InvoiceStatus.Rejected, (await agency.InvoiceAsync("B-1")).Status);

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", unitAmount: 900));
        await agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.ReadyForReview, 108_000L), ((await agency.InvoiceAsync("B-1")).Status, (await agency.InvoiceAsync("B-1")).GrossMinor));
    }

    [Fact]
    public async Task CanDraftOnceThroughLostAnswers()
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices", Kind = FaultKind.Drop, Count = 2 });
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/invoices/{id}/add_lines", Kind = FaultKind.Drop, Count = 2 });
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(15));
            return (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.ReadyForReview;
        });

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices"));
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices/{id}/add_lines"));
        Assert.Equal(1, await db.Set<Invoice>().CountAsync());
    }

    [Fact]
    public async Task CanDraftAfterStripeRefusedTheCustomerForGood()
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = FaultKind.StoredError });
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(15));
            return (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.ReadyForReview;
        });
        Assert.Single(agency.Sandbox.StripeEffects()["customers"]!.AsArray());
    }

    [Fact]
    public async Task CannotSendWhatWasCancelledBeforeItLeftTheHouse()
    {
        await using var agency = await DraftedAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        agency.Clock.Advance(TimeSpan.FromSeconds(1));
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-1" });
        await agency.Host.DrainAsync();

        Assert.Equal(InvoiceStatus.Cancelled, (await agency.InvoiceAsync("B-1")).Status);
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
        Assert.DoesNotContain(agency.Sandbox.StripeEffects()["invoices"]!.AsArray(), invoice => (string?)invoice!["status"] == "draft");
    }

    [Fact]
    public async Task CanInvoiceTheCustomerThatTheNewestEventNames()
    {
        await using var agency = await DraftedAsync();
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", customer: "C-2"));
        await agency.Host.DrainAsync();

        var draft = Assert.Single(agency.Sandbox.StripeEffects()["invoices"]!.AsArray());
        var customer = Assert.Single(agency.Sandbox.StripeEffects()["customers"]!.AsArray(), one => (string?)one!["id"] == (string?)draft!["customer"]);
        Assert.Equal("c-2@acme.example", (string?)customer!["email"]);
    }

    [Fact]
    public async Task CanSettleAnInvoiceOfNothing()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1", unitAmount: 100);
        sale["lines"]![0]!["discountMinor"] = 10_000;
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);
    }

    private static async Task<Agency> DraftedAsync()
    {
        var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        return agency;
    }
}
