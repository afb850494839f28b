namespace RevOps.Web.Shared.Charts;

/// <summary>What the script beside <see cref="Chart"/> draws: every text is written already, except the round numbers of the axis.</summary>
internal sealed record ChartDrawing(
    string Kind, string Language, ChartDrawing.Axis Unit, IReadOnlyList<string> Short, IReadOnlyList<string> Long, IReadOnlyList<ChartDrawing.Line> Series, ChartDrawing.Between? Band, ChartDrawing.Between? Inner, IReadOnlyList<double> Notes)
{
    public static ChartDrawing Of(ChartKind kind, ChartX x, IReadOnlyList<ChartSeries> series, ChartUnit unit, ChartBand? band, ChartBand? inner, IReadOnlyList<ChartAnnotation> annotations) => new(
        PageUrl.Word(kind),
        System.Globalization.CultureInfo.CurrentCulture.Name,
        new(unit.Style, unit.Currency, unit.HasSymbol, unit.Decimals, unit.Word),
        x.Short,
        x.Long,
        [.. series.Select((one, index) => LineOf(one, ChartKey.ColorOf(series, index), unit))],
        BandOf(band, unit),
        BandOf(inner, unit),
        [.. annotations.Select(note => note.IsCut ? note.At + 0.5 : note.At)]);

    private static Between? BandOf(ChartBand? band, ChartUnit unit) => band is null ? null : new(band.Name, band.Lower, band.Upper, Texts(band.Lower, unit), Texts(band.Upper, unit));

    private static Line LineOf(ChartSeries series, ChartColor color, ChartUnit unit) => new(
        series.Name,
        color.Token,
        series.Colors?.Select(one => one.Token).ToArray(),
        series.Compared,
        series.Values,
        TextsOf(series, unit),
        series.Hatched?.Select(why => why is not null).ToArray(),
        series.Low,
        series.High,
        Texts(series.Low, unit),
        Texts(series.High, unit));

    private static string?[] TextsOf(ChartSeries series, ChartUnit unit) => [.. Texts(series.Values, unit)!.Select((text, at) => text is null || series.Hatched?[at] is not { } why ? text : $"{text} ({why})")];

    private static string?[]? Texts(IReadOnlyList<decimal?>? values, ChartUnit unit) => values?.Select(value => value is { } known ? unit.Text(known) : null).ToArray();

    internal sealed record Axis(string Style, string? Currency, bool Symbol, int Decimals, string? Word);

    internal sealed record Line(
        string Name,
        string Color,
        IReadOnlyList<string>? Colors,
        bool Compared,
        IReadOnlyList<decimal?> Values,
        IReadOnlyList<string?> Texts,
        IReadOnlyList<bool>? Hatched,
        IReadOnlyList<decimal?>? Low,
        IReadOnlyList<decimal?>? High,
        IReadOnlyList<string?>? LowTexts,
        IReadOnlyList<string?>? HighTexts);

    internal sealed record Between(string Name, IReadOnlyList<decimal?> Lower, IReadOnlyList<decimal?> Upper, IReadOnlyList<string?>? LowerTexts, IReadOnlyList<string?>? UpperTexts);
}
