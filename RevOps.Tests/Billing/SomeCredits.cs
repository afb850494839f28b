using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

/// <summary>Puts credit notes for <see cref="SomeSales"/> into the database.</summary>
internal static class SomeCredits
{
    public static async Task<Guid> CreditAsync(this RevOpsHost host, Guid invoiceId, long netMinor, Action<CreditNote>? change = null, DateTimeOffset? at = null, Guid? makerId = null)
    {
        var id = Guid.CreateVersion7();
        await using var db = await host.OpenDatabaseAsync();
        await db.BeginWorkAsync(CancellationToken.None);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId);
        var line = await db.Set<InvoiceLine>().SingleAsync(row => row.InvoiceId == invoiceId);
        var note = new CreditNote
        {
            Id = id,
            InvoiceId = invoiceId,
            CustomerId = invoice.CustomerId,
            Mode = invoice.Mode,
            Reason = CreditReason.Goodwill,
            SealedMemo = await host.Services.GetRequiredService<Vault>().SealAsync(db, DataKey.Company, id, "With our regrets"),
            Currency = invoice.Currency,
            NetMinor = netMinor,
            TaxMinor = netMinor / 5,
            GrossMinor = netMinor + (netMinor / 5),
            MakerId = makerId,
            OccurredAt = at ?? SomeSales.Noon,
            RecordedAt = at ?? SomeSales.Noon,
            OwnerId = DataKey.Company,
        };
        change?.Invoke(note);
        db.Add(note);
        db.Add(new CreditNoteLine { Id = Guid.CreateVersion7(), CreditNoteId = id, InvoiceLineId = line.Id, Position = 1, NetMinor = netMinor, TaxMinor = netMinor / 5, Category = TaxCategory.Standard, RateBasisPoints = 2_000 });
        await db.SaveChangesAsync();
        return id;
    }

    public static Action<CreditNote> Issued(string number, DateTimeOffset at) => note =>
        (note.Status, note.Number, note.StripeNumber, note.ApprovedAt, note.IssuedAt, note.SettledMinor) = (CreditNoteStatus.Issued, number, $"CN-{number}", at, at, note.GrossMinor);

    /// <summary>An invoice of 100 € net that left the house.</summary>
    public static Action<Invoice> Sent(string number, bool isPaid = false) => invoice =>
        (invoice.Status, invoice.Number, invoice.IssuedAt, invoice.PaidMinor) = (isPaid ? InvoiceStatus.Paid : InvoiceStatus.Open, number, SomeSales.Noon, isPaid ? invoice.GrossMinor : 0);
}
