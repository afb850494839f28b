using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>
/// Once an hour, after the checks: looks at every figure that a rule watches and at what costs conversions, and opens and closes alerts. Looking
/// twice does nothing twice.
/// </summary>
public sealed class WatchFigures(IDbContextFactory<RevOpsDb> databases, WatchedFigures figures, QualityQueries quality, ConversionQueries conversions, OutlookQueries outlook, TimeProvider clock) : IOutboxJob
{
    private const AlertRoles OfConversions = AlertRoles.Marketing | AlertRoles.Management | AlertRoles.Privacy;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        // Before the writer gate is held: then nothing but this database may be waited for.
        var (overview, values) = await figures.NowAsync(cancel);
        var platforms = await quality.AlertsAsync(conversions.CurrentMode, cancel);

        var outside = await outlook.OutsideAsync(overview.Mode, cancel);

        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var open = await db.Set<Alert>().Where(alert => alert.OpenKey != null).ToListAsync(cancel);
        var rules = await db.Set<AlertRule>().ToListAsync(cancel);
        Follow(db, [.. open.Where(alert => alert.RuleId is not null)], rules, overview.Mode, values, now);
        Follow(db, [.. open.Where(alert => alert.RuleId is null && !IsOfForecast(alert) && alert.Figure != AlertFigure.PriceFloor)], platforms, conversions.CurrentMode, now);
        Follow(db, [.. open.Where(IsOfForecast)], [.. outside.Select(one => one.Figure).Distinct()], overview.Mode, now);
        await FollowFloorAsync(db, [.. open.Where(alert => alert.Figure == AlertFigure.PriceFloor)], overview.Mode, now, cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    private static void Follow(RevOpsDb db, List<Alert> open, List<AlertRule> rules, Mode mode, IReadOnlyDictionary<AlertFigure, double?> values, DateTimeOffset now)
    {
        // Of another mode, or of a rule that is gone: nobody will look again.
        foreach (var alert in open.Where(alert => alert.Mode != mode || !rules.Exists(rule => rule.Id == alert.RuleId)))
            Close(alert, now);
        foreach (var rule in rules)
        {
            var alert = open.Find(one => one.RuleId == rule.Id && one.ClosedAt is null);
            var value = values.GetValueOrDefault(rule.Figure);
            switch (rule.TurnOf(value, alert is not null))
            {
                case AlertTurn.Open:
                    db.Add(new Alert
                    {
                        Id = Guid.CreateVersion7(), Mode = mode, Figure = rule.Figure, RuleId = rule.Id, OpenKey = $"rule:{rule.Id}", IsAbove = rule.IsAbove, Threshold = rule.Threshold, Roles = rule.Roles,
                        OpenedAt = now, OpenedValue = value, Value = value, ValueAt = now,
                    });
                    break;
                case AlertTurn.Close:
                    (alert!.Value, alert.ValueAt) = (value, now);
                    Close(alert, now);
                    break;
                default:
                    if (alert is not null && value is not null)
                        (alert.Value, alert.ValueAt, alert.Roles) = (value, now, rule.Roles);
                    break;
            }
        }
    }

    private static void Follow(RevOpsDb db, List<Alert> open, IReadOnlyList<QualityAlert> found, Mode mode, DateTimeOffset now)
    {
        foreach (var alert in open.Where(alert => alert.Mode != mode || !found.Any(one => KeyOf(one) == alert.OpenKey)))
            Close(alert, now);
        foreach (var one in found)
        {
            if (open.Find(alert => alert.OpenKey == KeyOf(one)) is not { } alert)
            {
                alert = new Alert
                {
                    Id = Guid.CreateVersion7(), Mode = mode, Figure = FigureOf(one.Kind), Platform = one.Platform, OpenKey = KeyOf(one), Roles = one.Kind == AlertKind.Token ? OfConversions | AlertRoles.Admin : OfConversions,
                    Threshold = one.Kind == AlertKind.Delivery ? QualityAlert.LeastDelivery : null, IsAbove = one.Kind == AlertKind.Token ? null : false, OpenedAt = now, OpenedValue = one.Now, ValueAt = now,
                };
                db.Add(alert);
            }

            (alert.Value, alert.Before, alert.EndsAt, alert.ValueAt) = (one.Now, one.Before, one.EndsAt, now);
        }
    }

    private static void Follow(RevOpsDb db, List<Alert> open, IReadOnlyList<ForecastFigure> outside, Mode mode, DateTimeOffset now)
    {
        foreach (var alert in open.Where(alert => alert.Mode != mode || !outside.Any(one => KeyOf(one) == alert.OpenKey)))
            Close(alert, now);
        foreach (var figure in outside)
        {
            if (open.Find(alert => alert.OpenKey == KeyOf(figure)) is { } known)
                known.ValueAt = now;
            else
                db.Add(new Alert { Id = Guid.CreateVersion7(), Mode = mode, Figure = AlertFigures.Of(figure), OpenKey = KeyOf(figure), Roles = RolesOf(figure), OpenedAt = now, ValueAt = now });
        }
    }

    /// <summary>Nobody looks at prices that set themselves, until they have lain at the floor for days.</summary>
    private static async Task FollowFloorAsync(RevOpsDb db, List<Alert> open, Mode mode, DateTimeOffset now, CancellationToken cancel)
    {
        var slots = await db.Set<SlotAdvice>().CountAsync(advice => advice.Mode == mode && advice.IsNewest && advice.SlotStart > now && advice.FloorDays >= SlotAdvice.FloorDaysToTell, cancel);
        foreach (var alert in open.Where(alert => alert.Mode != mode || slots == 0))
            Close(alert, now);
        if (slots == 0)
            return;
        if (open.Find(alert => alert.Mode == mode) is { } known)
            (known.Value, known.ValueAt) = (slots, now);
        else
            db.Add(new Alert { Id = Guid.CreateVersion7(), Mode = mode, Figure = AlertFigure.PriceFloor, OpenKey = "price/floor", Roles = AlertRoles.Management | AlertRoles.Finance, OpenedAt = now, OpenedValue = slots, Value = slots, ValueAt = now });
    }

    private static AlertRoles RolesOf(ForecastFigure figure) => AlertRoles.Management | (figure is ForecastFigure.Leads or ForecastFigure.Spend ? AlertRoles.Marketing : AlertRoles.Finance);

    private static bool IsOfForecast(Alert alert) => alert.Figure is >= AlertFigure.ForecastRevenue and <= AlertFigure.ForecastSpend;

    private static string KeyOf(ForecastFigure figure) => $"forecast/{figure}";

    private static void Close(Alert alert, DateTimeOffset now) => (alert.ClosedAt, alert.OpenKey) = (now, null);

    private static string KeyOf(QualityAlert alert) => $"{alert.Kind}/{alert.Platform}";

    private static AlertFigure FigureOf(AlertKind kind) => kind switch
    {
        AlertKind.Token => AlertFigure.Token,
        AlertKind.Delivery => AlertFigure.PlatformDelivery,
        _ => AlertFigure.Match,
    };
}
