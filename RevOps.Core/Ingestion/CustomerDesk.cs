using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>How a click on the pages of customers ended.</summary>
public enum CustomerResult
{
    Done = 0,

    /// <summary>It says what is there already.</summary>
    NothingNew = 1,

    /// <summary>Somebody else, or the sender, changed it since it was shown.</summary>
    Outdated = 2,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 3,
}

/// <summary>Enter, merge, keep apart and check again, as the buttons call them.</summary>
public sealed class CustomerDesk(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule, AuditTrail audit, Vault vault, TimeProvider clock)
{
    /// <param name="customerId">Whose values.</param>
    /// <param name="entry">What <see cref="CustomerRules"/> find nothing wrong with.</param>
    /// <param name="basedOn"><see cref="Customer.Stamp"/> of what stood on the screen.</param>
    /// <param name="approver">Who entered them.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<CustomerResult> EnterAsync(Guid customerId, CustomerEntry entry, string basedOn, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return CustomerResult.NotAllowed;
        var customer = await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == customerId, cancel);
        if (customer.Stamp != basedOn || await customer.OpenSentAsync(vault, cancel) is not { } sent)
            return CustomerResult.Outdated;

        var (own, gather) = (entry.ToDetails(sent.Ref), entry.ToGather());
        var before = await customer.OpenOwnAsync(vault, cancel);
        if (gather == customer.Gather && own == (before is null ? null : before with { Ref = sent.Ref }))
            return CustomerResult.NothingNew;
        return await ReceiveAsync($"customer/{customerId}/entered/{Guid.CreateVersion7()}", CustomerEntered.Type, new CustomerEntered(customerId, own, gather, basedOn, approver.UserId), cancel);
    }

    /// <summary>Makes one of two; each as it was seen.</summary>
    public async Task<CustomerResult> MergeAsync((Guid Id, string Stamp) gone, (Guid Id, string Stamp) kept, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return CustomerResult.NotAllowed;
        return await ReceiveAsync($"customer/{gone.Id}/merged/{Guid.CreateVersion7()}", CustomersMerged.Type, new CustomersMerged(gone.Id, kept.Id, gone.Stamp, kept.Stamp, approver.UserId), cancel);
    }

    /// <summary>Writes down that two are not the same: they are not proposed again.</summary>
    public async Task<CustomerResult> KeepApartAsync(Guid one, Guid other, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return CustomerResult.NotAllowed;
        var apart = CustomersApart.Of(one, other, approver.UserId, clock.GetUtcNow());
        if (await db.Set<CustomersApart>().AnyAsync(row => row.OneId == apart.OneId && row.OtherId == apart.OtherId, cancel))
            return CustomerResult.NothingNew;
        db.Add(apart);
        foreach (var (id, from) in new[] { (one, other), (other, one) })
            await audit.WriteAsync(db, new(approver.Actor, "customer.keptApart", nameof(Customer), id.ToString()) { After = new { From = from } }, cancel);
        await db.SaveChangesAsync(cancel);
        return CustomerResult.Done;
    }

    /// <summary>Has the check of the VAT number read again at Stripe.</summary>
    public async Task<CustomerResult> CheckVatAsync(Guid customerId, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return CustomerResult.NotAllowed;
        var argument = customerId.ToString();
        if (await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshVatStatus) && row.Argument == argument && row.State == OutboxState.Waiting, cancel))
            return CustomerResult.NothingNew;
        db.Enqueue<RefreshVatStatus>(argument, clock.GetUtcNow(), key: $"{customerId}/asked/{Guid.CreateVersion7()}", lane: $"customer:{customerId}");
        await db.SaveChangesAsync(cancel);
        return CustomerResult.Done;
    }

    private async Task<CustomerResult> ReceiveAsync(string id, string type, IncomingEvent data, CancellationToken cancel)
    {
        try
        {
            return await receiver.ReceiveInternalAsync("revops", id, type, data, cancel) ? CustomerResult.Done : CustomerResult.Outdated;
        }
        catch (CustomerChangedMeanwhileException)
        {
            return CustomerResult.Outdated;
        }
    }
}
