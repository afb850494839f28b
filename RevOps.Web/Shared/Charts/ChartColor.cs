using RevOps.Core.Attribution;

namespace RevOps.Web.Shared.Charts;

/// <summary>A colour by its name in theme.css, the one place that knows what it looks like in light and dark.</summary>
public sealed record ChartColor
{
    /// <summary>How many colours there are for series that are neither a channel nor a platform.</summary>
    public const int Count = 6;

    private ChartColor(string token) => Token = token;

    public static ChartColor Good { get; } = new("--good");

    public static ChartColor Attention { get; } = new("--attention");

    public static ChartColor Bad { get; } = new("--bad");

    public string Token { get; }

    /// <summary>As the value of a style attribute.</summary>
    public string Css => $"var({Token})";

    /// <summary>The colour of the n-th series, from 0; they begin again after <see cref="Count"/>.</summary>
    public static ChartColor OfSeries(int index) => new($"--series-{(index % Count) + 1}");

    /// <summary>The same on every page. What is no channel of ours looks like <see cref="Channel.Other"/>.</summary>
    public static ChartColor OfChannel(string? channel) => new("--channel-" + (channel is not null && Channel.All.Contains(channel) ? channel : Channel.Other).Replace('_', '-'));

    /// <summary>The same on every page: "meta", "google"; every other platform shares one.</summary>
    public static ChartColor OfPlatform(string? platform) => new("--platform-" + platform?.ToLowerInvariant() switch { "meta" => "meta", "google" => "google", _ => "other" });
}
