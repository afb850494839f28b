using System.Text.Json.Serialization;

namespace RevOps.Sandbox;

[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>Slow execution: the object lock and the idempotency key are held meanwhile.</summary>
    [JsonStringEnumMemberName("latency")] Latency,

    /// <summary>The connection dies before anything is executed.</summary>
    [JsonStringEnumMemberName("cut")] Cut,

    /// <summary>Executed and committed, then the connection dies without an answer.</summary>
    [JsonStringEnumMemberName("drop")] Drop,

    [JsonStringEnumMemberName("429")] TooManyRequests,

    /// <summary>Refused before execution: the same key may try again.</summary>
    [JsonStringEnumMemberName("500")] Error,

    /// <summary>Stripe: execution began and failed without effect; the key replays this 500 for a day.</summary>
    [JsonStringEnumMemberName("500stored")] StoredError,

    /// <summary>Stripe: executed, and yet the key answers 500 for a day: only a look-up finds the effect.</summary>
    [JsonStringEnumMemberName("500executed")] ExecutedError,
}

/// <summary>
/// Something that goes wrong on a route. A route is "POST /v1/invoices/{id}/finalize", with or without the method;
/// a trailing * takes everything below it.
/// </summary>
public sealed record Fault
{
    public required string Route { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>How many requests it hits; -1 = until removed.</summary>
    public int Count { get; init; } = 1;

    public int LatencyMs { get; init; } = 1000;

    /// <summary>What a 429 asks for; null: it does not say.</summary>
    public int? RetryAfterSeconds { get; init; }

    public double Probability { get; init; } = 1;

    public int Seed { get; init; }
}

/// <summary>The faults now armed, shared by the servers and settable from outside.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Armed> armed = [];

    public void Add(Fault fault)
    {
        lock (gate)
        {
            armed.Add(new Armed(fault));
        }
    }

    public void Replace(IEnumerable<Fault> faults)
    {
        var next = faults.Select(f => new Armed(f)).ToList();
        lock (gate)
        {
            armed.Clear();
            armed.AddRange(next);
        }
    }

    public void Clear() => Replace([]);

    /// <summary>What is still armed, each with the count it has left.</summary>
    public IReadOnlyList<Fault> Active
    {
        get
        {
            lock (gate)
            {
                return [.. armed.Select(a => a.Fault with { Count = a.Left })];
            }
        }
    }

    internal FaultPlan Take(HttpRequest request)
    {
        lock (gate)
        {
            // At most one of each kind: a slow answer may also be dropped, but not dropped twice.
            var hit = armed.Where(a => a.Hits(request.Method, request.Path)).DistinctBy(a => a.Fault.Kind).ToList();
            hit.ForEach(a => a.Left -= a.Left > 0 ? 1 : 0);
            armed.RemoveAll(a => a.Left == 0);
            return new FaultPlan([.. hit.Select(a => a.Fault)]);
        }
    }

    private sealed class Armed(Fault fault)
    {
        private readonly Random random = new(fault.Seed);
        private readonly RoutePattern route = new(fault.Route);

        public Fault Fault => fault;

        public int Left { get; set; } = fault.Count;

        public bool Hits(string method, string path) =>
            route.Matches(method, path) && (fault.Probability >= 1 || random.NextDouble() < fault.Probability);
    }
}
