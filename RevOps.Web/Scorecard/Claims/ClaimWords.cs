using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Scorecard.Claims;
using RevOps.Web.Shared;

namespace RevOps.Web.Scorecard.Claims;

/// <summary>Puts what was measured into words.</summary>
internal static class ClaimWords
{
    public static Tone ToneOf(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Confirmed => Tone.Good,
        ClaimVerdict.Contradicted => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>With its interval; null where nothing was measured.</summary>
    public static string? Measured(ClaimLine line, IStringLocalizer text) => line.Finding is { Value: { } value } found
        ? found is { Low: { } low, High: { } high } ? text["WithInterval", Write(line.Claim.Unit, value), Write(line.Claim.Unit, low), Write(line.Claim.Unit, high)] : Write(line.Claim.Unit, value)
        : null;

    public static string Write(ClaimUnit unit, double value) => unit switch
    {
        ClaimUnit.Share => Culture.InOneLine(value.ToString("P1", CultureInfo.CurrentCulture)),
        ClaimUnit.Days => value.ToString("N1", CultureInfo.CurrentCulture),
        _ => value.ToString("N2", CultureInfo.CurrentCulture),
    };
}
