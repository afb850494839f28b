using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution.Lift;

/// <summary>Reads lift tests for the pages.</summary>
public sealed class LiftTestQueries(IDbContextFactory<RevOpsDb> databases)
{
    private const int Most = 200;

    /// <summary>Those whose days meet the period, the newest first; all of them without one.</summary>
    public async Task<IReadOnlyList<LiftTestView>> ListAsync(Period? period = null, string? channel = null, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var tests = db.Set<LiftTest>().AsNoTracking().Where(test => test.WithdrawnAt == null);
        if (period is { } days)
            tests = tests.Where(test => test.From <= days.To && test.To >= days.From);
        if (channel is not null)
            tests = tests.Where(test => test.Channel == channel);
        return await tests.OrderByDescending(test => test.To).ThenBy(test => test.Id).Take(Most).Select(test => new LiftTestView(
            test.Id, test.Channel, test.Platform, new Period(test.From, test.To), test.Method, test.Measure, test.Incremental, test.Low, test.High, test.Currency, test.Source, test.Note, test.EnteredBy, test.EnteredAt) { HeldOut = test.HeldOut, Arms = test.ControlConversions == null || test.TreatedConversions == null || test.ControlShare == null ? null : new LiftArms(test.ControlConversions.Value, test.TreatedConversions.Value, test.ControlShare.Value) }).ToListAsync(cancel);
    }
}

public sealed record LiftTestView(
    Guid Id, string Channel, string? Platform, Period Period, LiftMethod Method, LiftMeasure Measure, double Incremental, double? Low, double? High, string? Currency, string Source, string? Note, string EnteredBy, DateTimeOffset EnteredAt)
{
    public LiftHeldOut HeldOut { get; init; }

    /// <summary>Null where the source does not tell its arms.</summary>
    public LiftArms? Arms { get; init; }
}
