using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;

namespace RevOps.Web.Attribution.Credits;

/// <summary>What a line of the comparison is; in the order in which they stand.</summary>
public enum CreditLineKind
{
    Channel = 0,

    /// <summary>Channels that a filter leaves out, in one: no filter moves a total.</summary>
    Hidden = 1,

    /// <summary>What no touch explains.</summary>
    Unattributed = 2,

    Total = 3,
}

/// <summary>A line of the comparison. All lines but the total add up to it, under every model, to the cent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Tells lines apart, and opens the reason of one.</param>
/// <param name="Row">Of a channel.</param>
/// <param name="Report">What it belongs to.</param>
public sealed record CreditLine(CreditLineKind Kind, string Key, ChannelRow? Row, ComparisonReport Report)
{
    public const string UnattributedKey = "unattributed";

    public static IReadOnlyList<CreditLine> Of(ComparisonReport report)
    {
        CreditLine[] hidden = report.Hidden.Count == 0 ? [] : [new(CreditLineKind.Hidden, "hidden", null, report)];
        return
        [
            .. report.Rows.Select(row => new CreditLine(CreditLineKind.Channel, row.Channel, row, report)),
            .. hidden,
            new(CreditLineKind.Unattributed, UnattributedKey, null, report),
            new(CreditLineKind.Total, "total", null, report),
        ];
    }

    public ModelCell? CellOf(AttributionModel model) => Row?.Models.GetValueOrDefault(model);

    /// <summary>Null where the credits of a model add up to nothing.</summary>
    public double? ConversionsOf(AttributionModel model) => Kind switch
    {
        CreditLineKind.Channel => CellOf(model)?.Conversions,
        _ when !model.IsAdditive => null,
        CreditLineKind.Hidden => Report.Hidden.Sum(row => row.Models.GetValueOrDefault(model)?.Conversions ?? 0),
        CreditLineKind.Unattributed => Report.Unattributed.Conversions,
        _ => Report.Conversions,
    };

    /// <summary>Null where the kind of conversion has no money, or the credits of a model add up to nothing.</summary>
    public long? MinorOf(AttributionModel model) => Kind switch
    {
        CreditLineKind.Channel => CellOf(model)?.Minor,
        _ when !model.IsAdditive => null,
        CreditLineKind.Hidden => Report.Minor is null ? null : Report.Hidden.Sum(row => row.Models.GetValueOrDefault(model)?.Minor ?? 0),
        CreditLineKind.Unattributed => Report.Unattributed.Minor,
        _ => Report.Minor,
    };
}
