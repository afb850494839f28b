using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Attribution.Channels;

/// <summary>Touches that stand in no good place.</summary>
public enum ChannelGap
{
    /// <summary>No rule holds for them.</summary>
    Unknown = 0,

    /// <summary>Paid for, but without a campaign or an ad: they can never meet their spend.</summary>
    Unmatched = 1,
}

/// <summary>How well touches are put into channels, and what stands behind it. Nobody is named here: a row is a source.</summary>
public sealed class ChannelQueries
{
    public const int PageSize = 25;
    public const int PreviewDays = 90;

    // Shares that move slowly.
    private static readonly TimeSpan MayBeOld = TimeSpan.FromSeconds(20);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly TimeProvider clock;
    private readonly SharedRead<(DateTimeOffset From, DateTimeOffset Until), ChannelFigures> readings;

    public ChannelQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.company, this.clock) = (databases, company, clock);
        readings = new(feed, [nameof(Touch), nameof(ChannelRuleSet)], range => ReadAsync(range.From, range.Until)) { Pauses = true };
    }

    /// <param name="period">Days of the company.</param>
    /// <param name="exact">False for what stands beside something else, which may be some seconds old.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ChannelFigures> FiguresAsync(Period period, bool exact, CancellationToken cancel = default) =>
        await readings.OfAsync(await RangeAsync(period, cancel), exact ? TimeSpan.Zero : MayBeOld);

    /// <summary>The sources behind a figure, the most visits first; their visits add up to it.</summary>
    public async Task<SourceList> SourcesAsync(ChannelGap gap, Period period, int page, int size = PageSize, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (from, until) = await RangeAsync(period, cancel);
        var groups = Of(gap, db.Set<Touch>().Where(touch => touch.OccurredAt >= from && touch.OccurredAt < until))
            .GroupBy(touch => new { touch.Source, touch.Medium, touch.ClickIdKinds, touch.ReferrerHost, touch.Channel, touch.Platform, touch.Campaign })
            .Select(group => new { group.Key, Count = group.Count(), Last = group.Max(touch => touch.OccurredAt) });
        var total = await groups.CountAsync(cancel);
        var rows = await groups.OrderByDescending(group => group.Count).ThenBy(group => group.Key.Source).ThenBy(group => group.Key.Medium).ThenBy(group => group.Key.ClickIdKinds)
            .ThenBy(group => group.Key.ReferrerHost).ThenBy(group => group.Key.Channel).ThenBy(group => group.Key.Platform).ThenBy(group => group.Key.Campaign)
            .Skip((page - 1) * size).Take(size).ToListAsync(cancel);
        return new([.. rows.Select(row => new SourceRow(ChannelPreview.Masked(row.Key.Source), ChannelPreview.Masked(row.Key.Medium), row.Key.ClickIdKinds, row.Key.ReferrerHost)
        {
            Channel = row.Key.Channel,
            Platform = row.Key.Platform,
            Campaign = ChannelPreview.Masked(row.Key.Campaign),
            Visits = row.Count,
            LastAt = row.Last,
        })], total);
    }

    /// <summary>What another version of the rules is tried on: the last 90 days, or less where it shall count from a later day on.</summary>
    public async Task<IReadOnlyList<TouchGroup>> GroupsAsync(DateOnly? from, CancellationToken cancel = default)
    {
        var current = await company.CurrentAsync(cancel);
        var first = current.DayOf(clock.GetUtcNow()).AddDays(1 - PreviewDays);
        var since = current.StartOf(from > first ? from.Value : first);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var groups = await db.Set<Touch>().Where(touch => touch.OccurredAt >= since)
            .GroupBy(touch => new { touch.Source, touch.Medium, touch.ClickIdKinds, touch.ReferrerHost, touch.AdPlatform, touch.Channel, touch.Platform })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        return [.. groups.Select(group => new TouchGroup(
            new(group.Key.Source, group.Key.Medium, TouchFacts.FirstKind(group.Key.ClickIdKinds), group.Key.ReferrerHost, group.Key.AdPlatform),
            new(group.Key.Channel, group.Key.Platform), group.Count, group.Key.ReferrerHost is not null))];
    }

    private static IQueryable<Touch> Of(ChannelGap gap, IQueryable<Touch> touches) => gap == ChannelGap.Unknown
        ? touches.Where(touch => touch.Channel == Channel.Other)
        : touches.Where(touch => (touch.Channel == Channel.PaidSearch || touch.Channel == Channel.PaidSocial) && touch.CampaignId == null && touch.AdId == null);

    private async Task<(DateTimeOffset From, DateTimeOffset Until)> RangeAsync(Period period, CancellationToken cancel)
    {
        var current = await company.CurrentAsync(cancel);
        return (current.StartOf(period.From), current.StartOf(period.To.AddDays(1)));
    }

    private async Task<ChannelFigures> ReadAsync(DateTimeOffset from, DateTimeOffset until)
    {
        await using var db = await databases.CreateDbContextAsync();
        var touches = db.Set<Touch>().Where(touch => touch.OccurredAt >= from && touch.OccurredAt < until);
        var counts = await touches.GroupBy(touch => touch.Channel).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
        var unmatched = await Of(ChannelGap.Unmatched, touches).CountAsync();
        return new(counts.Sum(row => row.Count), counts.Where(row => row.Key == Channel.Other).Sum(row => row.Count), counts.Where(row => Channel.IsPaid(row.Key)).Sum(row => row.Count), unmatched);
    }
}

/// <param name="Touches">Visits of the period.</param>
/// <param name="Unknown">Those for which no rule holds.</param>
/// <param name="Paid">Those that were paid for.</param>
/// <param name="Unmatched">Of these, those without a campaign or an ad.</param>
public sealed record ChannelFigures(int Touches, int Unknown, int Paid, int Unmatched)
{
    public double? UnknownShare => Touches == 0 ? null : (double)Unknown / Touches;

    public double? UnmatchedShare => Paid == 0 ? null : (double)Unmatched / Paid;
}

public sealed record SourceList(IReadOnlyList<SourceRow> Rows, int Total);

public sealed record SourceRow(string? Source, string? Medium, string? ClickIdKinds, string? ReferrerHost)
{
    public required string Channel { get; init; }
    public string? Platform { get; init; }
    public string? Campaign { get; init; }
    public required int Visits { get; init; }
    public required DateTimeOffset LastAt { get; init; }
}
