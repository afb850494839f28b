using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Tests.Receivables.Lateness;

/// <summary>What a client reads, in its language.</summary>
public sealed class ReminderWordsTests
{
    private static readonly ReminderFacts Facts = new("Acme SARL", "F-12", new(123_450, "EUR"), new(200_000, "EUR"), new(2026, 3, 1), new(2026, 3, 31), 7, "https://pay.example/F-12", "Agence", null);

    public static TheoryData<int, string> Ours => [.. from offset in ReminderRules.Defaults from language in new[] { "en", "fr" } select new TheoryDataRow<int, string>(offset, language)];

    [Theory]
    [MemberData(nameof(Ours))]
    public void OurOwnWords_AreWholeInBothLanguages(int offset, string language)
    {
        var words = ReminderWords.Default(offset, language);
        Assert.Empty(ReminderWords.Unknown(words.Subject + words.Text));
        var letter = ReminderWords.Fill(words, Facts with { Days = offset }, language);
        Assert.DoesNotContain('{', letter.Subject + letter.Text);
        Assert.Contains("F-12", letter.Subject, StringComparison.Ordinal);
        Assert.Contains(language == "fr" ? "1 234,50 EUR".Replace(' ', '\u202f').Replace("\u202fEUR", " EUR", StringComparison.Ordinal) : "1,234.50 EUR", letter.Text, StringComparison.Ordinal);
        Assert.Contains("https://pay.example/F-12", letter.Text, StringComparison.Ordinal);

        // No account was entered: the line that would name it is left out.
        Assert.DoesNotContain(language == "fr" ? "Par virement" : "By transfer", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_CountDaysAsALanguageDoes()
    {
        var words = new ReminderLetter("{number}", "{days} / {due}");
        Assert.Equal(("7 days / 31 March 2026", "7 jours / 31 mars 2026"), (ReminderWords.Fill(words, Facts, "en").Text, ReminderWords.Fill(words, Facts, "fr").Text));
        Assert.Equal(("1 day / 31 March 2026", "1 jour / 31 mars 2026"), (ReminderWords.Fill(words, Facts with { Days = -1 }, "en").Text, ReminderWords.Fill(words, Facts with { Days = -1 }, "fr").Text));
    }

    [Theory]
    [InlineData("FR", "en", "fr")]
    [InlineData("LU", "DE", "fr")]
    [InlineData("DE", "FR", "en")]
    [InlineData(null, "FR", "fr")]
    [InlineData(null, "DE", "en")]
    public void Language_IsThatOfTheCountry(string? country, string company, string expected) => Assert.Equal(expected, ReminderWords.LanguageOf(country, company));

    [Fact]
    public void AnUnknownPlaceholder_IsNamed()
    {
        var entry = new ReminderRuleEntry { OffsetDays = "7", TextEnglish = "Pay {amonut} of {number} {}", SubjectFrench = "{numéro}" };
        Assert.Equal(("unknown:amonut", "unknown:numéro"), (entry.Check()["TextEnglish"], entry.Check()["SubjectFrench"]));
        Assert.Equal(["amonut", ""], ReminderWords.Unknown(entry.TextEnglish));
        Assert.Empty(new ReminderRuleEntry { OffsetDays = "+7", TextEnglish = "Pay {amount}" }.Check());
    }

    [Fact]
    public void WordsThatNobodyChanged_StayTheProducts()
    {
        var rule = new ReminderRule { Id = Guid.NewGuid(), OffsetDays = 7, IsOn = true };
        (ReminderRuleEntry.Of(rule) with { SubjectEnglish = "Mine", IsOn = false }).WriteTo(rule);
        Assert.Equal(("Mine", null, null, null, false), (rule.SubjectEnglish, rule.TextEnglish, rule.SubjectFrench, rule.TextFrench, rule.IsOn));
    }
}
