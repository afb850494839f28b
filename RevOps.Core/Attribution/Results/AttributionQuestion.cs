using RevOps.Core.Attribution.Models;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution.Results;

/// <summary>What a journey ends in. Stored as its number: append only.</summary>
public enum ConversionKind
{
    /// <summary>A conversation with the voice AI, which a call that nobody answered is not, or a lead that the CRM reported.</summary>
    Lead = 0,

    /// <summary>A conversation that the company's rule qualified, or a lead that the CRM called qualified.</summary>
    Qualified = 1,

    /// <summary>A confirmed booking or a won deal, of the mode that is connected now.</summary>
    Booking = 2,

    /// <summary>A sale of which something was paid: it counts once, when its first part was; its money counts on the days of its payments, less what went back.</summary>
    Paid = 3,
}

/// <summary>Everything that the person looking chose; it is all in the URL.</summary>
public sealed record AttributionQuestion
{
    /// <summary>The look-backs that there are, in days; the last is the longest that is kept.</summary>
    public static readonly IReadOnlyList<int> LookBacks = [7, 14, 30, 60, 90];

    /// <summary>Days of the company: of the payment for <see cref="ConversionKind.Paid"/>, of the conversion for the others.</summary>
    public required Period Period { get; init; }

    /// <summary>One of <see cref="LookBacks"/>.</summary>
    public int LookBackDays { get; init; } = 90;

    public ConversionKind Kind { get; init; } = ConversionKind.Paid;

    /// <summary>Of what is opened or split; a comparison shows all of them.</summary>
    public AttributionModel Model { get; init; } = AttributionModel.LastNonDirect;

    /// <summary>ISO 4217; null: the company's own. Two are never added, so each has tables of its own.</summary>
    public string? Currency { get; init; }

    /// <summary>Rows of this channel alone; no total moves.</summary>
    public string? Channel { get; init; }

    /// <summary>Rows with a touch of this platform alone; no total moves.</summary>
    public string? Platform { get; init; }

    /// <summary>
    /// Journeys that may still convert, since their last touch is younger than the look-back, are left out of what models see. Else they have
    /// ended in nothing so far.
    /// </summary>
    public bool WithoutOpen { get; init; }

    /// <summary>Direct touches are left out of journeys: what had no others is unattributed.</summary>
    public bool WithoutDirect { get; init; }

    internal TimeSpan LookBack => TimeSpan.FromDays(LookBackDays);
}

/// <summary>What every answer says of itself.</summary>
public sealed record AnswerBasis
{
    /// <summary>Of what the answer is worked out from: the instant at which the last finished computation began. What was paid is as of now.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required string Currency { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>Money that was paid in the period in other currencies: opened by <see cref="AttributionQuestion.Currency"/>.</summary>
    public IReadOnlyList<Money> OtherCurrencies { get; init; } = [];

    /// <summary>Sales since <see cref="AsOf"/> whose journeys were read anew for this answer.</summary>
    public int SalesSince { get; init; }
}
