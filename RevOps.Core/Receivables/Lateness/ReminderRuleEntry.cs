using System.Globalization;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>A reminder rule as somebody of Finance typed it.</summary>
public sealed record ReminderRuleEntry
{
    /// <summary>More rules than anybody wants to be reminded by.</summary>
    public const int Most = 12;

    public const int LongestSubject = 200;
    public const int LongestText = 4_000;
    private const int Furthest = 365;

    /// <summary>From the due date: "-5", "0", "+7".</summary>
    public string OffsetDays { get; init; } = "";

    public bool IsOn { get; init; } = true;

    /// <summary>Empty, as all of these: the words that come with the product.</summary>
    public string SubjectFrench { get; init; } = "";

    public string TextFrench { get; init; } = "";
    public string SubjectEnglish { get; init; } = "";
    public string TextEnglish { get; init; } = "";

    public int? Offset => int.TryParse(OffsetDays.Trim().Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= Furthest ? days : null;

    /// <summary>The words of a rule as they count, its own or the product's, for a form.</summary>
    public static ReminderRuleEntry Of(ReminderRule rule)
    {
        var (french, english) = (ReminderWords.Of(rule, ReminderWords.French), ReminderWords.Of(rule, ReminderWords.English));
        return new()
        {
            OffsetDays = rule.OffsetDays.ToString(CultureInfo.InvariantCulture),
            IsOn = rule.IsOn,
            SubjectFrench = french.Subject,
            TextFrench = french.Text,
            SubjectEnglish = english.Subject,
            TextEnglish = english.Text,
        };
    }

    /// <summary>What is wrong: the field's name, and a code that the page puts into words; of words that hold an unknown placeholder "unknown:" and its name.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Offset is null)
            wrong[nameof(OffsetDays)] = "offset";
        foreach (var (field, words, longest) in new[]
        {
            (nameof(SubjectFrench), SubjectFrench, LongestSubject), (nameof(TextFrench), TextFrench, LongestText),
            (nameof(SubjectEnglish), SubjectEnglish, LongestSubject), (nameof(TextEnglish), TextEnglish, LongestText),
        })
        {
            if (words.Length > longest)
                wrong[field] = "long";
            else if (ReminderWords.Unknown(words) is [var unknown, ..])
                wrong[field] = $"unknown:{unknown}";
        }

        return wrong;
    }

    /// <summary>In a language as they would count, with the product's own where nothing is typed.</summary>
    public ReminderLetter LetterIn(string language)
    {
        var own = ReminderWords.Default(Offset ?? 0, language);
        var (subject, text) = language == ReminderWords.French ? (SubjectFrench, TextFrench) : (SubjectEnglish, TextEnglish);
        return new(Given(subject) ?? own.Subject, Given(text) ?? own.Text);
    }

    /// <summary>What is the product's own stays so.</summary>
    public void WriteTo(ReminderRule rule)
    {
        var (french, english) = (ReminderWords.Default(rule.OffsetDays, ReminderWords.French), ReminderWords.Default(rule.OffsetDays, ReminderWords.English));
        rule.IsOn = IsOn;
        (rule.SubjectFrench, rule.TextFrench) = (Own(SubjectFrench, french.Subject), Own(TextFrench, french.Text));
        (rule.SubjectEnglish, rule.TextEnglish) = (Own(SubjectEnglish, english.Subject), Own(TextEnglish, english.Text));
    }

    private static string? Given(string words) => string.IsNullOrWhiteSpace(words) ? null : words;

    /// <summary>Null where they are the product's: a better version of those then counts by itself.</summary>
    private static string? Own(string words, string products) => Given(words) is { } given && given.Trim().ReplaceLineEndings("\n") != products.Trim().ReplaceLineEndings("\n") ? given : null;
}
