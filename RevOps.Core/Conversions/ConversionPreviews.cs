using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Conversions;

/// <summary>Shows what a platform would be told of somebody, before anything is sent.</summary>
public sealed class ConversionPreviews(IDbContextFactory<RevOpsDb> databases, ConversionFactsReader reader, StageRules stages, IEnumerable<IConversionChannel> channels, CompanyProfile company, Vault vault, AuditTrail audit, TimeProvider clock)
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

    /// <summary>By the rules of now, or by one that is not saved yet; null where there is no such conversion.</summary>
    /// <param name="platform">Who would be told.</param>
    /// <param name="id">A conversion of either platform: of the same event the platform's own is taken.</param>
    /// <param name="clear">As it would be sent, for whoever may see it; else masked.</param>
    /// <param name="unsaved">The rule to look at; null: the one in force.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ConversionPreview?> OfAsync(AdPlatform platform, Guid id, bool clear, StageRule? unsaved = null, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var chosen = await db.Set<Conversion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (chosen is null)
            return null;
        var conversion = await db.Set<Conversion>().AsNoTracking().SingleOrDefaultAsync(row => row.EventId == chosen.EventId && row.Platform == platform, cancel) ?? chosen;
        var saved = await stages.OfAsync(db, conversion.Stage, platform, cancel);
        var rule = unsaved is not null && (unsaved.Stage, unsaved.Platform) == (saved.Stage, saved.Platform) ? unsaved : saved;
        var channel = channels.Single(candidate => candidate.Platform == platform);
        var restates = platform == AdPlatform.Google && StageRules.ActionStageOf(conversion.Stage) != conversion.Stage;
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == conversion.PersonId, cancel);
        if (person.ErasedAt is not null)
            return new(conversion.Id, person.CanonicalId, rule, "", new("erased", ""), ConsentAnswer.Unknown);

        // What was worked out by the rule in force stands with the conversion.
        if ((rule.Value, rule.Fixed, rule.IsShared) != (saved.Value, saved.Fixed, saved.IsShared))
        {
            var value = await ValueAsync(db, conversion, rule, saved, cancel);
            (conversion.ValueMinor, conversion.Currency) = (value?.Minor, value?.Currency);
        }

        var (read, consent) = await reader.ReadAsync(db, conversion, rule, restates, cancel);
        var facts = channel.Fit(read, clock.GetUtcNow());
        var written = channel.WriteEvent(facts);
        var body = RequestBody.Of(channel.Mode is null ? "[]" : channel.Envelope(facts.Name), written);
        return new(conversion.Id, person.CanonicalId, rule, SentBody.Show(body, clear), channel.Check(facts with { Consent = facts.Consent with { AdUserData = true } }, clock.GetUtcNow()), consent.Ads) { IsConnected = channel.Mode is not null, Event = written };
    }

    /// <summary>
    /// Has Google look at what was shown and throw it away, by <c>validateOnly</c>: the same checks as when it is sent, and nothing is counted. Null:
    /// it may not leave, since consent is missing, our own check speaks against it, or Google is not connected.
    /// </summary>
    public async Task<ChannelAnswer?> RehearseAsync(ConversionPreview shown, string actor, CancellationToken cancel)
    {
        // Somebody may have withdrawn since it was shown.
        if (channels.OfType<GoogleChannel>().FirstOrDefault() is not { } google
            || await OfAsync(AdPlatform.Google, shown.ConversionId, clear: false, shown.Rule, cancel) is not { Consent: ConsentAnswer.Granted, Refusal: null, IsConnected: true } now)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await audit.WriteAsync(db, new(actor, "conversion.rehearsed", nameof(Conversion), now.ConversionId.ToString()) { After = new { now.Rule.Platform, now.Rule.Name } }, cancel);
        await db.SaveChangesAsync(cancel);
        return await google.RehearseAsync(now.Rule.Name, now.Event, cancel);
    }

    /// <summary>What it would be worth by another rule: by the booking it tells of, and by what was paid until then.</summary>
    private async Task<Money?> ValueAsync(RevOpsDb db, Conversion conversion, StageRule rule, StageRule saved, CancellationToken cancel)
    {
        var booking = await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == conversion.SubjectId || row.InvoiceId == conversion.SubjectId, cancel);
        var given = saved is { Value: ValueRule.Given, IsShared: false } ? conversion.Value : null;
        if (conversion.Stage == ConversionStage.Booked)
            given = booking?.Amount;
        if (conversion.Stage == ConversionStage.Paid)
        {
            var paid = await db.Set<Payment>().Where(payment => payment.InvoiceId == conversion.SubjectId && payment.AmountMinor > 0 && payment.OccurredAt <= conversion.OccurredAt).Select(payment => new { payment.AmountMinor, payment.Currency }).ToListAsync(cancel);
            given = paid.Count == 0 ? null : new(paid.Sum(payment => payment.AmountMinor), paid[0].Currency);
        }

        return await SaleValue.OfAsync(new(db, vault, await company.CurrentAsync(cancel), conversion.PersonId, cancel), rule, given, booking, conversion.OccurredAt);
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

    /// <summary>As it would stand in a request.</summary>
    internal byte[] Event { get; init; } = [];
}
