using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>Which part of the list.</summary>
public enum AlertState
{
    Open = 0,
    Snoozed = 1,

    /// <summary>Those that are over.</summary>
    History = 2,
}

/// <param name="Roles">Only what concerns one of these.</param>
public sealed record AlertFilter(AlertState State, AlertRoles Roles)
{
    public AlertFigure? Figure { get; init; }
    public int Page { get; init; } = 1;
    public bool Ascending { get; init; }
}

/// <summary>Reads alerts and their rules for the pages.</summary>
public sealed class AlertQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>A page, how many there are, and how many in each part of the list.</summary>
    public async Task<AlertPage> PageAsync(AlertFilter filter, CancellationToken cancel)
    {
        var today = await TodayAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var own = Of(db, stripe.Connection?.Mode ?? Mode.Live).Where(alert => (alert.Roles & filter.Roles) != AlertRoles.None && (filter.Figure == null || alert.Figure == filter.Figure));
        var counts = new Dictionary<AlertState, int>();
        foreach (var state in Enum.GetValues<AlertState>())
            counts[state] = await In(own, state, today).CountAsync(cancel);
        var shown = In(own, filter.State, today);
        var sorted = filter.Ascending ? shown.OrderBy(alert => alert.OpenedAt).ThenBy(alert => alert.Id) : shown.OrderByDescending(alert => alert.OpenedAt).ThenBy(alert => alert.Id);
        return new(await LinesAsync(sorted.Skip((filter.Page - 1) * PageSize).Take(PageSize), cancel), counts);
    }

    /// <summary>Null where there is none, or it concerns none of the roles.</summary>
    public async Task<AlertLine?> FindAsync(Guid id, AlertRoles roles, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await LinesAsync(db.Set<Alert>().AsNoTracking().Where(alert => alert.Id == id && (alert.Roles & roles) != AlertRoles.None), cancel)).SingleOrDefault();
    }

    /// <summary>What costs conversions, as of the last hourly look.</summary>
    public async Task<IReadOnlyList<AlertLine>> OfConversionsAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await LinesAsync(Of(db, mode).Where(alert => alert.ClosedAt == null && alert.Platform != null).OrderBy(alert => alert.Platform).ThenBy(alert => alert.Figure), cancel);
    }

    /// <summary>Those that were open at the end of an evening and were not put off.</summary>
    public async Task<IReadOnlyList<AlertLine>> OnAsync(Mode mode, DateOnly evening, CancellationToken cancel)
    {
        var end = (await company.CurrentAsync(cancel)).StartOf(evening.AddDays(1));
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await LinesAsync(Of(db, mode).Where(alert => alert.OpenedAt < end && (alert.ClosedAt == null || alert.ClosedAt >= end) && (alert.SnoozedUntil == null || alert.SnoozedUntil <= evening)).OrderBy(alert => alert.OpenedAt), cancel);
    }

    public async Task<IReadOnlyList<AlertRule>> RulesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<AlertRule>().AsNoTracking().OrderBy(rule => rule.Figure).ThenBy(rule => rule.Id).ToListAsync(cancel);
    }

    /// <summary>Open, and not put off: what a front page tells.</summary>
    internal static Task<List<AlertLine>> ShownAsync(RevOpsDb db, Mode mode, DateOnly today, CancellationToken cancel) =>
        LinesAsync(In(Of(db, mode), AlertState.Open, today).OrderBy(alert => alert.OpenedAt).ThenBy(alert => alert.Id), cancel);

    private async Task<DateOnly> TodayAsync(CancellationToken cancel) => (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());

    private static IQueryable<Alert> Of(RevOpsDb db, Mode mode) => db.Set<Alert>().AsNoTracking().Where(alert => alert.Mode == mode);

    private static IQueryable<Alert> In(IQueryable<Alert> alerts, AlertState state, DateOnly today) => state switch
    {
        AlertState.Open => alerts.Where(alert => alert.ClosedAt == null && (alert.SnoozedUntil == null || alert.SnoozedUntil <= today)),
        AlertState.Snoozed => alerts.Where(alert => alert.ClosedAt == null && alert.SnoozedUntil > today),
        _ => alerts.Where(alert => alert.ClosedAt != null),
    };

    private static Task<List<AlertLine>> LinesAsync(IQueryable<Alert> alerts, CancellationToken cancel) => alerts.Select(alert => new AlertLine
    {
        Id = alert.Id,
        Figure = alert.Figure,
        Platform = alert.Platform,
        IsAbove = alert.IsAbove,
        Threshold = alert.Threshold,
        Roles = alert.Roles,
        OpenedAt = alert.OpenedAt,
        OpenedValue = alert.OpenedValue,
        Value = alert.Value,
        ValueAt = alert.ValueAt,
        Before = alert.Before,
        EndsAt = alert.EndsAt,
        ClosedAt = alert.ClosedAt,
        SnoozedUntil = alert.SnoozedUntil,
        SnoozedBy = alert.SnoozedBy,
        SnoozeReason = alert.SnoozeReason,
    }).ToListAsync(cancel);
}

public sealed record AlertPage(IReadOnlyList<AlertLine> Rows, IReadOnlyDictionary<AlertState, int> Counts);

/// <summary>An <see cref="Alert"/> as pages show it.</summary>
public sealed record AlertLine
{
    public required Guid Id { get; init; }
    public required AlertFigure Figure { get; init; }
    public AdPlatform? Platform { get; init; }
    public bool? IsAbove { get; init; }
    public double? Threshold { get; init; }
    public required AlertRoles Roles { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public double? OpenedValue { get; init; }
    public double? Value { get; init; }
    public required DateTimeOffset ValueAt { get; init; }
    public double? Before { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateOnly? SnoozedUntil { get; init; }
    public Guid? SnoozedBy { get; init; }
    public string? SnoozeReason { get; init; }

    public bool IsSnoozed(DateOnly today) => ClosedAt is null && SnoozedUntil > today;
}
