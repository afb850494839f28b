using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Bench;

/// <summary>Answers cases for the pricing engine, each on its own: a wrong one says what is wrong and leaves the others alone.</summary>
internal static class PricingCases
{
    // Classes × steps² of the exact programme: some seconds.
    private const int MostSteps = 20_000;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<PricingCase, JsonObject>> Methods = new(StringComparer.Ordinal)
    {
        ["littlewood"] = Littlewood,
        ["emsrA"] = one => Levels(one, ProtectionLevels.EmsrA(one.Classes(2))),
        ["emsrB"] = one => Levels(one, ProtectionLevels.EmsrB(one.Classes(2))),
        ["nestedDp"] = NestedDp,
        ["overbooking"] = Overbook,
        ["gallegoVanRyzin"] = Stochastic,
        ["runOut"] = RunOut,
        ["logit"] = Logit,
    };

    /// <returns>The answers as JSON, and whether all cases were right.</returns>
    /// <exception cref="FormatException">Not a JSON array.</exception>
    public static (string Json, bool AllRight) Answer(string json)
    {
        try
        {
            using var cases = JsonDocument.Parse(json);
            if (cases.RootElement.ValueKind != JsonValueKind.Array)
                throw new FormatException("The file is not a JSON array of cases.");
            var answers = cases.RootElement.EnumerateArray().Select(Answer).ToArray();
            return (new JsonArray([.. answers]).ToJsonString(Written), answers.All(answer => !answer.ContainsKey("error")));
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The file is not JSON: {wrong.Message}", wrong);
        }
    }

    private static JsonObject Answer(JsonElement json)
    {
        var answer = new JsonObject { ["id"] = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("id", out var id) ? JsonNode.Parse(id.GetRawText()) : null };
        try
        {
            if (json.ValueKind != JsonValueKind.Object)
                throw new FormatException("case: an object");
            var one = new PricingCase(json);
            if (!Methods.TryGetValue(one.Text("method"), out var method))
                throw PricingCase.Wrong("method", $"one of {string.Join(", ", Methods.Keys)}");
            foreach (var (name, value) in method(one).ToList())
                answer[name] = value?.DeepClone();
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            answer["error"] = wrong.Message;
        }

        return answer;
    }

    private static JsonObject Littlewood(PricingCase one)
    {
        var classes = one.Classes(2);
        return classes.Length == 2 ? Levels(one, [ProtectionLevels.Littlewood(classes[0], classes[1].Fare)]) : throw PricingCase.Wrong("classes", "exactly two");
    }

    private static JsonObject Levels(PricingCase one, IReadOnlyList<double> levels)
    {
        var answer = new JsonObject { ["protectionLevels"] = Array(levels) };
        if (one.Has("capacity"))
        {
            var capacity = one.Whole("capacity");
            answer["bookingLimits"] = Array([capacity, .. levels.Select(level => Math.Max(0, capacity - level))]);
            if (capacity <= MostSteps)
                answer["value"] = NestedProgramme.Value(one.Classes(2), capacity, levels);
        }

        return answer;
    }

    private static JsonObject NestedDp(PricingCase one)
    {
        var (classes, capacity, step) = (one.Classes(1), one.Whole("capacity"), one.Number("step", 1));
        if (step is <= 0 or > 1 || (step != 1 && classes.Any(each => each.Demand is PoissonDemand)))
            throw PricingCase.Wrong("step", "more than 0 and at most 1; 1 with poisson demand");
        if (capacity / step > MostSteps)
            throw PricingCase.Wrong("capacity", $"at most {MostSteps} steps");
        var plan = NestedProgramme.Solve(classes, capacity, step);
        return new()
        {
            ["value"] = plan.Value,
            ["protectionLevels"] = Array(plan.Levels),
            ["bookingLimits"] = Array([capacity, .. plan.Levels.Select(level => capacity - level)]),
            ["bidPrice"] = plan.BidPrice,
        };
    }

    private static JsonObject Overbook(PricingCase one)
    {
        var come = one.Positive("showProbability");
        if (come > 1)
            throw PricingCase.Wrong("showProbability", "more than 0 and at most 1");
        var answer = Overbooking.Of(one.Whole("capacity"), come, one.Positive("costDenied"), one.Positive("costEmpty"));
        return new() { ["limit"] = answer.Limit, ["expectedDenied"] = answer.Denied, ["expectedEmpty"] = answer.Empty, ["expectedCost"] = answer.Cost };
    }

    private static JsonObject Stochastic(PricingCase one)
    {
        var (model, stock, time) = (new GallegoVanRyzin(one.Positive("rate"), one.Positive("sensitivity")), one.Whole("stock"), one.NotNegative("time"));
        var bound = time > 0 ? new ExponentialCurve(model.Rate, model.Sensitivity).RunOut(stock, time).Value : 0;
        var answer = new JsonObject
        {
            ["value"] = model.Value(stock, time),
            ["price"] = model.Price(stock, time),
            ["deterministicBound"] = bound,
            ["pricesByStock"] = Array([.. Enumerable.Range(1, Math.Min(stock, 1_000)).Select(left => model.Price(left, time))]),
        };
        if (one.Has("points"))
            answer["path"] = new JsonArray([.. model.Path(stock, time, one.Whole("points")).Select(at => (JsonNode)new JsonObject { ["timeLeft"] = at.TimeLeft, ["price"] = at.Price })]);
        return answer;
    }

    private static JsonObject RunOut(PricingCase one)
    {
        var cost = one.NotNegative("unitCost", 0);
        PriceCurve curve = (one.Has("curve") ? one.Text("curve") : "exponential") switch
        {
            "exponential" => new ExponentialCurve(one.Positive("rate"), one.Positive("sensitivity"), cost),
            "linear" => new LinearCurve(one.Positive("rate"), one.Positive("sensitivity"), cost),
            "logit" => new LogitCurve(one.Positive("market"), one.Number("intercept"), one.Positive("sensitivity"), cost),
            _ => throw PricingCase.Wrong("curve", "\"exponential\", \"linear\" or \"logit\""),
        };
        return Fixed(curve, curve.RunOut(one.Positive("stock"), one.Positive("time")));
    }

    private static JsonObject Logit(PricingCase one)
    {
        var curve = new LogitCurve(one.Has("market") ? one.Positive("market") : 1, one.Number("intercept"), one.Positive("sensitivity"), one.NotNegative("unitCost", 0));
        if (one.Has("stock"))
            return Fixed(curve, curve.RunOut(one.Positive("stock"), one.Has("time") ? one.Positive("time") : 1));
        var (price, sold) = (curve.BestPrice, curve.DemandAt(curve.BestPrice));
        return new() { ["price"] = price, ["demand"] = sold, ["value"] = (price - curve.UnitCost) * sold };
    }

    private static JsonObject Fixed(PriceCurve curve, FixedPrice price) => new()
    {
        ["price"] = price.Price,
        ["runOutPrice"] = double.IsFinite(price.RunOut) ? price.RunOut : null,
        ["unconstrainedPrice"] = curve.BestPrice,
        ["demand"] = price.Sold,
        ["value"] = price.Value,
    };

    private static JsonArray Array(IReadOnlyList<double> values) => new([.. values.Select(value => (JsonNode)value)]);
}
