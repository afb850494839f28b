using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>Asks a platform that only acknowledged a request what became of all that was in it, until it says so or a day has passed.</summary>
public sealed class PollConversions(IDbContextFactory<RevOpsDb> databases, IEnumerable<IConversionChannel> channels, TimeProvider clock) : IOutboxJob
{
    /// <summary>One question at a time: there is no hurry, and others need the workers.</summary>
    public const string Lane = "conversions:results";

    private const int LongestTimes = 16;
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(26);
    private static readonly string[] Judged = [nameof(Conversion.Status), nameof(Conversion.Reason), nameof(Conversion.Message), nameof(Conversion.DueAt), nameof(Conversion.OutcomeAt)];

    /// <summary>Google asks for half an hour of patience; the stand-in is quicker.</summary>
    public static TimeSpan FirstWait(Mode mode) => mode == Mode.Sandbox ? TimeSpan.FromSeconds(3) : TimeSpan.FromMinutes(30);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<ConversionBatch>().AsNoTracking().SingleOrDefaultAsync(batch => batch.Id == Guid.Parse(row.Argument), cancel) is not { ResultAt: null, RequestId: { } requestId } batch)
            return OutboxResult.Done;

        var channel = channels.Single(candidate => candidate.Platform == batch.Platform);
        if (channel.Mode != batch.Mode)
            return OutboxResult.Wait($"{batch.Platform} is not connected in mode {batch.Mode}.", TimeSpan.FromSeconds(15));

        var result = await channel.PollAsync(requestId, cancel);
        if (result.Answer.Outcome == ChannelOutcome.Delivered)
            return await JudgeAsync(batch, result, cancel);

        // A question that failed says nothing of the conversions, however late it is: whatever the platform took, it took.
        if (result.Answer.Outcome != ChannelOutcome.Received)
            return OutboxResult.Retry($"{batch.Platform}: {result.Answer.Code}", result.Answer.RetryAfter ?? FirstWait(batch.Mode));
        var age = clock.GetUtcNow() - batch.SentAt;
        return age > GiveUp
            ? await JudgeAsync(batch, NoResult(result), cancel)
            : OutboxResult.Wait($"{batch.Platform} is still working on it.", result.Answer.RetryAfter ?? WaitAfter(age, FirstWait(batch.Mode)));
    }

    /// <summary>As long as it has waited already: half an hour, one, two, four and at last eight. How often it was asked in vain does not count.</summary>
    private static TimeSpan WaitAfter(TimeSpan age, TimeSpan first) => age < first ? first : age > first * LongestTimes ? first * LongestTimes : age;

    private static RequestResult NoResult(RequestResult last) =>
        last with { Refusals = [new(ChannelOutcome.Refused, "no_result", "The platform took the conversion and never said what became of it.", int.MaxValue, null, null)] };

    private async Task<OutboxResult> JudgeAsync(ConversionBatch batch, RequestResult result, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);

        // What was sent again since then is judged by its newer request.
        var rows = await (from part in db.Set<ConversionPart>()
                          join conversion in db.Set<Conversion>() on part.ConversionId equals conversion.Id
                          where part.BatchId == batch.Id && conversion.Status == ConversionStatus.Received && conversion.RequestId == batch.RequestId
                          orderby part.Position
                          select new { part.Position, Conversion = conversion }).AsNoTracking().ToListAsync(cancel);
        var (verdicts, now) = (RecordVerdicts.Of(batch.Count, result), clock.GetUtcNow());
        foreach (var row in rows)
            verdicts[row.Position].Apply(row.Conversion, now);
        await db.UpdateAsync(rows.ConvertAll(row => row.Conversion), Judged, cancel);
        foreach (var due in rows.Where(row => row.Conversion.Status == ConversionStatus.Queued).Select(row => row.Conversion.DueAt!.Value).Distinct())
            await ConversionQueue.AskAsync(db, batch.Platform, due, cancel);

        (batch.ResultAt, batch.Result) = (now, RecordVerdicts.InWords(batch.Count, result));
        await db.UpdateAsync([batch], [nameof(ConversionBatch.ResultAt), nameof(ConversionBatch.Result)], cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return OutboxResult.Done;
    }
}
