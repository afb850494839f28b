using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Payouts;

namespace RevOps.Core.Ingestion.History;

/// <summary>What Stripe pays out to the bank, as it stands there.</summary>
/// <param name="IsAutomatic">False where Stripe does not say what it carried; null on what was noted before that was read.</param>
/// <param name="IsKnown">All that it carried is known there.</param>
/// <param name="FailureCode">Stripe's word for why it failed.</param>
public sealed record PayoutRead(string StripePayoutId, Money Amount, string Status, DateTimeOffset ArrivesAt, bool? IsAutomatic = null, bool IsKnown = false, string? FailureCode = null) : IncomingEvent
{
    public const string Type = "revops.internal.payout_read";

    public static PayoutRead Of(StripePayout theirs) => new(
        theirs.Id, StripeAmount.Read(theirs.Amount, theirs.Currency), theirs.Status, theirs.ArrivalDate ?? theirs.Created ?? default, theirs.Automatic, theirs.ReconciliationStatus == "completed", theirs.FailureCode);

    /// <summary>Each state that it goes through is in once.</summary>
    public static string IdOf(StripePayout theirs) => $"payout/{theirs.Id}/{theirs.Status}/{theirs.ReconciliationStatus}";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        var payout = await db.Set<Payout>().SingleOrDefaultAsync(row => row.StripePayoutId == StripePayoutId, reception.Cancel) ?? db.Add(new Payout
        {
            Id = received.Id,
            StripePayoutId = StripePayoutId,
            Mode = received.Mode,
            Currency = Amount.Currency,
            AmountMinor = Amount.Minor,
            Status = Status,
            ArrivesOn = reception.Company.DayOf(ArrivesAt),
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
        }).Entity;
        (payout.AmountMinor, payout.Status, payout.ArrivesOn, payout.FailureCode) = (Amount.Minor, Status, reception.Company.DayOf(ArrivesAt), FailureCode);
        payout.IsAutomatic = IsAutomatic ?? payout.IsAutomatic;
        if (payout.IsAutomatic is true && IsKnown && payout.PartsMinor != payout.AmountMinor)
            db.Enqueue<DecomposePayout>(StripePayoutId, reception.Now, key: $"{StripePayoutId}/{received.Id}", lane: $"stripe:{StripePayoutId}");
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record a payout to the bank"];
}
