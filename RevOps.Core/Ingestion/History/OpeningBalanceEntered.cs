using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.History;

/// <summary>An invoice that is owed since before RevOps and stands in no Stripe account, from a file of Finance's.</summary>
/// <param name="PaidMinor">What came in for it already, with the tax.</param>
/// <param name="PaidAt">When it did.</param>
public sealed record OpeningBalanceEntered(CustomerDetails Buyer, HistoricInvoice Invoice, long PaidMinor, DateTimeOffset PaidAt, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.opening_balance";

    public override Contact? Contact => CustomerImported.ContactOf(Buyer);

    public override bool IsHistory => true;

    /// <summary>Once per number, in each mode: what was tried with a test key is not in the books yet.</summary>
    public static string IdOf(Mode mode, string number) => $"opening/{mode}/{number}";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        var customer = await CustomerRecorded.UpsertAsync(reception, Buyer);
        var invoice = await HistoricInvoices.AddAsync(reception, customer, InvoiceOrigin.OpeningBalance, Invoice, Buyer);
        (invoice.Status, invoice.MakerId, invoice.PaidMinor) = (InvoiceStatus.Open, UserId, PaidMinor);
        if (PaidMinor != 0)
        {
            db.Add(new Payment
            {
                Id = Guid.CreateVersion7(),
                InvoiceId = invoice.Id,
                StripePaymentId = $"{IdOf(received.Mode, Invoice.Number!)}/paid",
                Mode = invoice.Mode,
                Currency = invoice.Currency,
                AmountMinor = PaidMinor,
                OccurredAt = PaidAt,
                RecordedAt = received.RecordedAt,
            });
        }

        if (invoice.Outstanding.Minor <= 0)
            (invoice.Status, invoice.PaidAt) = (InvoiceStatus.Paid, PaidAt);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "history.opening", nameof(Invoice), invoice.Id.ToString()) { After = new { invoice.Number, invoice.GrossMinor, invoice.PaidMinor, invoice.Currency, invoice.DueOn } }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record what is owed since before RevOps"];
}
