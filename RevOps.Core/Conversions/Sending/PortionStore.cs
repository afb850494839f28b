using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>What is written down of a portion before and after its calls; each is one commit.</summary>
public sealed class PortionStore(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, ConsentWatch watch, TimeProvider clock)
{
    private static readonly string[] Ended = [nameof(Conversion.Status), nameof(Conversion.Reason), nameof(Conversion.Message), nameof(Conversion.RequestId), nameof(Conversion.DueAt), nameof(Conversion.SentAt), nameof(Conversion.OutcomeAt), nameof(Conversion.MatchKeys)];
    private static readonly string[] Begun = [nameof(OutsideEffect.SealedBody), nameof(OutsideEffect.State), nameof(OutsideEffect.Attempts), nameof(OutsideEffect.FirstAttemptAt), nameof(OutsideEffect.LastAttemptAt)];
    private static readonly string[] Answered = [nameof(OutsideEffect.State), nameof(OutsideEffect.Attempts), nameof(OutsideEffect.HttpStatus), nameof(OutsideEffect.Error), nameof(OutsideEffect.SealedAnswer)];

    private static readonly string[] Concluded =
    [
        nameof(ConversionBatch.State), nameof(ConversionBatch.Attempts), nameof(ConversionBatch.SentAt), nameof(ConversionBatch.HttpStatus), nameof(ConversionBatch.Code), nameof(ConversionBatch.Message),
        nameof(ConversionBatch.RequestId), nameof(ConversionBatch.Answer),
    ];

    /// <summary>
    /// The last moment before the call: whoever withdrew, was forgotten, or whose sale changed since the reading stays behind and is read
    /// anew. What will not go is ended, and the attempt of the others is on record.
    /// </summary>
    /// <returns>Those that go, in their order in the request; none when keys are gone and all has to be read anew.</returns>
    internal async Task<List<PortionItem>> BeginAsync(Portion portion, Func<int, ConversionBatch> request, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var going = new List<PortionItem>();
        var ended = new List<Conversion>();
        foreach (var item in await AsReadAsync(db, portion, portion.Items, cancel))
        {
            if (item.Intent == Intent.Send)
                going.Add(item);
            else
                ended.Add(End(item));
            await NoteConsentAsync(db, item, cancel);
            if (item.Refusal?.Code == LateReasons.Waited)
                await audit.WriteAsync(db, new(AuditTrail.System, "conversion.lapsed", nameof(Conversion), item.Conversion.Id.ToString()) { Before = new { Reason = item.ReasonBefore }, After = new { item.Conversion.Platform, item.Conversion.EventId, item.Conversion.Reason } }, cancel);
        }

        await db.UpdateAsync(ended, Ended, cancel);
        if (going.Count > 0)
            await AttemptAsync(db, request(going.Count), going, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return going;
    }

    /// <summary>Answers that came, and the next requests, which are on record before they are made.</summary>
    /// <param name="answered">With their answers.</param>
    /// <param name="waiting">That stay on their way, and why.</param>
    /// <param name="concluded">Requests that were made.</param>
    /// <param name="next">The requests that are made next.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <returns>Of each next request what goes with it, which is what is still as it was read, and the request; null where nothing is left of it.</returns>
    internal async Task<List<(List<PortionItem> Items, ConversionBatch? Batch)>> SaveAsync(IReadOnlyCollection<PortionItem> answered, IReadOnlyCollection<PortionItem> waiting, IReadOnlyList<ConversionBatch> concluded, IReadOnlyList<NextRequest> next, CancellationToken cancel)
    {
        PortionItem[] told = [.. answered, .. waiting];
        try
        {
            return await SaveAsync(told, (_, _) => Task.FromResult<HashSet<Guid>?>(null), concluded, next, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Something changed one of them while it was on its way: seldom, and then it is found out which.
            return await SaveAsync(told, async (db, items) => await UnchangedAsync(db, items, cancel), concluded, next, cancel);
        }
    }

    /// <param name="told">Answered, or left on their way.</param>
    /// <param name="look">Says which of them are as they were read; null: taken to be all of them.</param>
    /// <param name="concluded">See above.</param>
    /// <param name="next">See above.</param>
    /// <param name="cancel">Ends the writing.</param>
    private async Task<List<(List<PortionItem> Items, ConversionBatch? Batch)>> SaveAsync(PortionItem[] told, Func<RevOpsDb, PortionItem[], Task<HashSet<Guid>?>> look, IReadOnlyList<ConversionBatch> concluded, IReadOnlyList<NextRequest> next, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var still = await look(db, told);
        var (same, other) = (told.Where(item => still?.Contains(item.Conversion.Id) != false).ToList(), told.Where(item => still?.Contains(item.Conversion.Id) == false).ToList());
        same.ForEach(item => Settle(item, item.Conversion));
        await db.UpdateAsync(same.ConvertAll(item => item.Conversion), Ended, cancel);
        await SettleChangedAsync(db, other, cancel);

        await db.UpdateAsync([.. told.Select(EffectAfter)], Answered, cancel);
        await db.UpdateAsync(concluded, Concluded, cancel);
        foreach (var batch in concluded.Where(batch => batch is { Platform: AdPlatform.Google, State: EffectState.Done, RequestId: not null }))
            db.Enqueue<PollConversions>(batch.Id.ToString(), clock.GetUtcNow() + PollConversions.FirstWait(batch.Mode), lane: PollConversions.Lane);
        var going = next.Count == 0 ? [] : await RecordAsync(db, next, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return going;
    }

    /// <summary>The same request once more, which is no longer the same where somebody in it may not go any more: then it is concluded as it stands.</summary>
    private async Task<List<(List<PortionItem> Items, ConversionBatch? Batch)>> RecordAsync(RevOpsDb db, IReadOnlyList<NextRequest> next, CancellationToken cancel)
    {
        List<(List<PortionItem> Items, ConversionBatch? Batch)> going = [];
        List<ConversionBatch> again = [], made = [];
        List<ConversionPart> parts = [];
        var still = (await AsReadAsync(db, next[0].Portion, [.. next.SelectMany(request => request.Items)], cancel)).ToHashSet();
        foreach (var request in next)
        {
            var items = request.Items.FindAll(still.Contains);
            var isSame = items.Count == request.Items.Count;
            if (request.Again is { } known)
                again.Add(known);
            if (isSame && request.Again is not null)
                request.Again.Attempt(clock.GetUtcNow());
            var batch = isSame && request.Again is not null ? request.Again : items.Count == 0 ? null : request.Make(items.Count);
            going.Add((items, batch));
            if (batch is null || batch == request.Again)
                continue;
            made.Add(batch);
            parts.AddRange(PartsOf(batch, items));
        }

        await db.UpdateAsync(again, Concluded, cancel);
        await db.InsertAsync(made, cancel);
        await db.InsertAsync(parts, cancel);
        return going;
    }

    /// <summary>Those that nobody changed and whose people allow what they did; none when somebody was erased, until all is read anew.</summary>
    private async Task<List<PortionItem>> AsReadAsync(RevOpsDb db, Portion portion, IReadOnlyCollection<PortionItem> items, CancellationToken cancel)
    {
        if (portion.Facts.Ring.IsStale)
            return [];
        var still = await UnchangedAsync(db, items, cancel);
        var allowed = watch.IsStill(portion.Since) ? null : await ConsentOfMany.LoadAsync(db, [.. items.Select(item => item.Conversion.PersonId).Distinct()], cancel);
        return [.. items.Where(item => still.Contains(item.Conversion.Id) && (item.Intent == Intent.Refuse || allowed is null || allowed.Of(item.Conversion.PersonId) == item.Consent))];
    }

    /// <summary>Ids of those that are on their way as they were read.</summary>
    private static async Task<HashSet<Guid>> UnchangedAsync(RevOpsDb db, IReadOnlyCollection<PortionItem> items, CancellationToken cancel)
    {
        var (ids, versions) = (items.Select(item => item.Conversion.Id).ToArray(), items.ToDictionary(item => item.Conversion.Id, item => item.Conversion.Version));
        var rows = await db.Set<Conversion>().Where(row => EF.Parameter(ids).Contains(row.Id)).Select(row => new { row.Id, row.Status, row.Version }).ToListAsync(cancel);
        return [.. rows.Where(row => row.Status == ConversionStatus.Queued && versions[row.Id] == row.Version).Select(row => row.Id)];
    }

    /// <summary>Why it does not go.</summary>
    private Conversion End(PortionItem item)
    {
        var (conversion, now) = (item.Conversion, clock.GetUtcNow());
        switch (item)
        {
            case { Intent: Intent.Hold }:
                conversion.End(ConversionStatus.Held, ReasonOf(item), null, now);
                break;
            case { Refusal: { RetryAt: { } at } later }:
                conversion.Explain(later.Code, later.Text);
                conversion.Queue(at);
                break;
            case { Refusal: { } refusal }:
                var waits = refusal.Code is StageRules.Off or "no_conversion_action" or "no_event_name";
                conversion.End(waits ? ConversionStatus.Held : ConversionStatus.Rejected, refusal.Code, refusal.Text.Length == 0 ? null : refusal.Text, now);
                break;
        }

        return conversion;
    }

    private static string ReasonOf(PortionItem item) => item.Consent!.Ads == ConsentAnswer.Denied ? ConsentReasons.Denied : ConsentReasons.Unknown;

    /// <summary>That consent stopped it, or let it go after all. What it said before tells whether that is new.</summary>
    private async Task NoteConsentAsync(RevOpsDb db, PortionItem item, CancellationToken cancel)
    {
        var before = item.ReasonBefore is ConsentReasons.Unknown or ConsentReasons.Denied ? item.ReasonBefore : null;
        var now = item.Intent == Intent.Hold ? ReasonOf(item) : null;
        if (before == now || (item.Intent == Intent.Refuse && now is null))
            return;
        var action = now switch { null => "conversion.released", ConsentReasons.Denied => "conversion.cancelled", _ => "conversion.held" };
        await audit.WriteAsync(db, new(AuditTrail.System, action, nameof(Conversion), item.Conversion.Id.ToString()) { Before = before is null ? null : new { Reason = before }, After = new { item.Conversion.Platform, item.Conversion.EventId, Reason = now } }, cancel);
    }

    private static async Task AttemptAsync(RevOpsDb db, ConversionBatch batch, List<PortionItem> going, CancellationToken cancel)
    {
        await db.InsertAsync(going.Where(item => item.Effect.IsNew).Select(EffectBefore).ToList(), cancel);
        await db.UpdateAsync(going.Where(item => !item.Effect.IsNew).Select(EffectBefore).ToList(), Begun, cancel);
        await db.InsertAsync([batch], cancel);
        await db.InsertAsync([.. PartsOf(batch, going)], cancel);
    }

    private static IEnumerable<ConversionPart> PartsOf(ConversionBatch batch, List<PortionItem> items) =>
        items.Select((item, position) => new ConversionPart { BatchId = batch.Id, Position = position, ConversionId = item.Conversion.Id });

    /// <summary>What is true now goes under the same event id, whatever an attempt that failed said.</summary>
    private static OutsideEffect EffectBefore(PortionItem item)
    {
        var now = TimeProvider.System.GetUtcNow();
        var effect = EffectOf(item, now);
        (effect.Attempts, effect.FirstAttemptAt, effect.LastAttemptAt) = (item.Effect.Attempts + 1, item.Effect.FirstAttemptAt ?? now, now);
        return effect;
    }

    private static OutsideEffect EffectAfter(PortionItem item)
    {
        var effect = EffectOf(item, default);
        (effect.Attempts, effect.HttpStatus, effect.Error) = (item.Effect.Attempts + item.Sendings, item.Batch?.HttpStatus, item.Batch?.Code);
        (effect.State, effect.SealedAnswer) = (item.Answer is null ? EffectState.Open : item.Batch!.State, item.SealedAnswer);
        return effect;
    }

    private static OutsideEffect EffectOf(PortionItem item, DateTimeOffset now)
    {
        var target = item.Conversion.Platform.ToString().ToLowerInvariant();
        return new()
        {
            Id = item.Effect.Id,
            Key = $"{target}:{item.Conversion.EventId}",
            Target = target,
            Request = item.Conversion.Platform == AdPlatform.Meta ? "POST events" : "POST events:ingest",
            SubjectId = item.Conversion.Id,
            OwnerId = item.Conversion.PersonId,
            SealedBody = item.Sealed,
            RecordedAt = now,
        };
    }

    private void Settle(PortionItem item, Conversion conversion)
    {
        var now = clock.GetUtcNow();
        (conversion.RequestId, conversion.MatchKeys) = (item.Answer?.RequestId ?? conversion.RequestId, item.Conversion.MatchKeys);
        switch (item.Answer?.Outcome)
        {
            case ChannelOutcome.Delivered:
                conversion.SentAt ??= now;
                conversion.End(ConversionStatus.Delivered, item.Answer.Code, item.Answer.Message, now);
                break;
            case ChannelOutcome.Received:
                conversion.SentAt ??= now;
                conversion.End(ConversionStatus.Received, null, null, now);
                break;
            case ChannelOutcome.Refused:
                conversion.End(ConversionStatus.Rejected, item.Answer.Code, item.Answer.Message, now);
                break;
            default:
                conversion.Explain(item.Batch?.Code, item.Batch?.Message);
                break;
        }
    }

    /// <summary>Cancelled, forgotten or worth something else meanwhile: what the platform has it has all the same.</summary>
    private async Task SettleChangedAsync(RevOpsDb db, List<PortionItem> changed, CancellationToken cancel)
    {
        if (changed.Count == 0)
            return;
        var ids = changed.Select(item => item.Conversion.Id).ToArray();
        var rows = await db.Set<Conversion>().Where(row => EF.Parameter(ids).Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancel);
        foreach (var item in changed)
        {
            if (rows.TryGetValue(item.Conversion.Id, out var row) && (row.Status == ConversionStatus.Queued || item.Answer?.Outcome is ChannelOutcome.Delivered or ChannelOutcome.Received))
                Settle(item, row);
        }
    }
}
