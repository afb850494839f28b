using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>One credit note as its client sees it, and what may still be credited of an invoice.</summary>
public sealed class CreditNotePaperQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, ActorNames actors)
{
    /// <param name="id">Whose paper.</param>
    /// <param name="userId">Who looks at it: their approval may not count.</param>
    /// <param name="emailInClear">False masks the e-mail address, for readers whose work does not need it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null when there is no such credit note.</returns>
    public async Task<CreditNotePaper?> OfAsync(Guid id, Guid? userId, bool emailInClear, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<CreditNote>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } note)
            return null;
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == note.InvoiceId, cancel);
        var seller = await db.Set<CompanyVersion>().AsNoTracking().SingleAsync(row => row.Id == invoice.CompanyVersionId, cancel);
        var names = await actors.OfAsync(new[] { note.MakerId, note.FirstApproverId, note.ApproverId }.OfType<Guid>().Select(ActorOf), cancel);
        string? NameOf(Guid? user) => user is { } known ? names.GetValueOrDefault(ActorOf(known)) : null;
        var draft = await ApprovalCases.LoadAsync(db, note, invoice, cancel);
        return new(note, invoice)
        {
            Seller = InvoicePaperQueries.SellerOf(seller),
            Buyer = await BuyerAsync(db, invoice, cancel) is { } buyer ? InvoicePaperQueries.BuyerOf(buyer, emailInClear) : null,
            Lines = await LinesAsync(db, note, cancel),
            Memo = await vault.OpenAsync(note.OwnerId, note.Id, note.SealedMemo, cancel),
            Maker = NameOf(note.MakerId),
            Approver = NameOf(note.ApproverId),
            FirstApprover = NameOf(note.FirstApproverId),
            Refusal = userId is { } user ? ApprovalPolicy.RefusalOf(draft, user) : null,
            NeedsTwo = !ApprovalPolicy.IsLast(draft),
            NextInvoiceId = note is { Reissues: true, Status: CreditNoteStatus.Issued } ? await db.Set<Invoice>().Where(row => row.ReplacesId == invoice.Id).OrderBy(row => row.RecordedAt).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancel) : null,
        };
    }

    /// <returns>Null when there is no such invoice.</returns>
    public async Task<Creditable?> CreditableAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { } invoice)
            return null;
        var left = await CreditableLines.OfAsync(db, invoice, except: null, cancel);
        var rows = await db.Set<InvoiceLine>().AsNoTracking().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).ToDictionaryAsync(line => line.Id, cancel);
        var texts = new Dictionary<Guid, string?>();
        foreach (var row in rows.Values)
            texts[row.Id] = await vault.OpenAsync(row.OwnerId, row.Id, row.SealedDescription, cancel);
        return new(invoice)
        {
            Customer = (await BuyerAsync(db, invoice, cancel))?.LegalName,
            Lines = [.. left.Select(line => new CreditableText(line, texts[line.LineId], new(rows[line.LineId].NetMinor, invoice.Currency)))],
            HasBookings = await db.Set<Booking>().AnyAsync(row => row.InvoiceId == invoice.Id && row.Status == BookingStatus.Confirmed, cancel),
            WaitingId = await db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Proposed).OrderBy(note => note.RecordedAt).Select(note => (Guid?)note.Id).FirstOrDefaultAsync(cancel),
        };
    }

    private static string ActorOf(Guid user) => $"user:{user}";

    /// <summary>As it stands on the invoice; as known now where none does, on an invoice of before RevOps.</summary>
    private async Task<CustomerDetails?> BuyerAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        if (invoice.SealedBuyer is not null)
            return await vault.OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel) is { } json ? JsonSerializer.Deserialize<CustomerDetails>(json) : null;
        return await (await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == invoice.CustomerId, cancel)).OpenAsync(vault, cancel);
    }

    private async Task<IReadOnlyList<CreditNotePaperLine>> LinesAsync(RevOpsDb db, CreditNote note, CancellationToken cancel)
    {
        var rows = await (from part in db.Set<CreditNoteLine>().AsNoTracking()
                          join line in db.Set<InvoiceLine>() on part.InvoiceLineId equals line.Id
                          where part.CreditNoteId == note.Id
                          orderby part.Position
                          select new { Part = part, line.OwnerId, line.Id, line.SealedDescription }).ToListAsync(cancel);
        var lines = new List<CreditNotePaperLine>(rows.Count);
        foreach (var row in rows)
        {
            var text = await vault.OpenAsync(row.OwnerId, row.Id, row.SealedDescription, cancel);
            lines.Add(new(text, new(row.Part.NetMinor, note.Currency), new(row.Part.TaxMinor, note.Currency), row.Part.Category, row.Part.RateBasisPoints));
        }

        return lines;
    }
}

/// <summary>A credit note as on paper.</summary>
public sealed record CreditNotePaper
{
    internal CreditNotePaper(CreditNote note, Invoice invoice)
    {
        (Id, Status, Mode, Number, StripeNumber) = (note.Id, note.Status, note.Mode, note.Number, note.StripeNumber);
        (Reason, Settlement, Reissues, MakerId, FirstApproverId) = (note.Reason, note.Settlement, note.Reissues, note.MakerId, note.FirstApproverId);
        (Net, Tax, Gross, Settled) = (note.Net, note.Tax, note.Gross, new(note.SettledMinor, note.Currency));
        (OccurredAt, ApprovedAt, IssuedAt) = (note.OccurredAt, note.ApprovedAt, note.IssuedAt);
        (InvoiceId, Invoice, InvoiceIssuedAt) = (invoice.Id, invoice.Number ?? invoice.Reference, invoice.IssuedAt);
        PaidBack = note.Status == CreditNoteStatus.Issued ? Settled : Creditable.PaidPart(note.Gross, invoice);
    }

    public Guid Id { get; }
    public CreditNoteStatus Status { get; }
    public Mode Mode { get; }
    public string? Number { get; }
    public string? StripeNumber { get; }
    public CreditReason Reason { get; }
    public CreditSettlement Settlement { get; }
    public bool Reissues { get; }

    /// <summary>Null when a changed or cancelled booking proposed it.</summary>
    public Guid? MakerId { get; }

    /// <summary>Who gave the first of two approvals; null where one was enough, or none came yet.</summary>
    public Guid? FirstApproverId { get; }

    public Money Net { get; }
    public Money Tax { get; }
    public Money Gross { get; }

    /// <summary>What went back or was kept when it was issued.</summary>
    public Money Settled { get; }

    /// <summary>The same; before issue what it would be now.</summary>
    public Money PaidBack { get; }

    public DateTimeOffset OccurredAt { get; }
    public DateTimeOffset? ApprovedAt { get; }
    public DateTimeOffset? IssuedAt { get; }
    public Guid InvoiceId { get; }

    /// <summary>Number of the invoice.</summary>
    public string Invoice { get; }

    public DateTimeOffset? InvoiceIssuedAt { get; }
    public required PaperParty Seller { get; init; }

    /// <summary>Null when its person was erased.</summary>
    public PaperParty? Buyer { get; init; }

    public IReadOnlyList<CreditNotePaperLine> Lines { get; init; } = [];
    public string? Memo { get; init; }

    /// <summary>What to call whoever proposed and approved it; null where nobody did, or they are gone.</summary>
    public string? Maker { get; init; }

    public string? Approver { get; init; }

    public string? FirstApprover { get; init; }

    /// <summary>Two people still have to approve it.</summary>
    public bool NeedsTwo { get; init; }

    /// <summary>Why the approval of whoever looks would not count.</summary>
    public ApprovalRefusal? Refusal { get; init; }

    /// <summary>What was made anew from the bookings afterwards.</summary>
    public Guid? NextInvoiceId { get; init; }

    /// <summary>VAT per category and rate; the lines' shares add up to it.</summary>
    public IReadOnlyList<TaxSubtotal> Subtotals => CreditNotePaperLine.SubtotalsOf(Lines, Net.Currency);
}

/// <param name="Description">Null when it cannot be read any more.</param>
public sealed record CreditNotePaperLine(string? Description, Money Net, Money Tax, TaxCategory Category, int RateBasisPoints)
{
    public static IReadOnlyList<TaxSubtotal> SubtotalsOf(IEnumerable<CreditNotePaperLine> lines, string currency) =>
        [.. lines.GroupBy(line => (line.Category, line.RateBasisPoints)).Select(group => new TaxSubtotal(
            group.Key.Category, group.Key.RateBasisPoints, group.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Net), group.Aggregate(Money.Zero(currency), (sum, line) => sum + line.Tax)))];
}

/// <summary>What may still be credited of an invoice.</summary>
public sealed record Creditable
{
    internal Creditable(Invoice invoice)
    {
        (Invoice, InvoiceId, Name) = (invoice, invoice.Id, invoice.Number ?? invoice.Reference);
        (Gross, Credited, Paid) = (invoice.Gross, new(invoice.CreditedMinor, invoice.Currency), new(invoice.PaidMinor, invoice.Currency));
    }

    private Invoice Invoice { get; }

    public Guid InvoiceId { get; }

    /// <summary>Number of the invoice.</summary>
    public string Name { get; }

    public string? Customer { get; init; }
    public Money Gross { get; }
    public Money Credited { get; }
    public Money Paid { get; }
    public IReadOnlyList<CreditableText> Lines { get; init; } = [];

    /// <summary>Sales that a new invoice could be made from.</summary>
    public bool HasBookings { get; init; }

    /// <summary>One that waits already; null when none does.</summary>
    public Guid? WaitingId { get; init; }

    /// <summary>From a file: Stripe has no invoice on which a credit note could stand.</summary>
    public bool IsOutsideStripe => Invoice is { IsHistory: true, StripeInvoiceId: null };

    /// <summary>It left the house, and something is left of its lines.</summary>
    public bool MayBeCredited => Invoice is { IsIssued: true, StripeInvoiceId: not null } && CreditRules.Whole(Lines.Select(line => line.Line)).Sum(part => part.Gross.Minor) > 0;

    /// <summary>How much of a credit note goes back or is kept, since it was paid already; the rest lowers what is owed.</summary>
    public Money PaidPart(Money gross) => PaidPart(gross, Invoice);

    /// <summary>At Stripe a paid invoice stays paid, whatever went back afterwards.</summary>
    internal static Money PaidPart(Money gross, Invoice invoice)
    {
        var owed = invoice.Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible ? invoice.Outstanding.Minor : 0;
        return new(Math.Max(0, gross.Minor - Math.Max(0, owed)), gross.Currency);
    }
}

/// <param name="Description">Null when it cannot be read any more.</param>
/// <param name="Net">Of the invoice.</param>
public sealed record CreditableText(CreditableLine Line, string? Description, Money Net);
