namespace RevOps.Core.Platform.Connections;

/// <summary>An outside platform that is connected on the Connections page.</summary>
public interface IPlatformConnection
{
    /// <summary>"Stripe", "Meta" or "Google".</summary>
    string Name { get; }

    /// <summary>Whose world it is connected to now; null: not connected, and its work waits.</summary>
    Mode? Mode { get; }

    /// <summary>What it needs, in the order of the form.</summary>
    IReadOnlyList<ConnectionField> Fields { get; }

    /// <summary>True for a value that moves real money or reaches real people.</summary>
    bool IsLive(ConnectionField field, string value);

    /// <summary>Asks the platform itself whether it would take our calls; changes nothing there.</summary>
    Task<CheckReport> CheckAsync(CancellationToken cancel);
}

/// <summary>How a live check ended.</summary>
public enum CheckOutcome
{
    Works = 0,

    /// <summary>Nothing to check: no key is set.</summary>
    NotConnected = 1,

    /// <summary>The platform does not know the key, or no longer.</summary>
    WrongKey = 2,

    /// <summary>The key is known and lacks a permission.</summary>
    NoRights = 3,

    /// <summary>No answer came.</summary>
    NoNetwork = 4,

    /// <summary>The platform itself fails or asks us to wait.</summary>
    Failing = 5,

    /// <summary>It refused for another reason: the account, dataset or conversion action is not what it should be.</summary>
    Refused = 6,
}

/// <param name="Code">The platform's own, such as "190"; null where there is none.</param>
public sealed record CheckReport(CheckOutcome Outcome, string? Code = null)
{
    /// <summary>What the platform told of the account, by names that the page puts into words.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
