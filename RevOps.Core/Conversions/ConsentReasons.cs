namespace RevOps.Core.Conversions;

/// <summary>Why a conversion is held for want of consent.</summary>
internal static class ConsentReasons
{
    public const string Unknown = "consent.unknown";
    public const string Denied = "consent.denied";
}
