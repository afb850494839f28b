using System.Globalization;
using System.Resources;
using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>What an invoice that claims lateness says, in the client's language.</summary>
public static class ClaimWords
{
    private static readonly ResourceManager Texts = new(typeof(ClaimTexts));

    /// <summary>What it is called before it has a number.</summary>
    public static string Reference(string number, string language) => Say("Reference", CultureOf(language), number);

    /// <param name="number">Of the late invoice.</param>
    /// <param name="cost">With something to claim.</param>
    /// <param name="currency">Of both.</param>
    /// <param name="language">The client's.</param>
    public static BookingContent Content(string number, LateCost cost, string currency, string language)
    {
        var (culture, lines, days) = (CultureOf(language), new List<BookingLine>(), cost.ClaimDays!.Value);
        if (cost.Claimable.Minor > 0)
            lines.Add(Line("interest", Say("Interest", culture, number, Day(days.From, culture), Day(days.Until, culture), RatesOf(cost.Claimable, culture)), cost.Claimable.Minor, currency));
        if (cost.ClaimableIndemnityMinor > 0)
            lines.Add(Line("indemnity", Say("Indemnity", culture, number), cost.ClaimableIndemnityMinor, currency));
        return new() { Currency = currency, Lines = lines, ServiceDate = days.Until };
    }

    /// <summary>"12.4 %, 12.15 % from 1 July 2026": each rate with the day from which it counts.</summary>
    private static string RatesOf(Accrual interest, CultureInfo culture)
    {
        var said = new List<string>();
        foreach (var (index, part) in interest.Parts.Index())
        {
            var rate = $"{(part.BasisPoints / 100m).ToString("0.##", culture)}\u00a0%";
            if (index == 0)
                said.Add(rate);
            else if (part.BasisPoints != interest.Parts[index - 1].BasisPoints)
                said.Add(Say("RateFrom", culture, rate, Day(part.From, culture)));
        }

        return string.Join(", ", said);
    }

    private static BookingLine Line(string key, string description, long minor, string currency) =>
        new() { Key = key, Description = description, Quantity = 1, UnitAmount = new Money(minor, currency).Amount };

    private static string Day(DateOnly day, CultureInfo culture) => day.ToString("d MMMM yyyy", culture);

    private static string Say(string key, CultureInfo culture, params object[] values) => string.Format(culture, Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key), values);

    private static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(language == ReminderWords.French ? "fr-FR" : "en-GB");
}
