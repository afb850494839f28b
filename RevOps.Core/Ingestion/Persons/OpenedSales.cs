using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>What somebody bought, was invoiced and paid. Of a company that they book for, amounts and dates without the company's own values.</summary>
internal static class OpenedSales
{
    public static async Task AddAsync(Dictionary<HeldKind, JsonNode?> sections, RevOpsDb db, IReadOnlyCollection<Guid> members, PersonRows rows, OpenedRows opened, CancellationToken cancel)
    {
        sections[HeldKind.Customers] = await OpenedRows.EachAsync(rows.Customers.OrderBy(row => row.DetailsAt), async customer => OpenedRows.With(
            OpenedRows.With(new { customer.Id, customer.DetailsAt, customer.Missing, customer.StripeCustomerId, customer.VatStatus, IsCompany = customer.OwnerId == DataKey.Company }, await OwnAsync(customer.OwnerId, customer.Id, customer.SealedDetails)),
            await OwnAsync(customer.OwnerId, customer.Id, customer.SealedOwn), "entered"), cancel);
        sections[HeldKind.Bookings] = await OpenedRows.EachAsync(rows.Bookings.OrderBy(row => row.OccurredAt), async booking => OpenedRows.With(
            new { booking.BookingId, booking.DealId, booking.OccurredAt, booking.Status, booking.Mode, booking.AmountMinor, booking.Currency },
            await opened.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, cancel), "content"), cancel);
        sections[HeldKind.Invoices] = await OpenedRows.EachAsync(rows.Invoices.OrderBy(row => row.OccurredAt), async invoice => OpenedRows.With(
            new { invoice.Id, invoice.Number, invoice.OccurredAt, invoice.Status, invoice.Mode, Gross = invoice.Gross.Minor, invoice.Currency, invoice.IssuedAt, invoice.PaidAt },
            await OwnAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer), "buyer"), cancel);
        sections[HeldKind.InvoiceLines] = await OpenedRows.EachAsync(rows.InvoiceLines.OrderBy(row => row.InvoiceId).ThenBy(row => row.DraftVersion).ThenBy(row => row.Position), async line => OpenedRows.With(
            new { line.InvoiceId, line.DraftVersion, line.Position, line.Quantity, line.UnitAmount, line.NetMinor, line.TaxMinor, line.Category, line.RateBasisPoints, line.ServiceCode },
            !members.Contains(line.OwnerId) ? null : await opened.TextAsync(line.OwnerId, line.Id, line.SealedDescription, cancel), "description"), cancel);
        sections[HeldKind.InvoiceEdits] = await OpenedRows.EachAsync(rows.InvoiceEdits.OrderBy(row => row.OccurredAt), async edit => OpenedRows.With(
            new { edit.InvoiceId, edit.Number, edit.OccurredAt }, await OwnAsync(edit.OwnerId, edit.Id, edit.SealedContent), "content"), cancel);
        sections[HeldKind.CreditNotes] = await OpenedRows.EachAsync(rows.CreditNotes.OrderBy(row => row.OccurredAt), async note => OpenedRows.With(
            OpenedRows.With(
                new { note.InvoiceId, note.Number, note.OccurredAt, note.Status, note.Reason, note.Mode, note.NetMinor, note.TaxMinor, note.GrossMinor, note.Currency, note.Settlement, note.SettledMinor, note.IssuedAt },
                OpenedRows.Array(await db.Set<CreditNoteLine>().Where(line => line.CreditNoteId == note.Id).OrderBy(line => line.Position).Select(line => new { line.Position, line.NetMinor, line.TaxMinor }).ToListAsync(cancel)), "lines"),
            !members.Contains(note.OwnerId) ? null : await opened.TextAsync(note.OwnerId, note.Id, note.SealedMemo, cancel), "memo"), cancel);
        sections[HeldKind.Payments] = OpenedRows.Array(await rows.Payments.OrderBy(row => row.OccurredAt).Select(row => new { row.InvoiceId, row.OccurredAt, row.Kind, row.AmountMinor, row.Currency }).ToListAsync(cancel));
        sections[HeldKind.BankLines] = await OpenedRows.EachAsync(rows.BankLines.OrderBy(row => row.BookedOn), async line => OpenedRows.With(
            new { line.BookedOn, line.AmountMinor, line.Currency }, await opened.OpenAsync(DataKey.Company, line.Id, line.SealedText, cancel), "text"), cancel);
        sections[HeldKind.InvoiceNotes] = await NotesAsync(rows, opened, cancel);

        // Under another key are a company's values, or somebody else's.
        async Task<JsonNode?> OwnAsync(Guid owner, Guid row, byte[]? bytes) => !members.Contains(owner) ? null : await opened.OpenAsync(owner, row, bytes, cancel);
    }

    /// <summary>What the house wrote about their own invoices, under its own key.</summary>
    private static async Task<JsonArray> NotesAsync(PersonRows rows, OpenedRows opened, CancellationToken cancel)
    {
        Task<JsonNode?> TextAsync(Guid row, byte[]? bytes) => opened.TextAsync(DataKey.Company, row, bytes, cancel);
        JsonArray[] kinds =
        [
            await OpenedRows.EachAsync(rows.Comments.OrderBy(row => row.OccurredAt), async row => OpenedRows.With(new { Kind = "comment", row.InvoiceId, At = row.OccurredAt }, await TextAsync(row.Id, row.SealedText), "text"), cancel),
            await OpenedRows.EachAsync(rows.Disputes.OrderBy(row => row.OpenedAt), async row => OpenedRows.With(new { Kind = "dispute", row.InvoiceId, At = row.OpenedAt, row.Reason, row.ClosedAt }, await TextAsync(row.Id, row.SealedNote), "text"), cancel),
            await OpenedRows.EachAsync(rows.Refusals.OrderBy(row => row.OccurredAt), async row => OpenedRows.With(new { Kind = "refusal", row.InvoiceId, At = row.OccurredAt }, await TextAsync(row.Id, row.SealedReason), "text"), cancel),
        ];
        return [.. kinds.SelectMany(kind => kind).Select(note => note?.DeepClone())];
    }
}
