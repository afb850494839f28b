using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Makes an approved credit note at Stripe, once, and lets in that it is issued.</summary>
public sealed class IssueCreditNote(IDbContextFactory<RevOpsDb> databases, Vault vault, StripeClient stripe, StripeEffects effects, EventReceiver receiver, InvoiceMoney money) : IOutboxJob
{
    /// <summary>In the metadata of every credit note that is made here: ours of it.</summary>
    internal const string CreditKey = "revops_credit_note";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var credit = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (credit.Note.Status != CreditNoteStatus.Approved)
            return OutboxResult.Done;
        if (stripe.Mode != credit.Note.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", TimeSpan.FromSeconds(15));

        var stripeId = credit.Invoice.StripeInvoiceId!;
        var invoice = await stripe.GetInvoiceAsync(stripeId, cancel);

        // What the client has paid a moment ago is in before it is reckoned what goes back.
        await money.ReceiveAsync(credit.Invoice, invoice, cancel);
        credit = await LoadAsync(credit.Note.Id, cancel);
        var request = StripeRequests.CreateCreditNote(DraftOf(credit, invoice, await stripe.GetLinesAsync(invoice, cancel)));
        var answer = await effects.OnceAsync(new($"credit:{credit.Note.Id}:create", credit.Invoice.Id, credit.Note.OwnerId, request), () => FindAsync(credit.Note.Id, stripeId, cancel), cancel);
        var made = answer.Read<StripeCreditNote>();
        if (StripeAmount.Read(made.Total, made.Currency) != credit.Note.Gross)
            return OutboxResult.Retry($"Stripe's credit note {made.Id} comes to {StripeAmount.Read(made.Total, made.Currency)}, ours to {credit.Note.Gross}.", TimeSpan.FromMinutes(5));
        await receiver.ReceiveInternalAsync("revops", $"credit-note/{credit.Note.Id}/issued", CreditNoteIssued.Type, CreditNoteIssued.Of(credit.Note.Id, made), cancel, made.Created);
        return OutboxResult.Done;
    }

    private async Task<string?> FindAsync(Guid id, string stripeInvoiceId, CancellationToken cancel)
    {
        await foreach (var candidate in stripe.ListCreditNotesAsync(stripeInvoiceId, cancel))
        {
            if (candidate.Metadata.GetValueOrDefault(CreditKey) == id.ToString())
                return (await stripe.GetAsync($"/v1/credit_notes/{candidate.Id}", cancel)).Body;
        }

        return null;
    }

    private async Task<Loaded> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var note = await db.Set<CreditNote>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        var lines = await (from part in db.Set<CreditNoteLine>().AsNoTracking()
                           join line in db.Set<InvoiceLine>() on part.InvoiceLineId equals line.Id
                           where part.CreditNoteId == id
                           orderby part.Position
                           select new Part(line.Key, part.NetMinor, part.TaxMinor)).ToListAsync(cancel);
        return new(note, invoice, lines, await vault.OpenAsync(note.OwnerId, note.Id, note.SealedMemo, cancel));
    }

    private static StripeCreditDraft DraftOf(Loaded credit, StripeInvoice invoice, IReadOnlyList<StripeLine> lines)
    {
        var note = credit.Note;

        // It first lowers what is owed; what was paid already goes back, or is kept, as was decided.
        var owed = StripeAmount.Read(invoice.AmountRemaining, invoice.Currency);
        var settled = Math.Max(0, note.GrossMinor - owed.Minor);

        // What was refunded or disputed before is owed here and not at Stripe: nothing is left of it to pay back.
        var returned = Math.Clamp(credit.Invoice.Outstanding.Minor - owed.Minor, 0, settled);
        var paid = new Money(settled - returned, note.Currency);
        Money? Paid(CreditSettlement settlement, long besides = 0) => (note.Settlement == settlement ? paid.Minor : 0) + besides is > 0 and var minor ? new Money(minor, note.Currency) : null;
        return new()
        {
            InvoiceId = invoice.Id,
            Lines = [.. credit.Parts.Select(part => LineOf(part, note.Currency, lines))],
            Reason = ReasonOf(note.Reason),
            Memo = credit.Memo is { Length: > 0 } memo ? $"{note.Number} · {memo}" : note.Number,
            EffectiveAt = note.ApprovedAt,
            Refund = Paid(CreditSettlement.Refund),
            Credit = Paid(CreditSettlement.Balance),
            OutOfBand = Paid(CreditSettlement.Transfer, returned),
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [CreditKey] = note.Id.ToString(), ["revops_number"] = note.Number!, [CreditNoteIssued.ReturnedKey] = returned.ToString(CultureInfo.InvariantCulture) },
        };
    }

    private static StripeCreditLine LineOf(Part part, string currency, IReadOnlyList<StripeLine> lines)
    {
        // A line that another program wrote is known by Stripe's own id of it.
        var line = lines.Single(candidate => (candidate.Key ?? candidate.Id) == part.Key);
        var (net, tax) = (new Money(part.NetMinor, currency), new Money(part.TaxMinor, currency));
        var inclusive = line.Taxes is [{ TaxBehavior: "inclusive" }, ..];
        return new(line.Id, inclusive ? net + tax : net, line.Taxes is [{ TaxRateId: { } rate }, ..] ? [new(rate, tax, net)] : []);
    }

    /// <summary>Stripe knows four reasons; ours are finer, and stand in our own record.</summary>
    private static string? ReasonOf(CreditReason reason) => reason switch
    {
        CreditReason.Duplicate => "duplicate",
        CreditReason.Unsatisfactory => "product_unsatisfactory",
        CreditReason.Goodwill => null,
        _ => "order_change",
    };

    private sealed record Loaded(CreditNote Note, Invoice Invoice, IReadOnlyList<Part> Parts, string? Memo);

    private sealed record Part(string Key, long NetMinor, long TaxMinor);
}
