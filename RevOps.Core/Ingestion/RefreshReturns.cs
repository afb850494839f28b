using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>Reads what became of one payment at Stripe: its refunds, and its disputes with their outcome; lets in what is new.</summary>
public sealed class RefreshReturns(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is not { } mode)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));

        var intent = row.Argument;
        await foreach (var payment in stripe.ListPaymentsOfIntentAsync(intent, cancel))
        {
            if (payment.Status != "paid" || await FindAsync(payment.Invoice, cancel) is not { } ours)
                continue;
            if (ours.Mode != mode)
                return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", TimeSpan.FromSeconds(15));
            if (ours.Status == InvoiceStatus.Approved)
                return OutboxResult.Wait("The invoice is being issued.", TimeSpan.FromSeconds(2));

            // Money for what was not issued here is not booked: the invoice is held until somebody looks.
            if (!ours.IsIssued)
                continue;

            // The payment itself comes in first, whoever was faster.
            var invoice = ours.Id;
            if (!await IsInAsync(payment.Id, cancel))
            {
                var paid = new InvoicePaid(invoice, payment.Id, StripeAmount.Read(payment.AmountPaid ?? payment.AmountRequested, payment.Currency));
                await receiver.ReceiveInternalAsync(StripeNoticed.Source, payment.Id, InvoicePaid.Type, paid, cancel, payment.StatusTransitions?.PaidAt ?? payment.Created);
            }

            await RefundsAsync(intent, invoice, payment.Id, cancel);
            await DisputesAsync(intent, invoice, payment.Id, cancel);
        }

        return OutboxResult.Done;
    }

    private async Task RefundsAsync(string intent, Guid invoice, string payment, CancellationToken cancel)
    {
        await foreach (var refund in stripe.ListRefundsAsync(intent, cancel))
        {
            var amount = StripeAmount.Read(refund.Amount, refund.Currency);
            var isGone = refund.Status is "canceled" or "failed";
            if (refund.Status is not "canceled" || await IsInAsync(refund.Id, cancel))
                await ReceiveAsync(new(invoice, PaymentKind.Refund, refund.Id, payment, -amount), refund.Created, cancel);

            // It left the balance and came back, or was taken back while it was pending: the client has nothing.
            if (isGone && await IsInAsync(refund.Id, cancel))
                await ReceiveAsync(new(invoice, PaymentKind.Returned, $"{refund.Id}/{refund.Status}", payment, amount), refund.Created, cancel);
        }
    }

    private async Task DisputesAsync(string intent, Guid invoice, string payment, CancellationToken cancel)
    {
        await foreach (var dispute in stripe.ListDisputesAsync(intent, cancel))
        {
            // An inquiry takes no money.
            if (dispute.Status.StartsWith("warning", StringComparison.Ordinal) || dispute.Status == "prevented")
                continue;
            var amount = StripeAmount.Read(dispute.Amount, dispute.Currency);
            var kind = dispute.IsReturnedDebit ? PaymentKind.Returned : PaymentKind.Dispute;
            await ReceiveAsync(new(invoice, kind, dispute.Id, payment, -amount), dispute.Created, cancel);
            if (dispute.Status is "won")
                await ReceiveAsync(new(invoice, PaymentKind.DisputeWon, $"{dispute.Id}/won", payment, amount), null, cancel);
        }
    }

    private Task<bool> ReceiveAsync(MoneyReturned moved, DateTimeOffset? at, CancellationToken cancel) =>
        receiver.ReceiveInternalAsync(StripeNoticed.Source, moved.StripeId, MoneyReturned.Type, moved, cancel, at);

    private async Task<Invoice?> FindAsync(string stripeInvoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.StripeInvoiceId == stripeInvoiceId, cancel);
    }

    private async Task<bool> IsInAsync(string stripePaymentId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Payment>().AnyAsync(row => row.StripePaymentId == stripePaymentId, cancel);
    }
}
