using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing;

/// <summary>
/// Every night: looks whether one of our customers stands at Stripe more than once, which Stripe itself never refuses. What it finds, and that it
/// is gone again, is written into the audit of the customer; nothing is changed at Stripe.
/// </summary>
public sealed class SweepCustomers(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, AuditTrail audit) : IOutboxJob
{
    public const string Twice = "customer.twiceAtStripe";
    public const string Once = "customer.onceAtStripe";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is null)
            return OutboxResult.Done;
        var theirs = new Dictionary<Guid, List<string>>();
        await foreach (var customer in stripe.ListCustomersAsync(cancellation: cancel))
        {
            if (Guid.TryParse(customer.Metadata.GetValueOrDefault(StripeDraftOf.CustomerKey), out var ours))
                theirs.TryAdd(ours, []);
            if (theirs.TryGetValue(ours, out var ids))
                ids.Add(customer.Id);
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var (known, twice) = (await TwiceAsync(db, cancel), theirs.Where(customer => customer.Value.Count > 1).Select(customer => customer.Key).ToList());
        var standing = await db.Set<Customer>().Where(customer => twice.Contains(customer.Id)).Select(customer => customer.Id).ToListAsync(cancel);
        foreach (var id in standing.Except(known))
            await audit.WriteAsync(db, new AuditNote(AuditTrail.System, Twice, nameof(Customer), id.ToString()) { After = new { StripeIds = theirs[id].Order(StringComparer.Ordinal) } }, cancel);
        foreach (var id in known.Except(standing))
            await audit.WriteAsync(db, new AuditNote(AuditTrail.System, Once, nameof(Customer), id.ToString()), cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    /// <summary>Of whom the last look found more than one.</summary>
    internal static async Task<IReadOnlyList<Guid>> TwiceAsync(RevOpsDb db, CancellationToken cancel)
    {
        var told = await db.Set<AuditEntry>().Where(entry => entry.Action == Twice || entry.Action == Once).OrderBy(entry => entry.Sequence).Select(entry => new { entry.SubjectId, entry.Action }).ToListAsync(cancel);
        return [.. told.GroupBy(entry => entry.SubjectId, StringComparer.Ordinal).Where(customer => customer.Last().Action == Twice).Select(customer => Guid.Parse(customer.Key))];
    }

    internal static async Task<bool> IsTwiceAsync(RevOpsDb db, Guid customerId, CancellationToken cancel)
    {
        var id = customerId.ToString();
        return await db.Set<AuditEntry>().Where(entry => entry.SubjectType == nameof(Customer) && entry.SubjectId == id && (entry.Action == Twice || entry.Action == Once))
            .OrderByDescending(entry => entry.Sequence).Select(entry => entry.Action).FirstOrDefaultAsync(cancel) == Twice;
    }
}
