using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevOps.Core.Attribution.Channels;

/// <summary>Decides by rules in order: the first that holds says where a touch belongs, and where none holds it is "other".</summary>
public static class ChannelRules
{
    public const int Most = 100;
    public const int MostWords = 50;
    public const int LongestWord = 100;

    /// <summary>Platforms that a rule may name: those whose spend comes in, and those whose click ids we know.</summary>
    public static readonly IReadOnlyList<string> Platforms = ["google", "meta", "microsoft", "tiktok", "linkedin"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly FieldRule Search = Contains("google", "bing", "duckduckgo", "ecosia", "qwant", "yahoo", "baidu", "yandex");

    private static readonly FieldRule Social = Contains("facebook", "instagram", "meta", "fb", "ig", "linkedin", "tiktok", "twitter", "x.com", "t.co", "pinterest", "youtube", "reddit", "snapchat");

    private static readonly FieldRule PaidMedium = Is("cpc", "ppc", "paid", "paidsearch", "paid_search", "sem");

    private static readonly FieldRule Nothing = new(FieldTest.Empty, []);

    /// <summary>What the product starts with: the kind of click id first, then medium and source, then the page before.</summary>
    public static IReadOnlyList<ChannelRule> Default { get; } =
    [
        new() { Click = Is("gclid", "gbraid", "wbraid", "msclkid"), Channel = Channel.PaidSearch },
        new() { Click = new(FieldTest.Present, []), Channel = Channel.PaidSocial },
        new() { Medium = PaidMedium, Source = Social, Channel = Channel.PaidSocial },
        new() { Medium = PaidMedium, Channel = Channel.PaidSearch },
        new() { Medium = Is("paid_social", "paidsocial", "cpm", "paid-social"), Channel = Channel.PaidSocial },
        new() { Medium = Is("email", "e-mail", "newsletter"), Channel = Channel.Email },
        new() { Medium = Is("affiliate"), Channel = Channel.Affiliate },
        new() { Medium = Is("social", "organic_social"), Channel = Channel.OrganicSocial },
        new() { Medium = Is("organic"), Source = Social, Channel = Channel.OrganicSocial },
        new() { Medium = Is("organic"), Channel = Channel.OrganicSearch },
        new() { Medium = Is("referral"), Channel = Channel.Referral },
        new() { Medium = Nothing, Source = Nothing, Referrer = Nothing, Channel = Channel.Direct },
        new() { Medium = Nothing, Source = Nothing, Referrer = Social, Channel = Channel.OrganicSocial },
        new() { Medium = Nothing, Source = Nothing, Referrer = Search, Channel = Channel.OrganicSearch },
        new() { Medium = Nothing, Source = Nothing, Channel = Channel.Referral },
        new() { Medium = Nothing, Source = Social, Channel = Channel.OrganicSocial },
        new() { Medium = Nothing, Source = Search, Channel = Channel.OrganicSearch },
        new() { Medium = Nothing, Channel = Channel.Referral },
    ];

    public static Placed Of(IReadOnlyList<ChannelRule> rules, in TouchFacts facts)
    {
        for (var at = 0; at < rules.Count; at++)
        {
            if (rules[at].Holds(facts))
                return new(rules[at].Channel, Named(facts.AdPlatform) ?? rules[at].Platform ?? TouchFacts.PlatformOf(facts.ClickKind));
        }

        return new(Channel.Other, Named(facts.AdPlatform) ?? TouchFacts.PlatformOf(facts.ClickKind));
    }

    /// <summary>What is wrong with a rule, as a code that the page puts into words; null for nothing.</summary>
    public static string? ProblemOf(ChannelRule rule)
    {
        FieldRule[] fields = [rule.Source, rule.Medium, rule.Click, rule.Referrer];
        if (!Channel.All.Contains(rule.Channel))
            return "channel";
        if (rule.Platform is { } platform && !Platforms.Contains(platform))
            return "platform";
        if (Array.TrueForAll(fields, field => field.Test == FieldTest.Any))
            return "condition";
        if (Array.Exists(fields, field => field.HasWords && field.Words.Count == 0))
            return "words";
        return Array.Exists(fields, field => field.Words.Count > MostWords || field.Words.Any(word => word.Length is 0 or > LongestWord)) ? "many" : null;
    }

    /// <summary>"Google, bing" as words: in lower case, each once, in order.</summary>
    public static IReadOnlyList<string> WordsOf(string? typed) =>
        [.. (typed ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    public static string Write(IReadOnlyList<ChannelRule> rules) => JsonSerializer.Serialize(rules, Json);

    public static IReadOnlyList<ChannelRule> Read(string json) => JsonSerializer.Deserialize<List<ChannelRule>>(json, Json) ?? [];

    private static string? Named(string? platform) => string.IsNullOrWhiteSpace(platform) ? null : platform;

    private static FieldRule Is(params IReadOnlyList<string> words) => new(FieldTest.Is, words);

    private static FieldRule Contains(params IReadOnlyList<string> words) => new(FieldTest.Contains, words);
}
