namespace RevOps.Core.Conversions;

/// <summary>Why a conversion ended because its platform's window passed: what it had been waiting for until then.</summary>
internal static class LateReasons
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "late.";

    /// <summary>It was on its way: the platform was not connected, or took nothing.</summary>
    public const string Waited = "late.waited";

    // Each has words of its own on the pages.
    private static readonly string[] Known = [ConsentReasons.Unknown, ConsentReasons.Denied, StageRules.Off, "no_conversion_action", "no_event_name"];

    public static string Of(Conversion conversion) =>
        conversion.Status == ConversionStatus.Held && Known.Contains(conversion.Reason) ? Prefix + conversion.Reason : Waited;
}
