using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Reads and changes who has to approve what. A change counts for every draft that is decided from then on.</summary>
public sealed class ApprovalRules(IDbContextFactory<RevOpsDb> databases, Vault vault, AuditTrail audit, TwoFactorRule obligation, TimeProvider clock)
{
    /// <summary>Those for everybody first, by currency.</summary>
    public async Task<IReadOnlyList<ApprovalRuleView>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await db.Set<ApprovalRule>().AsNoTracking().OrderBy(rule => rule.CustomerId != null).ThenBy(rule => rule.Currency).ThenBy(rule => rule.RecordedAt).ToListAsync(cancel);
        var ids = rules.Select(rule => rule.CustomerId).OfType<Guid>().ToList();
        var customers = await db.Set<Customer>().AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToDictionaryAsync(customer => customer.Id, cancel);
        var views = new List<ApprovalRuleView>(rules.Count);
        foreach (var rule in rules)
        {
            var details = rule.CustomerId is { } id && customers.TryGetValue(id, out var customer) ? await customer.OpenAsync(vault, cancel) : null;
            views.Add(new(rule, details?.LegalName ?? details?.Ref, details?.Ref));
        }

        return views;
    }

    /// <summary>Sets the rule of a customer and currency, in the place of the one that stood there.</summary>
    /// <returns>What is wrong, by field, or by nothing where whoever asks may not; empty when it is saved.</returns>
    public async Task<IReadOnlyDictionary<string, string>> SaveAsync(ApprovalRuleEntry entry, Approver approver, CancellationToken cancel)
    {
        var wrong = entry.Check();
        if (wrong.Count > 0)
            return wrong;

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayAdministerAsync(db, obligation, cancel))
            return new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "notAllowed" };
        Guid? customerId = null;
        if (entry.CustomerRef.Trim() is { Length: > 0 } named && (customerId = await FindAsync(db, named, cancel)) is null)
            return new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(entry.CustomerRef)] = "customer" };

        var rule = await db.Set<ApprovalRule>().FirstOrDefaultAsync(row => row.CustomerId == customerId && row.Currency == entry.Currency, cancel);
        var before = rule is null ? null : ContentOf(rule);
        if (rule is null)
            db.Add(rule = new() { Id = Guid.CreateVersion7(), CustomerId = customerId, Currency = entry.Currency, UserId = approver.UserId, RecordedAt = clock.GetUtcNow() });
        (rule.FourEyesFromMinor, rule.AutoUpToMinor, rule.CleanInvoices, rule.UserId, rule.RecordedAt) = (entry.FourEyesFromMinor, entry.AutoUpToMinor, entry.Clean!.Value, approver.UserId, clock.GetUtcNow());
        await audit.WriteAsync(db, new(approver.Actor, "approvalRule.changed", nameof(ApprovalRule), rule.Id.ToString()) { Before = before, After = ContentOf(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return wrong;
    }

    /// <summary>Nothing new when it is gone already.</summary>
    public async Task<SettingChange> RemoveAsync(Guid id, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayAdministerAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        if (await db.Set<ApprovalRule>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } rule)
            return SettingChange.NothingNew;
        db.Remove(rule);
        await audit.WriteAsync(db, new(approver.Actor, "approvalRule.removed", nameof(ApprovalRule), rule.Id.ToString()) { Before = ContentOf(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }

    private async Task<Guid?> FindAsync(RevOpsDb db, string customerRef, CancellationToken cancel)
    {
        var hash = vault.LookupHash("customer", customerRef);
        return await db.Set<CustomerRef>().Where(known => known.RefHash == hash).Select(known => (Guid?)known.CustomerId).SingleOrDefaultAsync(cancel);
    }

    private static object ContentOf(ApprovalRule rule) => new { rule.CustomerId, rule.Currency, rule.FourEyesFromMinor, rule.AutoUpToMinor, rule.CleanInvoices };
}

/// <param name="Customer">Legal name, else the sender's ref; null: for everybody, or the person was erased.</param>
/// <param name="CustomerRef">What finds the customer again.</param>
public sealed record ApprovalRuleView(ApprovalRule Rule, string? Customer, string? CustomerRef)
{
    public Money? FourEyesFrom => Rule.FourEyesFromMinor is { } minor ? new Money(minor, Rule.Currency) : null;

    public Money? AutoUpTo => Rule.AutoUpToMinor is { } minor ? new Money(minor, Rule.Currency) : null;
}
