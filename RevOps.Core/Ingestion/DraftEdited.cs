using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Finance wrote its own version of a draft, beside the sender's: the draft is made anew from it.</summary>
/// <param name="Content">Null: the version that counts is kept, although the sender has changed the sale since.</param>
public sealed record DraftEdited(Guid InvoiceId, int DraftVersion, Guid UserId, BookingContent? Content) : IncomingEvent
{
    public const string Type = "revops.internal.draft_edited";

    /// <exception cref="DecisionTakenException">It was decided on, or changed, in the meantime.</exception>
    /// <exception cref="EditRefusedException">The version cannot be taken as written.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var sale = await BillableSale.LoadAsync(db, reception.Vault, InvoiceId, reception.Now, cancel) ?? throw new DecisionTakenException();
        var invoice = sale.Invoice;
        if (!DraftEdits.Fits(invoice, DraftVersion))
            throw new DecisionTakenException();
        var content = Content ?? sale.Content;
        if (Content is not null && EditRules.Check(content, invoice.Origin == InvoiceOrigin.Sale ? sale.Sent : null) is { Count: > 0 } faults)
            throw new EditRefusedException(faults);

        var before = sale.Content;
        invoice.EditId = await DraftEdits.AddAsync(reception, invoice, UserId, content, sale.Sent);
        invoice.MakerId = UserId;
        DraftInvoice.Again(db, invoice, reception.Now);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.edited", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { DraftVersion, Total = before.Total().Minor, before.PurchaseOrder },
            After = new { invoice.DraftVersion, Total = content.Total().Minor, content.PurchaseOrder },
        }, cancel);
        return EventFate.Applied;
    }

    public override async Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) =>
        await db.Set<Invoice>().Where(row => row.Id == InvoiceId && row.OwnerId != Guid.Empty).Select(row => (Guid?)row.OwnerId).SingleOrDefaultAsync(cancel);

    public override IEnumerable<string> WouldDo() => ["Draft the invoice from Finance's own version"];
}

/// <summary>Finance lets the sender's version count again; its own stays on record.</summary>
public sealed record SenderVersionChosen(Guid InvoiceId, int DraftVersion, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.sender_version_chosen";

    /// <exception cref="DecisionTakenException">It was decided on, or changed, in the meantime.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        if (!DraftEdits.Fits(invoice, DraftVersion) || invoice is not { Origin: InvoiceOrigin.Sale, EditId: not null })
            throw new DecisionTakenException();
        (invoice.EditId, invoice.MakerId) = (null, null);
        DraftInvoice.Again(reception.Db, invoice, reception.Now);
        await reception.Services.Audit.WriteAsync(reception.Db, new($"user:{UserId}", "invoice.senderChosen", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { DraftVersion },
            After = new { invoice.DraftVersion },
        }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Draft the invoice from the sender's version"];
}

/// <summary>Finance wants no more bookings on a draft: it may be approved now, and the next booking opens another.</summary>
public sealed record GatheringClosed(Guid InvoiceId, int DraftVersion, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.gathering_closed";

    /// <exception cref="DecisionTakenException">It was decided on, or changed, in the meantime.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var invoice = await reception.Db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, reception.Cancel);
        if (!DraftEdits.Fits(invoice, DraftVersion) || invoice.GatherKey is null)
            throw new DecisionTakenException();
        var until = invoice.GathersUntil;
        (invoice.GatherKey, invoice.GathersUntil) = (null, null);
        await AssessAgain.AssessAsync(reception.Db, reception.Vault, invoice.Id, reception.Now, reception.Cancel);
        await reception.Services.Audit.WriteAsync(reception.Db, new($"user:{UserId}", "invoice.gatheringClosed", nameof(Invoice), invoice.Id.ToString()) { Before = new { GathersUntil = until } }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Gather no more bookings on this draft"];
}

internal static class DraftEdits
{
    /// <summary>What waits for a decision, as it was seen; two sales under one deal would stay two whatever is written.</summary>
    public static bool Fits(Invoice invoice, int draftVersion) =>
        invoice.IsDraft && invoice.DraftVersion == draftVersion && !invoice.ProblemList.Contains(ReviewProblem.SaleConflict);

    public static async Task<Guid> AddAsync(Reception reception, Invoice invoice, Guid userId, BookingContent content, BookingContent? sent)
    {
        var (db, id, owner) = (reception.Db, Guid.CreateVersion7(), invoice.OwnerId == default ? DataKey.Company : invoice.OwnerId);
        db.Add(new InvoiceEdit
        {
            Id = id,
            InvoiceId = invoice.Id,
            Number = 1 + await db.Set<InvoiceEdit>().CountAsync(edit => edit.InvoiceId == invoice.Id, reception.Cancel),
            UserId = userId,
            OccurredAt = reception.Event.OccurredAt,
            OwnerId = owner,
            SealedContent = await reception.Vault.SealAsync(db, owner, id, JsonSerializer.Serialize(content), reception.Cancel),
            OverHash = sent?.ComputeHash() ?? [],
        });
        return id;
    }
}

/// <summary>A version that cannot be taken as it was written.</summary>
public sealed class EditRefusedException(IReadOnlyList<EditFault> faults) : Exception(string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.Code}")))
{
    public IReadOnlyList<EditFault> Faults { get; } = faults;
}
