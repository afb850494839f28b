using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.History;

/// <summary>What Stripe pays out to the bank, as it stands there.</summary>
public sealed record PayoutRead(string StripePayoutId, Money Amount, string Status, DateTimeOffset ArrivesAt) : IncomingEvent
{
    public const string Type = "revops.internal.payout_read";

    public static PayoutRead Of(StripePayout theirs) => new(theirs.Id, StripeAmount.Read(theirs.Amount, theirs.Currency), theirs.Status, theirs.ArrivalDate ?? theirs.Created ?? default);

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received) = (reception.Db, reception.Event);
        if (await db.Set<Payout>().SingleOrDefaultAsync(row => row.StripePayoutId == StripePayoutId, reception.Cancel) is { } known)
        {
            (known.AmountMinor, known.Status, known.ArrivesOn) = (Amount.Minor, Status, reception.Company.DayOf(ArrivesAt));
            return EventFate.Applied;
        }

        db.Add(new Payout
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
        });
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record a payout to the bank"];
}
