namespace RevOps.Core.Billing.Stripe;

/// <summary>The events to choose for the webhook at Stripe. Others do no harm: their invoice is read again, and nothing is new.</summary>
public static class StripeHookTypes
{
    public static readonly IReadOnlyList<string> All =
    [
        "invoice.created", "invoice.updated", "invoice.finalized", "invoice.finalization_failed", "invoice.sent", "invoice.paid", "invoice.payment_failed", "invoice.overpaid", "invoice.voided",
        "invoice.marked_uncollectible", "invoice.deleted", "invoice_payment.paid", "credit_note.created", "credit_note.updated", "credit_note.voided", "customer.tax_id.created",
        "customer.tax_id.updated", "charge.refunded", "refund.created", "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
        "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "payout.created", "payout.updated", "payout.paid", "payout.failed", "payout.canceled",
        "payout.reconciliation_completed",
    ];
}
