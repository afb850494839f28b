using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>How far the reading of what was before RevOps is, and what it brought.</summary>
public sealed class HistoryQueries(IDbContextFactory<RevOpsDb> databases, StripeAccount stripe, TimeProvider clock)
{
    private const int Most = 20;

    /// <summary>The newest reading first, and what is in of history as it stands.</summary>
    public async Task<HistoryView> LoadAsync(CancellationToken cancel)
    {
        Mode? mode = stripe.Connection?.Mode;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var imports = await db.Set<HistoryImport>().AsNoTracking().OrderByDescending(import => import.StartedAt).Take(Most).ToListAsync(cancel);
        var invoices = db.Set<Invoice>().AsNoTracking().Where(invoice => mode == null || invoice.Mode == mode);
        var imported = await invoices.Where(invoice => invoice.Origin == InvoiceOrigin.Imported).GroupBy(invoice => invoice.Currency).Select(found => new HistorySum(found.Key, found.Count(), found.Sum(invoice => invoice.GrossMinor))).ToListAsync(cancel);
        var opening = await invoices.Where(invoice => invoice.Origin == InvoiceOrigin.OpeningBalance).GroupBy(invoice => invoice.Currency).Select(found => new HistorySum(found.Key, found.Count(), found.Sum(invoice => invoice.GrossMinor))).ToListAsync(cancel);
        return new(mode, imports, imported, opening, clock.GetUtcNow());
    }
}

/// <summary>Invoices of one currency, with the tax.</summary>
public sealed record HistorySum(string Currency, int Count, long GrossMinor)
{
    public Money Gross => new(GrossMinor, Currency);
}

/// <param name="Mode">Of the account that is connected; null: none is.</param>
public sealed record HistoryView(Mode? Mode, IReadOnlyList<HistoryImport> Imports, IReadOnlyList<HistorySum> Imported, IReadOnlyList<HistorySum> Opening, DateTimeOffset AsOf)
{
    public HistoryImport? Running => Imports.FirstOrDefault(import => import.EndedAt is null);
}
