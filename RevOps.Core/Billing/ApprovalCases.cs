using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing;

/// <summary>Reads what the rules look at, and asks for what they let pass.</summary>
public static class ApprovalCases
{
    /// <summary>The job that approves by a rule. It stands in Ingestion, where the consequences of an approval are; Billing knows its name alone.</summary>
    private const string ByRule = "ApproveByRule";

    public static async Task<ApprovalCase> LoadAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var draft = new ApprovalCase(invoice.CustomerId, invoice.Gross)
        {
            Rules = await RulesAsync(db, invoice.CustomerId, invoice.Currency, cancel),
            MakerId = invoice.MakerId,
            IsUntouched = IsUntouched(invoice),
            ApprovedBy = await db.Set<InvoiceDecision>().Where(row => row.InvoiceId == invoice.Id && row.DraftVersion == invoice.DraftVersion && row.Approved && row.UserId != null)
                .OrderBy(row => row.Step).Select(row => row.UserId!.Value).ToListAsync(cancel),
        };
        return draft.IsUntouched && ApprovalPolicy.RuleOf(draft)?.AutoUpToMinor is not null ? draft with { CleanInvoices = await CountCleanAsync(db, invoice, cancel) } : draft;
    }

    /// <summary>
    /// A credit note: whoever proposed it and whoever approves it are the two, where a rule wants two. What a changed or cancelled booking
    /// proposed came from outside the house, as the draft of an invoice does, and two people approve it.
    /// </summary>
    public static async Task<ApprovalCase> LoadAsync(RevOpsDb db, CreditNote note, Invoice invoice, CancellationToken cancel) => new(invoice.CustomerId, note.Gross)
    {
        Rules = await RulesAsync(db, invoice.CustomerId, note.Currency, cancel),
        MakerId = note.MakerId,
        ApprovedBy = [.. new[] { note.MakerId, note.FirstApproverId }.OfType<Guid>()],
    };

    /// <summary>Has the rules look at a draft that has just become ready, where one of them may let it pass. The caller saves.</summary>
    public static async Task AskRulesAsync(RevOpsDb db, Invoice invoice, DateTimeOffset now, CancellationToken cancel)
    {
        if (!IsUntouched(invoice) || (await RulesAsync(db, invoice.CustomerId, invoice.Currency, cancel)).All(rule => rule.AutoUpToMinor is null))
            return;

        // One version may become ready more than once: each time is a question of its own, and its answer one effect at most.
        db.Enqueue(ByRule, invoice.Id.ToString(), now, key: $"{invoice.Id}/v{invoice.DraftVersion}/{Guid.CreateVersion7()}", lane: $"customer:{invoice.CustomerId}");
    }

    private static bool IsUntouched(Invoice invoice) => invoice is
    {
        Status: InvoiceStatus.ReadyForReview, Problems: "", Origin: InvoiceOrigin.Sale, Correction: InvoiceCorrection.None, EditId: null, MakerId: null, PricesAcceptedFor: null, ReplacesId: null,
    };

    private static Task<List<ApprovalRule>> RulesAsync(RevOpsDb db, Guid customerId, string currency, CancellationToken cancel) => db.Set<ApprovalRule>().AsNoTracking()
        .Where(rule => rule.Currency == currency && (rule.CustomerId == null || rule.CustomerId == customerId)).ToListAsync(cancel);

    /// <summary>
    /// Issued here and paid in full, without a credit note, since the last draft that was refused or invoice that was credited; none while one
    /// is held. What was imported counts for nothing: nobody here looked at it.
    /// </summary>
    private static async Task<int> CountCleanAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var theirs = db.Set<Invoice>().Where(row => row.CustomerId == invoice.CustomerId && row.Mode == invoice.Mode);
        if (await theirs.AnyAsync(row => row.Status == InvoiceStatus.Held, cancel))
            return 0;

        var refused = await db.Set<InvoiceDecision>().Where(row => !row.Approved && theirs.Any(one => one.Id == row.InvoiceId)).MaxAsync(row => (DateTimeOffset?)row.OccurredAt, cancel);
        var credited = await theirs.Where(row => row.CreditedMinor > 0 || row.Correction != InvoiceCorrection.None || db.Set<CreditNote>().Any(note => note.InvoiceId == row.Id && note.Status != CreditNoteStatus.Rejected))
            .MaxAsync(row => row.IssuedAt, cancel);
        var since = new[] { refused, credited }.Max() ?? DateTimeOffset.MinValue;
        return await theirs.CountAsync(row => row.Status == InvoiceStatus.Paid && row.PaidMinor >= row.GrossMinor && row.IssuedAt > since
            && (row.Origin == InvoiceOrigin.Sale || row.Origin == InvoiceOrigin.ByHand || row.Origin == InvoiceOrigin.Deposit), cancel);
    }
}
