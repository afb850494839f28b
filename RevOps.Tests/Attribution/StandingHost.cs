using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>A host whose clock stands an hour after everything that the tests of snapshots make happen, and what they all ask of it.</summary>
public sealed class StandingHost : IAsyncDisposable
{
    public static readonly AttributionQuestion Asked = new() { Period = SeededJourneys.Chosen };

    public StandingHost() => Host = new() { Clock = Clock };

    public TurnableClock Clock { get; } = new(SeededJourneys.Noon.AddHours(1));

    public RevOpsHost Host { get; }

    public AttributionQueries Queries => Host.Services.GetRequiredService<AttributionQueries>();

    /// <summary>Every figure of a report, to compare it with another one.</summary>
    public static string LinesOf(ComparisonReport report) =>
        string.Join('|', report.Rows.OrderBy(row => row.Channel, StringComparer.Ordinal).SelectMany(row => row.Models.Select(cell => $"{row.Channel} {cell.Key} {cell.Value.Conversions:F9} {cell.Value.Minor}"))) + $" {report.NullPaths} {report.OpenPaths} {report.Unattributed.Minor}";

    /// <summary>As the receiver's own commit does.</summary>
    public void Told() => Host.Services.GetRequiredService<ChangeFeed>().Publish(nameof(Payment));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
