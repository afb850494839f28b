using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions;

/// <summary>Asks a platform that only acknowledged what became of the conversion, until it says so or a day has passed.</summary>
public sealed class PollConversion(IDbContextFactory<RevOpsDb> databases, IEnumerable<IConversionChannel> channels, TimeProvider clock) : IOutboxJob
{
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(26);

    /// <summary>Google asks for half an hour of patience; the stand-in is quicker.</summary>
    public static TimeSpan FirstWait(Mode mode) => mode == Mode.Sandbox ? TimeSpan.FromSeconds(3) : TimeSpan.FromMinutes(30);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var conversion = await db.Set<Conversion>().SingleAsync(c => c.Id == Guid.Parse(row.Argument), cancel);
        if (conversion.Status != ConversionStatus.Received || conversion.RequestId is not { } requestId)
            return OutboxResult.Done;

        var channel = channels.Single(candidate => candidate.Platform == conversion.Platform);
        if (channel.Mode is null)
            return OutboxResult.Wait($"{conversion.Platform} is not connected.", TimeSpan.FromSeconds(15));

        var answer = await channel.PollAsync(requestId, cancel);
        if (answer.Outcome is ChannelOutcome.Delivered or ChannelOutcome.Refused)
            return await EndAsync(db, conversion, answer.Outcome == ChannelOutcome.Delivered, answer.Code, answer.Message, cancel);

        // These two say that the event itself has to be sent again; anything else, that it is still being looked at.
        if (answer.Code is "TOO_RECENT_CLICK" or "INTERNAL_ERROR")
            return await SendAgainAsync(db, conversion, answer.Code, cancel);
        if (clock.GetUtcNow() - conversion.SentAt > GiveUp)
            return await EndAsync(db, conversion, delivered: false, "no_result", "The platform took the conversion and never said what became of it.", cancel);

        var again = answer.RetryAfter ?? FirstWait(conversion.Mode) * Math.Pow(2, Math.Min(row.Attempts - 1, 4));
        return OutboxResult.Wait($"{conversion.Platform} is still working on it.", again);
    }

    private async Task<OutboxResult> EndAsync(RevOpsDb db, Conversion conversion, bool delivered, string? code, string? message, CancellationToken cancel)
    {
        (conversion.Status, conversion.OutcomeAt) = (delivered ? ConversionStatus.Delivered : ConversionStatus.Rejected, clock.GetUtcNow());
        (conversion.Reason, conversion.Message) = (SendConversion.Cut(code, 100), SendConversion.Cut(message, 1_000));
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    private async Task<OutboxResult> SendAgainAsync(RevOpsDb db, Conversion conversion, string code, CancellationToken cancel)
    {
        (conversion.Status, conversion.Reason) = (ConversionStatus.Queued, code);
        db.Enqueue<SendConversion>(conversion.Id.ToString(), clock.GetUtcNow() + TimeSpan.FromHours(1), key: $"{conversion.Id}/again/{conversion.RequestId}", lane: $"conversion:{conversion.TransactionId}:{conversion.Platform}");
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
