using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Changes at Stripe, each done once: key and exact body are stored before the first attempt and sent again unchanged, and an answer
/// that was stored is not asked for twice.
/// </summary>
public sealed class StripeEffects(IDbContextFactory<RevOpsDb> databases, Vault vault, StripeClient stripe)
{
    public const string Target = "stripe";

    /// <summary>For so long Stripe remembers a key; afterwards the same key is a new request.</summary>
    private static readonly TimeSpan KeyLives = TimeSpan.FromHours(23);

    /// <summary>Does the step, or returns the answer of the time when it was done.</summary>
    /// <param name="step">What it is, and its request.</param>
    /// <param name="lookUp">
    /// Finds what an earlier attempt may have made, by our metadata; asked instead of a blind retry when the key is too old or Stripe's
    /// answer leaves it open. It returns Stripe's JSON, or null when nothing was made.
    /// </param>
    /// <exception cref="StripeException">It was refused, or not reached: the row stays open and the job tries again.</exception>
    public async Task<StripeAnswer> OnceAsync(StripeStep step, Func<Task<string?>>? lookUp, CancellationToken cancel)
    {
        var effect = await PrepareAsync(step, cancel);
        if (effect.State == EffectState.Done)
            return new(effect.HttpStatus ?? 200, await OpenAsync(effect, effect.SealedAnswer, cancel) ?? "", Replayed: true, RequestId: null);

        if (IsUncertain(effect))
        {
            if (lookUp is not null && await lookUp() is { } made)
                return await FinishAsync(effect.Id, new(200, made, Replayed: true, RequestId: null), cancel);
            effect = await BeginAgainAsync(effect.Id, step, cancel);
        }

        var body = await OpenAsync(effect, effect.SealedBody, cancel) ?? throw new ErasedException(effect.OwnerId);
        var (method, path) = Split(effect.Request);
        await ChangeAsync(effect.Id, row => { row.Attempts++; row.FirstAttemptAt ??= TimeProvider.System.GetUtcNow(); row.LastAttemptAt = TimeProvider.System.GetUtcNow(); }, cancel);
        try
        {
            return await FinishAsync(effect.Id, await stripe.SendAsync(new(method, path, body), effect.WireKey, cancel), cancel);
        }
        catch (StripeException refused)
        {
            await ChangeAsync(effect.Id, row =>
            {
                row.HttpStatus = refused.Status;
                row.Error = refused.Code ?? refused.Type ?? refused.Fault.ToString();
                row.State = refused.IsTransient || refused.Fault is StripeFault.Unauthorised or StripeFault.NotConnected ? EffectState.Open : EffectState.Refused;
            }, cancel);
            throw;
        }
    }

    /// <summary>
    /// What came of a step that was begun earlier: its answer; the same request again while its key lives; else what the look-up finds.
    /// Null when nothing was made.
    /// </summary>
    public async Task<StripeAnswer?> SettleAsync(OutsideEffect begun, Func<Task<string?>> lookUp, CancellationToken cancel)
    {
        if (begun.State == EffectState.Open && !IsUncertain(begun))
        {
            var (method, path) = Split(begun.Request);
            return await OnceAsync(new(begun.Key, begun.SubjectId, begun.OwnerId, new(method, path, "")), lookUp, cancel);
        }

        if (begun.State == EffectState.Done)
            return new(begun.HttpStatus ?? 200, await OpenAsync(begun, begun.SealedAnswer, cancel) ?? "", Replayed: true, RequestId: null);
        return await lookUp() is { } made ? await FinishAsync(begun.Id, new(200, made, Replayed: true, RequestId: null), cancel) : null;
    }

    /// <summary>True when the step was tried at least once.</summary>
    public async Task<bool> IsBegunAsync(string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<OutsideEffect>().AnyAsync(row => row.Key == key && row.Attempts > 0, cancel);
    }

    /// <summary>Closes a step that was begun and whose answer was lost, once it is seen to be done; a step never begun stays so.</summary>
    /// <param name="key">The step's.</param>
    /// <param name="read">Stripe's JSON of what shows it; asked only when the step is open.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task NoteDoneAsync(string key, Func<Task<string>> read, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db.Set<OutsideEffect>().AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.State != EffectState.Done, cancel);
        if (open is not null)
            await FinishAsync(open.Id, new(200, await read(), Replayed: true, RequestId: null), cancel);
    }

    /// <summary>A refusal for good, or an attempt so old that its key may have been forgotten.</summary>
    private static bool IsUncertain(OutsideEffect effect) =>
        effect.State == EffectState.Refused || TimeProvider.System.GetUtcNow() - effect.FirstAttemptAt > KeyLives;

    /// <summary>
    /// The next generation of a step that had no effect: under a new key, and with the request as it would be written now, since
    /// what was refused may have been mended.
    /// </summary>
    private async Task<OutsideEffect> BeginAgainAsync(Guid id, StripeStep step, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var effect = await db.Set<OutsideEffect>().SingleAsync(row => row.Id == id, cancel);
        effect.Generation++;
        (effect.State, effect.FirstAttemptAt) = (EffectState.Open, null);
        (effect.Request, effect.SealedBody) = (RequestOf(step), await vault.SealAsync(db, effect.OwnerId, effect.Id, step.Request.Body, cancel));
        await db.SaveChangesAsync(cancel);
        return effect;
    }

    private static string RequestOf(StripeStep step) => $"{step.Request.Method} {step.Request.Path}";

    private async Task<OutsideEffect> PrepareAsync(StripeStep step, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<OutsideEffect>().SingleOrDefaultAsync(row => row.Key == step.Key, cancel) is { } known)
            return known;

        var id = Guid.CreateVersion7();
        var effect = new OutsideEffect
        {
            Id = id,
            Key = step.Key,
            Target = Target,
            Request = RequestOf(step),
            SubjectId = step.SubjectId,
            OwnerId = step.OwnerId,
            SealedBody = await vault.SealAsync(db, step.OwnerId, id, step.Request.Body, cancel),
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(effect);
        await db.SaveChangesAsync(cancel);
        return effect;
    }

    private async Task<StripeAnswer> FinishAsync(Guid id, StripeAnswer answer, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var effect = await db.Set<OutsideEffect>().SingleAsync(row => row.Id == id, cancel);
        (effect.State, effect.HttpStatus, effect.Error) = (EffectState.Done, answer.Status, null);
        effect.SealedAnswer = await vault.SealAsync(db, effect.OwnerId, effect.Id, answer.Body, cancel);
        await db.SaveChangesAsync(cancel);
        return answer;
    }

    private async Task ChangeAsync(Guid id, Action<OutsideEffect> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        change(await db.Set<OutsideEffect>().SingleAsync(row => row.Id == id, cancel));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<string?> OpenAsync(OutsideEffect effect, byte[]? value, CancellationToken cancel) => await vault.OpenAsync(effect.OwnerId, effect.Id, value, cancel);

    private static (HttpMethod Method, string Path) Split(string request)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        return (new HttpMethod(request[..space]), request[(space + 1)..]);
    }
}

/// <summary>One change at Stripe.</summary>
/// <param name="Key">Business identity, version and step, such as "inv:018f…:v1:create".</param>
/// <param name="SubjectId">The invoice or customer whose page shows it.</param>
/// <param name="OwnerId">Under whose key body and answer are stored.</param>
public sealed record StripeStep(string Key, Guid SubjectId, Guid OwnerId, StripeRequest Request);
