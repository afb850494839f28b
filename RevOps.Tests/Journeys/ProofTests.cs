using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>One invoice through a refusal and its second try: its proof page shows each effect once, and when Stripe was read again.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private Agency agency = null!;
    private Invoice invoice = null!;

    private InvoiceProofQueries Proofs => agency.Host.Services.GetRequiredService<InvoiceProofQueries>();

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /v1/customers", Kind = FaultKind.StoredError });
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.DrainUntilAsync(async () =>
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(15));
            return (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.ReadyForReview;
        });
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        invoice = await agency.InvoiceAsync("B-1");
    }

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeEachEffectOnceWithItsKeyTriesAndAnswer()
    {
        var proof = (await Proofs.OfAsync(invoice.Id, CancellationToken.None))!;
        Assert.Equal(proof.Effects.Count, proof.Done);
        Assert.Equal(["create", "lines", "due", "finalize", "send"], proof.Effects.Where(effect => effect.About == ProofSubject.Invoice).Select(effect => effect.Key.Split(':')[^1]));
        var refusedAtFirst = Assert.Single(proof.Effects, effect => effect.Attempts > 1);
        Assert.Equal((ProofSubject.Customer, 2, proof.Effects.Count - 1), (refusedAtFirst.About, refusedAtFirst.Generation, proof.DoneUnderFirstKey));
        Assert.EndsWith(":g2", refusedAtFirst.Key, StringComparison.Ordinal);
        Assert.Equal((1, "finance", Convert.ToHexStringLower(invoice.ReviewHash!)), (proof.Approvals, proof.Decisions[0].Who, proof.Decisions[0].Hash));
        Assert.All(proof.Entries, entry => Assert.True(entry.Fits));

        using var finance = agency.Host.Client();
        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        var html = await finance.GetStringAsync($"/invoices/{invoice.Id}/proof");
        Assert.All(proof.Effects, effect => Assert.Contains(effect.Key, html, StringComparison.Ordinal));
        Assert.All(proof.Entries, entry => Assert.Contains(entry.Hash, html, StringComparison.Ordinal));
        Assert.Contains("Verify the chain", html, StringComparison.Ordinal);
        Assert.DoesNotContain("c-1@acme.example", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanLeaveUnreadWhatStripeTellsOfOurOwnCalls()
    {
        await agency.DrainUntilAsync(async () => (await HooksAsync()).Any(hook => hook.Type == "stripe.invoice.sent"));
        var hooks = await HooksAsync();
        Assert.All(["created", "updated", "sent"], kind => Assert.Contains(hooks, hook => hook.Type == $"stripe.invoice.{kind}"));
        Assert.All(hooks, hook => Assert.Equal(EventStatus.Applied, hook.Status));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var asked = await db.Set<OutboxRow>().Where(row => row.Job == nameof(RefreshInvoice)).Select(row => row.Key).ToListAsync();
        Assert.All(asked, key => Assert.Equal("stripe.invoice.finalized", hooks.Single(hook => key.EndsWith(hook.EventId, StringComparison.Ordinal)).Type));
    }

    [Fact]
    public async Task CanSeeWhatWasAnsweredInClearOnlyWithAWordInTheAudit()
    {
        var customer = (await Proofs.OfAsync(invoice.Id, CancellationToken.None))!.Effects.First(effect => effect.About == ProofSubject.Customer);
        var masked = (await Proofs.OpenAsync(invoice.Id, customer.Id, "user:x", new(Buyers: false, Persons: true), CancellationToken.None))!;
        Assert.DoesNotContain("acme", $"{masked.Body}{masked.Answer}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await RevealsAsync());

        var clear = (await Proofs.OpenAsync(invoice.Id, customer.Id, "user:x", new(Buyers: true, Persons: false), CancellationToken.None))!;
        Assert.Contains("email = c-1@acme.example", clear.Body, StringComparison.Ordinal);
        Assert.Contains("c-1@acme.example", clear.Answer, StringComparison.Ordinal);
        Assert.Equal(1, await RevealsAsync());
        Assert.Null(await Proofs.OpenAsync(Guid.NewGuid(), customer.Id, "user:x", new(true, true), CancellationToken.None));
    }

    [Fact]
    public async Task CanHaveItReadAgainOnceHoweverOftenItIsAsked()
    {
        await agency.Host.DrainAsync();
        var (before, recheck) = ((await agency.InvoiceAsync("B-1")).CheckedAt, agency.Host.Services.GetRequiredService<RecheckInvoice>());
        Assert.NotNull(before);
        Assert.True(await recheck.AskAsync(invoice.Id, CancellationToken.None));
        Assert.True(await recheck.AskAsync(invoice.Id, CancellationToken.None));
        Assert.True((await Proofs.OfAsync(invoice.Id, CancellationToken.None))!.IsRecheckAsked);
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.Equal(1, await db.Set<OutboxRow>().CountAsync(row => row.Key.Contains("/asked/"), TestContext.Current.CancellationToken));

        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).CheckedAt > before && !(await Proofs.OfAsync(invoice.Id, CancellationToken.None))!.IsRecheckAsked);
        Assert.False(await recheck.AskAsync(Guid.NewGuid(), CancellationToken.None));
    }

    private async Task<int> RevealsAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<AuditEntry>().CountAsync(entry => entry.Action == AuditTrail.Revealed && entry.SubjectType == nameof(OutsideEffect));
    }

    private async Task<List<ReceivedEvent>> HooksAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Type.StartsWith("stripe.invoice.")).ToListAsync();
    }
}
