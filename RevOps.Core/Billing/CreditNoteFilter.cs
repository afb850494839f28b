using System.Linq.Expressions;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Statuses as people ask for them.</summary>
public enum CreditNoteGroup
{
    All = 0,
    Waiting = 1,

    /// <summary>Numbered, whether Stripe has it already or not.</summary>
    Issued = 2,

    Rejected = 3,
}

/// <summary>Which of a credit note's days a period is about.</summary>
public enum CreditNoteDay
{
    Proposal = 0,
    Issue = 1,
}

public enum CreditNoteSort
{
    Proposed = 0,
    Issued = 1,
    Amount = 2,
    Number = 3,
}

/// <summary>What a list of credit notes shows, and in which order; carried out by the database.</summary>
public sealed record CreditNoteFilter
{
    public CreditNoteGroup Group { get; init; }

    /// <summary>Beginning of its number, the invoice's or Stripe's.</summary>
    public string? Text { get; init; }

    /// <summary>First day, in the company's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included.</summary>
    public DateOnly? To { get; init; }

    public CreditNoteDay By { get; init; }
    public CreditNoteSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>All but the group, whose tabs are counted side by side.</summary>
    internal IQueryable<CreditNote> OfPeriod(IQueryable<CreditNote> notes, CompanyVersion company)
    {
        if (From is { } first)
            notes = Since(notes, company.StartOf(first));
        return To is { } last ? Until(notes, company.StartOf(last.AddDays(1))) : notes;
    }

    internal IQueryable<CreditNote> OfGroup(IQueryable<CreditNote> notes) => Group switch
    {
        CreditNoteGroup.Waiting => notes.Where(note => note.Status == CreditNoteStatus.Proposed),
        CreditNoteGroup.Issued => notes.Where(note => note.Status == CreditNoteStatus.Approved || note.Status == CreditNoteStatus.Issued),
        CreditNoteGroup.Rejected => notes.Where(note => note.Status == CreditNoteStatus.Rejected),
        _ => notes,
    };

    /// <summary>What has no such day or number stands last in both directions, and ties go by id, so that no row stands on two pages.</summary>
    internal IQueryable<CreditNote> Sorted(IQueryable<CreditNote> notes) => (Sort switch
    {
        CreditNoteSort.Issued => Then(notes.OrderBy(note => note.IssuedAt == null), note => note.IssuedAt),
        CreditNoteSort.Amount => Then(notes.OrderBy(note => note.Currency), note => note.GrossMinor),
        CreditNoteSort.Number => Then(notes.OrderBy(note => note.Number == null), note => note.Number),
        _ => Ascending ? notes.OrderBy(note => note.OccurredAt) : notes.OrderByDescending(note => note.OccurredAt),
    }).ThenBy(note => note.Id);

    private IOrderedQueryable<CreditNote> Then<T>(IOrderedQueryable<CreditNote> sorted, Expression<Func<CreditNote, T>> key) => Ascending ? sorted.ThenBy(key) : sorted.ThenByDescending(key);

    private IQueryable<CreditNote> Since(IQueryable<CreditNote> notes, DateTimeOffset start) =>
        By == CreditNoteDay.Issue ? notes.Where(note => note.IssuedAt >= start) : notes.Where(note => note.OccurredAt >= start);

    private IQueryable<CreditNote> Until(IQueryable<CreditNote> notes, DateTimeOffset end) =>
        By == CreditNoteDay.Issue ? notes.Where(note => note.IssuedAt < end) : notes.Where(note => note.OccurredAt < end);
}
