namespace RevOps.Core.Platform.Connections;

/// <summary>One value that a platform needs.</summary>
/// <param name="Name">Under which it is stored, and its key in the configuration: "Stripe:ApiKey".</param>
public sealed record ConnectionField(string Name)
{
    /// <summary>The key of the configuration that locks it.</summary>
    public string ConfigurationKey { get; init; } = Name;

    /// <summary>Never shown again once it is saved.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Many lines: a key file.</summary>
    public bool IsLong { get; init; }

    /// <summary>Without it the platform is not connected.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Spaces around it, hyphens in a number: what people paste and no platform wants.</summary>
    public Func<string, string> Tidy { get; init; } = given => given.Trim();

    /// <summary>What is wrong with a value, as a code that the page puts into words; null when nothing is.</summary>
    public Func<string, string?> Check { get; init; } = _ => null;

    /// <summary>What may be shown of a value.</summary>
    public Func<string, string> Hint { get; init; } = ConnectionHint.Whole;
}

/// <summary>What may be shown of a value.</summary>
public static class ConnectionHint
{
    private const int Shown = 4;

    public static string Whole(string value) => value;

    /// <summary>"…4f2a": enough to tell two keys apart. Of a short one nothing, since that would be half of it.</summary>
    public static string Ending(string value) => value.Length >= 3 * Shown ? "…" + value[^Shown..] : "…";
}
