using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard;

public enum DiscrepancyKind
{
    /// <summary>The arithmetic is wrong.</summary>
    Error = 0,

    /// <summary>Two sentences cannot both be true.</summary>
    Contradiction = 1,

    /// <summary>A sentence says less than is needed to hold it.</summary>
    Missing = 2,

    /// <summary>Nothing shows what a sentence says.</summary>
    Evidence = 3,

    /// <summary>The word says something else than what is meant.</summary>
    Wording = 4,
}

/// <summary>A place where the source document does not agree with itself or with arithmetic.</summary>
/// <param name="Id">"D1" to "D12": names its texts.</param>
/// <param name="Said">The figures of the document, in the order of the text.</param>
/// <param name="Computed">The figures that come out, in the order of the text.</param>
public sealed record Discrepancy(string Id, DiscrepancyKind Kind, IReadOnlyList<double> Said, IReadOnlyList<double> Computed)
{
    private const double DsoCut = 26;
    private const double Faster = 0.3;
    private const double Lost = 0.3;

    private static readonly Score First = CheckBook.Declared(SeedState.Session176), Second = CheckBook.Declared(SeedState.Session177), Last = CheckBook.Declared(SeedState.Projected);

    /// <summary>In the order of the document's own numbering.</summary>
    public static readonly IReadOnlyList<Discrepancy> All =
    [
        new("D1", DiscrepancyKind.Error, [77.5], [Second.RevEng!.Value, Second.MarEng!.Value, Second.Global!.Value]),
        new("D2", DiscrepancyKind.Error, [10, 10], [Second.Global!.Value - First.Global!.Value, Last.Global!.Value - Second.Global!.Value]),
        new("D3", DiscrepancyKind.Error, [15], [First.MarEng!.Value, Last.MarEng!.Value, Last.MarEng!.Value - First.MarEng!.Value]),
        new("D4", DiscrepancyKind.Contradiction, [Last.Global!.Value], [Last.RevEng!.Value, Last.MarEng!.Value, (Last.RevEng!.Value + Last.MarEng!.Value) / 2]),
        new("D5", DiscrepancyKind.Contradiction, [], [2, 3]),
        new("D6", DiscrepancyKind.Contradiction, [], []),

        // The same only where the days are a share of what there was, or make the rest so much faster.
        new("D7", DiscrepancyKind.Missing, [DsoCut, Faster * 100], [DsoCut / Faster, DsoCut * (1 + Faster) / Faster]),

        // What is seen grows by what comes back, measured against what was seen before.
        new("D8", DiscrepancyKind.Missing, [Lost * 100], [Lost / (1 - Lost) * 100, Lost * Lost / (1 - Lost) * 100]),
        new("D9", DiscrepancyKind.Evidence, [], []),
        new("D10", DiscrepancyKind.Missing, [], []),
        new("D11", DiscrepancyKind.Evidence, [2], []),
        new("D12", DiscrepancyKind.Wording, [], []),
    ];
}
