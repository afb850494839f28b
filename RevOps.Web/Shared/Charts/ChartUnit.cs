using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared.Charts;

/// <summary>What the numbers of a chart are, and so how they are written; one chart has one.</summary>
public sealed record ChartUnit
{
    private ChartUnit(string style) => Style = style;

    /// <summary>Shares: 0.125 is 12.5 %.</summary>
    public static ChartUnit Percent { get; } = new("percent") { Decimals = 1 };

    /// <summary>As the browser's number format names it.</summary>
    public string Style { get; }

    public string? Currency { get; private init; }

    public int Decimals { get; private init; }

    /// <summary>Stands behind the number, such as "days".</summary>
    public string? Word { get; private init; }

    /// <summary>True where the currency's own sign is used instead of its code.</summary>
    public bool HasSymbol => Currency is not null && Culture.HasSymbol(Currency);

    /// <summary>Whole units of a currency, such as <see cref="Core.Platform.Money.Amount"/>.</summary>
    public static ChartUnit Money(string currency) => new("currency") { Currency = currency, Decimals = Core.Platform.Currency.Decimals(currency) };

    public static ChartUnit Number(int decimals = 0, string? word = null) => new("decimal") { Decimals = decimals, Word = word };

    /// <summary>A value in full, as a table says it.</summary>
    public string Text(decimal value) => this switch
    {
        { Currency: { } currency } => Culture.Text(Core.Platform.Money.Round(value, currency)),
        { Style: "percent" } => Culture.Percent((int)Math.Round(value * 10_000m, MidpointRounding.AwayFromZero)),
        { Word: { } word } => $"{value.ToString("N" + Decimals, CultureInfo.CurrentCulture)}\u00a0{word}",
        _ => value.ToString("N" + Decimals, CultureInfo.CurrentCulture),
    };
}
