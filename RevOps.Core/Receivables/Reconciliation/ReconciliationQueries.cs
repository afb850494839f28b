using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>The ledger from deal to cash as the page shows it: live, or of a closed month as it was frozen.</summary>
public sealed class ReconciliationQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, TimeProvider clock)
{
    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<DateOnly> TodayAsync(CancellationToken cancel) => (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());

    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="currency">Null: the company's.</param>
    /// <param name="live">Of a closed month what is known now, instead of what was frozen.</param>
    public async Task<ReconciliationView> LoadAsync(DateOnly from, DateOnly to, string? currency, bool live, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var currencies = await CurrenciesAsync(db, owner, Mode, cancel);
        var chosen = currency is not null && currencies.Contains(currency) ? currency : owner.Currency;
        var months = await StandingAsync(db, Mode, cancel);
        var closed = IsMonth(from, to) ? months.Find(month => month.Month == from) : null;
        var evidence = closed is null ? null : MonthEvidence.FromJson(closed.Evidence);
        var frozen = live ? null : evidence?.Of(chosen);
        var ledger = frozen?.Ledger ?? await LedgerAsync(db, owner, Mode, chosen, from, to, cancel);
        var notes = frozen is null ? await NotesAsync(db, [.. ledger.Exceptions.Select(row => row.Subject)], cancel) : frozen.Notes.ToDictionary(note => note.Subject, note => new ExceptionReason(note.Reason, note.OwnerId, null), StringComparer.Ordinal);
        var late = frozen is not null ? frozen.Posted : closed is null && FirstOpen(months) is { } first && first >= from && first <= to ? await LateAsync(db, owner, Mode, months, chosen, cancel) : [];
        return new(from, to, chosen, currencies, ledger, notes, closed, IsFrozen: frozen is not null, frozen?.OpenMinor, late, Mode, clock.GetUtcNow())
        {
            Today = owner.DayOf(clock.GetUtcNow()),
            BankUntil = (await ReconciliationLedger.StatementsAsync(db, Mode, cancel))?.To,
            Since = closed is null ? [] : [.. LateFact.Between(from, evidence!.Of(chosen)?.Facts ?? [], await MonthFacts.LoadAsync(db, owner, Mode, chosen, from, to, cancel))],
        };
    }

    /// <summary>Whole calendar months are what is closed.</summary>
    public static bool IsMonth(DateOnly from, DateOnly to) => from.Day == 1 && to == from.AddMonths(1).AddDays(-1);

    /// <summary>Who is asked about a month, its standing closings; a reopened one counts no more.</summary>
    internal static async Task<List<ClosedMonth>> StandingAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        await db.Set<ClosedMonth>().AsNoTracking().Where(month => month.Mode == mode && month.ReopenedAt == null).OrderBy(month => month.Month).ToListAsync(cancel);

    /// <summary>The month that late facts post to: the first one after the last that is closed.</summary>
    internal static DateOnly? FirstOpen(List<ClosedMonth> closed) => closed.Count == 0 ? null : closed[^1].Month.AddMonths(1);

    internal static async Task<List<string>> CurrenciesAsync(RevOpsDb db, CompanyVersion owner, Mode mode, CancellationToken cancel)
    {
        var sold = await db.Set<Booking>().Where(row => row.Mode == mode).Select(row => row.Currency).Distinct().ToListAsync(cancel);
        var issued = await db.Set<Billing.Invoice>().Where(row => row.Mode == mode && row.IssuedOn != null).Select(row => row.Currency).Distinct().ToListAsync(cancel);
        return [.. sold.Concat(issued).Append(owner.Currency).Distinct(StringComparer.Ordinal).OrderBy(code => code != owner.Currency).ThenBy(code => code, StringComparer.Ordinal)];
    }

    internal async Task<ReconciledPeriod> LedgerAsync(RevOpsDb db, CompanyVersion owner, Mode mode, string currency, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var facts = await new ReconciliationLedger(db, owner, mode, currency, booking => IsInclusiveAsync(booking, cancel)).LoadAsync(from, to, owner.DayOf(clock.GetUtcNow()), cancel);
        return ReconciledPeriod.Of(facts);
    }

    internal async Task<Dictionary<string, ExceptionReason>> NotesAsync(RevOpsDb db, IReadOnlyList<string> subjects, CancellationToken cancel)
    {
        var found = new Dictionary<string, ExceptionReason>(StringComparer.Ordinal);
        foreach (var some in subjects.Chunk(500))
        {
            foreach (var note in await db.Set<ExceptionNote>().AsNoTracking().Where(note => some.Contains(note.Subject)).ToListAsync(cancel))
                found[note.Subject] = new(note.Reason, note.OwnerId, await vault.OpenAsync(DataKey.Company, note.Id, note.SealedText, cancel));
        }

        return found;
    }

    /// <summary>What came, went or changed of closed months and no closing since has taken.</summary>
    internal static async Task<IReadOnlyList<LateFact>> LateAsync(RevOpsDb db, CompanyVersion owner, Mode mode, List<ClosedMonth> closed, string currency, CancellationToken cancel)
    {
        var (late, evidence) = (new List<LateFact>(), closed.ConvertAll(month => MonthEvidence.FromJson(month.Evidence)));
        var posted = evidence.SelectMany(month => month.Of(currency)?.Posted ?? []).ToLookup(fact => fact.Month);
        foreach (var month in evidence)
        {
            var known = LateFact.With(month.Of(currency)?.Facts ?? [], posted[month.Month]);
            late.AddRange(LateFact.Between(month.Month, known, await MonthFacts.LoadAsync(db, owner, mode, currency, month.Month, month.Month.AddMonths(1).AddDays(-1), cancel)));
        }

        return late;
    }

    private async Task<bool> IsInclusiveAsync(Booking booking, CancellationToken cancel) =>
        await vault.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, cancel) is { } json && System.Text.Json.JsonSerializer.Deserialize<BookingContent>(json)?.TaxInclusive == true;
}

/// <summary>Why something is an exception, in the house's own words.</summary>
public sealed record ExceptionReason(string Reason, Guid? OwnerId, string? Text);

/// <param name="Notes">By subject.</param>
/// <param name="Closed">The closing of the month; null while it is open.</param>
/// <param name="IsFrozen">The ledger is as it was closed.</param>
/// <param name="OpenMinor">What was owed on the last evening, as it was closed.</param>
/// <param name="Late">Facts of closed months that came afterwards and post to this period, or did when it was closed.</param>
public sealed record ReconciliationView(DateOnly From, DateOnly To, string Currency, IReadOnlyList<string> Currencies, ReconciledPeriod Ledger, IReadOnlyDictionary<string, ExceptionReason> Notes, ClosedMonth? Closed, bool IsFrozen, long? OpenMinor, IReadOnlyList<LateFact> Late, Mode Mode, DateTimeOffset AsOf)
{
    public DateOnly Today { get; init; }

    /// <summary>Up to which day the statements of every account are in: what came in later is not known.</summary>
    public DateOnly? BankUntil { get; init; }

    /// <summary>Of a closed month what has changed since.</summary>
    public IReadOnlyList<LateFact> Since { get; init; } = [];
}
