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
}
