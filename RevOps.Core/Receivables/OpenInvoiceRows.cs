using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Core.Receivables;

/// <summary>Open invoices with number and name of the buyer as it was issued to, which stand sealed: for the few of a page.</summary>
internal static class OpenInvoiceRows
{
    /// <returns>In the order in which they are given.</returns>
    public static async Task<IReadOnlyList<OpenInvoiceRow>> OfAsync(RevOpsDb db, Vault vault, IReadOnlyList<OpenReceivable> shown, DateOnly evening, CancellationToken cancel)
    {
        var ids = shown.Select(invoice => invoice.InvoiceId).ToList();
        var papers = await db.Set<Invoice>().AsNoTracking().Where(invoice => ids.Contains(invoice.Id)).ToDictionaryAsync(invoice => invoice.Id, cancel);
        var standings = await InvoiceStandings.OfAsync(db, ids, cancel);
        var rows = new List<OpenInvoiceRow>();
        foreach (var invoice in shown)
        {
            var paper = papers[invoice.InvoiceId];
            var buyer = await vault.OpenAsync(paper.OwnerId, paper.Id, paper.SealedBuyer, cancel) is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json) : null;
            rows.Add(new(paper.Id, paper.Number ?? paper.Reference, paper.CustomerId, buyer?.LegalName ?? buyer?.Ref ?? "–", invoice.IssuedOn, invoice.DueOn, paper.Gross, new(invoice.OpenMinor, paper.Currency), Math.Max(0, invoice.DaysLate(evening))) { Standing = standings.GetValueOrDefault(paper.Id, InvoiceStanding.None) });
        }

        return rows;
    }
}
