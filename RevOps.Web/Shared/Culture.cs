using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared;

/// <summary>How money, instants and shares are written for whoever reads the page.</summary>
public static class Culture
{
    /// <summary>The languages that every text exists in; the first is the one for everybody else.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "fr"];

    /// <summary>The formats of dates and numbers that go with a language: those of Europe, where days come before months.</summary>
    public static string FormatsOf(string language) => language == "fr" ? "fr-FR" : "en-GB";

    /// <summary>A language in its own words, as it stands on a button: "English", "Français".</summary>
    public static string NameOf(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }

    // What people of the euro zone know without thinking; every other currency stands as its code.
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal) { ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£" };

    /// <summary>True where a currency is written with its sign, not its code.</summary>
    public static bool HasSymbol(string currency) => Symbols.ContainsKey(currency);

    /// <summary>"€1,234.50" in English, "1 234,50 €" in French; "CHF 1,234.50" where there is no symbol.</summary>
    public static string Text(Money money, CultureInfo? culture = null)
    {
        var format = (NumberFormatInfo)(culture ?? CultureInfo.CurrentCulture).NumberFormat.Clone();
        format.CurrencyDecimalDigits = Currency.Decimals(money.Currency);

        // Patterns 0 and 2 write the symbol first: a code needs a space before the number, a symbol does not.
        var leads = format.CurrencyPositivePattern is 0 or 2;
        format.CurrencySymbol = Symbols.TryGetValue(money.Currency, out var symbol) ? symbol : leads ? money.Currency + "\u00a0" : money.Currency;
        return InOneLine(money.Amount.ToString("C", format));
    }

    /// <summary>The price of one: as money, and to six decimals where it has more than its currency.</summary>
    public static string UnitPrice(decimal amount, string currency)
    {
        var money = Money.Round(amount, currency);
        return money.Amount == amount ? Text(money) : $"{amount.ToString("#,##0.00####", CultureInfo.CurrentCulture)}\u00a0{currency}";
    }

    /// <summary>Date and time to the minute in a time zone, with its offset from UTC.</summary>
    public static string Exact(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return $"{local.ToString("f", CultureInfo.CurrentCulture)} (UTC{local.ToString("zzz", CultureInfo.InvariantCulture)})";
    }

    /// <summary>The time of day to the second in a time zone.</summary>
    public static string Clock(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>The calendar day of an instant in a time zone.</summary>
    public static string Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("d", CultureInfo.CurrentCulture);

    /// <summary>"1 Mar – 31 Mar 2026": the days of a period, the year said once where it is the same.</summary>
    public static string Text(Period period)
    {
        var culture = CultureInfo.CurrentCulture;
        var first = period.From.ToString(period.From.Year == period.To.Year ? "d MMM" : "d MMM yyyy", culture);
        return period.Days == 1 ? period.To.ToString("d MMM yyyy", culture) : $"{first} – {period.To.ToString("d MMM yyyy", culture)}";
    }

    /// <summary>"5 Mar" in English, "5 mars" in French.</summary>
    public static string ShortDay(DateOnly day) => day.ToString(Brief(Formats.MonthDayPattern), CultureInfo.CurrentCulture);

    /// <summary>"Thu, 5 Mar 2026" in English, "jeu. 5 mars 2026" in French.</summary>
    public static string LongDay(DateOnly day) => day.ToString(Brief(Formats.LongDatePattern), CultureInfo.CurrentCulture);

    /// <summary>"Mar 2026" in English, "mars 2026" in French.</summary>
    public static string ShortMonth(DateOnly month) => month.ToString(Brief(Formats.YearMonthPattern), CultureInfo.CurrentCulture);

    /// <summary>"March 2026" in English, "mars 2026" in French.</summary>
    public static string LongMonth(DateOnly month) => month.ToString(Formats.YearMonthPattern, CultureInfo.CurrentCulture);

    /// <summary>"12.5%" in English, "12,5 %" in French, from 1,250 basis points.</summary>
    public static string Percent(int basisPoints) => InOneLine((basisPoints / 10_000m).ToString("P1", CultureInfo.CurrentCulture));

    /// <summary>A number keeps its unit beside it: the framework's patterns set a blank at which a line may break.</summary>
    internal static string InOneLine(string number) => number.Replace(' ', '\u00a0');

    private static DateTimeFormatInfo Formats => CultureInfo.CurrentCulture.DateTimeFormat;

    /// <summary>A culture's own order of day, month and year, with names cut short.</summary>
    private static string Brief(string pattern) => pattern.Replace("dddd", "ddd", StringComparison.Ordinal).Replace("MMMM", "MMM", StringComparison.Ordinal);
}
