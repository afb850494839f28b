using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.History;

/// <summary>A credit note that was made at Stripe on an invoice from before RevOps: its number there is its legal one.</summary>
/// <param name="NetMinor">Without the tax, in the invoice's currency.</param>
/// <param name="Lines">What it takes back of each line of the invoice, by Stripe's id of the line; may be less than all of it.</param>
/// <param name="SettledMinor">The part that had been paid already.</param>
/// <param name="OutsideMinor">Of that part: paid back outside Stripe.</param>
/// <param name="KeptMinor">Of that part: kept for the client. What is left of it was refunded through Stripe.</param>
public sealed record CreditNoteImported(
    Guid InvoiceId, string StripeCreditNoteId, string? Number, CreditReason Reason, string? Memo, long NetMinor, long TaxMinor, IReadOnlyList<HistoricLine> Lines, long SettledMinor, long OutsideMinor, long KeptMinor) : IncomingEvent
{
    public const string Type = "revops.internal.credit_note_imported";

    private long GrossMinor => NetMinor + TaxMinor;

    public static CreditNoteImported Of(Guid invoiceId, StripeCreditNote theirs, IReadOnlyList<StripeCreditedLine> lines)
    {
        long Minor(long amount) => StripeAmount.Read(amount, theirs.Currency).Minor;
        var (net, settled, outside) = (Minor(theirs.TotalExcludingTax ?? theirs.Total), Minor(theirs.PostPaymentAmount), Minor(theirs.OutOfBandAmount ?? 0));
        var kept = settled - outside - Minor(theirs.Refunds?.Sum(refund => refund.AmountRefunded) ?? 0);
        return new(invoiceId, theirs.Id, theirs.Number, ReasonOf(theirs.Reason), theirs.Memo, net, Minor(theirs.Total) - net, HistoricLine.Of(lines, theirs.Currency), settled, outside, Math.Max(0, kept));
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received, cancel) = (reception.Db, reception.Event, reception.Cancel);
        if (await db.Set<CreditNote>().AnyAsync(row => row.StripeCreditNoteId == StripeCreditNoteId, cancel))
            return EventFate.Ignored;
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, cancel);
        db.Add(new CreditNote
        {
            Id = received.Id,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            Mode = invoice.Mode,
            Status = CreditNoteStatus.Issued,
            Reason = Reason,
            SealedMemo = Memo is { Length: > 0 } ? await reception.Vault.SealAsync(db, invoice.OwnerId, received.Id, Memo, cancel) : null,
            Currency = invoice.Currency,
            NetMinor = NetMinor,
            TaxMinor = TaxMinor,
            GrossMinor = GrossMinor,
            Settlement = KeptMinor > 0 ? CreditSettlement.Balance : OutsideMinor > 0 ? CreditSettlement.Transfer : CreditSettlement.Refund,
            SettledMinor = SettledMinor,
            Number = Number ?? StripeCreditNoteId,
            StripeNumber = Number,
            StripeCreditNoteId = StripeCreditNoteId,
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
            IssuedAt = received.OccurredAt,
            OwnerId = invoice.OwnerId,
        });
        await AddLinesAsync(reception, invoice);
        invoice.CreditedMinor += GrossMinor;

        // What Stripe refunded is told by the refund itself.
        Move(reception, invoice, PaymentKind.Refund, "outside", OutsideMinor);
        Move(reception, invoice, PaymentKind.ToBalance, "kept", KeptMinor);
        invoice.Moved(reception.Company.DayOf(received.OccurredAt));
        invoice.CloseAfterCredit(received.OccurredAt);
        await CheckClaims.AskAsync(reception, invoice);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record a credit note of Stripe's history"];

    private static CreditReason ReasonOf(string? reason) => reason switch
    {
        "duplicate" => CreditReason.Duplicate,
        "product_unsatisfactory" => CreditReason.Unsatisfactory,
        "order_change" => CreditReason.Changed,
        "fraudulent" => CreditReason.Cancelled,
        _ => CreditReason.Goodwill,
    };

    /// <summary>Line by line where Stripe tells the lines, else spread over all of them: what may still be credited stays right.</summary>
    private async Task AddLinesAsync(Reception reception, Invoice invoice)
    {
        var lines = await reception.Db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id).OrderBy(line => line.Position).ToListAsync(reception.Cancel);
        var byLine = Lines.ToLookup(line => line.Key, StringComparer.Ordinal);
        var told = lines.ConvertAll(line => (Line: line, Net: byLine[line.Key].Sum(part => part.NetMinor), Tax: byLine[line.Key].Sum(part => part.TaxMinor)));
        if (told.Sum(part => part.Net) != NetMinor || told.Sum(part => part.Tax) != TaxMinor)
        {
            var (nets, taxes) = (Spread(NetMinor, lines.ConvertAll(line => line.NetMinor)), Spread(TaxMinor, lines.ConvertAll(line => line.TaxMinor)));
            told = [.. lines.Select((line, index) => (line, nets[index], taxes[index]))];
        }

        foreach (var (line, net, tax) in told.Where(part => part.Net != 0 || part.Tax != 0))
        {
            reception.Db.Add(new CreditNoteLine
            {
                Id = Guid.CreateVersion7(),
                CreditNoteId = reception.Event.Id,
                InvoiceLineId = line.Id,
                Position = line.Position,
                NetMinor = net,
                TaxMinor = tax,
                Category = line.Category,
                RateBasisPoints = line.RateBasisPoints,
            });
        }
    }

    private static long[] Spread(long minor, List<long> amounts)
    {
        decimal[] weights = [.. amounts.Select(amount => Math.Max(0m, amount))];
        if (weights.Length > 0 && weights.Sum() == 0)
            weights[0] = 1;

        // Whole minor units are what is spread; which currency's makes no difference.
        return weights.Length == 0 ? [] : Array.ConvertAll(new Money(minor, "EUR").Split(weights), part => part.Minor);
    }

    private void Move(Reception reception, Invoice invoice, PaymentKind kind, string what, long minor)
    {
        if (minor == 0)
            return;
        invoice.PaidMinor -= minor;
        reception.Db.Add(new Payment
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoice.Id,
            Kind = kind,
            StripePaymentId = $"{StripeCreditNoteId}/{what}",
            Mode = invoice.Mode,
            Currency = invoice.Currency,
            AmountMinor = -minor,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
        });
    }
}
