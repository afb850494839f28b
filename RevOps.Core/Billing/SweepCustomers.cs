using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>
/// Every night: looks whether one of our customers stands at Stripe more than once, which Stripe itself never refuses. What it finds, and that it
/// is gone again, is written into the audit of the customer; nothing is changed at Stripe.
/// </summary>
public sealed class SweepCustomers(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, Vault vault, AuditTrail audit) : IOutboxJob
{
    public const string Twice = "customer.twiceAtStripe";
    public const string Once = "customer.onceAtStripe";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is null)
            return OutboxResult.Done;
        var (theirs, others) = (new Dictionary<Guid, List<string>>(), new List<string>());
        await foreach (var customer in stripe.ListCustomersAsync(cancellation: cancel))
        {
            if (Guid.TryParse(customer.Metadata.GetValueOrDefault(StripeDraftOf.CustomerKey), out var ours))
                Note(theirs, ours, customer.Id);
            else
                others.Add(customer.Id);
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await NoteOthersAsync(db, theirs, others, cancel);
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

    private static void Note(Dictionary<Guid, List<string>> theirs, Guid ours, string stripeId)
    {
        theirs.TryAdd(ours, []);
        theirs[ours].Add(stripeId);
    }

    /// <summary>Those that another program made, and that are known to be one of ours by their history.</summary>
    private async Task NoteOthersAsync(RevOpsDb db, Dictionary<Guid, List<string>> theirs, List<string> others, CancellationToken cancel)
    {
        foreach (var some in others.Chunk(500))
        {
            var hashes = some.ToDictionary(id => Convert.ToHexString(vault.LookupHash("customer", StripeCustomers.RefOf(id))), StringComparer.Ordinal);
            var wanted = hashes.Keys.Select(Convert.FromHexString).ToList();
            foreach (var known in await db.Set<CustomerRef>().AsNoTracking().Where(row => wanted.Contains(row.RefHash)).ToListAsync(cancel))
                Note(theirs, known.CustomerId, hashes[Convert.ToHexString(known.RefHash)]);
        }
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
