namespace RevOps.Web.Platform;

/// <summary>What this installation shows that no customer's would.</summary>
/// <param name="Demo">One-click sign-in, and data to look at.</param>
/// <param name="Sandbox">Platforms without a key are served by local stand-ins.</param>
public sealed record Switches(bool Demo, bool Sandbox)
{
    public const string DemoKey = "Demo:Enabled";
    public const string SandboxKey = "Sandbox:Enabled";

    /// <summary>The switch that speaks against a live key; null when none does.</summary>
    public string? AgainstLiveKeys => Sandbox ? SandboxKey : Demo ? DemoKey : null;

    // A text that is no boolean is reported by the setting rules a moment later; until then it means no.
    public static Switches From(IConfiguration settings) => new(IsOn(settings, DemoKey), IsOn(settings, SandboxKey));

    private static bool IsOn(IConfiguration settings, string key) => bool.TryParse(settings[key], out var on) && on;
}
