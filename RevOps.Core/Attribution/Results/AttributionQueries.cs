using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// Which touches get the credit for what: everything the attribution pages show, worked out from the journeys of the last finished snapshot and
/// from what is paid by now, so that credited and unattributed money always add up to what was paid in the period. Null from any of them: no
/// snapshot has finished yet.
/// </summary>
public sealed class AttributionQueries
{
    public const int PageSize = 50;

    /// <summary>Others may have asked before: whoever comes behind them is told later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly JourneyReader reader;
    private readonly IntervalWork intervals;
    private readonly Vault vault;

    internal AttributionQueries(IDbContextFactory<RevOpsDb> databases, JourneyReader reader, IntervalWork intervals, Vault vault) => (this.databases, this.reader, this.intervals, this.vault) = (databases, reader, intervals, vault);

    /// <summary>Age and size of what the answers are from, and how far the next one is.</summary>
    public async Task<SnapshotState> StateAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await SnapshotStore.Last(db).Select(snapshot => new SnapshotView(snapshot.Id, snapshot.StartedAt, snapshot.FinishedAt!.Value, snapshot.People, snapshot.Touches, snapshot.Conversions, TimeSpan.FromMilliseconds(snapshot.WorkMs), snapshot.Engine, snapshot.Size)).FirstOrDefaultAsync(cancel);
        var row = await SnapshotDesk.Waiting(db).OrderBy(one => one.State == OutboxState.Running ? 0 : 1).ThenBy(one => one.NotBefore).Select(one => new { one.LastError }).FirstOrDefaultAsync(cancel);
        if (row is null)
            return new(last, null);
        var open = await db.Set<AttributionSnapshot>().AsNoTracking().Where(snapshot => snapshot.FinishedAt == null).OrderByDescending(snapshot => snapshot.StartedAt).FirstOrDefaultAsync(cancel);
        return new(last, open is null ? new(null, 0, 0, null, null, row.LastError)
            : new(open.Id, open.PeopleRead, open.PeopleToRead, open.PeopleRead == 0 ? null : TimeSpan.FromMilliseconds(open.WorkMs / (double)open.PeopleRead * Math.Max(0, open.PeopleToRead - open.PeopleRead)), open.StartedAt, row.LastError));
    }

    /// <summary>All models side by side; another period is another question.</summary>
    public async Task<ComparisonReport?> CompareAsync(AttributionQuestion question, CancellationToken cancel = default)
    {
        if (await reader.AskAsync(question, cancel) is not { } asked)
            return null;
        var spend = await SpendAsync(asked, cancel);
        return await Task.Run(() => ComparisonTable.Of(asked, spend, intervals.IsPending(asked)), cancel);
    }

    /// <summary>The same once the intervals of the question's model are drawn, for a job that comes once; without them where they take too long.</summary>
    public async Task<ComparisonReport?> CompareDrawnAsync(AttributionQuestion question, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (await reader.AskAsync(question, cancel) is { } asked && asked.Intervals.Of(question.Model) is null && intervals.IsPending(asked))
        {
            try
            {
                await asked.Intervals.ThereAsync(question.Model).WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                break;
            }
        }

        return await CompareAsync(question, cancel);
    }

    /// <summary>The campaigns of one channel under the question's model.</summary>
    public async Task<CampaignReport?> CampaignsAsync(AttributionQuestion question, string channel, CancellationToken cancel = default)
    {
        if (await reader.AskAsync(question, cancel) is not { } asked)
            return null;
        var spend = await SpendAsync(asked, cancel);
        return await Task.Run(() => OpenedTables.Campaigns(asked, spend, channel), cancel);
    }

    /// <summary>Converting journeys behind a channel's figure, a campaign's of it, a path's, or the unattributed line's.</summary>
    public Task<JourneyPage?> JourneysAsync(AttributionQuestion question, JourneyPlaceFilter place, CancellationToken cancel = default) => AnswerAsync(question, asked => OpenedTables.Journeys(asked, place), cancel);

    /// <summary>One journey; null also where no conversion of the period has this id.</summary>
    public Task<JourneyDetail?> JourneyAsync(AttributionQuestion question, string id, CancellationToken cancel = default) => AnswerAsync(question, asked => JourneyStory.Of(asked, id), cancel);

    /// <summary>What each click id has of the conversions and the money; in clear, so only for whoever may see that, and whoever asks puts it on record.</summary>
    public async Task<ClickCreditReport?> ClicksAsync(AttributionQuestion question, CancellationToken cancel = default)
    {
        if (await reader.AskAsync(question, cancel) is not { } asked)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ClickCreditTable.ReadAsync(db, vault, asked, cancel);
    }

    /// <summary>With what came of the same sequences in another period.</summary>
    public async Task<PathList?> PathsAsync(AttributionQuestion question, AttributionQuestion? compared, PathFilter filter, CancellationToken cancel = default)
    {
        var found = await PathsAsync(question, filter, cancel);
        if (found is null || compared is null)
            return found;
        var before = (await PathsAsync(compared, new() { Converting = false, Keys = found.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal), Size = int.MaxValue, Stages = filter.Stages }, cancel))?.Rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        return found with { Rows = [.. found.Rows.Select(row => row with { Before = before?.GetValueOrDefault(row.Key) })] };
    }

    public Task<PathList?> PathsAsync(AttributionQuestion question, PathFilter filter, CancellationToken cancel = default) => AnswerAsync(question, asked => PathTables.Of(asked, filter), cancel);

    /// <summary>
    /// Every path in the format that other tools read: <c>path;total_conversions;total_conversion_value;total_null</c>, channels joined by " > ", values in
    /// minor units; line by line, the heading first. Conversions without a touch are no path, and what came or went back of older sales is of no conversion.
    /// </summary>
    public Task<IReadOnlyList<string>?> PathFileAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(question, asked => PathTables.File(asked), cancel);

    public Task<StageFlow?> StagesAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(OfEverybody(question), FlowTables.Stages, cancel);

    /// <summary>The people of one link of <see cref="StagesAsync"/>, who came first the last.</summary>
    public Task<StagePeople?> StagePeopleAsync(AttributionQuestion question, Stage from, Stage to, int page, int size = PageSize, CancellationToken cancel = default) => AnswerAsync(OfEverybody(question), asked => FlowTables.People(asked, from, to, page, size), cancel);

    public Task<LagReport?> LagsAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(question, FlowTables.Lags, cancel);

    public Task<RoleReport?> RolesAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(question, FlowTables.Roles, cancel);

    /// <summary>Why a channel has its credit under the question's model.</summary>
    public Task<CreditReason?> WhyAsync(AttributionQuestion question, string channel, CancellationToken cancel = default) => AnswerAsync(question, asked => OpenedTables.Why(asked, channel), cancel);

    public Task<OrderReport?> OrdersAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(question, asked =>
        new OrderReport(asked.Basis, [.. asked.Figures.Orders.Figures.Select(figure => FitOf(figure, asked.Figures.Of(AttributionModels.ChainOf(figure.Order)).Chain!))], BestOrder(asked)), cancel);

    private static OrderFit FitOf(OrderFigure figure, MarkovChain chain) => new(figure.Order, figure.LogLikelihood, chain.States, chain.Conversion * chain.Journeys);

    /// <summary>The chain whose order fits held-out journeys best; of order 1 where there are too few to hold any out, or no snapshot.</summary>
    public async Task<AttributionModel> BestChainAsync(AttributionQuestion question, CancellationToken cancel = default) =>
        await reader.AskAsync(question, cancel) is { } asked ? AttributionModels.ChainOf(await Task.Run(() => BestOrder(asked), cancel) ?? 1) : AttributionModel.Markov1;

    private static int? BestOrder(Asked asked) => asked.Set.Conversions == 0 || asked.Set.Credited.Count + asked.Set.Nulls.Count < OrderReport.Fewest ? null : asked.Figures.Orders.Order;

    /// <summary>Where journeys go next, by the chain of order 1; null also without a journey.</summary>
    public Task<TransitionReport?> TransitionsAsync(AttributionQuestion question, CancellationToken cancel = default) => AnswerAsync(question, TransitionTable.Of, cancel);

    /// <summary>Null also where the last snapshot has none.</summary>
    public async Task<EvidenceReport?> EvidenceAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var json = await SnapshotStore.Last(db).Select(snapshot => snapshot.Evidence).FirstOrDefaultAsync(cancel);
        return json is null ? null : JsonSerializer.Deserialize<EvidenceReport>(json);
    }

    /// <summary>Stages are of everybody who came, by whatever way, and end in money.</summary>
    private static AttributionQuestion OfEverybody(AttributionQuestion question) => question with { Kind = ConversionKind.Paid, WithoutDirect = false, WithoutOpen = false };

    /// <summary>Away from the page's own thread of work.</summary>
    private async Task<T?> AnswerAsync<T>(AttributionQuestion question, Func<Asked, T?> answer, CancellationToken cancel)
        where T : class => await reader.AskAsync(question, cancel) is { } asked ? await Task.Run(() => answer(asked), cancel) : null;

    private async Task<SpendOfChannels> SpendAsync(Asked asked, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await SpendOfChannels.ReadAsync(db, asked.World.Book, asked.Question.Period, asked.Mode, asked.Currency, cancel);
    }
}

/// <summary>Which figure is opened down to its journeys.</summary>
public sealed record JourneyPlaceFilter
{
    public string? Channel { get; init; }

    /// <summary><see cref="CampaignRow.Key"/>; with <see cref="Channel"/>.</summary>
    public string? Campaign { get; init; }

    /// <summary><see cref="PathRow.Key"/>.</summary>
    public string? Path { get; init; }

    /// <summary>Conversations and bookings are steps of the paths that are shown, and of <see cref="Path"/>.</summary>
    public bool Stages { get; init; }

    /// <summary>Of the unattributed line.</summary>
    public UnattributedReason? Reason { get; init; }

    /// <summary>With nothing else chosen: credited and unattributed alike, which add up to the total; else only those with touches.</summary>
    public bool All { get; init; }

    public int Page { get; init; } = 1;
    public int Size { get; init; } = AttributionQueries.PageSize;
}
