using Microsoft.EntityFrameworkCore;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Reads the product's own rows and says what it finds. One class per line of <see cref="CheckBook"/>.</summary>
public abstract class Check
{
    /// <summary>Of its line in <see cref="CheckBook"/>.</summary>
    public abstract string Id { get; }

    /// <summary>The figures that are asked, each held against its bar.</summary>
    public abstract Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel);

    /// <summary>The rows that the figures count; whoever opens a check reads them page by page.</summary>
    public abstract IQueryable<EvidenceRow> Rows(CheckScope scope);

    /// <summary>What fails of the parts that count something else than <see cref="Rows"/>: whoever opens a check reads it before the rows.</summary>
    public virtual Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EvidenceRow>>([]);

    /// <summary>
    /// It asks how everything stands, or of what age its evidence may be itself: each look is evidence of its instant. What counts things that happen is
    /// as old as the newest of them.
    /// </summary>
    public virtual bool IsState => false;

    /// <summary>When the newest of what it counts came about, from which its time to live counts; null where it counts nothing.</summary>
    public virtual Task<DateTimeOffset?> NewestAsync(CheckScope scope, CancellationToken cancel) => Rows(scope).MaxAsync(row => (DateTimeOffset?)row.At, cancel);
}
