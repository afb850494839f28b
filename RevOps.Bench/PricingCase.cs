using System.Text.Json;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Bench;

/// <summary>Reads the fields of one case; an error names the field and what it should be.</summary>
internal sealed class PricingCase(JsonElement json)
{
    public string Text(string field) => json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        ? text
        : throw Wrong(field, "a text");

    public bool Has(string field) => json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public double Number(string field) => Read(json, field, field);

    public double Number(string field, double otherwise) => Has(field) ? Number(field) : otherwise;

    public double Positive(string field) => Number(field) is > 0 and var value ? value : throw Wrong(field, "more than 0");

    public double NotNegative(string field) => Number(field) is >= 0 and var value ? value : throw Wrong(field, "0 or more");

    public double NotNegative(string field, double otherwise) => Number(field, otherwise) is >= 0 and var value ? value : throw Wrong(field, "0 or more");

    public int Whole(string field) => Number(field) is >= 1 and <= 1_000_000 and var value && value == Math.Floor(value) ? (int)value : throw Wrong(field, "a whole number from 1 to 1000000");

    /// <summary>An array of at least so many classes, dearest first, each with fare and demand.</summary>
    public FareClass[] Classes(int least)
    {
        if (!json.TryGetProperty("classes", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < least)
            throw Wrong("classes", $"an array of {least} or more");
        var classes = list.EnumerateArray().Select((one, at) => Class(one, $"classes[{at}]")).ToArray();
        for (var at = 1; at < classes.Length; at++)
        {
            if (classes[at].Fare > classes[at - 1].Fare)
                throw Wrong($"classes[{at}].fare", "at most the fare before it: the dearest class comes first");
        }

        return classes;
    }

    public static FormatException Wrong(string field, string should) => new($"{field}: {should}");

    private static FareClass Class(JsonElement json, string field)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong(field, "an object with fare and mean");
        var (fare, mean) = (Read(json, "fare", $"{field}.fare"), Read(json, "mean", $"{field}.mean"));
        if (fare <= 0)
            throw Wrong($"{field}.fare", "more than 0");
        if (mean < 0)
            throw Wrong($"{field}.mean", "0 or more");
        var law = json.TryGetProperty("demand", out var named) ? named.ValueKind == JsonValueKind.String ? named.GetString() : "" : json.TryGetProperty("sd", out _) ? "normal" : "poisson";
        var deviation = law == "normal" ? Read(json, "sd", $"{field}.sd") : 0;
        if (deviation < 0)
            throw Wrong($"{field}.sd", "0 or more");
        return new(fare, law switch
        {
            "normal" => new NormalDemand(mean, deviation),
            "poisson" => new PoissonDemand(mean),
            _ => throw Wrong($"{field}.demand", "\"normal\" or \"poisson\""),
        });
    }

    private static double Read(JsonElement json, string name, string field) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(field, json.TryGetProperty(name, out _) ? "a number" : "missing, a number");
}
