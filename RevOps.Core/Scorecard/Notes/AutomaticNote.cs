using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Core.Scorecard.Notes;

/// <summary>What the product notes by itself on a day.</summary>
/// <param name="Kind">Names its text: an action of the audit, <see cref="ScoreRules"/> or <see cref="LeverLive"/>.</param>
/// <param name="Of">What it is about: a platform, a lever, a version; null where the kind says all.</param>
/// <param name="Count">How often that day.</param>
public sealed record AutomaticNote(string Kind, string? Of, int Count)
{
    /// <summary>The scorecard's own rules changed: <see cref="Checks.CheckBook.Version"/> of a day is another than that of the day before.</summary>
    public const string ScoreRules = "score";

    /// <summary>One of <see cref="Levers"/> had its first effect.</summary>
    public const string LeverLive = "lever";
}

/// <summary>Which changes bend a chart, and on whose charts they stand.</summary>
public static class NotedActions
{
    /// <summary>As the audit names them. A company without any of these notes nothing by itself.</summary>
    public static readonly IReadOnlyDictionary<string, AnnotationTopic> All = new Dictionary<string, AnnotationTopic>(StringComparer.Ordinal)
    {
        ["price.added"] = AnnotationTopic.Finance,
        ["price.withdrawn"] = AnnotationTopic.Finance,
        ["prices.accepted"] = AnnotationTopic.Finance,
        ["billingRules.changed"] = AnnotationTopic.Finance,
        ["reminders.switched"] = AnnotationTopic.Finance,
        ["reminderRule.changed"] = AnnotationTopic.Finance,
        ["approvalRule.changed"] = AnnotationTopic.Finance,
        ["channelRules.changed"] = AnnotationTopic.Marketing,
        ["stages.changed"] = AnnotationTopic.Marketing,
        ["consentRule.changed"] = AnnotationTopic.Marketing,
        ["bantRule.changed"] = AnnotationTopic.Marketing,
        [Saved] = AnnotationTopic.Marketing,
        [Removed] = AnnotationTopic.Marketing,
        ["check.exempted"] = AnnotationTopic.Management,
        ["check.counted"] = AnnotationTopic.Management,
    };

    private const string Saved = "connection.saved";
    private const string Removed = "connection.removed";
    private const string Stripe = "Stripe";

    /// <summary>Stripe's keys move money, those of ad platforms conversions.</summary>
    public static AnnotationTopic TopicOf(string action, string subject) => action is Saved or Removed && subject == Stripe ? AnnotationTopic.Finance : All[action];

    /// <summary>What is worth saying of the subject: which platform, which check; an id says nothing.</summary>
    public static string? NameOf(string action, string subject) => action is Saved or Removed or "check.exempted" or "check.counted" ? subject : null;
}
