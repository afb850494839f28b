using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Reads what may still be credited of an issued invoice.</summary>
public static class CreditableLines
{
    /// <summary>In the order of the invoice; what is approved already counts as gone.</summary>
    /// <param name="db">Read only.</param>
    /// <param name="invoice">Issued, or about to be.</param>
    /// <param name="except">A credit note that does not count, since it is about to be approved itself.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<IReadOnlyList<CreditableLine>> OfAsync(RevOpsDb db, Invoice invoice, Guid? except, CancellationToken cancel)
    {
        var lines = await db.Set<InvoiceLine>().AsNoTracking().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).OrderBy(line => line.Position).ToListAsync(cancel);
        var gone = (await (from note in db.Set<CreditNote>()
                           join line in db.Set<CreditNoteLine>() on note.Id equals line.CreditNoteId
                           where note.InvoiceId == invoice.Id && note.Id != except && (note.Status == CreditNoteStatus.Approved || note.Status == CreditNoteStatus.Issued)
                           select new { line.InvoiceLineId, line.NetMinor, line.TaxMinor }).ToListAsync(cancel)).ToLookup(line => line.InvoiceLineId);
        return [.. lines.Select(line => new CreditableLine(
            line.Id,
            line.Key,
            new Money(line.NetMinor - gone[line.Id].Sum(part => part.NetMinor), invoice.Currency),
            new Money(line.TaxMinor - gone[line.Id].Sum(part => part.TaxMinor), invoice.Currency),
            line.Category,
            line.RateBasisPoints))];
    }
}
