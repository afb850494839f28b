using System.Globalization;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Web.Scorecard.Simulator;

/// <summary>How inputs stand in the address: only what differs from what the page begins with, as "DsoCut=3~15~26".</summary>
internal static class InputAddress
{
    private const char Between = '~';

    public static string Write(Spread spread) => spread.IsExact ? Number(spread.Mode) : string.Join(Between, Number(spread.Low), Number(spread.Mode), Number(spread.High));

    /// <summary>Null where it cannot be read, or its three figures are out of order: an address may be typed by hand.</summary>
    public static Spread? Read(string? text)
    {
        var parts = text?.Split(Between).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        Spread? spread = parts switch
        {
            [var one] => Spread.Exactly(one),
            [var low, var mode, var high] => new(low, mode, high),
            _ => null,
        };
        return spread is { IsValid: true } ? spread : null;
    }

    /// <summary>What the page begins with, changed by the address, and the name of the first input there that cannot be reckoned with: it is left as it was.</summary>
    public static (SimulationInputs Inputs, string? Wrong) Onto(SimulationInputs inputs, Func<string, string?> query)
    {
        var wrong = default(string);
        foreach (var name in inputs.All.Select(input => input.Name).ToList())
        {
            if (query(name) is not { } text)
                continue;
            if (Read(text) is { } spread && InputLimits.Of(name).Holds(spread))
                inputs = inputs.With(name, spread);
            else
                wrong ??= name;
        }

        return (inputs, wrong);
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
