using System.Text.Json.Serialization;

namespace RevOps.Core.Attribution.Channels;

/// <summary>What a rule may look at.</summary>
public enum TouchField
{
    Source = 0,
    Medium = 1,
    Click = 2,
    Referrer = 3,
}

/// <summary>How it looks at it; capitals never matter.</summary>
public enum FieldTest
{
    /// <summary>Whatever it says.</summary>
    Any = 0,

    /// <summary>It is one of the words.</summary>
    Is = 1,

    /// <summary>
    /// One of the words is in it. A word of one or two letters has to be the whole, as "ig" is in too much; one with a dot is a host, and means
    /// what lies under it as well: "t.co" is no part of "qwant.com".
    /// </summary>
    Contains = 2,

    /// <summary>It says nothing, or one of the words that stand for nothing, such as "(none)".</summary>
    Empty = 3,

    /// <summary>It says something.</summary>
    Present = 4,
}

/// <summary>One condition of a rule.</summary>
/// <param name="Test">How.</param>
/// <param name="Words">In lower case; none where the test needs none.</param>
public sealed record FieldRule(FieldTest Test, IReadOnlyList<string> Words)
{
    private const int ShortWord = 2;

    public static FieldRule Any { get; } = new(FieldTest.Any, []);

    /// <summary>Whether the test compares with words.</summary>
    [JsonIgnore]
    public bool HasWords => Test is FieldTest.Is or FieldTest.Contains;

    public bool Holds(TouchField field, string? value)
    {
        var said = value.AsSpan().Trim();
        switch (Test)
        {
            case FieldTest.Any:
                return true;
            case FieldTest.Empty:
                return SaysNothing(field, said);
            case FieldTest.Present:
                return !SaysNothing(field, said);
            default:
                foreach (var word in Words)
                {
                    if (said.Equals(word, StringComparison.OrdinalIgnoreCase) || (Test == FieldTest.Contains && IsIn(said, word)))
                        return true;
                }

                return false;
        }
    }

    private static bool IsIn(ReadOnlySpan<char> said, string word) => word.Contains('.', StringComparison.Ordinal)
        ? said.Length > word.Length && said[^(word.Length + 1)] == '.' && said.EndsWith(word, StringComparison.OrdinalIgnoreCase)
        : word.Length > ShortWord && said.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Analytics programs write words where there is nothing: no source is "(direct)", no medium "(none)".</summary>
    private static bool SaysNothing(TouchField field, ReadOnlySpan<char> said) => said.IsEmpty || field switch
    {
        TouchField.Source => said.Equals("(direct)", StringComparison.OrdinalIgnoreCase) || said.Equals("direct", StringComparison.OrdinalIgnoreCase),
        TouchField.Medium => said.Equals("(none)", StringComparison.OrdinalIgnoreCase) || said.Equals("none", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}

/// <summary>A touch that fulfils every condition belongs to this channel: <c>medium is "email" → email</c>.</summary>
public sealed record ChannelRule
{
    public FieldRule Source { get; init; } = FieldRule.Any;
    public FieldRule Medium { get; init; } = FieldRule.Any;

    /// <summary>Kind of click id, such as "gclid".</summary>
    public FieldRule Click { get; init; } = FieldRule.Any;

    /// <summary>Host of the page before.</summary>
    public FieldRule Referrer { get; init; } = FieldRule.Any;

    /// <summary>A name of <see cref="Attribution.Channel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>The platform, where neither the ad nor a click id says which; null leaves it open.</summary>
    public string? Platform { get; init; }

    public FieldRule Of(TouchField field) => field switch
    {
        TouchField.Source => Source,
        TouchField.Medium => Medium,
        TouchField.Click => Click,
        _ => Referrer,
    };

    public ChannelRule With(TouchField field, FieldRule rule) => field switch
    {
        TouchField.Source => this with { Source = rule },
        TouchField.Medium => this with { Medium = rule },
        TouchField.Click => this with { Click = rule },
        _ => this with { Referrer = rule },
    };

    public bool Holds(in TouchFacts facts) =>
        Click.Holds(TouchField.Click, facts.ClickKind) && Medium.Holds(TouchField.Medium, facts.Medium)
        && Source.Holds(TouchField.Source, facts.Source) && Referrer.Holds(TouchField.Referrer, facts.ReferrerHost);
}
