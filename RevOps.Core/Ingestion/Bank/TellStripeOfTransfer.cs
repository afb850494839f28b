using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>
/// Reports a transfer that went past Stripe, so that Stripe asks the client no more: a payment record on the invoice. Of a match that was undone
/// since, the record is reported as paid back; where nothing was reported yet, nothing is.
/// </summary>
public sealed class TellStripeOfTransfer(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeEffects effects) : IOutboxJob
{
    /// <summary>Under it a payment record keeps the match that it is of.</summary>
    public const string MatchKey = "revops_match";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (match, invoice, customer) = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (invoice.StripeInvoiceId is not { } stripeId || customer.StripeCustomerId is not { } customerId)
            return OutboxResult.Done;
        if (stripe.Mode != invoice.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", DraftInvoice.LookAgain);
        if (match.UndoneAt is { } undoneAt)
            return await TakeBackAsync(match, invoice, customerId, undoneAt, cancel);

        // Paid there by other means, such as by somebody who marked it: there is nothing left to tell, or only a part.
        var there = await stripe.GetInvoiceAsync(stripeId, cancel);
        var amount = Math.Min(match.AmountMinor, StripeAmount.Read(there.AmountRemaining, there.Currency).Minor);
        if (!await effects.IsBegunAsync(KeyOf(match, "report"), cancel) && (there.Status is not ("open" or "uncollectible") || amount <= 0))
            return OutboxResult.Done;
        var record = await ReportAsync(match, new(amount > 0 ? amount : match.AmountMinor, invoice.Currency), invoice, customerId, cancel);
        await effects.OnceAsync(new(KeyOf(match, "attach"), invoice.Id, DataKey.Company, StripeRequests.AttachPayment(stripeId, record.Id)), () => AttachedAsync(stripeId, record.Id, cancel), cancel);
        return OutboxResult.Done;
    }

    private async Task<OutboxResult> TakeBackAsync(BankMatch match, Invoice invoice, string customerId, DateTimeOffset at, CancellationToken cancel)
    {
        if (!await effects.IsBegunAsync(KeyOf(match, "report"), cancel))
            return OutboxResult.Done;

        // Whether the report arrived is not known where its answer was lost: asked again it is the same one.
        var record = await ReportAsync(match, new(match.AmountMinor, invoice.Currency), invoice, customerId, cancel);
        await effects.OnceAsync(new(KeyOf(match, "refund"), invoice.Id, DataKey.Company, StripeRequests.ReportRefund(record.Id, ReferenceOf(match), at)), () => RefundedAsync(record.Id, cancel), cancel);
        return OutboxResult.Done;
    }

    /// <summary>Once: asked again it is the same record, whatever is left to pay by then.</summary>
    private async Task<StripePaymentRecord> ReportAsync(BankMatch match, Money amount, Invoice invoice, string customerId, CancellationToken cancel)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [MatchKey] = match.Id.ToString() };
        var report = StripeRequests.ReportPayment(amount, customerId, ReferenceOf(match), await CameInAsync(match, cancel), metadata);
        return (await effects.OnceAsync(new(KeyOf(match, "report"), invoice.Id, DataKey.Company, report), () => ReportedAsync(match, invoice.StripeInvoiceId!, cancel), cancel)).Read<StripePaymentRecord>();
    }

    /// <summary>Records cannot be listed: one that stands on the invoice is found by what it keeps.</summary>
    private async Task<string?> ReportedAsync(BankMatch match, string stripeId, CancellationToken cancel)
    {
        await foreach (var payment in stripe.ListPaymentsAsync(stripeId, cancel))
        {
            if (payment.Payment?.PaymentRecord is { } record && (await stripe.GetPaymentRecordAsync(record, cancel)).Metadata.GetValueOrDefault(MatchKey) == match.Id.ToString())
                return (await stripe.GetAsync($"/v1/payment_records/{record}", cancel)).Body;
        }

        return null;
    }

    /// <summary>The bank's day, not that of the click; of what was taken back since, the click's.</summary>
    private async Task<DateTimeOffset> CameInAsync(BankMatch match, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Payment>().Where(payment => payment.Id == match.PaymentId).Select(payment => (DateTimeOffset?)payment.OccurredAt).SingleOrDefaultAsync(cancel) ?? match.OccurredAt;
    }

    private async Task<string?> AttachedAsync(string stripeId, string recordId, CancellationToken cancel)
    {
        await foreach (var payment in stripe.ListPaymentsAsync(stripeId, cancel))
        {
            if (payment.Payment?.PaymentRecord == recordId)
                return (await stripe.GetAsync($"/v1/invoices/{stripeId}", cancel)).Body;
        }

        return null;
    }

    private async Task<string?> RefundedAsync(string recordId, CancellationToken cancel) =>
        await stripe.GetPaymentRecordAsync(recordId, cancel) is { AmountRefunded.Value: > 0 } ? (await stripe.GetAsync($"/v1/payment_records/{recordId}", cancel)).Body : null;

    private static string KeyOf(BankMatch match, string step) => $"bank:{match.Id}:{step}";

    private static string ReferenceOf(BankMatch match) => match.LineId.ToString("N", CultureInfo.InvariantCulture);

    private async Task<(BankMatch Match, Invoice Invoice, Customer Customer)> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var match = await db.Set<BankMatch>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == match.InvoiceId, cancel);
        return (match, invoice, await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == invoice.CustomerId, cancel));
    }
}
