using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>How another program's invoice stands to our sale.</summary>
public enum CutOverMatch
{
    All = 0,

    /// <summary>Our sale waits until somebody decides which invoice counts.</summary>
    ToDecide = 1,

    /// <summary>Only compared, and equal to the cent.</summary>
    Equal = 2,

    /// <summary>Only compared, and another amount or currency.</summary>
    Differs = 3,

    /// <summary>It names no sale that we know.</summary>
    NoSale = 4,

    /// <summary>It is ours now.</summary>
    Adopted = 5,

    /// <summary>Our sale has no invoice of the other program.</summary>
    MissingThere = 6,

    /// <summary>It names no sale of ours, and is in the books as history.</summary>
    History = 7,
}

/// <param name="Match">Which of them.</param>
/// <param name="Page">From 1 on.</param>
public sealed record CutOverFilter(CutOverMatch Match = CutOverMatch.All, int Page = 1)
{
    /// <summary>Beginning of Stripe's id, of the number, or of the deal or booking that it names.</summary>
    public string? Text { get; init; }
}

/// <summary>Invoices of other programs in the same Stripe account, each beside the sale that it names.</summary>
public sealed class CutOverQueries(IDbContextFactory<RevOpsDb> databases, StripeAccount stripe, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<CutOverPage> ListAsync(CutOverFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = Of(filter.Match, filter.Match == CutOverMatch.MissingThere ? Missing(db) : Foreign(db));
        if (filter.Text is { Length: > 0 } text)
            found = found.Where(row => row.StripeInvoiceId!.StartsWith(text) || row.Number!.StartsWith(text) || row.Reference!.StartsWith(text));
        var count = await found.CountAsync(cancel);
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await found.OrderByDescending(row => row.OccurredAt).ThenBy(row => row.Id).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(rows, count, number, clock.GetUtcNow());
    }

    /// <summary>How many there are of each kind.</summary>
    public async Task<IReadOnlyDictionary<CutOverMatch, int>> CountAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var counts = new Dictionary<CutOverMatch, int> { [CutOverMatch.All] = await Foreign(db).CountAsync(cancel), [CutOverMatch.MissingThere] = await Missing(db).CountAsync(cancel) };
        foreach (var match in new[] { CutOverMatch.ToDecide, CutOverMatch.Equal, CutOverMatch.Differs, CutOverMatch.NoSale, CutOverMatch.Adopted, CutOverMatch.History })
            counts[match] = await Of(match, Foreign(db)).CountAsync(cancel);
        return counts;
    }

    private IQueryable<CutOverRow> Foreign(RevOpsDb db) =>
        from pair in db.Set<ForeignInvoice>().AsNoTracking().Where(row => row.Mode == Mode && row.Status != "deleted").Select(row => new
        {
            Foreign = row,
            InvoiceId = row.InvoiceId ?? db.Set<Booking>().Where(booking => row.Reference != null && row.Reference != "" && (booking.BookingId == row.Reference || booking.DealId == row.Reference))
                .OrderBy(booking => booking.Id).Select(booking => booking.InvoiceId).FirstOrDefault(),
        })
        join own in db.Set<Invoice>() on pair.InvoiceId equals (Guid?)own.Id into found
        from invoice in found.DefaultIfEmpty()
        let foreign = pair.Foreign
        select new CutOverRow
        {
            Id = foreign.Id,
            StripeInvoiceId = foreign.StripeInvoiceId,
            ForeignStatus = foreign.Status,
            Number = foreign.Number,
            Reference = foreign.Reference,
            ForeignCurrency = foreign.Currency,
            ForeignMinor = foreign.GrossMinor,
            OccurredAt = foreign.OccurredAt,
            IsAdopted = foreign.InvoiceId != null,
            BooksId = db.Set<Invoice>().Where(row => row.Origin == InvoiceOrigin.Imported && row.StripeInvoiceId == foreign.StripeInvoiceId).Select(row => (Guid?)row.Id).FirstOrDefault(),
            InvoiceId = (Guid?)invoice!.Id,
            Status = (InvoiceStatus?)invoice.Status,
            Problems = invoice.Problems,
            DraftVersion = (int?)invoice.DraftVersion,
            Currency = invoice.Currency,
            Minor = (long?)invoice.GrossMinor,
        };

    /// <summary>Sales that are only compared, and have no counterpart.</summary>
    private IQueryable<CutOverRow> Missing(RevOpsDb db) =>
        from invoice in db.Set<Invoice>().AsNoTracking()
        where invoice.Mode == Mode && invoice.Status == InvoiceStatus.Shadow
            && !db.Set<ForeignInvoice>().Any(foreign => foreign.Mode == Mode && foreign.Status != "deleted" && foreign.Status != "void" && foreign.Reference != null
                && db.Set<Booking>().Any(booking => booking.InvoiceId == invoice.Id && (booking.BookingId == foreign.Reference || booking.DealId == foreign.Reference)))
        select new CutOverRow
        {
            Id = invoice.Id,
            Reference = invoice.Reference,
            OccurredAt = invoice.OccurredAt,
            InvoiceId = invoice.Id,
            Status = invoice.Status,
            Problems = invoice.Problems,
            DraftVersion = invoice.DraftVersion,
            Currency = invoice.Currency,
            Minor = invoice.GrossMinor,
        };

    private static IQueryable<CutOverRow> Of(CutOverMatch match, IQueryable<CutOverRow> rows) => match switch
    {
        CutOverMatch.ToDecide => rows.Where(row => !row.IsAdopted && row.Status == InvoiceStatus.Held && row.Problems!.Contains(ReviewProblem.ForeignInvoice)),
        CutOverMatch.Equal => rows.Where(row => row.Status == InvoiceStatus.Shadow && row.Currency == row.ForeignCurrency && row.Minor == row.ForeignMinor),
        CutOverMatch.Differs => rows.Where(row => row.Status == InvoiceStatus.Shadow && (row.Currency != row.ForeignCurrency || row.Minor != row.ForeignMinor)),
        CutOverMatch.NoSale => rows.Where(row => row.InvoiceId == null && row.BooksId == null),
        CutOverMatch.History => rows.Where(row => row.InvoiceId == null && row.BooksId != null),
        CutOverMatch.Adopted => rows.Where(row => row.IsAdopted),
        _ => rows,
    };
}

public sealed record CutOverPage(IReadOnlyList<CutOverRow> Rows, int Count, int Number, DateTimeOffset AsOf);

/// <summary>An invoice of another program beside our sale; either side may be missing.</summary>
public sealed record CutOverRow
{
    /// <summary>Of the foreign invoice; of our invoice where there is none.</summary>
    public required Guid Id { get; init; }

    public string? StripeInvoiceId { get; init; }
    public string? ForeignStatus { get; init; }
    public string? Number { get; init; }

    /// <summary>The deal or booking that it names; empty where somebody decided that it is of none of our sales.</summary>
    public string? Reference { get; init; }

    public string? ForeignCurrency { get; init; }
    public long ForeignMinor { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public bool IsAdopted { get; init; }

    /// <summary>Theirs, as it came into the books with the history.</summary>
    public Guid? BooksId { get; init; }

    public Guid? InvoiceId { get; init; }
    public InvoiceStatus? Status { get; init; }
    public string? Problems { get; init; }
    public int? DraftVersion { get; init; }
    public string? Currency { get; init; }
    public long? Minor { get; init; }

    public Money? Theirs => ForeignCurrency is { } currency ? new(ForeignMinor, currency) : null;
    public Money? Ours => Currency is { } currency && Minor is { } minor ? new(minor, currency) : null;

    public bool IsKeptBack => Status == InvoiceStatus.Shadow || (Status == InvoiceStatus.Held && Problems?.Contains(ReviewProblem.ForeignInvoice, StringComparison.Ordinal) == true);
    /// <summary>The client has theirs already.</summary>
    public bool IsIssuedThere => ForeignStatus is not (null or "draft" or "void" or "deleted");

    /// <summary>What the client has there may be said to be the invoice of our sale.</summary>
    public bool MayCountTheirs => IsKeptBack && IsIssuedThere && !IsAdopted && BooksId is not null;

    public bool MayBeAdopted => IsKeptBack && !IsAdopted && ForeignStatus == "draft";

    public CutOverMatch Match => this switch
    {
        { IsAdopted: true } => CutOverMatch.Adopted,
        { StripeInvoiceId: null } => CutOverMatch.MissingThere,
        { InvoiceId: null } => BooksId is not null ? CutOverMatch.History : CutOverMatch.NoSale,
        { Status: InvoiceStatus.Shadow } => Ours == Theirs ? CutOverMatch.Equal : CutOverMatch.Differs,
        { IsKeptBack: true } => CutOverMatch.ToDecide,
        _ => CutOverMatch.All,
    };
}
