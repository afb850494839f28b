using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody chose what each platform is told: it counts from now on, and what was held for want of it goes.</summary>
public sealed record StagesChosen(IReadOnlyList<ChosenStage> Stages, string Actor) : IncomingEvent
{
    public const string Type = "revops.internal.stages_chosen";

    // What a choice can lift.
    private static readonly string[] Lifted = [StageRules.Off, "no_conversion_action", "no_event_name"];

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, known) = (reception.Db, await reception.Db.Set<StageSetting>().ToListAsync(reception.Cancel));
        var before = await reception.Services.Stages.ListAsync(db, reception.Cancel);
        foreach (var chosen in Stages)
        {
            if (known.Find(setting => setting.Stage == chosen.Stage && setting.Platform == chosen.Platform) is { } setting)
                chosen.Onto(setting);
            else
                db.Add(chosen.Onto(new StageSetting { Id = Guid.CreateVersion7(), Stage = chosen.Stage, Platform = chosen.Platform, Sends = chosen.Sends, Name = chosen.Name }));
        }

        await reception.Services.Audit.WriteAsync(db, new(Actor, "stages.changed", nameof(StageSetting), "all") { Before = Words(before.Select(ChosenStage.Of)), After = Words(Stages) }, reception.Cancel);
        await ReleaseAsync(reception);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Tell each platform of the chosen stages from now on"];

    /// <summary>The job reads the choice anew, so what still lacks something is held again.</summary>
    private async Task ReleaseAsync(Reception reception)
    {
        var sent = Stages.Where(stage => stage.Sends).Select(stage => (stage.Stage, stage.Platform)).ToHashSet();
        var held = await reception.Db.Set<Conversion>().Where(conversion => conversion.Status == ConversionStatus.Held && Lifted.Contains(conversion.Reason)).ToListAsync(reception.Cancel);
        foreach (var conversion in held.Where(conversion => sent.Contains((conversion.Stage, conversion.Platform))))
            await ConversionPlan.QueueAsync(reception, conversion);
    }

    private static Dictionary<string, string> Words(IEnumerable<ChosenStage> stages) =>
        stages.ToDictionary(stage => $"{stage.Platform}.{stage.Stage}", stage => stage.ToString(), StringComparer.Ordinal);
}

/// <param name="Name">Empty where none is chosen.</param>
public sealed record ChosenStage(ConversionStage Stage, AdPlatform Platform, bool Sends, string Name)
{
    public ValueRule Value { get; init; }

    /// <summary>Of <see cref="ValueRule.Fixed"/>.</summary>
    public Money? Fixed { get; init; }

    public bool IsShared { get; init; }
    public bool IsInStore { get; init; }

    public static ChosenStage Of(StageRule rule) => new(rule.Stage, rule.Platform, rule.Sends, rule.Name) { Value = rule.Value, Fixed = rule.Fixed, IsShared = rule.IsShared, IsInStore = rule.IsInStore };

    /// <summary>In few words, for the record of what was changed.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Sends ? "sent" : "off", Name, Value == ValueRule.Given ? "" : Value.ToString().ToLowerInvariant(), Value == ValueRule.Fixed ? Fixed?.ToString() : "", IsShared ? "share" : "", IsInStore ? "store" : "",
    }.Where(word => !string.IsNullOrEmpty(word)));

    internal StageSetting Onto(StageSetting setting)
    {
        (setting.Sends, setting.Name, setting.Value, setting.IsShared, setting.IsInStore) = (Sends, Name, Value, IsShared, IsInStore);
        (setting.FixedMinor, setting.FixedCurrency) = (Fixed?.Minor, Fixed?.Currency);
        return setting;
    }
}
