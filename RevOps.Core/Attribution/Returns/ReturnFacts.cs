namespace RevOps.Core.Attribution.Returns;

/// <summary>By which day a return counts.</summary>
public enum ReturnBasis
{
    /// <summary>What the clicks of the days have brought until today, whenever it was paid: belongs to the spend of the same days.</summary>
    Click,

    /// <summary>What was paid in the days, whenever the click was: belongs to the cash.</summary>
    Payment,
}

/// <summary>What an ad or campaign cost on a day.</summary>
/// <param name="AdId">Empty for a whole campaign.</param>
public sealed record AdCost(string Platform, string CampaignId, string CampaignName, string AdId, string? AdName, DateOnly Day, long Minor, long? Impressions, long? Clicks);

/// <summary>What a payment owes to a click.</summary>
/// <param name="PaidChannel">The click's channel costs money.</param>
/// <param name="Platform">Null where nobody said which.</param>
/// <param name="ClickedOn">Of the company's time zone, as the day of the payment.</param>
public sealed record AdCredit(Guid InvoiceId, bool PaidChannel, string? Platform, string? CampaignId, string? AdId, DateOnly ClickedOn, DateOnly PaidOn, long Minor)
{
    public DateOnly DayOn(ReturnBasis basis) => basis == ReturnBasis.Click ? ClickedOn : PaidOn;
}

/// <summary>What a line of the table is.</summary>
public enum ReturnLineKind
{
    /// <summary>A platform, campaign, ad or day of one.</summary>
    Ads,

    /// <summary>Clicks that cost money and do not say which campaign they are of, or not whose.</summary>
    WithoutCampaign,

    /// <summary>Visits that cost nothing by the click.</summary>
    OtherChannels,

    /// <summary>Paid by somebody of whom no visit is known, or may be used.</summary>
    Unattributed,
}

/// <summary>How far the table is opened.</summary>
public enum ReturnLevel
{
    Platform,
    Campaign,
    Day,
    Ad,
}

/// <param name="Key">Platform, campaign, day or ad; tells lines of a kind apart.</param>
/// <param name="CostMinor">Null where no spend is known: nothing is divided by it.</param>
/// <param name="CreditMinor">What it is credited with, of money that was paid.</param>
/// <param name="Sales">Invoices that were paid, wholly or in part, on its credit.</param>
/// <param name="Maturity">From 0 to 1, weighted by what the days cost; null by payment, or where nobody knows.</param>
/// <param name="IsMature">False: the return of a part of its days is still growing.</param>
public sealed record ReturnLine(ReturnLineKind Kind, string Key, string? Name, long? CostMinor, long CreditMinor, int Sales, long Impressions, long Clicks, double? Maturity, bool IsMature)
{
    public DateOnly? Day { get; init; }
    public string? Platform { get; init; }

    /// <summary>Money paid per money spent; null where none was.</summary>
    public double? Roas => CostMinor > 0 ? (double)CreditMinor / CostMinor : null;

    /// <summary>Spend per paid sale; null without one.</summary>
    public long? CpaMinor => CostMinor > 0 && Sales > 0 ? (long)Math.Round((decimal)CostMinor.Value / Sales, MidpointRounding.AwayFromZero) : null;
}
