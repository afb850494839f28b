using RevOps.Core.Billing.Stripe;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Reads a payout at Stripe, whatever hook told of it and in whatever order, and lets in what it has come to.</summary>
public sealed class RefreshPayout(StripeClient stripe, EventReceiver receiver) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (stripe.Mode is null)
            return OutboxResult.Wait("Stripe is not connected.", TimeSpan.FromSeconds(15));
        try
        {
            var theirs = await stripe.GetPayoutAsync(row.Argument, cancel);
            await receiver.ReceiveInternalAsync(StripeNoticed.Source, PayoutRead.IdOf(theirs), PayoutRead.Type, PayoutRead.Of(theirs), cancel, theirs.Created);
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            // Of another account, or of another mode of this one.
        }

        return OutboxResult.Done;
    }
}
