using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>HubSpot refused, or was not reached.</summary>
/// <param name="status">Null: no answer came.</param>
/// <param name="category">HubSpot's own word, such as "MISSING_SCOPES".</param>
public class HubSpotException(int? status, string? category) : Exception(status is null ? "HubSpot was not reached." : $"HubSpot answered {status}: {category ?? "no reason given"}")
{
    public int? Status { get; } = status;

    public string? Category { get; } = category;
}

/// <summary>HubSpot takes no more calls for a while: work waits, and is no failure.</summary>
public sealed class HubSpotBusyException(DateTimeOffset retryAt) : HubSpotException(429, "RATE_LIMITS"), IParksWork
{
    public DateTimeOffset RetryAt { get; } = retryAt;
}

/// <summary>No token is set: work waits until there is one.</summary>
public sealed class HubSpotNotConnectedException() : HubSpotException(401, "NOT_CONNECTED"), IParksWork
{
    public override string Message => "HubSpot is not connected.";

    public DateTimeOffset RetryAt { get; } = TimeProvider.System.GetUtcNow().AddSeconds(15);
}
