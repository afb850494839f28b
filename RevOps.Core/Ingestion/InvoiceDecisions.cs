using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>What approvals and refusals have in common: one per draft and step, written down with its hash.</summary>
internal static class InvoiceDecisions
{
    public static string EventIdOf(Guid invoiceId, int draftVersion, int step) => $"decision/{invoiceId}/v{draftVersion}/{step}";

    /// <summary>The next decision's.</summary>
    public static int StepOf(ApprovalCase draft) => draft.ApprovedBy.Count + 1;

    /// <summary>A person's approval, once given, is for people to complete.</summary>
    public static bool MayPassByRule(ApprovalCase draft) => draft.ApprovedBy.Count == 0 && ApprovalPolicy.NeedOf(draft) == ApprovalNeed.Auto;

    /// <summary>Lets a decision in; one that came too late has no effect and says so.</summary>
    public static async Task<DecisionResult> DecideAsync(this EventReceiver receiver, string eventId, string type, IncomingEvent decision, CancellationToken cancel)
    {
        try
        {
            var taken = await receiver.ReceiveInternalAsync("revops", eventId, type, decision, cancel);
            return taken ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }

    /// <exception cref="DecisionTakenException">Somebody decided, or the draft changed, between the look and the click.</exception>
    public static async Task<Invoice> LoadAsync(Reception reception, Guid invoiceId, int draftVersion, string reviewHash)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId, reception.Cancel);
        var same = invoice.Status == InvoiceStatus.ReadyForReview && invoice.DraftVersion == draftVersion
            && invoice.ReviewHash.AsSpan().SequenceEqual(Convert.FromHexString(reviewHash));
        return same ? invoice : throw new DecisionTakenException();
    }

    public static async Task WriteAsync(Reception reception, Invoice invoice, Decision decision)
    {
        var (db, id) = (reception.Db, reception.Event.Id);
        db.Add(new InvoiceDecision
        {
            Id = id,
            InvoiceId = invoice.Id,
            DraftVersion = invoice.DraftVersion,
            Approved = decision.Approved,
            Step = decision.Step,
            UserId = decision.UserId,
            ReviewHash = invoice.ReviewHash!,
            SealedReason = decision.Reason is { } reason ? await reception.Vault.SealAsync(db, DataKey.Company, id, reason, reception.Cancel) : null,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
        });
        await reception.Services.Audit.WriteAsync(db, NoteOf(invoice, decision), reception.Cancel);
    }

    private static AuditNote NoteOf(Invoice invoice, Decision decision)
    {
        var action = (decision.Approved, invoice.Status, decision.Rule) switch
        {
            (false, _, _) => "invoice.rejected",
            (_, InvoiceStatus.ReadyForReview, _) => "invoice.approvedFirst",
            (_, _, not null) => "invoice.approvedByRule",
            _ => "invoice.approved",
        };
        var rule = decision.Rule is { } draft ? ApprovalPolicy.RuleOf(draft) : null;
        return new(decision.UserId is { } user ? $"user:{user}" : AuditTrail.System, action, nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { Status = InvoiceStatus.ReadyForReview },
            After = new
            {
                invoice.Status, invoice.DraftVersion, decision.Step, invoice.GrossMinor, invoice.Currency, invoice.DueOn, Hash = Convert.ToHexStringLower(invoice.ReviewHash!),
                Rule = rule?.Id, rule?.AutoUpToMinor, decision.Rule?.CleanInvoices,
            },
            Reason = decision.Reason,
        };
    }
}

/// <param name="UserId">Null when a rule approved.</param>
internal sealed record Decision(Guid? UserId, bool Approved, int Step)
{
    /// <summary>What the rule saw that approved; null when a person decided.</summary>
    public ApprovalCase? Rule { get; init; }

    public string? Reason { get; init; }
}
