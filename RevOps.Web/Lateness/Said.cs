using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>Lateness in words.</summary>
internal static class Said
{
    public const string Unknown = "–";

    /// <summary>"5 days before", "on the due date", "7 days after".</summary>
    public static string Offset(this IStringLocalizer<LatenessTexts> text, int days) => days switch
    {
        0 => text["OffsetDue"],
        < 0 => text.Counted("OffsetBefore", -days),
        _ => text.Counted("OffsetAfter", days),
    };

    /// <summary>"12.15%" to two decimals: the law's rates have them.</summary>
    public static string Rate(int basisPoints) => (basisPoints / 10_000m).ToString("P2", CultureInfo.CurrentCulture).Replace(' ', '\u00a0');

    public static string Days(double days) => days.ToString("N0", CultureInfo.CurrentCulture);

    public static string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);

    /// <summary>The worst that can be said of it, in a word, for a column and for CSV.</summary>
    public static string? Standing(this IStringLocalizer<LatenessTexts> text, InvoiceStanding standing, DateOnly today) => standing switch
    {
        { Dispute: { } dispute } => text["DisputedFor", text["Dispute" + dispute.Reason]].Value,
        { Promise.PromisedOn: var day } when day < today => text["PromiseBrokenOn", Day(day)].Value,
        { Promise.PromisedOn: var day } => text["PromisedFor", Day(day)].Value,
        _ => null,
    };

    public static Tone ToneOf(InvoiceStanding standing, DateOnly today) => standing.Dispute is not null || standing.Promise?.PromisedOn < today ? Tone.Bad : Tone.Attention;
}
