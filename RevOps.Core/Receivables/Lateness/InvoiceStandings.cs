using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>What was agreed about an invoice with its client, in a line.</summary>
/// <param name="Dispute">Open; null: none.</param>
/// <param name="Promise">That stands; null: none.</param>
public sealed record InvoiceStanding(InvoiceDispute? Dispute, PaymentPromise? Promise)
{
    public static readonly InvoiceStanding None = new(null, null);
}

/// <summary>Open disputes and standing promises, for whoever shows invoices.</summary>
public sealed class InvoiceStandings(IDbContextFactory<RevOpsDb> databases)
{
    public async Task<InvoiceStanding> OfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await OfAsync(db, [invoiceId], cancel)).GetValueOrDefault(invoiceId, InvoiceStanding.None);
    }

    /// <summary>Of those that have any.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, InvoiceStanding>> OfAsync(RevOpsDb db, IReadOnlyCollection<Guid> invoices, CancellationToken cancel)
    {
        var disputes = (await db.Set<InvoiceDispute>().AsNoTracking().Where(dispute => invoices.Contains(dispute.InvoiceId) && dispute.ClosedAt == null).ToListAsync(cancel))
            .GroupBy(dispute => dispute.InvoiceId).ToDictionary(group => group.Key, group => group.MaxBy(dispute => dispute.OpenedAt)!);
        var promises = (await db.Set<PaymentPromise>().AsNoTracking().Where(promise => invoices.Contains(promise.InvoiceId) && promise.EndedAt == null).ToListAsync(cancel))
            .GroupBy(promise => promise.InvoiceId).ToDictionary(group => group.Key, group => group.MaxBy(promise => promise.OccurredAt)!);
        return disputes.Keys.Union(promises.Keys).ToDictionary(id => id, id => new InvoiceStanding(disputes.GetValueOrDefault(id), promises.GetValueOrDefault(id)));
    }
}
