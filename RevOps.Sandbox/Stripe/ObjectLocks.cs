namespace RevOps.Sandbox.Stripe;

/// <summary>Stripe changes an object for one request at a time; who waits too long gets 429 <c>lock_timeout</c>.</summary>
internal sealed class ObjectLocks
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public async Task<IDisposable> TakeAsync(string id, TimeSpan wait, CancellationToken ct)
    {
        Entry entry;
        lock (gate)
        {
            if (!entries.TryGetValue(id, out entry!))
                entries[id] = entry = new Entry();
            entry.Users++;
        }
        if (await entry.Semaphore.WaitAsync(wait, ct).ConfigureAwait(false))
            return new Held(this, id, entry);
        Leave(id, entry);
        throw new StripeException(429, "invalid_request_error", "lock_timeout",
            "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.");
    }

    private void Leave(string id, Entry entry)
    {
        lock (gate)
        {
            if (--entry.Users == 0)
                entries.Remove(id);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Held(ObjectLocks locks, string id, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Semaphore.Release();
            locks.Leave(id, entry);
        }
    }
}
