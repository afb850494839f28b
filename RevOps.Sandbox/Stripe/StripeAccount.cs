using System.Collections.Concurrent;

namespace RevOps.Sandbox.Stripe;

/// <summary>The one account of this stand-in: its store, its clock, and its address once it listens.</summary>
internal sealed class StripeAccount(SandboxOptions options) : IDisposable
{
    private readonly Store store = new(Path.Combine(options.Folder, "stripe.db"), Wire.Snake);
    private readonly SemaphoreSlim eventsWaiting = new(0);

    public SandboxOptions Options => options;

    public Uri Address { get; set; } = new("http://127.0.0.1");

    public ObjectLocks Locks { get; } = new();

    public RateLimit Rate { get; } = new(options.StripeCallsPerSecond);

    /// <summary>Idempotency keys whose first request has not ended yet.</summary>
    public ConcurrentDictionary<string, bool> RunningKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>One transaction: what is due by the clock happens first, so that every reader sees a settled world.</summary>
    public T Work<T>(Func<StripeSession, T> work, RequestTag? request = null)
    {
        var emitted = false;
        var result = store.Write(documents =>
        {
            var session = new StripeSession(this, documents, request);
            Deadlines.Run(session);
            var made = work(session);
            emitted = session.HasEmitted;
            return made;
        });
        if (emitted)
            eventsWaiting.Release();
        return result;
    }

    /// <summary>An account without customers, invoices, events and deliveries.</summary>
    public void Clear() => store.Clear();

    public Task<bool> EventsWaitingAsync(TimeSpan atMost, CancellationToken ct) => eventsWaiting.WaitAsync(atMost, ct);

    public void Dispose()
    {
        store.Dispose();
        eventsWaiting.Dispose();
    }
}

internal sealed record RequestTag(string Id, string? IdempotencyKey);
