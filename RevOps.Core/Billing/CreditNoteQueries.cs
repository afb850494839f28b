using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Credit notes as lists show them, always of the mode that is connected now.</summary>
public sealed class CreditNoteQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    /// <summary>Rows of a page: each opens one sealed name, so a page stays short.</summary>
    public const int PageSize = 25;

    public async Task<CreditNotePage> ListAsync(CreditNoteFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = filter.OfPeriod(OfThisMode(db), owner);
        if (filter.Text is { Length: > 0 } text)
            all = Naming(db, all, text);
        var found = filter.OfGroup(all);
        var sums = await SumsAsync(found, owner.Currency, cancel);
        var count = sums.Sum(sum => sum.Count);

        // A page that was emptied meanwhile, or never was, is the last one there is.
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var notes = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(await RowsAsync(db, notes, cancel), count, number, clock.GetUtcNow()) { Sums = sums, Counts = await CountsAsync(all, cancel) };
    }

    /// <summary>How many wait for a decision.</summary>
    public async Task<int> CountWaitingAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await OfThisMode(db).CountAsync(note => note.Status == CreditNoteStatus.Proposed, cancel);
    }

    /// <summary>Those of one invoice, the newest first.</summary>
    public async Task<IReadOnlyList<CreditNoteRow>> OfInvoiceAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var notes = await db.Set<CreditNote>().AsNoTracking().Where(note => note.InvoiceId == invoiceId).OrderByDescending(note => note.RecordedAt).ThenByDescending(note => note.Id).ToListAsync(cancel);
        return await RowsAsync(db, notes, cancel);
    }

    /// <summary>The one that somebody has just proposed; null when there is none.</summary>
    public async Task<Guid?> NewestAsync(Guid invoiceId, Guid? makerId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CreditNote>().Where(note => note.InvoiceId == invoiceId && note.MakerId == makerId)
            .OrderByDescending(note => note.RecordedAt).ThenByDescending(note => note.Id).Select(note => (Guid?)note.Id).FirstOrDefaultAsync(cancel);
    }

    private IQueryable<CreditNote> OfThisMode(RevOpsDb db)
    {
        var mode = stripe.Connection?.Mode ?? Mode.Live;
        return db.Set<CreditNote>().AsNoTracking().Where(note => note.Mode == mode);
    }

    private static IQueryable<CreditNote> Naming(RevOpsDb db, IQueryable<CreditNote> notes, string text) => notes.Where(note => note.Number!.StartsWith(text) || note.StripeNumber!.StartsWith(text)
        || db.Set<Invoice>().Any(invoice => invoice.Id == note.InvoiceId && invoice.Number!.StartsWith(text)));

    /// <summary>The company's currency first, the others by their code.</summary>
    private static async Task<IReadOnlyList<CreditNoteSum>> SumsAsync(IQueryable<CreditNote> found, string own, CancellationToken cancel)
    {
        var sums = await found.GroupBy(note => new { note.Currency, note.Status })
            .Select(group => new { group.Key.Currency, group.Key.Status, Count = group.Count(), Gross = group.Sum(note => note.GrossMinor) }).ToListAsync(cancel);
        return [.. sums.GroupBy(sum => sum.Currency).OrderBy(group => group.Key != own).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => new CreditNoteSum(
            group.Sum(sum => sum.Count),
            new(group.Where(sum => sum.Status is CreditNoteStatus.Approved or CreditNoteStatus.Issued).Sum(sum => sum.Gross), group.Key),
            new(group.Where(sum => sum.Status == CreditNoteStatus.Proposed).Sum(sum => sum.Gross), group.Key)))];
    }

    private static async Task<IReadOnlyDictionary<CreditNoteGroup, int>> CountsAsync(IQueryable<CreditNote> all, CancellationToken cancel)
    {
        var counts = await all.GroupBy(note => note.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        int Of(CreditNoteStatus status) => counts.GetValueOrDefault(status);
        return new Dictionary<CreditNoteGroup, int>
        {
            [CreditNoteGroup.All] = counts.Values.Sum(),
            [CreditNoteGroup.Waiting] = Of(CreditNoteStatus.Proposed),
            [CreditNoteGroup.Issued] = Of(CreditNoteStatus.Approved) + Of(CreditNoteStatus.Issued),
            [CreditNoteGroup.Rejected] = Of(CreditNoteStatus.Rejected),
        };
    }

    private async Task<IReadOnlyList<CreditNoteRow>> RowsAsync(RevOpsDb db, List<CreditNote> notes, CancellationToken cancel)
    {
        var invoiceIds = notes.ConvertAll(note => note.InvoiceId);
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(invoice => invoiceIds.Contains(invoice.Id)).Select(invoice => new { invoice.Id, invoice.CustomerId, Name = invoice.Number ?? invoice.Reference })
            .ToDictionaryAsync(invoice => invoice.Id, cancel);
        var customerIds = invoices.Values.Select(invoice => invoice.CustomerId).Distinct().ToList();
        var names = new Dictionary<Guid, string?>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(customer => customerIds.Contains(customer.Id)).ToListAsync(cancel))
            names[customer.Id] = (await customer.OpenAsync(vault, cancel))?.LegalName;
        return notes.ConvertAll(note => new CreditNoteRow(note, invoices[note.InvoiceId].Name, names.GetValueOrDefault(invoices[note.InvoiceId].CustomerId)));
    }
}

/// <param name="Number">Of this page, from 1 on.</param>
public sealed record CreditNotePage(IReadOnlyList<CreditNoteRow> Rows, int Count, int Number, DateTimeOffset AsOf)
{
    /// <summary>Over all that was found, one per currency.</summary>
    public IReadOnlyList<CreditNoteSum> Sums { get; init; } = [];

    /// <summary>How many each group has under the rest of the filter.</summary>
    public IReadOnlyDictionary<CreditNoteGroup, int> Counts { get; init; } = new Dictionary<CreditNoteGroup, int>();
}

/// <param name="Count">How many are in this currency, the rejected ones too.</param>
/// <param name="Credited">Of those that have a number, with the tax.</param>
/// <param name="Waiting">Of those that nobody decided on yet.</param>
public sealed record CreditNoteSum(int Count, Money Credited, Money Waiting);

/// <summary>A credit note in a list.</summary>
public sealed record CreditNoteRow
{
    internal CreditNoteRow(CreditNote note, string invoice, string? customer)
    {
        (Id, Status, Number, StripeNumber, Reason) = (note.Id, note.Status, note.Number, note.StripeNumber, note.Reason);
        (InvoiceId, Invoice, Customer, Gross) = (note.InvoiceId, invoice, customer, note.Gross);
        (OccurredAt, IssuedAt) = (note.OccurredAt, note.IssuedAt);
    }

    public Guid Id { get; }
    public CreditNoteStatus Status { get; }

    /// <summary>Null until it is approved.</summary>
    public string? Number { get; }

    public string? StripeNumber { get; }
    public CreditReason Reason { get; }
    public Guid InvoiceId { get; }

    /// <summary>Number of the invoice.</summary>
    public string Invoice { get; }

    /// <summary>Legal name; null when it was not sent, or its person was erased.</summary>
    public string? Customer { get; }

    public Money Gross { get; }

    /// <summary>When it was proposed.</summary>
    public DateTimeOffset OccurredAt { get; }

    public DateTimeOffset? IssuedAt { get; }
}
