using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Whom to call today, with the reason.</summary>
public sealed class CallQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, LateQueries late, Vault vault, TimeProvider clock)
{
    /// <param name="currency">Null: the company's.</param>
    /// <param name="least">From which amount on something is large, in whole currency units; null: the usual one.</param>
    /// <param name="daysLate">From how many days on; null: as usual.</param>
    /// <param name="clear">The reader may see phone numbers.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<CallPage> TodayAsync(string? currency, decimal? least, int? daysLate, bool clear, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (now, chosen, mode) = (clock.GetUtcNow(), LateQueries.CurrencyOf(currency, owner), stripe.Connection?.Mode ?? Mode.Live);
        var (today, usual) = (owner.DayOf(now), CallList.Usual(chosen));
        var limits = new CallLimits(least is { } amount ? Money.Round(amount, chosen).Minor : usual.OwedMinor, daysLate ?? usual.DaysLate);
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Due today at the latest, or with a word or a dispute.
        var owed = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == chosen && invoice.IssuedOn != null && invoice.DueOn != null).Where(Invoice.IsOwed)
            .Where(invoice => invoice.DueOn < today || db.Set<InvoiceDispute>().Any(dispute => dispute.InvoiceId == invoice.Id) || db.Set<PaymentPromise>().Any(promise => promise.InvoiceId == invoice.Id)).ToListAsync(cancel);
        var facts = await FactsAsync(db, owed, owner, today, cancel);
        var calls = CallList.Of(facts, limits, today);
        var invoices = owed.ToDictionary(invoice => invoice.Id);
        var rows = await late.RowsAsync(db, [.. calls.Select(call => invoices[call.Facts.InvoiceId])], owner, today, cancel);
        var phones = await PhonesAsync(db, rows, clear, cancel);
        return new([.. calls.Zip(rows, (call, row) => new CallRow(row, call.Reasons, phones.GetValueOrDefault(row.CustomerId)))], limits, chosen, today, now);
    }

    private async Task<List<CallFacts>> FactsAsync(RevOpsDb db, List<Invoice> owed, CompanyVersion owner, DateOnly today, CancellationToken cancel)
    {
        var ids = owed.ConvertAll(invoice => invoice.Id);
        var standings = await InvoiceStandings.OfAsync(db, ids, cancel);
        var answered = (await db.Set<InvoiceDispute>().Where(dispute => ids.Contains(dispute.InvoiceId) && dispute.ClosedAt != null).Select(dispute => new { dispute.InvoiceId, At = dispute.ClosedAt!.Value }).ToListAsync(cancel)).ToLookup(row => row.InvoiceId, row => row.At);
        var last = (await ReminderRules.CurrentAsync(db, cancel)).Where(rule => rule.IsOn).Select(rule => (int?)rule.OffsetDays).Max();
        var reminded = last is null ? [] : await db.Set<Reminder>().Where(reminder => ids.Contains(reminder.InvoiceId) && reminder.OffsetDays >= last).GroupBy(reminder => reminder.InvoiceId)
            .Select(group => new { group.Key, At = group.Max(reminder => reminder.OccurredAt) }).ToDictionaryAsync(row => row.Key, row => row.At, cancel);
        var called = await CalledAsync(db, owner.StartOf(today.AddDays(-30)), cancel);
        var reachable = await ReachableAsync(db, owed, cancel);
        return owed.ConvertAll(invoice =>
        {
            var (id, standing) = (invoice.Id, standings.GetValueOrDefault(invoice.Id, InvoiceStanding.None));
            return new CallFacts(id, invoice.Outstanding.Minor, today.DayNumber - invoice.DueOn!.Value.DayNumber)
            {
                PromisedOn = standing.Promise?.PromisedOn,
                DisputedOn = standing.Dispute is { } open ? owner.DayOf(open.OpenedAt) : null,
                AnsweredOn = standing.Dispute is null && answered[id].Any() ? owner.DayOf(answered[id].Max()) : null,
                LastRuleOn = reminded.TryGetValue(id, out var sent) ? owner.DayOf(sent) : null,
                CalledOn = called.TryGetValue(id, out var at) ? owner.DayOf(at) : null,
                HasEmail = reachable.Contains(invoice.CustomerId),
            };
        });
    }

    private static async Task<Dictionary<Guid, DateTimeOffset>> CalledAsync(RevOpsDb db, DateTimeOffset since, CancellationToken cancel)
    {
        const string invoices = nameof(Invoice);
        var calls = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action == CallList.CalledAction && entry.SubjectType == invoices && entry.OccurredAt >= since)
            .Select(entry => new { entry.SubjectId, entry.OccurredAt }).ToListAsync(cancel);
        return calls.GroupBy(call => Guid.Parse(call.SubjectId)).ToDictionary(group => group.Key, group => group.Max(call => call.OccurredAt));
    }

    private static async Task<HashSet<Guid>> ReachableAsync(RevOpsDb db, List<Invoice> owed, CancellationToken cancel)
    {
        var customers = owed.ConvertAll(invoice => invoice.CustomerId);
        return [.. await db.Set<Customer>().Where(customer => customers.Contains(customer.Id) && customer.EmailHash != null).Select(customer => customer.Id).ToListAsync(cancel)];
    }

    private async Task<Dictionary<Guid, string?>> PhonesAsync(RevOpsDb db, IReadOnlyList<LateRow> rows, bool clear, CancellationToken cancel)
    {
        var (ids, phones) = (rows.Select(row => row.CustomerId).Distinct().ToList(), new Dictionary<Guid, string?>());
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToListAsync(cancel))
            phones[customer.Id] = await customer.OpenAsync(vault, cancel) is { } details ? (clear ? details : details.Masked()).Phone : null;
        return phones;
    }
}

/// <param name="Reasons">The weightiest first.</param>
/// <param name="Phone">Masked for readers who may not see it; null: none is known.</param>
public sealed record CallRow(LateRow Late, IReadOnlyList<CallReason> Reasons, string? Phone);

public sealed record CallPage(IReadOnlyList<CallRow> Rows, CallLimits Limits, string Currency, DateOnly Today, DateTimeOffset AsOf);
