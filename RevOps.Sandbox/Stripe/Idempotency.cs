namespace RevOps.Sandbox.Stripe;

internal sealed record KeptAnswer(string Id, long Created, string Fingerprint, string RequestId, int Status, string Body) : IDocument;

/// <summary>
/// The first result under a key is kept for a day, also a 500, once execution began; what was refused before that, or for
/// being in another's way, may try again under the same key.
/// </summary>
internal static class Idempotency
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public static async Task<Answer> OnceAsync(StripeAccount account, StripeCall call, Func<Task<Answer>> execute)
    {
        if (call.Key is not { } key)
            return await execute();
        if (!account.RunningKeys.TryAdd(key, true))
        {
            throw new StripeException(409, "idempotency_error", "idempotency_key_in_use",
                $"There is currently another in-progress request using this Idempotent Key: {key}.");
        }
        try
        {
            return account.Work(session => Replay(session, call, key)) ?? await execute();
        }
        finally
        {
            account.RunningKeys.TryRemove(key, out _);
        }
    }

    public static void Keep(StripeSession session, StripeCall call, Answer answer)
    {
        if (call.Key is not null)
            session.Documents.Put(new KeptAnswer(call.Key, session.Now, call.Fingerprint, call.RequestId, answer.Status, answer.Body));
    }

    private static Answer? Replay(StripeSession session, StripeCall call, string key)
    {
        session.Documents.RemoveOlder<KeptAnswer>(session.Now - (long)Life.TotalSeconds);
        if (session.Documents.Find<KeptAnswer>(key) is not { } kept)
            return null;
        if (kept.Fingerprint != call.Fingerprint)
        {
            throw new StripeException(400, "idempotency_error", null,
                $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try another key than '{key}'.");
        }
        return new Answer(kept.Status, kept.Body)
        {
            Headers = new(StringComparer.Ordinal) { ["Idempotent-Replayed"] = "true", ["Original-Request"] = kept.RequestId },
        };
    }
}
