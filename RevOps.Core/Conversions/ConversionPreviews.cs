using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>Shows what a platform would be told of somebody, before anything is sent.</summary>
public sealed class ConversionPreviews(IDbContextFactory<RevOpsDb> databases, ConversionFactsReader reader, StageRules stages, IEnumerable<IConversionChannel> channels, TimeProvider clock)
{
    /// <summary>How many of the newest can be chosen from.</summary>
    public const int Most = 20;

    /// <summary>The newest of a stage, whichever platform they are for.</summary>
    public async Task<IReadOnlyList<PreviewChoice>> ChoicesAsync(ConversionStage stage, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Each stands once per platform.
        var newest = await db.Set<Conversion>().AsNoTracking().Where(conversion => conversion.Stage == stage).OrderByDescending(conversion => conversion.OccurredAt).ThenByDescending(conversion => conversion.Id)
            .Take(Most * Enum.GetValues<AdPlatform>().Length).Select(conversion => new PreviewChoice(conversion.Id, conversion.EventId, conversion.OccurredAt, conversion.Mode)).ToListAsync(cancel);
        return [.. newest.DistinctBy(choice => choice.EventId).Take(Most)];
    }

    /// <summary>By the rules of now; null where there is no such conversion.</summary>
    /// <param name="platform">Who would be told.</param>
    /// <param name="id">A conversion of either platform: of the same event the platform's own is taken.</param>
    /// <param name="clear">As it would be sent, for whoever may see it; else masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ConversionPreview?> OfAsync(AdPlatform platform, Guid id, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var chosen = await db.Set<Conversion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (chosen is null)
            return null;
        var conversion = await db.Set<Conversion>().AsNoTracking().SingleOrDefaultAsync(row => row.EventId == chosen.EventId && row.Platform == platform, cancel) ?? chosen;
        var rule = await stages.OfAsync(db, conversion.Stage, platform, cancel);
        var channel = channels.Single(candidate => candidate.Platform == platform);
        var restates = platform == AdPlatform.Google && StageRules.ActionStageOf(conversion.Stage) != conversion.Stage;
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == conversion.PersonId, cancel);
        if (person.ErasedAt is not null)
            return new(conversion.Id, person.CanonicalId, rule, "", new("erased", ""), ConsentAnswer.Unknown);

        var (read, consent) = await reader.ReadAsync(db, conversion, rule, restates, cancel);
        var facts = channel.Fit(read, clock.GetUtcNow());
        var body = channel.Mode is null ? RequestBody.Of("[]", channel.WriteEvent(facts)) : channel.Write(facts);
        return new(conversion.Id, person.CanonicalId, rule, SentBody.Show(body, clear), channel.Check(facts with { Consent = facts.Consent with { AdUserData = true } }, clock.GetUtcNow()), consent.Ads) { IsConnected = channel.Mode is not null };
    }
}

/// <summary>A conversion to look at.</summary>
public readonly record struct PreviewChoice(Guid Id, string EventId, DateTimeOffset OccurredAt, Mode Mode);

/// <summary>What a platform would be told.</summary>
/// <param name="ConversionId">Of what.</param>
/// <param name="PersonId">Who stands for the person it is of.</param>
/// <param name="Rule">By which it is written.</param>
/// <param name="Body">Indented JSON; empty where the person was erased.</param>
/// <param name="Refusal">What speaks against sending it, consent aside; null: nothing.</param>
/// <param name="Consent">Whether the person allows it.</param>
public sealed record ConversionPreview(Guid ConversionId, Guid PersonId, StageRule Rule, string Body, Refusal? Refusal, ConsentAnswer Consent)
{
    /// <summary>False: the account is not known yet, and stands nowhere in the body.</summary>
    public bool IsConnected { get; init; }
}
