using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>The versions of one draft: the sender's and those of the house, side by side.</summary>
public sealed class DraftVersionQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, TimeProvider clock)
{
    /// <returns>Null when there is no such invoice, or a person of it was erased.</returns>
    public async Task<DraftVersions?> OfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Set<Invoice>().AnyAsync(row => row.Id == invoiceId, cancel) || await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel) is not { } sale)
            return null;
        var edits = await db.Set<InvoiceEdit>().AsNoTracking().Where(edit => edit.InvoiceId == invoiceId).OrderByDescending(edit => edit.Number).ToListAsync(cancel);
        var users = edits.ConvertAll(edit => edit.UserId);
        var names = await db.Set<User>().Where(user => users.Contains(user.Id)).Select(user => new { user.Id, user.UserName }).ToDictionaryAsync(user => user.Id, user => user.UserName?.Split('@')[0], cancel);
        var own = new List<OwnVersion>(edits.Count);
        foreach (var edit in edits)
        {
            var json = await vault.OpenAsync(edit.OwnerId, edit.Id, edit.SealedContent, cancel);
            own.Add(new(edit.Id, edit.Number, names.GetValueOrDefault(edit.UserId), edit.OccurredAt, json is null ? null : JsonSerializer.Deserialize<BookingContent>(json)));
        }

        return new(invoiceId, sale.Invoice.DraftVersion, sale.Invoice.Status, sale.Invoice.Origin, sale.Sent, sale.Content, sale.Invoice.EditId, sale.EditIsStale, own)
        {
            CustomerId = sale.Customer.Id,
            Customer = sale.Details.LegalName,
            Reference = sale.Invoice.Reference,
            GathersUntil = sale.Invoice.GathersUntil,
            IsTwoSales = sale.Invoice.ProblemList.Contains(ReviewProblem.SaleConflict),
        };
    }

    /// <summary>The version of the house that counts; null: the sender's, or what was written by hand and never edited since.</summary>
    public async Task<CountingVersion?> CountingAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (from invoice in db.Set<Invoice>()
                      join edit in db.Set<InvoiceEdit>() on invoice.EditId equals (Guid?)edit.Id
                      join user in db.Set<User>() on edit.UserId equals user.Id into users
                      from user in users.DefaultIfEmpty()
                      where invoice.Id == invoiceId && (invoice.Origin == InvoiceOrigin.Sale || edit.Number > 1)
                      select new CountingVersion(edit.Number, user.UserName)).SingleOrDefaultAsync(cancel);
    }
}

/// <param name="Number">Of the house's versions of one draft.</param>
/// <param name="UserName">Who wrote it; null when they are gone.</param>
public sealed record CountingVersion(int Number, string? UserName)
{
    /// <summary>The part of their address before the @.</summary>
    public string? Who => UserName?.Split('@')[0];
}

/// <param name="DraftVersion">What an edit made from this must name.</param>
/// <param name="Sent">As the senders have it; null by hand.</param>
/// <param name="Current">What the draft is made of now.</param>
/// <param name="EditId">The version of the house that counts; null: the sender's.</param>
/// <param name="IsStale">The sender has said something else since that version was written.</param>
/// <param name="Own">Versions of the house, the newest first.</param>
public sealed record DraftVersions(
    Guid InvoiceId, int DraftVersion, InvoiceStatus Status, InvoiceOrigin Origin, BookingContent? Sent, BookingContent Current, Guid? EditId, bool IsStale, IReadOnlyList<OwnVersion> Own)
{
    public required Guid CustomerId { get; init; }
    public string? Customer { get; init; }
    public required string Reference { get; init; }
    public DateOnly? GathersUntil { get; init; }

    /// <summary>Two sales under one deal would stay two whatever is written.</summary>
    public bool IsTwoSales { get; init; }

    /// <summary>Only what waits for a decision may be edited.</summary>
    public bool MayBeEdited => Status is InvoiceStatus.ReadyForReview or InvoiceStatus.Held or InvoiceStatus.Drafting && !IsTwoSales;
}

/// <param name="Who">A person of the house, by the part of their address before the @.</param>
/// <param name="Content">Null when it cannot be read any more.</param>
public sealed record OwnVersion(Guid Id, int Number, string? Who, DateTimeOffset At, BookingContent? Content);
