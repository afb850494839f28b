namespace RevOps.Sandbox;

/// <summary>What shall go wrong with one request.</summary>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults)
{
    public bool Has(FaultKind kind) => faults.Any(f => f.Kind == kind);

    public int? RetryAfterSeconds => faults.FirstOrDefault(f => f.Kind == FaultKind.TooManyRequests)?.RetryAfterSeconds;

    public Task DelayAsync(CancellationToken ct)
    {
        var latency = faults.FirstOrDefault(f => f.Kind == FaultKind.Latency);
        return latency is null ? Task.CompletedTask : Task.Delay(latency.LatencyMs, ct);
    }
}

/// <summary>"POST /v1/invoices/{id}/*" against a request: a part in braces stands for any one part.</summary>
internal sealed class RoutePattern
{
    private readonly string? method;
    private readonly string[] parts;
    private readonly bool open;

    public RoutePattern(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        method = words.Length > 1 ? words[0] : null;
        var path = words.Length == 0 ? "*" : words[^1];
        open = path.EndsWith('*');
        parts = Split(path.TrimEnd('*'));
    }

    public bool Matches(string requestMethod, string path)
    {
        var asked = Split(path);
        return (method is null || string.Equals(method, requestMethod, StringComparison.OrdinalIgnoreCase))
            && (asked.Length == parts.Length || (open && asked.Length > parts.Length))
            && parts.Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
