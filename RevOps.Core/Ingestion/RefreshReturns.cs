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
        if (stripe.Mode is null)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));

        var intent = row.Argument;
        await foreach (var payment in stripe.ListPaymentsOfIntentAsync(intent, cancel))
        {
            // The payment itself comes in first, whoever was faster.
            if (await FindAsync(payment.Invoice, cancel) is not { } invoice)
                continue;
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
            if (refund.Status is not "canceled")
                await ReceiveAsync(new(invoice, PaymentKind.Refund, refund.Id, payment, -amount), refund.Created, cancel);

            // It left the balance and came back: the client has nothing.
            if (refund.Status is "failed")
                await ReceiveAsync(new(invoice, PaymentKind.Returned, $"{refund.Id}/failed", payment, amount), refund.Created, cancel);
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

    private async Task<Guid?> FindAsync(string stripeInvoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Invoice>().Where(row => row.StripeInvoiceId == stripeInvoiceId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel);
    }

    private async Task<bool> IsInAsync(string stripePaymentId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Payment>().AnyAsync(row => row.StripePaymentId == stripePaymentId, cancel);
    }
}
