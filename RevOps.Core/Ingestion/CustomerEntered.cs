using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Finance entered values of its own, which count before the sender's until they are emptied again. Drafts follow.</summary>
/// <param name="Own">Null: nothing of its own any more.</param>
/// <param name="Gather">Null: as the company's rule says.</param>
/// <param name="BasedOn"><see cref="Customer.Stamp"/> of what stood on the screen.</param>
/// <param name="UserId">Who entered them.</param>
public sealed record CustomerEntered(Guid CustomerId, CustomerDetails? Own, GatherRule? Gather, string BasedOn, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.customer_entered";

    /// <exception cref="CustomerChangedMeanwhileException">It changed since it was shown.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == CustomerId, cancel);
        if (customer.MergedIntoId is not null || customer.Stamp != BasedOn || await customer.OpenSentAsync(vault, cancel) is not { } sent)
            throw new CustomerChangedMeanwhileException();

        var before = new { Own = await customer.OpenOwnAsync(vault, cancel), customer.Gather };
        customer.Gather = Gather;
        await CustomerRecorded.DescribeAsync(db, vault, customer, sent, Own, reception.Now, cancel);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "customer.entered", nameof(Customer), customer.Id.ToString())
        {
            Before = before,
            After = new { Own, Gather },
            Owner = customer.OwnerId,
        }, cancel);
        return EventFate.Applied;
    }

    public override async Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel)
    {
        var known = await db.Set<Customer>().Where(row => row.Id == CustomerId).Select(row => new { row.OwnerId, row.PersonId }).SingleAsync(cancel);
        return Own?.IsBusiness == false ? known.PersonId : known.OwnerId;
    }

    public override IEnumerable<string> WouldDo() => ["Take over what was entered of the customer, and make its drafts anew with it"];
}

/// <summary>Finance said that two customers are one.</summary>
public sealed record CustomersMerged(Guid GoneId, Guid KeptId, string GoneStamp, string KeptStamp, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.customers_merged";

    /// <exception cref="CustomerChangedMeanwhileException">One of them changed, or was merged, since they were shown.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var gone = await reception.Db.Set<Customer>().SingleAsync(row => row.Id == GoneId, reception.Cancel);
        var kept = await reception.Db.Set<Customer>().SingleAsync(row => row.Id == KeptId, reception.Cancel);
        if (GoneId == KeptId || gone.MergedIntoId is not null || kept.MergedIntoId is not null || gone.Stamp != GoneStamp || kept.Stamp != KeptStamp)
            throw new CustomerChangedMeanwhileException();
        await MergeCustomers.MergeAsync(reception, gone, kept, $"user:{UserId}");
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Make one customer of two"];
}

/// <summary>The customer changed since it was shown: nothing was done.</summary>
public sealed class CustomerChangedMeanwhileException() : Exception("The customer changed since it was shown.");
