using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Two people where a rule wants two, and nobody where a rule lets it pass: in each case one effect, or a clear no.</summary>
public sealed class ApprovalRuleTests : IAsyncLifetime
{
    private Agency agency = null!;
    private Approver ann = null!, bob = null!;

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync();
        ann = await agency.ApproverAsync();
        bob = await agency.ApproverAsync(await agency.HireAsync("bob@agency.example", Roles.Finance));
    }

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanAskForFourEyesOfTwoOthersThanTheMaker()
    {
        await SetRuleAsync(fourEyesFrom: "1440");
        await SellAsync("B-1");
        await SellAsync("B-2", unitAmount: 1_199.99m);
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-2", ann));

        Assert.Equal(DecisionResult.FirstOfTwo, await agency.ApproveAsync("B-1", ann));
        Assert.Equal(DecisionResult.SamePerson, await agency.ApproveAsync("B-1", ann));
        await agency.Host.DrainAsync();
        var invoice = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 1), (invoice.Status, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize")));
        var standing = await agency.Host.Services.GetRequiredService<ApprovalQueries>().OfAsync(invoice.Id, ann.UserId, CancellationToken.None);
        Assert.Equal(ApprovalRefusal.SamePerson, standing!.Refusal);
        Assert.Equal(["finance"], standing.ApprovedBy);

        await ChangeAsync(row => row.MakerId = bob.UserId, invoice.Id);
        Assert.Equal(DecisionResult.IsMaker, await agency.ApproveAsync("B-1", bob));
        await ChangeAsync(row => row.MakerId = null, invoice.Id);
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1", bob));
        await agency.Host.DrainAsync();
        Assert.Equal(2, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
        Assert.Equal(["invoice.approved", "invoice.approvedFirst"], await ActionsAsync(invoice.Id));
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CanClickTwoAtOnceWithOneEffectEach()
    {
        await SetRuleAsync(fourEyesFrom: "1");
        await SellAsync("B-1");
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(click => agency.ApproveAsync("B-1", click % 2 == 0 ? ann : bob)));
        await agency.Host.DrainAsync();

        var approvals = await DecisionsAsync();
        Assert.InRange(approvals.Count, 1, 2);
        Assert.Equal(approvals.Count, approvals.Select(row => row.UserId).Distinct().Count());
        Assert.Equal(approvals.Count, results.Count(result => result is DecisionResult.FirstOfTwo or DecisionResult.Done));
        Assert.Equal(approvals.Count - 1, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
    }

    [Fact]
    public async Task CannotGiveTheSecondApprovalOnceTheRoleIsGone()
    {
        await SetRuleAsync(fourEyesFrom: "1");
        await SellAsync("B-1");
        Assert.Equal(DecisionResult.FirstOfTwo, await agency.ApproveAsync("B-1", ann));
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            Assert.True((await users.RemoveFromRoleAsync((await users.FindByIdAsync(bob.UserId.ToString()))!, Roles.Finance)).Succeeded);
        }

        Assert.Equal(DecisionResult.NotAllowed, await agency.ApproveAsync("B-1", bob));
        Assert.Single(await DecisionsAsync());
    }

    [Fact]
    public async Task CanRejectAfterAFirstApprovalAndANewVersionBeginsAnew()
    {
        await SetRuleAsync(fourEyesFrom: "1");
        await SellAsync("B-1");
        Assert.Equal(DecisionResult.FirstOfTwo, await agency.ApproveAsync("B-1", ann));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await SellAsync("B-1", unitAmount: 900);
        Assert.Equal(DecisionResult.FirstOfTwo, await agency.ApproveAsync("B-1", ann));

        var invoice = await agency.InvoiceAsync("B-1");
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(decide => decide.RejectAsync(invoice.Id, ann, invoice.ReviewHash!, "Wrong price", CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await agency.ApproveAsync("B-1", bob));
        Assert.Equal([(1, 1, true), (2, 1, true), (2, 2, false)], (await DecisionsAsync()).Select(row => (row.DraftVersion, row.Step, row.Approved)));
    }

    [Fact]
    public async Task CanApproveByItselfAfterCleanInvoicesAndNotAboveTheLimit()
    {
        await SetRuleAsync(autoUpTo: "1440", clean: "2");
        foreach (var booking in new[] { "B-1", "B-2" })
        {
            await SellAsync(booking);
            Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking, ann));
            await agency.Host.DrainAsync();
            agency.Sandbox.Pay((await agency.InvoiceAsync(booking)).StripeInvoiceId!);
            await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
            agency.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await SellAsync("B-3");
        await SellAsync("B-4", unitAmount: 1_200.01m);
        await SellAsync("B-5", customer: "C-2");
        var passed = await agency.InvoiceAsync("B-3");
        Assert.Equal((InvoiceStatus.Open, true), (passed.Status, passed.CheckedAt is not null));
        Assert.Null(Assert.Single(await DecisionsAsync(), row => row.InvoiceId == passed.Id).UserId);
        Assert.Equal(["invoice.approvedByRule"], await ActionsAsync(passed.Id));
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-4")).Status);
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-5")).Status);

        // A refusal ends the row of clean ones.
        var refused = await agency.InvoiceAsync("B-4");
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(decide => decide.RejectAsync(refused.Id, ann, refused.ReviewHash!, "Wrong price", CancellationToken.None)));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await SellAsync("B-6");
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-6")).Status);
    }

    [Fact]
    public async Task CannotPassByARuleWhatSomebodyEditedAtStripe()
    {
        await SellAsync("B-1");
        var invoice = await agency.InvoiceAsync("B-1");
        await agency.Host.Services.GetRequiredService<StripeClient>()
            .SendAsync(StripeRequests.AddLines(invoice.StripeInvoiceId!, [new() { Key = "extra", Description = "Extra", Quantity = 1, UnitPrice = 10, Amount = new(1_000, "EUR") }]), "edit-elsewhere");
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Add(new ApprovalRule { Id = Guid.NewGuid(), Currency = "EUR", AutoUpToMinor = 200_000, CleanInvoices = 0, UserId = ann.UserId, RecordedAt = agency.Clock.GetUtcNow() });
            await ApprovalCases.AskRulesAsync(db, invoice, agency.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await ApprovalCases.AskRulesAsync(db, invoice, agency.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-1")).Status);
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
    }

    [Fact]
    public async Task CanSetARuleForOneCustomerAndGatherTheirBookings()
    {
        await SellAsync("B-1");
        var (rules, gathering) = (agency.Host.Services.GetRequiredService<ApprovalRules>(), agency.Host.Services.GetRequiredService<Gathering>());
        var admin = await agency.AdministratorAsync();
        Assert.Equal("customer", (await rules.SaveAsync(new() { Currency = "EUR", CustomerRef = "C-9", FourEyesFrom = "1" }, admin, CancellationToken.None))[nameof(ApprovalRuleEntry.CustomerRef)]);
        Assert.Empty(await rules.SaveAsync(new() { Currency = "EUR", CustomerRef = "C-1", FourEyesFrom = "1" }, admin, CancellationToken.None));
        Assert.Empty(await rules.SaveAsync(new() { Currency = "EUR", CustomerRef = "C-1", FourEyesFrom = "2" }, admin, CancellationToken.None));
        var set = Assert.Single(await rules.ListAsync(CancellationToken.None));
        Assert.Equal(("C-1", 200), (set.CustomerRef, set.FourEyesFrom!.Value.Minor));
        Assert.Equal(DecisionResult.FirstOfTwo, await agency.ApproveAsync("B-1", ann));
        Assert.Equal(SettingChange.Done, await rules.RemoveAsync(set.Rule.Id, admin, CancellationToken.None));
        Assert.Equal(SettingChange.NothingNew, await rules.RemoveAsync(set.Rule.Id, admin, CancellationToken.None));
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1", ann));

        Assert.Equal(SettingChange.Done, await gathering.SaveAsync(GatherRule.PerDay, admin, CancellationToken.None));
        Assert.Equal(SettingChange.NothingNew, await gathering.SaveAsync(GatherRule.PerDay, admin, CancellationToken.None));
        await SellAsync("B-2");
        await SellAsync("B-3");
        Assert.Equal((await agency.InvoiceAsync("B-2")).Id, (await agency.InvoiceAsync("B-3")).Id);
    }

    /// <summary>The page may have been open for hours: what counts is what the database says of whoever clicks.</summary>
    [Fact]
    public async Task CannotSetRulesOnceTheRoleIsGone()
    {
        await SetRuleAsync(fourEyesFrom: "1000");
        var (rules, admin) = (agency.Host.Services.GetRequiredService<ApprovalRules>(), await agency.AdministratorAsync());
        var rule = Assert.Single(await rules.ListAsync(CancellationToken.None)).Rule.Id;
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            Assert.True((await users.RemoveFromRoleAsync((await users.FindByIdAsync(admin.UserId.ToString()))!, Roles.Admin)).Succeeded);
        }

        foreach (var who in new[] { admin, ann, (await agency.AdministratorAsync()) with { SecurityStamp = "old" } })
        {
            Assert.Equal("notAllowed", (await rules.SaveAsync(new() { Currency = "EUR", FourEyesFrom = "1" }, who, CancellationToken.None))[""]);
            Assert.Equal(SettingChange.NotAllowed, await rules.RemoveAsync(rule, who, CancellationToken.None));
            Assert.Equal(SettingChange.NotAllowed, await agency.Host.Services.GetRequiredService<Gathering>().SaveAsync(GatherRule.PerDay, who, CancellationToken.None));
            Assert.Equal(SettingChange.NotAllowed, await agency.Host.Services.GetRequiredService<ShadowMode>().SetAsync(isOn: true, who, CancellationToken.None));
        }

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(100_000, (await db.Set<ApprovalRule>().SingleAsync(TestContext.Current.CancellationToken)).FourEyesFromMinor);
        Assert.False(await db.Set<BillingRules>().AnyAsync(TestContext.Current.CancellationToken));
    }

    private async Task SellAsync(string booking, decimal unitAmount = 1_200, string customer = "C-1")
    {
        await agency.SendAsync("booking_confirmed", Events.Sale(booking, unitAmount: unitAmount, customer: customer));
        await agency.Host.DrainAsync();
    }

    private async Task SetRuleAsync(string fourEyesFrom = "", string autoUpTo = "", string clean = "5") =>
        Assert.Empty(await agency.Host.Services.GetRequiredService<ApprovalRules>().SaveAsync(new() { Currency = "EUR", FourEyesFrom = fourEyesFrom, AutoUpTo = autoUpTo, CleanInvoices = clean }, await agency.AdministratorAsync(), CancellationToken.None));

    private async Task ChangeAsync(Action<Invoice> change, Guid id)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        change(await db.Set<Invoice>().SingleAsync(row => row.Id == id));
        await db.SaveChangesAsync();
    }

    private async Task<List<InvoiceDecision>> DecisionsAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<InvoiceDecision>().AsNoTracking().OrderBy(row => row.RecordedAt).ToListAsync();
    }

    private async Task<List<string>> ActionsAsync(Guid invoiceId)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.SubjectId == invoiceId.ToString() && entry.Action.StartsWith("invoice.approved")).OrderByDescending(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync();
    }
}
