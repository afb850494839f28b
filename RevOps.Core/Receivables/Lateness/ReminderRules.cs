using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Reads and changes when clients are reminded, and with which words.</summary>
public sealed class ReminderRules(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TwoFactorRule obligation, TimeProvider clock)
{
    /// <summary>Days from the due date of the rules that count while nobody has set any.</summary>
    public static IReadOnlyList<int> Defaults { get; } = [-5, 0, 7, 15, 30];

    /// <summary>Those that count, by their day; the defaults while nobody has set any.</summary>
    public static async Task<IReadOnlyList<ReminderRule>> CurrentAsync(RevOpsDb db, CancellationToken cancel)
    {
        var rules = await db.Set<ReminderRule>().AsNoTracking().OrderBy(rule => rule.OffsetDays).ToListAsync(cancel);
        return rules.Count > 0 ? rules : [.. Defaults.Select(offset => new ReminderRule { Id = Guid.Empty, OffsetDays = offset, IsOn = true })];
    }

    public async Task<ReminderRuleList> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return new(await CurrentAsync(db, cancel), (await ReceivableRules.CurrentAsync(db, cancel)).Reminds);
    }

    /// <summary>Sets the rule of a day. The first change of any makes the defaults the house's own.</summary>
    /// <returns>What is wrong, by field, or by nothing where whoever asks may not; empty when it is saved.</returns>
    public async Task<IReadOnlyDictionary<string, string>> SaveAsync(ReminderRuleEntry entry, Approver approver, CancellationToken cancel)
    {
        var wrong = entry.Check();
        if (wrong.Count > 0)
            return wrong;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, obligation, cancel))
            return Refused("", "notAllowed");
        var rules = await OwnAsync(db, cancel);
        var rule = rules.Find(row => row.OffsetDays == entry.Offset);
        if (rule is null && rules.Count >= ReminderRuleEntry.Most)
            return Refused(nameof(entry.OffsetDays), "most");
        var before = rule is null ? null : ContentOf(rule);
        if (rule is null)
            db.Add(rule = new() { Id = Guid.CreateVersion7(), OffsetDays = entry.Offset!.Value, IsOn = entry.IsOn });
        entry.WriteTo(rule);
        await audit.WriteAsync(db, new(approver.Actor, "reminderRule.changed", nameof(ReminderRule), rule.Id.ToString()) { Before = before, After = ContentOf(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return wrong;
    }

    /// <summary>Takes a rule away; nothing new for the last one, which is turned off instead: with none at all the defaults would count again.</summary>
    public async Task<SettingChange> RemoveAsync(int offsetDays, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        var rules = await OwnAsync(db, cancel);
        if (rules.Count < 2 || rules.Find(row => row.OffsetDays == offsetDays) is not { } rule)
            return SettingChange.NothingNew;
        db.Remove(rule);
        await audit.WriteAsync(db, new(approver.Actor, "reminderRule.removed", nameof(ReminderRule), rule.Id.ToString()) { Before = ContentOf(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }

    /// <summary>Lets reminders leave by themselves, or no longer.</summary>
    public async Task<SettingChange> SwitchAsync(bool reminds, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        var rules = await ReceivableRules.CurrentAsync(db, cancel);
        if (rules.Reminds == reminds)
            return SettingChange.NothingNew;
        var next = new ReceivableRules
        {
            Id = Guid.CreateVersion7(),
            ValidFrom = clock.GetUtcNow(),
            Reminds = reminds,
            WriteOffLimitMinor = rules.WriteOffLimitMinor,
            FeeLimitMinor = rules.FeeLimitMinor,
            UserId = approver.UserId,
        };
        db.Add(next);
        await audit.WriteAsync(db, new(approver.Actor, "reminders.switched", nameof(ReceivableRules), next.Id.ToString()) { Before = new { rules.Reminds }, After = new { next.Reminds } }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }

    /// <summary>The house's own; the defaults become so.</summary>
    private static async Task<List<ReminderRule>> OwnAsync(RevOpsDb db, CancellationToken cancel)
    {
        var rules = await db.Set<ReminderRule>().ToListAsync(cancel);
        if (rules.Count > 0)
            return rules;
        rules.AddRange(Defaults.Select(offset => new ReminderRule { Id = Guid.CreateVersion7(), OffsetDays = offset, IsOn = true }));
        db.AddRange(rules);
        await db.SaveChangesAsync(cancel);
        return rules;
    }

    private static Dictionary<string, string> Refused(string field, string code) => new(StringComparer.Ordinal) { [field] = code };

    private static object ContentOf(ReminderRule rule) => new { rule.OffsetDays, rule.IsOn, rule.SubjectFrench, rule.TextFrench, rule.SubjectEnglish, rule.TextEnglish };
}

/// <param name="Rules">By their day.</param>
/// <param name="Reminds">They leave by themselves.</param>
public sealed record ReminderRuleList(IReadOnlyList<ReminderRule> Rules, bool Reminds)
{
    /// <summary>Nobody has set any.</summary>
    public bool AreDefaults => Rules.All(rule => rule.Id == Guid.Empty);
}
