using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Late invoices, what each of them costs, and what was done about it.</summary>
public sealed class LateQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, ActorNames actors, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<DateOnly> TodayAsync(CancellationToken cancel) => (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());

    public async Task<LateList> ListAsync(LateFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (now, currency) = (clock.GetUtcNow(), CurrencyOf(filter.Currency, owner));
        var today = owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = Filtered(db, filter, currency, today);
        var count = await found.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var shown = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(await RowsAsync(db, shown, owner, today, cancel), count, number, currency, await CurrenciesAsync(db, owner, cancel), Mode, now);
    }

    /// <summary>What everything that is late and owed costs so far, in one currency.</summary>
    public async Task<LateFigures> FiguresAsync(string? wanted, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (today, currency) = (owner.DayOf(clock.GetUtcNow()), CurrencyOf(wanted, owner));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var late = await Filtered(db, new(), currency, today).ToListAsync(cancel);
        var costs = (await LateCosts.OfAsync(db, late, owner.DayOf, today, cancel)).Values.ToList();
        var (interest, financing) = await LateCosts.RatesAsync(db, cancel);
        Money Sum(Func<LateCost, long> part) => new(costs.Sum(part), currency);
        return new(late.Count, new(late.Sum(invoice => invoice.Outstanding.Minor), currency), Sum(cost => cost.Interest.Minor), Sum(cost => cost.Financing.Minor), Sum(cost => cost.IndemnityMinor),
            Sum(cost => cost.Bar is null ? cost.ClaimableMinor : 0), costs.Count(cost => cost.Bar is null))
        {
            InterestUnrated = interest.IsEmpty || costs.Exists(cost => cost.Interest.UnratedFrom is not null),
            FinancingUnrated = financing.IsEmpty || costs.Exists(cost => cost.Financing.UnratedFrom is not null),
        };
    }

    /// <summary>One invoice beside the list; null when there is none that was issued.</summary>
    public async Task<LateCard?> FindAsync(Guid invoiceId, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var today = owner.DayOf(clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId && row.IssuedOn != null, cancel) is not { } invoice)
            return null;
        var row = (await RowsAsync(db, [invoice], owner, today, cancel))[0];
        var note = row.Standing.Dispute is { } dispute ? await vault.OpenAsync(DataKey.Company, dispute.Id, dispute.SealedNote, cancel) : null;
        var reminders = await RemindersOf(db, reminder => reminder.InvoiceId == invoiceId).ToListAsync(cancel);
        var claims = await LateCosts.ClaimsOf(db, [invoiceId]).ToListAsync(cancel);
        var customer = await db.Set<Customer>().AsNoTracking().SingleAsync(one => one.Id == invoice.CustomerId, cancel);
        var names = await actors.OfAsync([.. reminders.Select(reminder => $"user:{reminder.UserId}"), $"user:{row.Standing.Dispute?.OwnerId}"], cancel);
        return new(row, note, [.. reminders], [.. claims.Select(ViewOf)], await ReminderStops.OfAsync(db, invoice, today, cancel) ?? (await customer.OpenAsync(vault, cancel) is { Email.Length: > 0 } ? null : ReminderStop.NoEmail), names, today, clock.GetUtcNow());
    }

    /// <summary>What an address asks for; the company's where it asks for none that there is.</summary>
    internal static string CurrencyOf(string? wanted, CompanyVersion owner) => wanted is not null && Currency.IsKnown(wanted) ? wanted : owner.Currency;

    internal static IQueryable<ReminderRow> RemindersOf(RevOpsDb db, System.Linq.Expressions.Expression<Func<Reminder, bool>> which) =>
        from reminder in db.Set<Reminder>().AsNoTracking().Where(which)
        join invoice in db.Set<Invoice>() on reminder.InvoiceId equals invoice.Id
        join mail in db.Set<StoredMail>() on reminder.MailId equals mail.Id into mails
        from mail in mails.DefaultIfEmpty()
        orderby reminder.OccurredAt descending, reminder.Id
        select new ReminderRow
        {
            Id = reminder.Id,
            InvoiceId = invoice.Id,
            Number = invoice.Number ?? invoice.Reference,
            OffsetDays = reminder.OffsetDays,
            OwedMinor = reminder.OwedMinor,
            Currency = invoice.Currency,
            UserId = reminder.UserId,
            OccurredAt = reminder.OccurredAt,
            State = mail == null ? null : mail.State,
            Way = mail == null ? null : mail.Way,
            Error = mail == null ? null : mail.Error,
        };

    internal async Task<IReadOnlyList<LateRow>> RowsAsync(RevOpsDb db, IReadOnlyList<Invoice> invoices, CompanyVersion owner, DateOnly today, CancellationToken cancel)
    {
        var ids = invoices.Select(invoice => invoice.Id).ToList();
        var (costs, standings) = (await LateCosts.OfAsync(db, invoices, owner.DayOf, today, cancel), await InvoiceStandings.OfAsync(db, ids, cancel));
        var reminded = await db.Set<Reminder>().Where(reminder => ids.Contains(reminder.InvoiceId)).GroupBy(reminder => reminder.InvoiceId)
            .Select(group => new { group.Key, At = group.Max(reminder => reminder.OccurredAt) }).ToDictionaryAsync(row => row.Key, row => (DateTimeOffset?)row.At, cancel);
        var rows = new List<LateRow>(invoices.Count);
        foreach (var invoice in invoices)
        {
            var buyer = await vault.OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel) is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json) : null;
            var due = invoice.DueOn ?? invoice.IssuedOn!.Value;
            rows.Add(new(invoice.Id, invoice.Number ?? invoice.Reference, invoice.CustomerId, buyer?.LegalName ?? buyer?.Ref ?? "–", due,
                (invoice.Outstanding.Minor > 0 ? today : invoice.SettledOn ?? due).DayNumber - due.DayNumber, invoice.Gross, invoice.Outstanding.Minor > 0 ? invoice.Outstanding : Money.Zero(invoice.Currency), costs[invoice.Id], standings.GetValueOrDefault(invoice.Id, InvoiceStanding.None))
            {
                IssuedOn = invoice.IssuedOn!.Value,
                RemindedAt = reminded.GetValueOrDefault(invoice.Id),
                IsBusiness = LateCosts.IsBusiness(invoice),
                SettledOn = invoice.SettledOn,
            });
        }

        return rows;
    }

    /// <summary>Late ones of a currency; what was taken back whole was never late.</summary>
    private IQueryable<Invoice> Filtered(RevOpsDb db, LateFilter filter, string currency, DateOnly today)
    {
        var mode = Mode;
        var issued = db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.Currency == currency && invoice.IssuedOn != null && invoice.DueOn != null && invoice.DueOn < today && invoice.CreditedMinor < invoice.GrossMinor);
        if (filter.CustomerId is { } customer)
            issued = issued.Where(invoice => invoice.CustomerId == customer);
        if (filter.Bucket is { } bucket)
        {
            var (from, to) = Ageing.DueWithin(bucket, today);
            issued = issued.Where(invoice => (from == null || invoice.DueOn >= from) && (to == null || invoice.DueOn <= to)).Where(Invoice.IsOwed);
        }

        return filter.Standing switch
        {
            LateStanding.PaidLate => issued.Where(invoice => invoice.Status == InvoiceStatus.Paid && invoice.SettledOn > invoice.DueOn),
            LateStanding.Disputed => issued.Where(Invoice.IsOwed).Where(invoice => db.Set<InvoiceDispute>().Any(dispute => dispute.InvoiceId == invoice.Id && dispute.ClosedAt == null)),
            LateStanding.Promised => issued.Where(Invoice.IsOwed).Where(invoice => db.Set<PaymentPromise>().Any(promise => promise.InvoiceId == invoice.Id && promise.EndedAt == null)),
            LateStanding.Claimed => issued.Where(invoice => db.Set<LateClaim>().Any(claim => claim.InvoiceId == invoice.Id)),
            _ => issued.Where(Invoice.IsOwed),
        };
    }

    private async Task<IReadOnlyList<string>> CurrenciesAsync(RevOpsDb db, CompanyVersion owner, CancellationToken cancel)
    {
        var mode = Mode;
        var used = await db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.IssuedOn != null).Select(invoice => invoice.Currency).Distinct().ToListAsync(cancel);
        return [.. used.Append(owner.Currency).Distinct(StringComparer.Ordinal).OrderBy(code => code != owner.Currency).ThenBy(code => code, StringComparer.Ordinal)];
    }

    private static ClaimView ViewOf(ClaimRow row) =>
        new(row.Claim.ClaimInvoiceId, row.Number ?? row.Reference, row.Status, row.Claim.From, row.Claim.Until, new(row.Claim.InterestMinor, row.Claim.Currency), new(row.Claim.IndemnityMinor, row.Claim.Currency), row.Claim.OccurredAt) { Stands = LateCosts.Stands(row.Status) };
}

/// <param name="Currencies">In which something was invoiced, the company's first.</param>
public sealed record LateList(IReadOnlyList<LateRow> Rows, int Count, int Number, string Currency, IReadOnlyList<string> Currencies, Mode Mode, DateTimeOffset AsOf);

/// <param name="DaysLate">Until today; of what was paid, until it was.</param>
/// <param name="Owed">Nothing where it was paid.</param>
public sealed record LateRow(Guid Id, string Number, Guid CustomerId, string Customer, DateOnly DueOn, int DaysLate, Money Gross, Money Owed, LateCost Cost, InvoiceStanding Standing)
{
    public required DateOnly IssuedOn { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>Interest and indemnity are owed between businesses.</summary>
    public required bool IsBusiness { get; init; }

    public DateOnly? SettledOn { get; init; }

    /// <summary>Null where a day has no rate: what is known of the others would look like all of it.</summary>
    public Money? Interest => Cost.Interest.UnratedFrom is null ? new(Cost.Interest.Minor, Gross.Currency) : null;

    /// <summary>Null where a day has no rate.</summary>
    public Money? Financing => Cost.Financing.UnratedFrom is null ? new(Cost.Financing.Minor, Gross.Currency) : null;

    public Money Indemnity => new(Cost.IndemnityMinor, Gross.Currency);
    public Money Claimed => new(Cost.ClaimedMinor, Gross.Currency);

    /// <summary>What one click would claim; null where nothing can be.</summary>
    public Money? Claimable => Cost.Bar is null ? new(Cost.ClaimableMinor, Gross.Currency) : null;
}

/// <summary>Of everything that is late and owed, in one currency.</summary>
/// <param name="Interest">So far, claimed or not.</param>
/// <param name="Claimable">What can be claimed with a click each.</param>
public sealed record LateFigures(int Count, Money Owed, Money Interest, Money Financing, Money Indemnity, Money Claimable, int ClaimableCount)
{
    /// <summary>A late day has no rate, so the sum is not all of it.</summary>
    public required bool InterestUnrated { get; init; }

    public required bool FinancingUnrated { get; init; }
}

/// <param name="Stop">Why it is not reminded; null: it is.</param>
/// <param name="Names">Of users, by "user:…".</param>
public sealed record LateCard(LateRow Row, string? DisputeNote, IReadOnlyList<ReminderRow> Reminders, IReadOnlyList<ClaimView> Claims, ReminderStop? Stop, IReadOnlyDictionary<string, string> Names, DateOnly Today, DateTimeOffset AsOf);

public sealed record ClaimView(Guid InvoiceId, string Number, InvoiceStatus Status, DateOnly From, DateOnly Until, Money Interest, Money Indemnity, DateTimeOffset OccurredAt)
{
    /// <summary>False where it was refused or voided: its days can be claimed again.</summary>
    public required bool Stands { get; init; }
}

/// <summary>A reminder and what became of its mail.</summary>
public sealed record ReminderRow
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required string Number { get; init; }
    public required int OffsetDays { get; init; }
    public required long OwedMinor { get; init; }
    public required string Currency { get; init; }

    /// <summary>Null where the rule sent it.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Null once the mail was forgotten, three months after it ended.</summary>
    public MailState? State { get; init; }

    public string? Way { get; init; }
    public string? Error { get; init; }

    public Money Owed => new(OwedMinor, Currency);
}
