using System.Text.Json;
using RevOps.Bench;

namespace RevOps.Tests.Pricing;

/// <summary>The bench's cases: what the help says they are.</summary>
public sealed class PricingCaseTests
{
    [Fact]
    public void EachMethod_Answers()
    {
        var (json, right) = PricingCases.Answer("""
            [
              {"id": 1, "method": "littlewood", "classes": [{"fare": 1050, "demand": "normal", "mean": 17.3, "sd": 5.8}, {"fare": 567, "mean": 45.1}], "capacity": 40},
              {"id": "b", "method": "emsrB", "classes": [{"fare": 100, "mean": 5}, {"fare": 70, "mean": 5}, {"fare": 40, "mean": 9}]},
              {"id": "a", "method": "emsrA", "classes": [{"fare": 100, "mean": 5}, {"fare": 70, "mean": 5}, {"fare": 40, "mean": 9}]},
              {"id": "n", "method": "nestedDp", "classes": [{"fare": 100, "mean": 5}, {"fare": 70, "mean": 5}], "capacity": 8},
              {"id": "o", "method": "overbooking", "capacity": 100, "showProbability": 0.9, "costDenied": 300, "costEmpty": 100},
              {"id": "g", "method": "gallegoVanRyzin", "rate": 2.718281828459045, "sensitivity": 0.5, "stock": 1, "time": 1, "points": 2},
              {"id": "r", "method": "runOut", "curve": "linear", "rate": 100, "sensitivity": 1, "stock": 20, "time": 1},
              {"id": "l", "method": "logit", "intercept": 1, "sensitivity": 0.5}
            ]
            """);
        var answers = JsonDocument.Parse(json).RootElement.EnumerateArray().ToList();
        double Number(int at, string field) => answers[at].GetProperty(field).GetDouble();
        Assert.True(right, json);
        Assert.Equal(1, Number(0, "id"));
        Assert.Equal(16.72, answers[0].GetProperty("protectionLevels")[0].GetDouble(), 0.01);
        Assert.Equal(40 - 16.72, answers[0].GetProperty("bookingLimits")[1].GetDouble(), 0.01);
        Assert.Equal(2, answers[1].GetProperty("protectionLevels").GetArrayLength());
        Assert.Equal(2, answers[2].GetProperty("protectionLevels").GetArrayLength());
        Assert.InRange(Number(3, "bidPrice"), 1, 100);
        Assert.InRange(Number(4, "limit"), 105, 112);
        Assert.Equal(Math.Log(2) / 0.5, Number(5, "value"), 9);
        Assert.Equal(3, answers[5].GetProperty("path").GetArrayLength());
        Assert.Equal((80.0, 80.0, 1_600.0), (Number(6, "price"), Number(6, "runOutPrice"), Number(6, "value")));

        // W(1) = 0.567143…
        Assert.Equal(2 * 1.5671432904, Number(7, "price"), 9);
    }

    [Theory]
    [InlineData("""{"id": 1, "method": "yield"}""", "method: one of littlewood")]
    [InlineData("""{"id": 1, "method": "emsrB"}""", "classes: an array of 2 or more")]
    [InlineData("""{"id": 1, "method": "emsrB", "classes": [{"fare": 5, "mean": 1}, {"fare": 6, "mean": 1}]}""", "classes[1].fare: at most the fare before it")]
    [InlineData("""{"id": 1, "method": "nestedDp", "classes": [{"fare": 5, "mean": "x"}], "capacity": 5}""", "classes[0].mean: a number")]
    [InlineData("""{"id": 1, "method": "nestedDp", "classes": [{"fare": 5, "mean": 1, "demand": "normal"}], "capacity": 5}""", "classes[0].sd: missing")]
    [InlineData("""{"id": 1, "method": "nestedDp", "classes": [{"fare": 5, "mean": 1}], "capacity": 1.5}""", "capacity: a whole number")]
    [InlineData("""{"id": 1, "method": "overbooking", "capacity": 5, "showProbability": 1.5, "costDenied": 1, "costEmpty": 1}""", "showProbability:")]
    [InlineData("""{"id": 1, "method": "gallegoVanRyzin", "rate": 1, "sensitivity": 0, "stock": 1, "time": 1}""", "sensitivity: more than 0")]
    [InlineData("""{"id": 1, "method": "gallegoVanRyzin", "rate": 1, "sensitivity": 1, "stock": 1}""", "time: missing")]
    [InlineData("""{"id": 1, "method": "logit", "sensitivity": 1}""", "intercept: missing")]
    public void AWrongCase_NamesItsField_AndLeavesTheOthersAlone(string wrong, string error)
    {
        var (json, right) = PricingCases.Answer($$"""[{{wrong}}, {"id": 2, "method": "logit", "intercept": 1, "sensitivity": 0.5}]""");
        var answers = JsonDocument.Parse(json).RootElement;
        Assert.False(right);
        Assert.StartsWith(error, answers[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(answers[1].TryGetProperty("price", out _));
    }

    [Fact]
    public void AFileThatIsNoArray_IsRefused() => Assert.Throws<FormatException>(() => PricingCases.Answer("{}"));
}
