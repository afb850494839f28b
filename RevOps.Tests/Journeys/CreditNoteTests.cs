using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>A credit note between two people, and on the pages that lead to it.</summary>
public sealed class CreditNoteTests : IAsyncLifetime
{
    private Agency agency = null!;
    private Approver ann = null!, bob = null!;

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync(demo: true);
        ann = await agency.ApproverAsync();
        bob = await agency.ApproverAsync(await agency.HireAsync("bob@agency.example", Roles.Finance));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1", ann));
        await agency.Host.DrainAsync();
    }

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanAskForASecondPersonWhereARuleDoes()
    {
        var rules = agency.Host.Services.GetRequiredService<ApprovalRules>();
        Assert.Empty(await rules.SaveAsync(new() { Currency = "EUR", FourEyesFrom = "240" }, await agency.AdministratorAsync(), CancellationToken.None));
        var large = await ProposeAsync(20_000);
        Assert.Equal(DecisionResult.IsMaker, await DecideAsync(credit => credit.ApproveAsync(large, ann, CancellationToken.None)));

        // The rule holds whatever asks: of the maker's own event nothing is left either.
        var receiver = agency.Host.Services.GetRequiredService<EventReceiver>();
        await Assert.ThrowsAsync<DecisionTakenException>(() => receiver.ReceiveInternalAsync("revops", $"credit-decision/{large}", CreditNoteApproved.Type, new CreditNoteApproved(large, ann.UserId), CancellationToken.None));
        Assert.Equal(DecisionResult.NotAllowed, await DecideAsync(credit => credit.ApproveAsync(large, ann with { SecurityStamp = "old" }, CancellationToken.None)));
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.ApproveAsync(large, bob, CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await DecideAsync(credit => credit.ApproveAsync(large, ann, CancellationToken.None)));

        var small = await ProposeAsync(19_999);
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.ApproveAsync(small, ann, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(2, agency.Sandbox.Executed("POST /v1/credit_notes"));
        Assert.Equal(24_000 + 23_999, (await agency.InvoiceAsync("B-1")).CreditedMinor);

        // What a cancelled booking proposes nobody of Finance has agreed to yet: two have to, as on an invoice.
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-1" });
        var proposed = await ProposedByBookingAsync();
        Assert.True((await PaperAsync(proposed)).NeedsTwo);
        Assert.Equal(DecisionResult.FirstOfTwo, await DecideAsync(credit => credit.ApproveAsync(proposed, ann, CancellationToken.None)));
        Assert.Equal(DecisionResult.SamePerson, await DecideAsync(credit => credit.ApproveAsync(proposed, ann, CancellationToken.None)));
        await Assert.ThrowsAsync<DecisionTakenException>(() => receiver.ReceiveInternalAsync("revops", $"credit-decision/{proposed}/2", CreditNoteApproved.Type, new CreditNoteApproved(proposed, ann.UserId), CancellationToken.None));
        await agency.Host.DrainAsync();
        Assert.Equal(2, agency.Sandbox.Executed("POST /v1/credit_notes"));
        var waits = await PaperAsync(proposed);
        Assert.Equal((CreditNoteStatus.Proposed, null, ApprovalRefusal.SamePerson, "finance", false), (waits.Status, waits.Number, waits.Refusal, waits.FirstApprover, waits.NeedsTwo));

        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.ApproveAsync(proposed, bob, CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await DecideAsync(credit => credit.ApproveAsync(proposed, bob, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(3, agency.Sandbox.Executed("POST /v1/credit_notes"));
        Assert.Equal(InvoiceStatus.Credited, (await agency.InvoiceAsync("B-1")).Status);
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CanFollowIt_FromTheInvoiceToItsPaperAndBack()
    {
        var waits = await ProposeAsync(20_000);
        var invoice = await agency.InvoiceAsync("B-1");
        using var finance = await agency.Host.SignedInAsync(Roles.Finance);
        using var observer = await agency.Host.SignedInAsync(Roles.Management);
        var story = await ReadAsync(finance, $"/invoices/{invoice.Id}");
        Assert.Contains($"/credit-notes/new?invoice={invoice.Id}", story, StringComparison.Ordinal);
        Assert.Contains($"/credit-notes/{waits}", story, StringComparison.Ordinal);
        Assert.DoesNotContain("/credit-notes/new", await ReadAsync(observer, $"/invoices/{invoice.Id}"), StringComparison.Ordinal);
        Assert.Contains("1 credit note waits for a decision", await ReadAsync(finance, "/approvals"), StringComparison.Ordinal);

        var paper = await ReadAsync(finance, $"/credit-notes/{waits}?status=waiting");
        Assert.Contains($"/invoices/{invoice.Id}", paper, StringComparison.Ordinal);
        Assert.Contains("A gesture, since it rained", paper, StringComparison.Ordinal);
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.RejectAsync(waits, bob, "Not this one", CancellationToken.None)));
        Assert.DoesNotContain("credit note waits", await ReadAsync(finance, "/approvals"), StringComparison.Ordinal);
        Assert.Contains("No credit note found", await ReadAsync(finance, "/credit-notes?status=waiting"), StringComparison.Ordinal);

        // Of two that wait one is rejected: the booking that was cancelled still asks for its own.
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-1" });
        var (cancelled, gesture) = (await ProposedByBookingAsync(), await ProposeAsync(1_000));
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.RejectAsync(gesture, bob, "Not both", CancellationToken.None)));
        Assert.Equal(InvoiceCorrection.CreditWhole, (await agency.InvoiceAsync("B-1")).Correction);
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.RejectAsync(cancelled, bob, "Kept for another day", CancellationToken.None)));
        Assert.Equal(InvoiceCorrection.None, (await agency.InvoiceAsync("B-1")).Correction);
    }

    private static Task<string> ReadAsync(HttpClient client, string address) => client.GetStringAsync(address, TestContext.Current.CancellationToken);

    private async Task<Guid> ProposeAsync(long netMinor)
    {
        var invoice = await agency.InvoiceAsync("B-1");
        await using var db = await agency.Host.OpenDatabaseAsync();
        var line = await db.Set<InvoiceLine>().Where(row => row.InvoiceId == invoice.Id).Select(row => row.Id).SingleAsync();
        var wanted = new CreditNoteProposed(invoice.Id, default, CreditReason.Goodwill, CreditSettlement.Refund, "A gesture, since it rained", [new(line, netMinor)], Reissues: false);
        Assert.Equal(DecisionResult.Done, await DecideAsync(credit => credit.ProposeAsync(Guid.NewGuid(), ann, wanted, CancellationToken.None)));
        return (await agency.Host.Services.GetRequiredService<CreditNoteQueries>().NewestAsync(invoice.Id, ann.UserId, CancellationToken.None))!.Value;
    }

    private async Task<Guid> ProposedByBookingAsync() =>
        (await agency.Host.Services.GetRequiredService<CreditNoteQueries>().NewestAsync((await agency.InvoiceAsync("B-1")).Id, makerId: null, CancellationToken.None))!.Value;

    private async Task<CreditNotePaper> PaperAsync(Guid id) =>
        (await agency.Host.Services.GetRequiredService<CreditNotePaperQueries>().OfAsync(id, ann.UserId, emailInClear: false, CancellationToken.None))!;

    private async Task<DecisionResult> DecideAsync(Func<CreditInvoice, Task<DecisionResult>> decide)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        return await decide(scope.ServiceProvider.GetRequiredService<CreditInvoice>());
    }
}
