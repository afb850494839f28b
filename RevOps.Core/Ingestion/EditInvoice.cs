using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Ingestion;

/// <summary>What Finance does to a draft before it decides, and to write one by hand; as the buttons call it.</summary>
public sealed class EditInvoice(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    private const string Source = "revops";

    /// <exception cref="EditRefusedException">The version cannot be taken as written.</exception>
    public Task<DecisionResult> EditAsync(Guid invoiceId, int draftVersion, BookingContent content, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"edit/{invoiceId}/v{draftVersion}", DraftEdited.Type, new DraftEdited(invoiceId, draftVersion, approver.UserId, content), approver, cancel);

    /// <summary>The house's version counts although the sender has said something else since.</summary>
    public Task<DecisionResult> KeepEditAsync(Guid invoiceId, int draftVersion, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"edit/{invoiceId}/v{draftVersion}", DraftEdited.Type, new DraftEdited(invoiceId, draftVersion, approver.UserId, Content: null), approver, cancel);

    public Task<DecisionResult> ChooseSenderAsync(Guid invoiceId, int draftVersion, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"edit/{invoiceId}/v{draftVersion}", SenderVersionChosen.Type, new SenderVersionChosen(invoiceId, draftVersion, approver.UserId), approver, cancel);

    public Task<DecisionResult> CloseGatheringAsync(Guid invoiceId, int draftVersion, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"gathering-closed/{invoiceId}/v{draftVersion}", GatheringClosed.Type, new GatheringClosed(invoiceId, draftVersion, approver.UserId), approver, cancel);

    /// <param name="clickId">Made when the form was opened: of a double click one is the invoice, the other a repeat of it.</param>
    /// <param name="customerId">Who is invoiced.</param>
    /// <param name="reference">What it is called before it has a number.</param>
    /// <param name="content">All of it.</param>
    /// <param name="depositFor">The deal or booking that it is a deposit for; null on an invoice.</param>
    /// <param name="approver">Who writes it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="EditRefusedException">It cannot be taken as written.</exception>
    public Task<DecisionResult> WriteAsync(Guid clickId, Guid customerId, string reference, BookingContent content, string? depositFor, Approver approver, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reference) || reference.Length > 100)
            throw new EditRefusedException([new("reference", "text.missing")]);
        if (depositFor is { Length: > 200 } or { Length: 0 })
            throw new EditRefusedException([new("depositFor", "text.long")]);
        return ReceiveAsync(Written(clickId), InvoiceWritten.Type, new InvoiceWritten(approver.UserId, customerId, reference.Trim(), content, depositFor?.Trim()), approver, cancel);
    }

    /// <summary>The invoice that a click wrote: it has the id of its event. Null when there is none.</summary>
    public async Task<Guid?> FindWrittenAsync(Guid clickId, CancellationToken cancel)
    {
        var eventId = Written(clickId);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ReceivedEvent>().Where(row => row.Source == Source && row.EventId == eventId).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel);
    }

    private static string Written(Guid clickId) => $"written/{clickId}";

    /// <summary>One change per draft as it was seen: of two people who write at once, one finds it changed.</summary>
    private async Task<DecisionResult> ReceiveAsync(string eventId, string type, IncomingEvent change, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return DecisionResult.NotAllowed;
        }

        try
        {
            var taken = await receiver.ReceiveInternalAsync(Source, eventId, type, change, cancel);
            return taken ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }
}
