using Microsoft.EntityFrameworkCore;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Asks which share of its rows is as it should be.</summary>
public abstract class ShareCheck : Check
{
    protected abstract Bar Bar { get; }

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel) => [await ShareAsync(scope, cancel)];

    /// <summary>Its own share; a check that asks more lays other parts beside it.</summary>
    protected async Task<Part> ShareAsync(CheckScope scope, CancellationToken cancel)
    {
        var counts = await Rows(scope).GroupBy(row => row.Holds).Select(group => new { group.Key, Count = group.LongCount() }).ToListAsync(cancel);
        return Part.Share("share", counts.Where(row => row.Key).Sum(row => row.Count), counts.Sum(row => row.Count), Bar);
    }
}
