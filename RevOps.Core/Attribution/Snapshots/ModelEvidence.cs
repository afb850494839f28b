using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>Lays every model beside made-up journeys whose truth is known: the same journeys for one version of the engine, so once for a process.</summary>
internal static class ModelEvidence
{
    private const int Journeys = 50_000;
    private const int Seed = 20_261_127;
    private static readonly Lazy<(PlantedTruth Truth, IReadOnlyList<ModelError> Errors, int Order)> Made = new(() => PlantedTruth.Draw(Journeys, Seed) is var truth ? (truth, truth.Errors(), OrderChoice.Of(truth.Paths).Order) : default);

    public static EvidenceReport Make(DateTimeOffset now)
    {
        var (truth, errors, order) = Made.Value;
        return new(now, AttributionSnapshot.CurrentEngine, Journeys, Seed, truth.Caused, [.. errors.Select(error => Of(error, truth.Truth))]) { Order = order };
    }

    private static EvidenceError Of(ModelError error, IReadOnlyList<double> truth)
    {
        double[] off = [.. error.Shares.Zip(truth, (share, real) => Math.Abs(share - real))];
        return new(error.Model, off.Average(), off.Max(), error.Misplaced);
    }
}
