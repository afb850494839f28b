namespace RevOps.Core.Attribution.Models;

/// <summary>How a conversion's credit is shared among the touches before it. Stored: append only.</summary>
public enum AttributionModel
{
    First,
    Last,
    LastNonDirect,
    Linear,

    /// <summary>A touch a week before another is worth half of it.</summary>
    TimeDecay,

    /// <summary>40 % to the first touch, 40 % to the last, 20 % to those between; of two, half each.</summary>
    Position,

    Markov1,
    Markov2,
    Markov3,
    Markov4,
    Shapley,

    /// <summary>All to everybody: each channel of the journey has the whole conversion, so these credits do not add up.</summary>
    Influenced,
}

/// <summary>What a model is called outside, and what may be asked of it.</summary>
public static class AttributionModels
{
    public static readonly IReadOnlyList<AttributionModel> All = Enum.GetValues<AttributionModel>();

    /// <summary>The chain of so many touches a state, 1 to 4.</summary>
    public static AttributionModel ChainOf(int order) => order is >= 1 and <= OrderChoice.Highest ? AttributionModel.Markov1 + (order - 1) : throw new ArgumentOutOfRangeException(nameof(order), order, "1 to 4.");

    extension(AttributionModel model)
    {
        /// <summary>In addresses, files and JSON, such as "lastNonDirect".</summary>
        public string WireName => model switch
        {
            AttributionModel.First => "first",
            AttributionModel.Last => "last",
            AttributionModel.LastNonDirect => "lastNonDirect",
            AttributionModel.Linear => "linear",
            AttributionModel.TimeDecay => "timeDecay",
            AttributionModel.Position => "position",
            AttributionModel.Markov1 => "markov1",
            AttributionModel.Markov2 => "markov2",
            AttributionModel.Markov3 => "markov3",
            AttributionModel.Markov4 => "markov4",
            AttributionModel.Shapley => "shapley",
            AttributionModel.Influenced => "influenced",
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, null),
        };

        /// <summary>How many touches a state of its chain holds; 0 where the model is no chain.</summary>
        public int Order => model is >= AttributionModel.Markov1 and <= AttributionModel.Markov4 ? model - AttributionModel.Markov1 + 1 : 0;

        /// <summary>Shares each journey by itself; the others look at all journeys, those that ended in nothing too.</summary>
        public bool IsRule => model <= AttributionModel.Position || model == AttributionModel.Influenced;

        /// <summary>Whether the credits of a conversion add up to it.</summary>
        public bool IsAdditive => model != AttributionModel.Influenced;
    }

    /// <summary>Null where there is no model of that name.</summary>
    public static AttributionModel? FromWire(string? name)
    {
        foreach (var model in All)
        {
            if (model.WireName == name)
                return model;
        }

        return null;
    }
}
