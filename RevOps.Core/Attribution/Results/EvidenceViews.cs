using System.Text.Json.Serialization;
using RevOps.Core.Attribution.Models;

namespace RevOps.Core.Attribution.Results;

/// <summary>Which order of the chain fits journeys that it was not made from.</summary>
/// <param name="Basis">What the answer says of itself.</param>
/// <param name="Orders">One each.</param>
/// <param name="Chosen">The order with the best held-out likelihood; null with fewer journeys than <see cref="Fewest"/>: too few to hold any out.</param>
public sealed record OrderReport(AnswerBasis Basis, IReadOnlyList<OrderFit> Orders, int? Chosen)
{
    /// <summary>Converted or not: a fifth of them is held out at a time.</summary>
    public const int Fewest = 100;
}

/// <param name="Order">1 to 4.</param>
/// <param name="LogLikelihood">Per held-out journey; higher is better.</param>
/// <param name="States">How many the chain has.</param>
/// <param name="Reproduced">Conversions that the solved chain predicts for the journeys it was made from: theirs, where it is exact.</param>
public sealed record OrderFit(int Order, double LogLikelihood, int States, double Reproduced);

/// <summary>Where journeys go next, by the chain of order 1; channels that nobody came by are left out.</summary>
/// <param name="Basis">What the answer says of itself.</param>
/// <param name="Channels">In the order of the columns.</param>
/// <param name="Rows">The start first, then one for each channel; each adds up to 1.</param>
public sealed record TransitionReport(AnswerBasis Basis, IReadOnlyList<string> Channels, IReadOnlyList<TransitionRow> Rows);

/// <param name="Channel">Null: the start of journeys.</param>
/// <param name="Next">To each channel.</param>
/// <param name="ToConversion">To a conversion.</param>
/// <param name="ToNull">To nothing.</param>
public sealed record TransitionRow(string? Channel, IReadOnlyList<double> Next, double ToConversion, double ToNull);

/// <summary>What the models say of made-up journeys whose true effects are known, worked out with each snapshot and kept with it.</summary>
/// <param name="MadeAt">When.</param>
/// <param name="Engine">Version of the computation.</param>
/// <param name="Journeys">Made up.</param>
/// <param name="Seed">The same seed makes the same journeys.</param>
/// <param name="Caused">Share of their conversions that some channel brought about, 0 to 1; the rest would have been anyway, and every model credits them too.</param>
/// <param name="Errors">Per model, the smallest <see cref="EvidenceError.Misplaced"/> first.</param>
public sealed record EvidenceReport(DateTimeOffset MadeAt, int Engine, int Journeys, int Seed, double Caused, IReadOnlyList<EvidenceError> Errors)
{
    /// <summary>The order of chain that fits held-out ones of these journeys best, chosen without knowing the truth; 0 in one that was made before it was kept.</summary>
    public int Order { get; init; }

    /// <summary>Of the model that is shown where nothing is chosen.</summary>
    [JsonIgnore]
    public EvidenceError Usual => Of(AttributionModels.ChainOf(Math.Max(1, Order)));

    public EvidenceError Of(AttributionModel model) => Errors.First(error => error.Model == model);
}

/// <param name="Model">Which.</param>
/// <param name="MeanAbsolute">Mean absolute difference between the channel's share and its true share, 0 to 1.</param>
/// <param name="Largest">Largest of them.</param>
/// <param name="Misplaced">Share of the credit that stands at a wrong channel, 0 to 1.</param>
public sealed record EvidenceError(AttributionModel Model, double MeanAbsolute, double Largest, double Misplaced);
