using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Web.Shared;

namespace RevOps.Web.Pricing;

/// <summary>Puts prices and why they move into words.</summary>
internal static class PricingWords
{
    /// <summary>One sentence: "82% of places sold at 12 days, usually 61%: +8%".</summary>
    public static string Why(this IStringLocalizer<PricingTexts> text, AdviceRow row)
    {
        if (row is { Advised: null, UsualLoad: { } fits, Outcome: AdviceOutcome.TooSmall } && text.LimitsOf(row, AdviceReason.Rounding) is { Count: > 0 } held)
            return text["Held", Share(row.Load), text.Days(row.LeadDays), Share(fits), string.Join(text["Between"], held)];
        if (row.Advised is null)
            return text[row is { Outcome: AdviceOutcome.NotEnoughData, UsualLoad: not null } ? "KeptFew" : "Kept." + row.Outcome, Share(row.Load), text.Days(row.LeadDays), row.UsualLoad is { } usual ? Share(usual) : "–"];
        var said = new List<string> { text.Leading(row, row.Parts.Where(part => part.Reason <= AdviceReason.FewPlacesLeft).MaxBy(part => Math.Abs(part.ChangeMinor))) };
        said.AddRange(text.LimitsOf(row));
        if (row.Outcome == AdviceOutcome.NotEnoughData)
            said.Add(text["FewSales"]);

        // Reasons lead from the list price to the advised one; a slot that has moved before may well come back.
        var why = $"{string.Join(text["Between"], said)}{text["Moves"]}{Signed(row.OnBase)}";
        return row.Price == row.Base ? why : $"{why} {text["OnList", Signed(row.Change)]}";
    }

    private static List<string> LimitsOf(this IStringLocalizer<PricingTexts> text, AdviceRow row, AdviceReason? also = null) =>
        [.. row.Parts.Where(part => part.Reason is AdviceReason.DailyChange or AdviceReason.Floor or AdviceReason.Ceiling || part.Reason == also).Select(part => text["Limit." + part.Reason, Culture.Text(new Money((long)part.Against, row.Price.Currency))].Value)];

    private static string Leading(this IStringLocalizer<PricingTexts> text, AdviceRow row, AdvicePart? part) => part?.Reason switch
    {
        AdviceReason.FewPlacesLeft => text.Counted("PlacesLeft", (long)part.Now, part.Against.ToString("0.#", CultureInfo.CurrentCulture)),

        // A morning's load, as the usual one is; a list shows the load of when it was made.
        AdviceReason.LoadAhead or AdviceReason.LoadBehind => text["SoldAt", Share(part.Now), text.Days(row.LeadDays), Share(part.Against)],
        _ => text["SoldAt", Share(row.Load), text.Days(row.LeadDays), row.UsualLoad is { } usual ? Share(usual) : "–"],
    };

    public static string Days(this IStringLocalizer<PricingTexts> text, int days) => text.Counted("Days", days);

    public static string Share(double share) => Culture.InOneLine(share.ToString("P0", CultureInfo.CurrentCulture));

    /// <summary>"+8%", "−4.5%".</summary>
    public static string Signed(double? change) => change is not { } known ? "–"
        : (known < 0 ? "−" : "+") + Culture.InOneLine(Math.Abs(known).ToString(Math.Round(known, 3) == Math.Round(known, 2) ? "P0" : "P1", CultureInfo.CurrentCulture));

    public static Tone ToneOf(AdviceState state) => state switch
    {
        AdviceState.Awaiting => Tone.Attention,
        AdviceState.Accepted => Tone.Good,
        _ => Tone.Neutral,
    };

    /// <summary>"5 May, 09:30".</summary>
    public static string SlotBriefly(DateTimeOffset start, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(start, zone);
        return Culture.InOneLine($"{Culture.ShortDay(DateOnly.FromDateTime(local.DateTime))}, {local.ToString("t", CultureInfo.CurrentCulture)}");
    }

    /// <summary>"Tue 5 May, 09:30".</summary>
    public static string SlotAt(DateTimeOffset start, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(start, zone);
        return $"{Culture.LongDay(DateOnly.FromDateTime(local.DateTime))}, {local.ToString("t", CultureInfo.CurrentCulture)}";
    }
}
