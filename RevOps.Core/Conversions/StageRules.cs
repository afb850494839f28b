using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>Which stages of a sale each platform is told of, and under which name: the configuration's word, else the Settings page's, else ours.</summary>
public sealed class StageRules(GoogleAdsAccount google)
{
    /// <summary>Why a conversion is held whose stage is switched off.</summary>
    public const string Off = "stage.off";

    /// <summary>In the order of a sale.</summary>
    public static readonly IReadOnlyList<ConversionStage> Stages = Enum.GetValues<ConversionStage>();

    private const int LongestMetaName = 50;

    /// <summary>
    /// Our own choice. Meta credits 7-day clicks and a French invoice is paid after 30 to 60 days: the booking is the Purchase, and the
    /// payment has a name of its own.
    /// </summary>
    public static string MetaNameOf(ConversionStage stage) => stage switch
    {
        ConversionStage.Lead => "Lead",
        ConversionStage.Qualified => "QualifiedLead",
        ConversionStage.Meeting => "Schedule",
        ConversionStage.Booked => "Purchase",
        ConversionStage.Paid => "InvoicePaid",
        _ => "Refunded",
    };

    /// <summary>At Google a payment and a refund change the value of the booking's conversion.</summary>
    public static ConversionStage ActionStageOf(ConversionStage stage) => stage is ConversionStage.Paid or ConversionStage.Refunded ? ConversionStage.Booked : stage;

    /// <summary>What a stage can be worth, the usual first: before a sale there is no amount. A refund tells what remains of what was told.</summary>
    public static IReadOnlyList<ValueRule> ValuesOf(ConversionStage stage) => stage switch
    {
        ConversionStage.Booked => [ValueRule.Booking, ValueRule.Margin, ValueRule.Fixed, ValueRule.None],
        ConversionStage.Paid => [ValueRule.Paid, ValueRule.Booking, ValueRule.Margin, ValueRule.Fixed, ValueRule.None],
        ConversionStage.Refunded => [],
        _ => [ValueRule.Given, ValueRule.Fixed, ValueRule.None],
    };

    public async Task<StageRule> OfAsync(RevOpsDb db, ConversionStage stage, AdPlatform platform, CancellationToken cancel) => RuleOf(await SettingsAsync(db, cancel), stage, platform);

    /// <summary>Of all stages that can be chosen.</summary>
    public async Task<IReadOnlyList<StageRule>> ListAsync(RevOpsDb db, CancellationToken cancel)
    {
        var settings = await SettingsAsync(db, cancel);
        return [.. from stage in Stages from platform in Enum.GetValues<AdPlatform>() select RuleOf(settings, stage, platform)];
    }

    /// <summary>What is wrong with rules that somebody chose, by stage and platform: a code that the page puts into words.</summary>
    public static IReadOnlyDictionary<(ConversionStage Stage, AdPlatform Platform), string> Check(IReadOnlyList<StageRule> chosen)
    {
        var wrong = new Dictionary<(ConversionStage, AdPlatform), string>();
        foreach (var rule in chosen)
        {
            if (ProblemOf(rule, chosen) is { } problem)
                wrong[(rule.Stage, rule.Platform)] = problem;
        }

        return wrong;
    }

    private static string? ProblemOf(StageRule rule, IReadOnlyList<StageRule> all) => rule switch
    {
        { Platform: AdPlatform.Google, Name.Length: > 0 } when rule.Name.Length > 19 || !rule.Name.All(char.IsAsciiDigit) => "google.action",
        { Platform: AdPlatform.Meta, Sends: true, IsNamed: true, Name.Length: 0 } => "meta.missing",
        { Platform: AdPlatform.Meta } when rule.Name.Length > LongestMetaName || !rule.Name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is ' ' or '_' or '-') => "meta.name",

        { Sends: true, Value: ValueRule.Fixed, Fixed: not { Minor: > 0 } } => "value.fixed",

        // Meta takes a Purchase only with a value, and only these two stages always have one.
        { Platform: AdPlatform.Meta, Sends: true, Name: "Purchase", Value: ValueRule.None } => "meta.purchase",
        { Platform: AdPlatform.Meta, Sends: true, Name: "Purchase", Value: not ValueRule.Fixed, Stage: not (ConversionStage.Booked or ConversionStage.Paid) } => "meta.purchase",

        // A payment is told as the new value of the booking's conversion: without one there is nothing to tell.
        { Platform: AdPlatform.Google, Sends: true, Value: ValueRule.None, Stage: ConversionStage.Paid } => "google.value",

        // Two stages under one name are counted together: one sale would be two conversions.
        { Sends: true, Name.Length: > 0 } when all.Any(other => other.Platform == rule.Platform && other.Sends && other.Name == rule.Name && ActionStage(other) != ActionStage(rule)) => "same",
        _ => null,
    };

    private static ConversionStage ActionStage(StageRule rule) => rule.Platform == AdPlatform.Google ? ActionStageOf(rule.Stage) : rule.Stage;

    private static Task<List<StageSetting>> SettingsAsync(RevOpsDb db, CancellationToken cancel) => db.Set<StageSetting>().AsNoTracking().ToListAsync(cancel);

    private StageRule RuleOf(List<StageSetting> settings, ConversionStage stage, AdPlatform platform)
    {
        var own = Find(stage);
        var rule = new StageRule(stage, platform, own?.Sends ?? true, "")
        {
            Value = own is not null && ValuesOf(stage).Contains(own.Value) ? own.Value : ValuesOf(stage).FirstOrDefault(),
            Fixed = own is { FixedMinor: { } minor, FixedCurrency: { } currency } ? new(minor, currency) : null,
            IsShared = own?.IsShared ?? false,
            IsInStore = own?.IsInStore ?? false,
        };
        if (platform == AdPlatform.Meta)
            return rule with { Name = own is { Name.Length: > 0 } ? own.Name : MetaNameOf(stage) };

        var named = ActionStageOf(stage);
        var configured = google.ConfiguredActionOf(named);
        var stored = Find(named)?.Name is { Length: > 0 } chosen ? chosen : null;
        return rule with
        {
            Name = configured ?? stored ?? google.SandboxActionOf(named) ?? "",
            LockedBy = configured is null ? null : $"{GoogleOptions.Section}:{nameof(GoogleOptions.ConversionActions)}:{named}",
            IsSandbox = configured is null && stored is null && google.SandboxActionOf(named) is not null,
        };

        StageSetting? Find(ConversionStage wanted) => settings.Find(setting => setting.Stage == wanted && setting.Platform == platform);
    }
}

/// <param name="Name">Meta: the event's name. Google: the number of the conversion action; empty when none is chosen.</param>
public sealed record StageRule(ConversionStage Stage, AdPlatform Platform, bool Sends, string Name)
{
    /// <summary>What the platform is told that it is worth.</summary>
    public ValueRule Value { get; init; }

    /// <summary>Of <see cref="ValueRule.Fixed"/>; null until somebody names it.</summary>
    public Money? Fixed { get; init; }

    /// <summary>Only the platform's share of the journey's visits is told.</summary>
    public bool IsShared { get; init; }

    /// <summary>It happens in a shop.</summary>
    public bool IsInStore { get; init; }

    /// <summary>The key of the configuration that decides the name.</summary>
    public string? LockedBy { get; init; }

    /// <summary>Nobody chose it: the stand-in takes any.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>True where the stage has a name of its own at the platform: at Google a payment goes under the booking's.</summary>
    public bool IsNamed => Platform == AdPlatform.Meta ? Stage != ConversionStage.Refunded : StageRules.ActionStageOf(Stage) == Stage;
}
