namespace RevOps.Core.Attribution.Results;

/// <summary>
/// Which touches get the credit for what: everything the attribution pages show, worked out from the journeys of the last finished snapshot and
/// from what is paid by now, so that credited and unattributed money always add up to what was paid in the period. Null from any of them: no
/// snapshot has finished yet.
/// </summary>
public sealed class AttributionQueries
{
    public const int PageSize = 50;

    /// <summary>Age and size of what the answers are from, and how far the next one is.</summary>
    public Task<SnapshotState> StateAsync(CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>All models side by side; another period is another question.</summary>
    public Task<ComparisonReport?> CompareAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>The campaigns of one channel under the question's model.</summary>
    public Task<CampaignReport?> CampaignsAsync(AttributionQuestion question, string channel, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>Converting journeys behind a channel's figure, a campaign's of it, a path's, or the unattributed line's.</summary>
    public Task<JourneyPage?> JourneysAsync(AttributionQuestion question, JourneyPlaceFilter place, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>One journey; null also where there is none of this id by now.</summary>
    public Task<JourneyDetail?> JourneyAsync(AttributionQuestion question, string id, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<PathList?> PathsAsync(AttributionQuestion question, PathFilter filter, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>
    /// Every path in the format that other tools read: <c>path;total_conversions;total_conversion_value;total_null</c>, channels joined by " > ", values in
    /// minor units; line by line, the heading first.
    /// </summary>
    public Task<IReadOnlyList<string>?> PathFileAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<StageFlow?> StagesAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<LagReport?> LagsAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<RoleReport?> RolesAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    /// <summary>Why a channel has its credit under the question's model.</summary>
    public Task<CreditReason?> WhyAsync(AttributionQuestion question, string channel, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<OrderReport?> OrdersAsync(AttributionQuestion question, CancellationToken cancel = default) => throw new NotImplementedException();

    public Task<EvidenceReport?> EvidenceAsync(CancellationToken cancel = default) => throw new NotImplementedException();
}

/// <summary>Which figure is opened down to its journeys.</summary>
public sealed record JourneyPlaceFilter
{
    public string? Channel { get; init; }

    /// <summary><see cref="CampaignRow.Key"/>; with <see cref="Channel"/>.</summary>
    public string? Campaign { get; init; }

    /// <summary><see cref="PathRow.Key"/>.</summary>
    public string? Path { get; init; }

    /// <summary>Of the unattributed line.</summary>
    public UnattributedReason? Reason { get; init; }

    public int Page { get; init; } = 1;
    public int Size { get; init; } = AttributionQueries.PageSize;
}
