using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Payouts;

/// <summary>What is known of a payout. Every payout is in one of them.</summary>
public enum PayoutGroup
{
    All = 0,

    /// <summary>Its parts add up to it, to the cent.</summary>
    Whole = 1,

    /// <summary>Its parts were read and add up to something else.</summary>
    Differs = 2,

    /// <summary>Its parts are not known yet.</summary>
    Waiting = 3,

    /// <summary>Somebody asked for it at Stripe, which does not say what it carried.</summary>
    ByHand = 4,

    /// <summary>It never reached the bank, or came back from it.</summary>
    Failed = 5,
}

public enum PayoutSort
{
    Arrives = 0,
    Amount = 1,
}

public sealed record PayoutFilter
{
    public PayoutGroup Group { get; init; }

    /// <summary>How Stripe's id begins.</summary>
    public string? Text { get; init; }

    /// <summary>By the day on which it is expected at the bank.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
    public PayoutSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal static PayoutGroup GroupOf(Payout payout) => payout switch
    {
        { Status: "failed" or "canceled" } => PayoutGroup.Failed,
        { IsAutomatic: false } => PayoutGroup.ByHand,
        { PartsMinor: null } => PayoutGroup.Waiting,
        _ => payout.PartsMinor == payout.AmountMinor ? PayoutGroup.Whole : PayoutGroup.Differs,
    };

    /// <summary>All that the filter finds but for its group.</summary>
    internal IQueryable<Payout> Outside(IQueryable<Payout> payouts)
    {
        if (Text is { Length: > 0 } text)
            payouts = payouts.Where(payout => payout.StripePayoutId.StartsWith(text));
        if (From is { } from)
            payouts = payouts.Where(payout => payout.ArrivesOn >= from);
        return To is { } to ? payouts.Where(payout => payout.ArrivesOn <= to) : payouts;
    }

    /// <summary>The same as <see cref="GroupOf"/>, for the database.</summary>
    internal static IQueryable<Payout> OfGroup(IQueryable<Payout> payouts, PayoutGroup group)
    {
        var there = payouts.Where(payout => payout.Status != "failed" && payout.Status != "canceled");
        return group switch
        {
            PayoutGroup.Whole => there.Where(payout => payout.IsAutomatic != false && payout.PartsMinor == payout.AmountMinor),
            PayoutGroup.Differs => there.Where(payout => payout.IsAutomatic != false && payout.PartsMinor != null && payout.PartsMinor != payout.AmountMinor),
            PayoutGroup.Waiting => there.Where(payout => payout.IsAutomatic != false && payout.PartsMinor == null),
            PayoutGroup.ByHand => there.Where(payout => payout.IsAutomatic == false),
            PayoutGroup.Failed => payouts.Where(payout => payout.Status == "failed" || payout.Status == "canceled"),
            _ => payouts,
        };
    }

    internal IQueryable<Payout> Sorted(IQueryable<Payout> payouts) => (Sort, Ascending) switch
    {
        (PayoutSort.Amount, true) => payouts.OrderBy(payout => payout.AmountMinor).ThenBy(payout => payout.Id),
        (PayoutSort.Amount, false) => payouts.OrderByDescending(payout => payout.AmountMinor).ThenBy(payout => payout.Id),
        (_, true) => payouts.OrderBy(payout => payout.ArrivesOn).ThenBy(payout => payout.Id),
        _ => payouts.OrderByDescending(payout => payout.ArrivesOn).ThenByDescending(payout => payout.Id),
    };
}

public enum PartSort
{
    Occurred = 0,
    Net = 1,
    Gross = 2,
}

/// <summary>Which parts of a payout.</summary>
public sealed record PartFilter
{
    /// <summary>As Stripe calls it; null: all.</summary>
    public string? Type { get; init; }

    /// <summary>Only those that are of no invoice here.</summary>
    public bool Alone { get; init; }

    public PartSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<PayoutPart> Apply(IQueryable<PayoutPart> parts)
    {
        if (Type is { } type)
            parts = parts.Where(part => part.Type == type);
        return Alone ? parts.Where(part => part.InvoiceId == null) : parts;
    }

    internal IQueryable<PayoutPart> Sorted(IQueryable<PayoutPart> parts) => (Sort, Ascending) switch
    {
        (PartSort.Net, true) => parts.OrderBy(part => part.NetMinor).ThenBy(part => part.Id),
        (PartSort.Net, false) => parts.OrderByDescending(part => part.NetMinor).ThenBy(part => part.Id),
        (PartSort.Gross, true) => parts.OrderBy(part => part.GrossMinor).ThenBy(part => part.Id),
        (PartSort.Gross, false) => parts.OrderByDescending(part => part.GrossMinor).ThenBy(part => part.Id),
        (_, true) => parts.OrderBy(part => part.OccurredAt).ThenBy(part => part.Id),
        _ => parts.OrderByDescending(part => part.OccurredAt).ThenByDescending(part => part.Id),
    };
}

/// <param name="Number">Of this page, from 1 on.</param>
/// <param name="Sums">Over all that was found, one per currency.</param>
/// <param name="Counts">How many each group has under the rest of the filter.</param>
public sealed record PayoutPage(IReadOnlyList<PayoutRow> Rows, int Count, int Number, IReadOnlyList<PayoutSum> Sums, IReadOnlyDictionary<PayoutGroup, int> Counts, DateTimeOffset AsOf);

/// <param name="Amount">Of all payouts that were found.</param>
/// <param name="Fee">That Stripe kept of their parts.</param>
public sealed record PayoutSum(int Count, Money Amount, Money Fee);

/// <param name="Parts">How many are known.</param>
/// <param name="Fee">That Stripe kept of them.</param>
public sealed record PayoutRow(Guid Id, string StripeId, DateOnly ArrivesOn, PayoutGroup Group, string Status, string? FailureCode, Money Amount, int Parts, Money Fee);

/// <param name="Types">Its parts by type; their nets add up to what was read.</param>
/// <param name="Alone">Parts that are of no invoice here.</param>
/// <param name="ReadAt">When its parts were read; null before.</param>
public sealed record PayoutView(PayoutRow Payout, IReadOnlyList<PartSum> Types, int Alone, DateTimeOffset? ReadAt, DateTimeOffset AsOf)
{
    public Money Gross => SumOf(type => type.Gross);
    public Money Fee => SumOf(type => type.Fee);
    public Money Net => SumOf(type => type.Net);

    /// <summary>What the payout has more than its parts; nothing where it is whole.</summary>
    public Money Difference => Payout.Amount - Net;

    private Money SumOf(Func<PartSum, Money> of) => Types.Select(of).Aggregate(Money.Zero(Payout.Amount.Currency), (sum, one) => sum + one);
}

public sealed record PartSum(string Type, int Count, Money Gross, Money Fee, Money Net);

/// <param name="Net">Of all that were found, not of the page alone.</param>
public sealed record PartPage(IReadOnlyList<PartRow> Rows, int Count, int Number, Money Net);

/// <param name="Invoice">Its number; null where the part is of none.</param>
public sealed record PartRow(Guid Id, string StripeId, string Type, string? SourceId, Guid? InvoiceId, string? Invoice, DateTimeOffset OccurredAt, Money Gross, Money Fee, Money Net);
