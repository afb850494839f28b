using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>What a platform is told that a stage is worth. Stored as its number: append only.</summary>
public enum ValueRule
{
    /// <summary>What came with it: the CRM's own value of a lead.</summary>
    Given = 0,

    /// <summary>Nothing: the platform counts it without a value.</summary>
    None = 1,

    /// <summary>The same amount each time: what such a lead is worth on average.</summary>
    Fixed = 2,

    /// <summary>The amount of the booking.</summary>
    Booking = 3,

    /// <summary>What was paid.</summary>
    Paid = 4,

    /// <summary>What remains of the booking after tax and the services' cost; nothing where a cost is not known.</summary>
    Margin = 5,
}

/// <summary>What one conversion is worth.</summary>
public static class ConversionValue
{
    /// <param name="rule">The stage's.</param>
    /// <param name="given">What came with the stage: a lead's value, the amount of the booking, what was paid.</param>
    /// <param name="booking">The amount of the sale; null where there is none yet.</param>
    /// <param name="margin">Of the sale; null where it is not known.</param>
    /// <param name="share">Of the journey that is the platform's, from 0 to 1; 1 where the rule does not divide.</param>
    /// <returns>Rounded half to even to the minor unit; null: it is told without a value.</returns>
    public static Money? Of(StageRule rule, Money? given, Money? booking, Money? margin, decimal share = 1)
    {
        var whole = rule.Value switch
        {
            ValueRule.None => null,
            ValueRule.Fixed => rule.Fixed,
            ValueRule.Booking => booking ?? given,
            ValueRule.Margin => margin,
            _ => given,
        };
        return whole is { } value && share < 1 ? new Money((long)Math.Round(value.Minor * share, MidpointRounding.ToEven), value.Currency) : whole;
    }

    /// <summary>Net amount of the lines less what their services cost; null where a line names no service, or one whose cost is not known in the booking's currency.</summary>
    /// <param name="content">What was sold.</param>
    /// <param name="serviceOf">The service of a code: its cost of one, and its VAT rate in basis points where it has one of its own.</param>
    /// <param name="standardRate">VAT in basis points where neither line nor service says one; null: not known.</param>
    public static Money? Margin(BookingContent content, Func<string, (Money? Cost, int? RateBasisPoints)?> serviceOf, int? standardRate)
    {
        var left = Money.Zero(content.Currency);
        foreach (var line in content.Lines)
        {
            if (line.ServiceCode is not { } code || serviceOf(code) is not { Cost: { } cost } service || cost.Currency != content.Currency)
                return null;
            var amount = line.Amount(content.Currency);
            if (content.TaxInclusive)
            {
                if ((line.TaxRateBasisPoints ?? service.RateBasisPoints ?? standardRate) is not { } rate)
                    return null;
                amount = Money.Round(amount.Amount * 10_000 / (10_000 + rate), content.Currency);
            }

            left += amount - Money.Round(line.Quantity * cost.Amount, content.Currency);
        }

        return left;
    }
}
