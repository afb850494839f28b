using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>When somebody is to be told of a figure: past a threshold, until it is well back.</summary>
public sealed class AlertRule
{
    public required Guid Id { get; init; }
    public required AlertFigure Figure { get; init; }

    /// <summary>True: more is told of; false: less is.</summary>
    public required bool IsAbove { get; set; }

    /// <summary>In the unit of <see cref="AlertFigures.UnitOf"/>: days, minor units, points, or a share from 0 to 1.</summary>
    public required double Threshold { get; set; }

    /// <summary>An open alert ends here: a figure that sways around its threshold would open and close it every hour.</summary>
    public required double BackAt { get; set; }

    public required AlertRoles Roles { get; set; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <param name="value">Null where it cannot be known now: nothing is opened or closed by what nobody knows.</param>
    /// <param name="isOpen">Whether there is an alert of this rule already.</param>
    public AlertTurn TurnOf(double? value, bool isOpen) => value switch
    {
        null => AlertTurn.Stay,
        { } known when isOpen => (IsAbove ? known <= BackAt : known >= BackAt) ? AlertTurn.Close : AlertTurn.Stay,
        { } known => (IsAbove ? known > Threshold : known < Threshold) ? AlertTurn.Open : AlertTurn.Stay,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<AlertRule>
    {
        public void Configure(EntityTypeBuilder<AlertRule> builder) => builder.ToTable("AlertRules").HasKey(rule => rule.Id);
    }
}

/// <summary>What a look at a figure does to its alert.</summary>
public enum AlertTurn
{
    Stay,
    Open,
    Close,
}

/// <summary>A rule as it is entered.</summary>
public sealed record NewAlertRule(AlertFigure Figure, bool IsAbove, double Threshold, double BackAt, AlertRoles Roles)
{
    /// <summary>False where nobody is told, nothing is watched, or it would end before it begins.</summary>
    public bool IsValid => AlertFigures.Ruled.Contains(Figure) && double.IsFinite(Threshold) && double.IsFinite(BackAt) && Roles != AlertRoles.None && (IsAbove ? BackAt <= Threshold : BackAt >= Threshold);
}

/// <summary>
/// What nearly everybody wants to hear of, to begin with: France lets nobody pay later than 60 days after the invoice, the product promises 95 % of
/// conversions, check M08 asks for nine known channels of ten, and a return below 1 does not even bring the ads' own cost back.
/// </summary>
public static class UsualAlertRules
{
    public static readonly IReadOnlyList<NewAlertRule> All =
    [
        new(AlertFigure.Dso, true, 60, 57, AlertRoles.Finance | AlertRoles.Management),
        new(AlertFigure.Roas, false, 1, 1.1, AlertRoles.Marketing | AlertRoles.Management),
        new(AlertFigure.DeliveryRate, false, 0.95, 0.96, AlertRoles.Marketing | AlertRoles.Management),
        new(AlertFigure.UnknownChannel, true, 0.1, 0.09, AlertRoles.Marketing),
    ];
}
