using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Which of our own words a rule has while nobody wrote others: firmer the later it is.</summary>
public enum ReminderTone
{
    Before = 0,
    Due = 1,
    Late = 2,
    Again = 3,
    Last = 4,
}

/// <summary>A reminder as the client reads it.</summary>
public sealed record ReminderLetter(string Subject, string Text);

/// <summary>What a reminder says of one invoice.</summary>
/// <param name="Client">Legal name.</param>
/// <param name="Link">Where the client pays; null: nowhere on line.</param>
/// <param name="Iban">The company's; null: none was entered.</param>
/// <param name="Days">From the due date: negative before it.</param>
public sealed record ReminderFacts(string Client, string Number, Money Owed, Money Total, DateOnly IssuedOn, DateOnly DueOn, int Days, string? Link, string Company, string? Iban);

/// <summary>Words with {placeholders}, and what comes in their place. A line with a placeholder for which there is nothing to say is left out.</summary>
public static partial class ReminderWords
{
    public const string English = "en";
    public const string French = "fr";

    private static readonly ResourceManager Texts = new(typeof(ReminderTexts));

    // Where French is an official language and the one of business, or one of several in which everybody may be written to.
    private static readonly HashSet<string> FrenchSpeaking = new(StringComparer.OrdinalIgnoreCase)
    {
        "FR", "MC", "BE", "LU", "CH", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "BJ", "BF", "BI", "CM", "CF", "KM", "CG", "CD", "CI", "DJ", "GA", "GN", "HT", "MG", "ML", "NE", "SN", "TD", "TG",
        "DZ", "MA", "TN",
    };

    /// <summary>Every placeholder that is known.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["client", "number", "amount", "total", "issued", "due", "days", "link", "company", "iban"];

    /// <summary>By the client's country; by the company's where that is not known.</summary>
    public static string LanguageOf(string? country, string companyCountry) => FrenchSpeaking.Contains(country ?? companyCountry) ? French : English;

    public static ReminderTone ToneOf(int offsetDays) => offsetDays switch
    {
        < 0 => ReminderTone.Before,
        0 => ReminderTone.Due,
        < 14 => ReminderTone.Late,
        < 30 => ReminderTone.Again,
        _ => ReminderTone.Last,
    };

    /// <summary>The words that come with the product.</summary>
    public static ReminderLetter Default(int offsetDays, string language)
    {
        var (tone, culture) = (ToneOf(offsetDays), CultureInfo.GetCultureInfo(language));
        return new(TextOf($"{tone}Subject", culture), TextOf($"{tone}Text", culture));
    }

    /// <summary>The words of a rule in a language.</summary>
    public static ReminderLetter Of(ReminderRule rule, string language)
    {
        var own = Default(rule.OffsetDays, language);
        return language == French ? new(rule.SubjectFrench ?? own.Subject, rule.TextFrench ?? own.Text) : new(rule.SubjectEnglish ?? own.Subject, rule.TextEnglish ?? own.Text);
    }

    /// <summary>What stands in braces and is no placeholder, each once.</summary>
    public static IReadOnlyList<string> Unknown(string words) =>
        [.. Placeholder().Matches(words).Select(found => found.Groups["name"].Value).Where(name => !Placeholders.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)];

    public static ReminderLetter Fill(ReminderLetter words, ReminderFacts facts, string language)
    {
        var values = ValuesOf(facts, CultureInfo.GetCultureInfo(language == French ? "fr-FR" : "en-GB"), language);
        return new(Fill(words.Subject, values).ReplaceLineEndings(" "), Fill(words.Text, values));
    }

    private static string Fill(string words, Dictionary<string, string?> values)
    {
        var lines = words.ReplaceLineEndings("\n").Split('\n').Where(line => Placeholder().Matches(line).All(found => !values.TryGetValue(found.Groups["name"].Value, out var value) || value is not null));
        return string.Join('\n', lines.Select(line => Placeholder().Replace(line, found => values.GetValueOrDefault(found.Groups["name"].Value) ?? found.Value)));
    }

    private static Dictionary<string, string?> ValuesOf(ReminderFacts facts, CultureInfo culture, string language)
    {
        var days = Math.Abs(facts.Days);
        return new(StringComparer.Ordinal)
        {
            ["client"] = facts.Client,
            ["number"] = facts.Number,
            ["amount"] = Said(facts.Owed, culture),
            ["total"] = Said(facts.Total, culture),
            ["issued"] = facts.IssuedOn.ToString("d MMMM yyyy", culture),
            ["due"] = facts.DueOn.ToString("d MMMM yyyy", culture),
            ["days"] = $"{days.ToString("N0", culture)} {TextOf(days == 1 || (days == 0 && language == French) ? "DayWord" : "DaysWord", culture)}",
            ["link"] = facts.Link,
            ["company"] = facts.Company,
            ["iban"] = facts.Iban,
        };
    }

    /// <summary>With the currency's code, which needs no explaining to anybody.</summary>
    private static string Said(Money money, CultureInfo culture) => $"{money.Amount.ToString("N" + Currency.Decimals(money.Currency), culture)} {money.Currency}";

    private static string TextOf(string key, CultureInfo culture) => Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);

    [GeneratedRegex(@"\{(?<name>[^{}\s]*)\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Placeholder();
}
