using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Finance asked for a draft to be made anew, since the one at Stripe is not what was sent; the one before goes.</summary>
public sealed record DraftAgainAsked(Guid InvoiceId, int DraftVersion, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.draft_again_asked";

    /// <summary>Only what waits for a decision; two sales under one deal would stay two whatever is drafted.</summary>
    public static bool Fits(Invoice invoice) =>
        invoice is { StripeInvoiceId: not null, Status: InvoiceStatus.ReadyForReview or InvoiceStatus.Held } && !invoice.IsKeptBack && !invoice.ProblemList.Contains(ReviewProblem.SaleConflict);

    /// <exception cref="DecisionTakenException">Somebody decided, or the draft changed, in the meantime.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        if (!Fits(invoice) || invoice.DraftVersion != DraftVersion)
            throw new DecisionTakenException();
        var before = invoice.Status;
        BookingChanges.Redraft(reception, invoice);
        await reception.Services.Audit.WriteAsync(reception.Db, new AuditNote($"user:{UserId}", "invoice.draftedAgain", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { Status = before, DraftVersion },
            After = new { invoice.Status, invoice.DraftVersion },
        }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Throw the draft at Stripe away and make it anew"];
}
