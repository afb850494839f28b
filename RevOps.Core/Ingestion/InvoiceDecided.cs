using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Finance approved a draft: it is issued and sent.</summary>
public sealed record InvoiceApproved(Guid InvoiceId, int DraftVersion, Guid UserId, string ReviewHash) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_approved";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, invoice) = (reception.Db, await InvoiceDecisions.LoadAsync(reception, InvoiceId, DraftVersion, ReviewHash));
        (invoice.Status, invoice.ApprovedAt) = (InvoiceStatus.Approved, reception.Event.OccurredAt);
        invoice.DueOn = reception.Company.DayOf(reception.Event.OccurredAt).AddDays(invoice.PaymentTermsDays);
        await InvoiceDecisions.WriteAsync(reception, invoice, UserId, approved: true, reason: null);
        db.Enqueue<SendInvoice>(invoice.Id.ToString(), reception.Now, lane: $"customer:{invoice.CustomerId}");
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Issue the invoice and send it"];
}

/// <summary>Finance refused a draft, and said why.</summary>
public sealed record InvoiceRejected(Guid InvoiceId, int DraftVersion, Guid UserId, string ReviewHash, string Reason) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_rejected";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await InvoiceDecisions.LoadAsync(reception, InvoiceId, DraftVersion, ReviewHash);
        invoice.Status = InvoiceStatus.Rejected;
        await InvoiceDecisions.WriteAsync(reception, invoice, UserId, approved: false, Reason);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Refuse the draft"];
}

internal static class InvoiceDecisions
{
    /// <exception cref="DecisionTakenException">Somebody decided, or the draft changed, between the look and the click.</exception>
    public static async Task<Invoice> LoadAsync(Reception reception, Guid invoiceId, int draftVersion, string reviewHash)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId, reception.Cancel);
        var same = invoice.Status == InvoiceStatus.ReadyForReview && invoice.DraftVersion == draftVersion
            && invoice.ReviewHash.AsSpan().SequenceEqual(Convert.FromHexString(reviewHash));
        return same ? invoice : throw new DecisionTakenException();
    }

    public static async Task WriteAsync(Reception reception, Invoice invoice, Guid userId, bool approved, string? reason)
    {
        var (db, id) = (reception.Db, reception.Event.Id);
        db.Add(new InvoiceDecision
        {
            Id = id,
            InvoiceId = invoice.Id,
            DraftVersion = invoice.DraftVersion,
            Approved = approved,
            UserId = userId,
            ReviewHash = invoice.ReviewHash!,
            SealedReason = reason is null ? null : await reception.Vault.SealAsync(db, DataKey.Company, id, reason, reception.Cancel),
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
        });
        await reception.Services.Audit.WriteAsync(db, new($"user:{userId}", approved ? "invoice.approved" : "invoice.rejected", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { Status = InvoiceStatus.ReadyForReview },
            After = new { invoice.Status, invoice.DraftVersion, invoice.GrossMinor, invoice.Currency, invoice.DueOn, Hash = Convert.ToHexStringLower(invoice.ReviewHash!) },
            Reason = reason,
        }, reception.Cancel);
    }
}

/// <summary>The draft was decided on, or changed, in the meantime: nothing was done.</summary>
public sealed class DecisionTakenException() : Exception("The draft was decided on or changed in the meantime.");
