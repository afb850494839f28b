using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>Reads due conversions, what is known of their people, and says of each whether it may go; writes nothing.</summary>
public sealed class PortionReader(IDbContextFactory<RevOpsDb> databases, ConversionFactsReader reader, StageRules stages, ConsentWatch watch, TimeProvider clock)
{
    private const string TooOld = "too_old";

    // Whoever cannot be written today may be tomorrow; meanwhile the others go.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    /// <summary>The names that requests to a platform are for; one that stands for all where a request may carry any.</summary>
    internal async Task<IReadOnlyList<string?>> NamesAsync(IConversionChannel channel, CancellationToken cancel)
    {
        if (!channel.OneNamePerRequest)
            return [null];
        await using var db = await databases.CreateDbContextAsync(cancel);
        return [.. (await RulesAsync(db, channel.Platform, cancel)).Values.Select(rule => rule.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The conversions that are due first, as many as a request may carry; null when there are none.</summary>
    /// <param name="channel">Their platform.</param>
    /// <param name="mode">That the platform is connected in.</param>
    /// <param name="name">Those that go under this name; null: all.</param>
    /// <param name="taken">On its way just now: neither they nor others of the same sale are read.</param>
    /// <param name="cancel">Ends the reading.</param>
    internal async Task<Portion?> ReadAsync(IConversionChannel channel, Mode mode, string? name, Portion? taken, CancellationToken cancel)
    {
        var since = watch.Now;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await RulesAsync(db, channel.Platform, cancel);
        ConversionStage[] wanted = [.. rules.Where(rule => name is null || rule.Value.Name == name).Select(rule => rule.Key)];
        var (now, busy) = (clock.GetUtcNow(), taken?.Items.Select(item => item.Conversion.Id).ToArray() ?? []);
        var due = await db.Set<Conversion>().AsNoTracking()
            .Where(row => row.Platform == channel.Platform && row.DueAt <= now && row.Status == ConversionStatus.Queued && row.Mode == mode && wanted.Contains(row.Stage) && !EF.Parameter(busy).Contains(row.Id))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(channel.MostPerRequest).ToListAsync(cancel);
        var told = channel.OneNamePerRequest ? await ToldAsync(db, due, cancel) : Array.Empty<Conversion>().ToLookup(row => row.TransactionId);
        if (channel.OneNamePerRequest)
            due = SaleOrder.FirstOfEach(due, told, mode, now, (taken?.Items.Select(item => item.Conversion.TransactionId) ?? []).ToHashSet(StringComparer.Ordinal));
        if (due.Count == 0)
            return null;

        var (facts, effects) = (await reader.ReadManyAsync(db, due, cancel), await EffectsAsync(db, due, cancel));
        var items = due.ConvertAll(row => new PortionItem(row) { Effect = effects.GetValueOrDefault(row.Id) ?? EffectOfOne.None() });
        var lost = channel.RepeatsKnownFor is { } known ? await LostAnswers.FirstAsync(db, [.. items.Where(item => !item.Effect.IsNew).Select(item => item.Conversion.Id)], cancel) : [];
        foreach (var item in items.Where(item => lost.TryGetValue(item.Conversion.Id, out var first) && now - first > channel.RepeatsKnownFor))
            item.Refusal = new(LostAnswers.Reason, "The platform may have it already, and would count it a second time: its answer was lost, and it knows a repeat only for so long.");
        Parallel.ForEach(items, item => Decide(channel, item, rules[item.Conversion.Stage], told, facts, now));
        return new(mode, name, items, facts, since);
    }

    /// <summary>What belongs to the same sales and was told already or waits as well: a later word must not be overtaken by an earlier one.</summary>
    private static async Task<ILookup<string, Conversion>> ToldAsync(RevOpsDb db, List<Conversion> due, CancellationToken cancel)
    {
        var sales = due.Where(row => SaleOrder.IsOfSale(row.Stage)).Select(row => row.TransactionId).Distinct(StringComparer.Ordinal).ToArray();
        var rows = sales.Length == 0 ? [] : await db.Set<Conversion>().AsNoTracking().Where(row => EF.Parameter(sales).Contains(row.TransactionId)).ToListAsync(cancel);
        return rows.Where(row => row.Platform == due[0].Platform && (row.SentAt != null || row.Status == ConversionStatus.Queued)).ToLookup(row => row.TransactionId, StringComparer.Ordinal);
    }

    private static async Task<Dictionary<Guid, EffectOfOne>> EffectsAsync(RevOpsDb db, List<Conversion> due, CancellationToken cancel)
    {
        var ids = due.Select(row => row.Id).ToArray();
        return (await db.Set<OutsideEffect>().Where(effect => EF.Parameter(ids).Contains(effect.SubjectId))
            .Select(effect => new { effect.Id, effect.SubjectId, effect.Attempts, effect.FirstAttemptAt }).ToListAsync(cancel))
            .ToDictionary(effect => effect.SubjectId, effect => new EffectOfOne(effect.Id, false, effect.Attempts, effect.FirstAttemptAt));
    }

    private async Task<Dictionary<ConversionStage, StageRule>> RulesAsync(RevOpsDb db, AdPlatform platform, CancellationToken cancel)
    {
        var rules = new Dictionary<ConversionStage, StageRule>();
        foreach (var stage in Enum.GetValues<ConversionStage>())
            rules[stage] = await stages.OfAsync(db, stage, platform, cancel);
        return rules;
    }

    private static void Decide(IConversionChannel channel, PortionItem item, StageRule rule, ILookup<string, Conversion> told, FactsOfMany facts, DateTimeOffset now)
    {
        try
        {
            var (conversion, consent) = (item.Conversion, facts.ConsentOf(item.Conversion));
            item.Consent = consent;
            (item.Intent, item.Refusal) = (Intent.Refuse, item.Refusal ?? RefusalOf(conversion, rule, told, facts, now));
            if (item.Refusal is not null)
                return;
            if (consent.Ads != ConsentAnswer.Granted)
            {
                item.Intent = Intent.Hold;
                return;
            }

            var all = facts.Of(conversion, rule, SaleOrder.Restates(conversion, told));
            var known = channel.Fit(all, now);
            item.Refusal = channel.Check(known, now);
            if (item.Refusal is { Code: TooOld } && conversion.DueAt is { } due && channel.Check(channel.Fit(all, due), due) is not { Code: TooOld })
                item.Refusal = new(LateReasons.Waited, string.Join(' ', new[] { item.Refusal.Text, conversion.Message ?? conversion.Reason }.OfType<string>()));
            if (item.Refusal is not null)
                return;
            item.Event = channel.WriteEvent(known);
            item.Conversion.MatchKeys = channel.KeysOf(known);
            item.Sealed = facts.Ring.Seal(conversion.PersonId, item.Effect.Id, item.Event);
            item.Intent = Intent.Send;
        }
#pragma warning disable CA1031 // One that cannot be read must not stop a thousand others: it stays where it is and says so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            (item.Intent, item.Refusal) = (Intent.Refuse, new("unwritable", error.GetType().Name, now + LookAgain));
        }
    }

    private static Refusal? RefusalOf(Conversion conversion, StageRule rule, ILookup<string, Conversion> told, FactsOfMany facts, DateTimeOffset now) => conversion switch
    {
        // Queued before somebody switched the stage off.
        _ when !rule.Sends => new(StageRules.Off, ""),
        _ when !facts.Ring.Has(conversion.PersonId) => new("erased", ""),
        _ when SaleOrder.IsSuperseded(conversion, told) => new("superseded", "A later stage of the same sale was sent already; this one would set its value back."),
        _ when SaleOrder.WaitsFor(conversion, told) is { } sale => new("waits_for_sale", "The conversion that it takes back is to be sent again first.", sale.DueAt > now ? sale.DueAt : now + LookAgain),
        _ => null,
    };
}
