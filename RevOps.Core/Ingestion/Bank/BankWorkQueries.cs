using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Matching;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>The bank's lines as a work list: what is open, what each may be, and what became of the others.</summary>
public sealed class BankWorkQueries
{
    public const int PageSize = 25;
    private const int MostFound = 20;
    private static readonly TimeSpan UnseenSince = TimeSpan.FromDays(120);

    /// <summary>A payment through Stripe is within a payout by then.</summary>
    private static readonly TimeSpan UnseenSettled = TimeSpan.FromDays(5);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly BankLineReader reader;
    private readonly StripeAccount stripe;
    private readonly TimeProvider clock;
    private readonly SharedRead<(Mode Mode, string Currency), Book> books;

    public BankWorkQueries(IDbContextFactory<RevOpsDb> databases, BankLineReader reader, OwedInvoices owed, StripeAccount stripe, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.reader, this.stripe, this.clock) = (databases, reader, stripe, clock);

        // Everybody who works on the list looks into the same book of what is owed.
        books = new(feed, [nameof(Invoice), nameof(Payment), nameof(CreditNote), nameof(BankMatch), nameof(Payout)], key => ReadAsync(owed, key.Mode, key.Currency));
    }

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<BankWorkPage> ListAsync(BankWorkFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Within(Lines(db));
        var counts = await found.GroupBy(line => line.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var chosen = filter.State is { } state ? found.Where(line => line.State == state) : found;
        var sums = await chosen.GroupBy(line => line.Currency).Select(group => new { group.Key, Minor = group.Sum(line => line.AmountMinor - line.MatchedMinor) }).OrderBy(sum => sum.Key).ToListAsync(cancel);
        var count = await chosen.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var names = await db.Set<BankAccount>().AsNoTracking().ToDictionaryAsync(account => account.Id, account => account.Name, cancel);
        var rows = new List<BankWorkRow>();
        foreach (var line in await filter.Sorted(chosen).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel))
            rows.Add(await RowAsync(line, names[line.AccountId], cancel));
        return new(rows, count, number, counts, [.. sums.Select(sum => new Money(sum.Minor, sum.Key))], clock.GetUtcNow());
    }

    /// <summary>One line with all that it may be, and all that it was.</summary>
    public async Task<BankWorkLine?> LineAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Lines(db).SingleOrDefaultAsync(line => line.Id == id, cancel) is not { } line)
            return null;
        var account = await db.Set<BankAccount>().AsNoTracking().SingleAsync(row => row.Id == line.AccountId, cancel);
        var file = await db.Set<BankFile>().AsNoTracking().SingleAsync(row => row.Id == line.FileId, cancel);
        var matches = await db.Set<BankMatch>().AsNoTracking().Where(match => match.LineId == id).OrderBy(match => match.OccurredAt).ThenBy(match => match.Id).ToListAsync(cancel);
        var ids = matches.Select(match => match.InvoiceId).OfType<Guid>().ToList();
        var numbers = await db.Set<Invoice>().Where(invoice => ids.Contains(invoice.Id)).ToDictionaryAsync(invoice => invoice.Id, invoice => invoice.Number ?? invoice.Reference, cancel);
        var payouts = matches.Select(match => match.PayoutId).OfType<Guid>().ToList();
        var payoutNames = await db.Set<Payout>().Where(payout => payouts.Contains(payout.Id)).ToDictionaryAsync(payout => payout.Id, payout => payout.StripePayoutId, cancel);
        return new(await RowAsync(line, account.Name, cancel), await reader.TextAsync(line, cancel), line.ValueOn, file.Name, line.Position, await ProposalsAsync(line, cancel),
            [.. matches.Select(match => new MadeMatch(match.Kind, match.InvoiceId, match.InvoiceId is { } invoice ? numbers.GetValueOrDefault(invoice) : match.PayoutId is { } payout ? payoutNames.GetValueOrDefault(payout) : null, new(match.AmountMinor, line.Currency), match.Rule, match.UserId, match.OccurredAt, match.UndoneAt, match.UndoneBy))]);
    }

    /// <summary>Open invoices by number, client or amount, for whoever picks by hand; the likeliest first.</summary>
    public async Task<IReadOnlyList<OwedRow>> FindAsync(string currency, string text, CancellationToken cancel)
    {
        var book = await books.OfAsync((Mode, currency));
        var asked = text.Trim();
        if (asked.Length == 0)
            return [];
        var minor = decimal.TryParse(asked.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000_000m ? Money.Round(amount, currency).Minor : (long?)null;
        return [.. book.Owed.Values.Where(invoice => invoice.OpenMinor == minor || Has(invoice.Number, asked) || Has(invoice.Client, asked))
            .OrderByDescending(invoice => invoice.OpenMinor == minor).ThenBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Id).Take(MostFound).Select(invoice => RowOf(invoice, currency))];
    }

    private static bool Has(string? text, string asked) => text?.Contains(asked, StringComparison.OrdinalIgnoreCase) == true;

    private async Task<BankWorkRow> RowAsync(BankLine line, string account, CancellationToken cancel)
    {
        var text = await reader.TextAsync(line, cancel);
        var best = line.State is BankLineState.Open or BankLineState.OnHold ? await ProposalsAsync(line, cancel) : [];
        return new(line.Id, line.BookedOn, account, text.Payer, text.Label, line.Amount, new(line.AmountMinor - line.MatchedMinor, line.Currency), line.State, line.Reason, line.OwnerId, best.Count, best.FirstOrDefault());
    }

    private async Task<IReadOnlyList<ProposalRow>> ProposalsAsync(BankLine line, CancellationToken cancel)
    {
        if (line.AmountMinor <= 0 || line.State is BankLineState.Matched or BankLineState.SetAside)
            return [];
        var book = await books.OfAsync((Mode, line.Currency));
        var money = BankLineReader.MoneyOf(line, await reader.TextAsync(line, cancel), book.Payers);
        return [.. MatchProposals.Of(money, book.Matcher, book.Open, line.MatchedMinor == 0 ? book.Payouts : [], line.MatchedMinor == 0 ? book.Unseen : [], book.Rules).Select(proposed => new ProposalRow(
            new(line.Id, proposed.Rule, line.MatchedMinor, proposed.Parts),
            [.. proposed.Parts.Select(part => new PartRow(part, part.InvoiceId is { } id && book.Owed.TryGetValue(id, out var invoice) ? RowOf(invoice, line.Currency) : book.Unseen.FirstOrDefault(payment => payment.PaymentId == part.PaymentId) is { } paid ? new(paid.InvoiceId, paid.Number, paid.Client ?? "–", DateOnly.FromDateTime(paid.OccurredAt.UtcDateTime), new(paid.Minor, line.Currency)) : null, book.Payouts.Find(payout => payout.Id == part.PayoutId), new(part.Minor, line.Currency)))],
            new(line.AmountMinor - line.MatchedMinor - proposed.Minor, line.Currency)))];
    }

    private static OwedRow RowOf(OwedInvoice invoice, string currency) => new(invoice.Id, invoice.Number ?? "–", invoice.Client ?? "–", invoice.IssuedOn, new(invoice.OpenMinor, currency));

    private IQueryable<BankLine> Lines(RevOpsDb db) => db.Set<BankLine>().AsNoTracking().Where(line => line.Mode == Mode);

    private async Task<Book> ReadAsync(OwedInvoices owed, Mode mode, string currency)
    {
        await using var db = await databases.CreateDbContextAsync();
        var open = await owed.LoadAsync(db, mode, currency, CancellationToken.None);
        var now = clock.GetUtcNow();
        return new(new(open, await OwedInvoices.SettledNumbersAsync(db, mode, currency, CancellationToken.None)), open.ToDictionary(invoice => invoice.Id), open.ToDictionary(invoice => invoice.Id, invoice => invoice.OpenMinor), await OwedInvoices.PayersAsync(db, CancellationToken.None),
            await OwedInvoices.PayoutsAsync(db, mode, currency, CancellationToken.None), await owed.UnseenAsync(db, mode, currency, now - UnseenSince, now - UnseenSettled, CancellationToken.None), await ReceivableRules.CurrentAsync(db, CancellationToken.None));
    }

    private sealed record Book(BankMatcher Matcher, IReadOnlyDictionary<Guid, OwedInvoice> Owed, IReadOnlyDictionary<Guid, long> Open, IReadOnlyDictionary<string, Guid> Payers, List<Payout> Payouts, IReadOnlyList<UnseenPayment> Unseen, ReceivableRules Rules);
}

/// <summary>Which lines of the bank.</summary>
public sealed record BankWorkFilter
{
    /// <summary>Null: all.</summary>
    public BankLineState? State { get; init; } = BankLineState.Open;

    public Guid? AccountId { get; init; }
    public Guid? FileId { get; init; }

    /// <summary>Whoever answers for it.</summary>
    public Guid? OwnerId { get; init; }

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>In whole units of a hundred, of either sign: texts are sealed, and no database finds them.</summary>
    public decimal? Amount { get; init; }

    public BankWorkSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>All but the state.</summary>
    internal IQueryable<BankLine> Within(IQueryable<BankLine> lines)
    {
        if (AccountId is { } account)
            lines = lines.Where(line => line.AccountId == account);
        if (FileId is { } file)
            lines = lines.Where(line => line.FileId == file);
        if (OwnerId is { } owner)
            lines = lines.Where(line => line.OwnerId == owner);
        if (From is { } from)
            lines = lines.Where(line => line.BookedOn >= from);
        if (To is { } to)
            lines = lines.Where(line => line.BookedOn <= to);
        if (Amount is { } amount)
        {
            var minor = (long)Math.Round(amount * 100);
            lines = lines.Where(line => line.AmountMinor == minor || line.AmountMinor == -minor);
        }

        return lines;
    }

    internal IQueryable<BankLine> Sorted(IQueryable<BankLine> lines) => (Sort, Descending) switch
    {
        (BankWorkSort.Amount, false) => lines.OrderBy(line => line.AmountMinor).ThenBy(line => line.Id),
        (BankWorkSort.Amount, true) => lines.OrderByDescending(line => line.AmountMinor).ThenBy(line => line.Id),
        (_, true) => lines.OrderByDescending(line => line.BookedOn).ThenBy(line => line.Id),
        _ => lines.OrderBy(line => line.BookedOn).ThenBy(line => line.Id),
    };
}

public enum BankWorkSort
{
    Booked = 0,
    Amount = 1,
}

/// <param name="Counts">By state, of all that the other filters let through.</param>
/// <param name="Sums">What of the chosen ones is not accounted for, one per currency.</param>
public sealed record BankWorkPage(IReadOnlyList<BankWorkRow> Rows, int Count, int Number, IReadOnlyDictionary<BankLineState, int> Counts, IReadOnlyList<Money> Sums, DateTimeOffset AsOf);

/// <param name="Left">What of it is not accounted for.</param>
/// <param name="Proposals">How many things it may be.</param>
/// <param name="Best">The likeliest of them.</param>
public sealed record BankWorkRow(Guid Id, DateOnly BookedOn, string Account, string? Payer, string Label, Money Amount, Money Left, BankLineState State, string? Reason, Guid? OwnerId, int Proposals, ProposalRow? Best);

/// <param name="Position">In its file.</param>
public sealed record BankWorkLine(BankWorkRow Row, BankText Text, DateOnly? ValueOn, string File, int Position, IReadOnlyList<ProposalRow> Proposals, IReadOnlyList<MadeMatch> Made);

/// <param name="Match">What a click on it does.</param>
/// <param name="Rest">What of the line would still be open.</param>
public sealed record ProposalRow(LineMatch Match, IReadOnlyList<PartRow> Parts, Money Rest);

public sealed record PartRow(MatchPart Part, OwedRow? Invoice, Payout? Payout, Money Amount);

public sealed record OwedRow(Guid Id, string Number, string Client, DateOnly IssuedOn, Money Open);

/// <param name="Name">Number of the invoice, or Stripe's id of the payout.</param>
/// <param name="UserId">Null: by rule.</param>
public sealed record MadeMatch(MatchKind Kind, Guid? InvoiceId, string? Name, Money Amount, string Rule, Guid? UserId, DateTimeOffset OccurredAt, DateTimeOffset? UndoneAt, Guid? UndoneBy);
