using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>What an alert speaks of. Stored as its number: append only.</summary>
public enum AlertFigure
{
    /// <summary>An ad platform's token ends soon, or is refused; watched without a rule, as are the two below.</summary>
    Token = 0,

    /// <summary>What one ad platform took, of what is decided.</summary>
    PlatformDelivery = 1,

    /// <summary>Fewer conversions than before carry what one ad platform matches best by.</summary>
    Match = 2,

    /// <summary>Simple DSO, in days, as the Overview leads with it.</summary>
    Dso = 3,

    /// <summary>Due and not paid, in minor units of the company's currency.</summary>
    Overdue = 4,

    /// <summary>By click date, of the last 30 days.</summary>
    Roas = 5,

    /// <summary>Verified points.</summary>
    ScoreGlobal = 6,

    ScoreRevEng = 7,
    ScoreMarEng = 8,

    /// <summary>Of the conversions of the last 30 days that may be sent.</summary>
    DeliveryRate = 9,

    /// <summary>Of leads, the share that came directly or by no channel that the rules recognise: what check M08 finds.</summary>
    UnknownChannel = 10,

    /// <summary>Drafts without a decision.</summary>
    WaitingDrafts = 11,

    /// <summary>Came twice in a row otherwise than foreseen; watched without a rule, as are the four below.</summary>
    ForecastRevenue = 12,

    ForecastCash = 13,
    ForecastBookings = 14,
    ForecastLeads = 15,
    ForecastSpend = 16,

    /// <summary>Slots whose advised price has been the floor for three days running; watched without a rule.</summary>
    PriceFloor = 17,
}

/// <summary>How a figure is written.</summary>
public enum AlertUnit
{
    Days = 0,
    Money = 1,
    Ratio = 2,
    Points = 3,
    Share = 4,
    Count = 5,
}

public static class AlertFigures
{
    /// <summary>Those that a rule may watch, in the order of the form.</summary>
    public static readonly IReadOnlyList<AlertFigure> Ruled =
    [
        AlertFigure.Dso, AlertFigure.Overdue, AlertFigure.WaitingDrafts, AlertFigure.Roas, AlertFigure.DeliveryRate, AlertFigure.UnknownChannel,
        AlertFigure.ScoreGlobal, AlertFigure.ScoreRevEng, AlertFigure.ScoreMarEng,
    ];

    /// <summary>What comes otherwise than foreseen.</summary>
    public static AlertFigure Of(ForecastFigure figure) => figure switch
    {
        ForecastFigure.Revenue => AlertFigure.ForecastRevenue,
        ForecastFigure.Cash => AlertFigure.ForecastCash,
        ForecastFigure.Bookings => AlertFigure.ForecastBookings,
        ForecastFigure.Leads => AlertFigure.ForecastLeads,
        _ => AlertFigure.ForecastSpend,
    };

    public static AlertUnit UnitOf(AlertFigure figure) => figure switch
    {
        AlertFigure.Dso => AlertUnit.Days,
        AlertFigure.Overdue => AlertUnit.Money,
        AlertFigure.Roas => AlertUnit.Ratio,
        AlertFigure.ScoreGlobal or AlertFigure.ScoreRevEng or AlertFigure.ScoreMarEng => AlertUnit.Points,
        AlertFigure.WaitingDrafts or AlertFigure.PriceFloor => AlertUnit.Count,
        _ => AlertUnit.Share,
    };
}
