using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>Sends one conversion to its platform, with consent or not at all, and stores what came of it.</summary>
public sealed class SendConversion(
    IDbContextFactory<RevOpsDb> databases, Vault vault, ConversionFactsReader reader, StageRules stages, IEnumerable<IConversionChannel> channels, TimeProvider clock) : IOutboxJob
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Gone with the payment that it told of, where that had been matched by mistake.
        if (await db.Set<Conversion>().SingleOrDefaultAsync(c => c.Id == Guid.Parse(row.Argument), cancel) is not { Status: ConversionStatus.Queued } conversion)
            return OutboxResult.Done;

        // Queued before somebody switched the stage off.
        var rule = await stages.OfAsync(db, conversion.Stage, conversion.Platform, cancel);
        if (!rule.Sends)
            return await EndAsync(db, conversion, ConversionStatus.Held, StageRules.Off, null, cancel);

        var channel = channels.Single(candidate => candidate.Platform == conversion.Platform);
        if (channel.Mode is not { } mode)
            return OutboxResult.Wait($"{conversion.Platform} is not connected.", LookAgain);
        if (conversion.Mode != mode)
            return OutboxResult.Wait($"This conversion is of mode {conversion.Mode}, and {conversion.Platform} is connected in mode {mode}.", LookAgain);

        var others = await db.Set<Conversion>().AsNoTracking().Where(other => other.Platform == conversion.Platform && other.TransactionId == conversion.TransactionId && other.Id != conversion.Id && other.SentAt != null).ToListAsync(cancel);
        if (conversion.Platform == AdPlatform.Google && others.Exists(other => other.Stage > conversion.Stage))
            return await EndAsync(db, conversion, ConversionStatus.Rejected, "superseded", "A later stage of the same sale was sent already; this one would set its value back.", cancel);

        var restates = conversion.Platform == AdPlatform.Google && others.Count > 0;
        var (facts, consent) = await reader.ReadAsync(db, conversion, rule.Name, restates, cancel);
        if (consent.Ads != ConsentAnswer.Granted)
            return await HoldAsync(db, conversion, cancel);
        if (channel.Check(facts, clock.GetUtcNow()) is { } refusal)
            return await RefuseAsync(db, conversion, refusal, cancel);

        return await SendAsync(db, conversion, channel, facts, cancel);
    }

    /// <summary>
    /// Asked once more in our turn to write: an answer that came since the first reading found nothing held and would not look again.
    /// </summary>
    private async Task<OutboxResult> HoldAsync(RevOpsDb db, Conversion conversion, CancellationToken cancel)
    {
        await db.BeginWorkAsync(cancel);
        var ads = (await ConsentState.OfAsync(db, conversion.PersonId, cancel)).Ads;
        return ads == ConsentAnswer.Granted
            ? OutboxResult.Retry("Consent has just come.", TimeSpan.Zero)
            : await EndAsync(db, conversion, ConversionStatus.Held, ads == ConsentAnswer.Denied ? "consent.denied" : "consent.unknown", null, cancel);
    }

    private async Task<OutboxResult> RefuseAsync(RevOpsDb db, Conversion conversion, Refusal refusal, CancellationToken cancel)
    {
        if (refusal.RetryAt is { } at)
        {
            (conversion.Reason, conversion.Message) = (refusal.Code, refusal.Text);
            await db.SaveChangesAsync(cancel);
            return OutboxResult.Wait(refusal.Text, at - clock.GetUtcNow());
        }

        var status = refusal.Code is "no_conversion_action" or "no_event_name" ? ConversionStatus.Held : ConversionStatus.Rejected;
        return await EndAsync(db, conversion, status, refusal.Code, refusal.Text, cancel);
    }

    private async Task<OutboxResult> SendAsync(RevOpsDb db, Conversion conversion, IConversionChannel channel, ConversionFacts facts, CancellationToken cancel)
    {
        var effect = await PrepareAsync(db, conversion, () => channel.Write(facts), cancel);
        if (await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedBody, cancel) is not { } body)
            return await EndAsync(db, conversion, ConversionStatus.Rejected, "erased", null, cancel);

        // The attempt is on record before it is made. Sending the same event id again is safe: both platforms count it once.
        effect.Attempts++;
        effect.FirstAttemptAt ??= TimeProvider.System.GetUtcNow();
        effect.LastAttemptAt = TimeProvider.System.GetUtcNow();
        await db.SaveChangesAsync(cancel);

        var answer = await channel.SendAsync(body, cancel);
        (effect.HttpStatus, effect.Error) = (answer.HttpStatus, answer.Code);
        effect.SealedAnswer = await vault.SealAsync(db, effect.OwnerId, effect.Id, answer.Body, cancel);
        effect.State = answer.Outcome switch
        {
            ChannelOutcome.Delivered or ChannelOutcome.Received => EffectState.Done,
            ChannelOutcome.Refused => EffectState.Refused,
            _ => EffectState.Open,
        };
        return await ConcludeAsync(db, conversion, answer, cancel);
    }

    private async Task<OutboxResult> ConcludeAsync(RevOpsDb db, Conversion conversion, ChannelAnswer answer, CancellationToken cancel)
    {
        conversion.RequestId = answer.RequestId ?? conversion.RequestId;
        switch (answer.Outcome)
        {
            case ChannelOutcome.Delivered:
                conversion.SentAt ??= clock.GetUtcNow();
                return await EndAsync(db, conversion, ConversionStatus.Delivered, answer.Code, answer.Message, cancel);
            case ChannelOutcome.Received:
                conversion.SentAt ??= clock.GetUtcNow();
                db.Enqueue<PollConversion>(conversion.Id.ToString(), clock.GetUtcNow() + PollConversion.FirstWait(conversion.Mode), key: $"{conversion.Id}/{answer.RequestId}");
                return await EndAsync(db, conversion, ConversionStatus.Received, null, null, cancel);
            case ChannelOutcome.Refused:
                return await EndAsync(db, conversion, ConversionStatus.Rejected, answer.Code, answer.Message, cancel);
            default:
                (conversion.Reason, conversion.Message) = (Cut(answer.Code, 100), Cut(answer.Message, 1_000));
                await db.SaveChangesAsync(cancel);
                var wait = answer.RetryAfter ?? (answer.Outcome == ChannelOutcome.ConnectionBroken ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(5));
                return OutboxResult.Retry($"{conversion.Platform}: {answer.Code}", wait);
        }
    }

    private async Task<OutsideEffect> PrepareAsync(RevOpsDb db, Conversion conversion, Func<string> write, CancellationToken cancel)
    {
        var key = $"{conversion.Platform.ToString().ToLowerInvariant()}:{conversion.EventId}";
        if (await db.Set<OutsideEffect>().SingleOrDefaultAsync(effect => effect.Key == key, cancel) is { } known)
        {
            // The booking may have changed since an attempt that failed: what goes now is what is true now, under the same event id.
            known.SealedBody = await vault.SealAsync(db, known.OwnerId, known.Id, write(), cancel);
            return known;
        }

        var id = Guid.CreateVersion7();
        var effect = new OutsideEffect
        {
            Id = id,
            Key = key,
            Target = conversion.Platform.ToString().ToLowerInvariant(),
            Request = conversion.Platform == AdPlatform.Meta ? "POST events" : "POST events:ingest",
            SubjectId = conversion.Id,
            OwnerId = conversion.PersonId,
            SealedBody = await vault.SealAsync(db, conversion.PersonId, id, write(), cancel),
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(effect);
        await db.SaveChangesAsync(cancel);
        return effect;
    }

    private async Task<OutboxResult> EndAsync(RevOpsDb db, Conversion conversion, ConversionStatus status, string? reason, string? message, CancellationToken cancel)
    {
        (conversion.Status, conversion.Reason, conversion.Message) = (status, Cut(reason, 100), Cut(message, 1_000));
        conversion.OutcomeAt = status is ConversionStatus.Delivered or ConversionStatus.Rejected ? clock.GetUtcNow() : null;
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    internal static string? Cut(string? text, int longest) => text is { } given && given.Length > longest ? given[..longest] : text;
}
