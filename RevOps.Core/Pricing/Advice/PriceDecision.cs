namespace RevOps.Core.Pricing.Advice;

/// <summary>What a person set beside the rules of the price itself.</summary>
/// <param name="StepMinor">Prices are whole numbers of it, minor units, 1 or more.</param>
/// <param name="IsPaused">Nothing is advised.</param>
/// <param name="IsShadow">Advice is only looked at.</param>
/// <param name="ApprovalAbove">A person approves what moves the price by more, basis points.</param>
/// <param name="AcceptsByRule">What moves it by no more needs nobody.</param>
public sealed record DecisionTerms(long StepMinor, bool IsPaused, bool IsShadow, int ApprovalAbove, bool AcceptsByRule);

/// <summary>How a decision goes on.</summary>
public enum DecisionTurn
{
    /// <summary>The price stays.</summary>
    Keep,

    /// <summary>Kept to look at.</summary>
    Look,

    /// <summary>A person is asked.</summary>
    Ask,

    /// <summary>Accepted by rule.</summary>
    Accept,
}

/// <summary>One slot's price on one day. Pure: the same slot has the same price for everybody.</summary>
/// <param name="Advice">With the price in whole steps; no price where it stays.</param>
/// <param name="Turn">What follows.</param>
/// <param name="AtFloor">The wish was the floor or less.</param>
public sealed record PriceDecision(PriceAdvice Advice, DecisionTurn Turn, bool AtFloor)
{
    // Who reads prices tires of small moves sooner than they earn anything.
    private const decimal LeastShare = 0.01m;

    /// <param name="rules">That hold for the slot.</param>
    /// <param name="terms">Set beside them.</param>
    /// <param name="slot">As it stands.</param>
    /// <param name="pastSlots">That are over: with fewer than <see cref="PriceAdvice.LeastPastSlots"/> nothing is advised.</param>
    /// <exception cref="ArgumentException">Rules or state that contradict themselves.</exception>
    public static PriceDecision Of(PriceRules rules, DecisionTerms terms, SlotState slot, int pastSlots)
    {
        if (terms.StepMinor < 1)
            throw new ArgumentException("A step is 1 minor unit or more.", nameof(terms));
        if (terms.IsPaused)
            return new(new(AdviceOutcome.Paused, null, []), DecisionTurn.Keep, false);
        if (slot.Capacity == 0)
            return new(new(AdviceOutcome.Closed, null, []), DecisionTurn.Keep, false);
        if (pastSlots < PriceAdvice.LeastPastSlots && slot.Booked < slot.Capacity)
            return new(new(AdviceOutcome.TooFewSlots, null, []), DecisionTurn.Keep, false);
        var wish = slot.SalesInMonth < PriceAdvice.LeastSales ? PriceAdvice.ByLoadAlone(rules, slot) : PriceAdvice.Of(rules, slot);
        if (wish.AdvisedMinor is not { } exact)
            return new(wish, DecisionTurn.Keep, false);

        var atFloor = exact <= rules.FloorMinor;
        var isOut = slot.PriceMinor < rules.FloorMinor || slot.PriceMinor > rules.CeilingMinor;
        var advised = Rounded(exact, rules, terms.StepMinor, slot.PriceMinor);
        var change = Math.Abs(advised - slot.PriceMinor);
        if (change == 0 || (!isOut && change < Math.Max(terms.StepMinor, slot.PriceMinor * LeastShare)))
            return new(new(wish.Outcome == AdviceOutcome.NotEnoughData ? wish.Outcome : AdviceOutcome.TooSmall, null, Held(wish.Why, exact, terms.StepMinor, slot.PriceMinor)), DecisionTurn.Keep, atFloor);

        IReadOnlyList<AdvicePart> why = advised == exact ? wish.Why : [.. wish.Why, new(AdviceReason.Rounding, exact, terms.StepMinor, advised - exact)];
        var turn = terms.IsShadow ? DecisionTurn.Look : terms.AcceptsByRule && change * 10_000m <= slot.PriceMinor * (decimal)terms.ApprovalAbove ? DecisionTurn.Accept : DecisionTurn.Ask;
        return new(wish with { AdvisedMinor = advised, Why = why }, turn, atFloor);
    }

    /// <summary>What keeps a price that would otherwise move: a limit, or a step that the move is smaller than. Empty where the price fits.</summary>
    private static AdvicePart[] Held(IReadOnlyList<AdvicePart> why, long exact, long step, long price) =>
        [.. why.Where(part => part.Reason is AdviceReason.DailyChange or AdviceReason.Floor or AdviceReason.Ceiling), .. Math.Abs(exact - price) >= price * LeastShare && exact != price ? new AdvicePart[] { new(AdviceReason.Rounding, exact, step, price - exact) } : []];

    /// <summary>Towards the price until now, which is never further than what was allowed; left as it is where the step would lead out of floor and ceiling.</summary>
    private static long Rounded(long exact, PriceRules rules, long step, long price)
    {
        var rounded = exact > price ? Math.Max(price, exact / step * step) : Math.Min(price, (exact + step - 1) / step * step);
        return rounded < rules.FloorMinor || rounded > rules.CeilingMinor ? exact : rounded;
    }
}
