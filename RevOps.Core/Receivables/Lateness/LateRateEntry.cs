using System.Globalization;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>A yearly rate as somebody of Finance typed it.</summary>
public sealed record LateRateEntry
{
    public const int LongestSource = 300;

    public LateRateKind Kind { get; init; }

    /// <summary>yyyy-MM-dd.</summary>
    public string From { get; init; } = "";

    /// <summary>"12.15" or "12,15".</summary>
    public string Percent { get; init; } = "";

    public string Source { get; init; } = "";

    internal DateOnly? Day => DateOnly.TryParseExact(From.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100 ? day : null;

    internal int? BasisPoints => decimal.TryParse(Percent.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 100 && decimal.Round(rate, 2) == rate
        ? (int)(rate * 100) : null;

    /// <summary>What is wrong: the field's name and a code that the page puts into words.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Day is null)
            wrong[nameof(From)] = "day";
        if (BasisPoints is null)
            wrong[nameof(Percent)] = "percent";
        if (Source.Trim().Length is 0 or > LongestSource)
            wrong[nameof(Source)] = "source";
        return wrong;
    }
}
