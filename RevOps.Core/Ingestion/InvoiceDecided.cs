using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Finance approved a draft: with the last approval that it needs it is issued and sent.</summary>
/// <param name="Step">1 for the first approval, 2 for the second where four eyes are wanted.</param>
/// <param name="UserId">Null when a rule let it pass.</param>
public sealed record InvoiceApproved(Guid InvoiceId, int DraftVersion, int Step, Guid? UserId, string ReviewHash) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_approved";

    /// <summary>Of two clicks at once one is the event, the other a repeat of it.</summary>
    internal string EventId => InvoiceDecisions.EventIdOf(InvoiceId, DraftVersion, Step);

    /// <exception cref="DecisionTakenException">Somebody decided, or the draft, its rule or its problems changed, since it was looked at.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, invoice) = (reception.Db, await InvoiceDecisions.LoadAsync(reception, InvoiceId, DraftVersion, ReviewHash));
        var draft = await ApprovalCases.LoadAsync(db, invoice, reception.Cancel);
        if (invoice.ProblemList.Count > 0 || InvoiceDecisions.StepOf(draft) != Step || !Counts(draft) || await CheckClaims.IsTooHighAsync(reception, invoice))
            throw new DecisionTakenException();

        invoice.CheckedAt = TimeProvider.System.GetUtcNow();
        if (ApprovalPolicy.IsLast(draft))
            Issue(reception, invoice);
        await InvoiceDecisions.WriteAsync(reception, invoice, new(UserId, Approved: true, Step) { Rule = UserId is null ? draft : null });
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Issue the invoice and send it"];

    private bool Counts(ApprovalCase draft) => UserId is { } user ? ApprovalPolicy.RefusalOf(draft, user) is null : InvoiceDecisions.MayPassByRule(draft);

    private static void Issue(Reception reception, Invoice invoice)
    {
        (invoice.Status, invoice.ApprovedAt) = (InvoiceStatus.Approved, reception.Event.OccurredAt);
        invoice.DueOn = reception.Company.DayOf(reception.Event.OccurredAt).AddDays(invoice.PaymentTermsDays);
        reception.Db.Enqueue<SendInvoice>(invoice.Id.ToString(), reception.Now, lane: $"customer:{invoice.CustomerId}");
    }
}

/// <summary>Finance refused a draft, and said why.</summary>
/// <param name="Step">2 when the first of two had approved it.</param>
public sealed record InvoiceRejected(Guid InvoiceId, int DraftVersion, int Step, Guid UserId, string ReviewHash, string Reason) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_rejected";

    internal string EventId => InvoiceDecisions.EventIdOf(InvoiceId, DraftVersion, Step);

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await InvoiceDecisions.LoadAsync(reception, InvoiceId, DraftVersion, ReviewHash);
        if (InvoiceDecisions.StepOf(await ApprovalCases.LoadAsync(reception.Db, invoice, reception.Cancel)) != Step)
            throw new DecisionTakenException();
        invoice.Status = InvoiceStatus.Rejected;
        await Deposits.RedraftDealAsync(reception.Db, invoice, reception.Now, reception.Cancel);
        await InvoiceDecisions.WriteAsync(reception, invoice, new(UserId, Approved: false, Step) { Reason = Reason });
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Refuse the draft"];
}

/// <summary>The draft was decided on, or changed, in the meantime: nothing was done.</summary>
public sealed class DecisionTakenException() : Exception("The draft was decided on or changed in the meantime.");
