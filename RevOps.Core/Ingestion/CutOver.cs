using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Moving over from another program that invoices in the same Stripe account, as the buttons call it.</summary>
public sealed class CutOver(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    /// <summary>The other program's draft becomes the draft of our sale.</summary>
    public Task<DecisionResult> AdoptAsync(Guid foreignInvoiceId, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"adopt/{foreignInvoiceId}", InvoiceAdopted.Type, new InvoiceAdopted(foreignInvoiceId, approver.UserId), approver, cancel);

    /// <summary>The sale is drafted here, whatever the other program made or did not make.</summary>
    public Task<DecisionResult> ReleaseAsync(Guid invoiceId, int draftVersion, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"release/{invoiceId}/v{draftVersion}", SaleReleased.Type, new SaleReleased(invoiceId, draftVersion, approver.UserId), approver, cancel);

    /// <summary>The other program's invoice, which the client has already, is the one of our sale: nothing is drafted here.</summary>
    public Task<DecisionResult> CountTheirsAsync(Guid foreignInvoiceId, int draftVersion, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"count/{foreignInvoiceId}/v{draftVersion}", TheirsCounted.Type, new TheirsCounted(foreignInvoiceId, draftVersion, approver.UserId), approver, cancel);

    /// <summary>A sale whose deal has an invoice of another program waits for somebody to decide; the caller saves.</summary>
    internal static async Task HoldAsync(RevOpsDb db, ForeignInvoice foreign, CancellationToken cancel)
    {
        if (foreign is not { Reference: { Length: > 0 } name, InvoiceId: null } || !IsThere(foreign.Status))
            return;
        foreach (var booking in await db.Set<Booking>().Where(row => (row.BookingId == name || row.DealId == name) && row.InvoiceId != null).ToListAsync(cancel))
        {
            if (await db.Set<Invoice>().FindAsync([booking.InvoiceId], cancel) is { IsDraft: true } invoice && invoice.Mode == foreign.Mode)
                Hold(await PutOnInvoice.ApartAsync(db, booking, invoice, cancel));
        }
    }

    /// <summary>Nothing gathers behind what waits for a decision of its own.</summary>
    internal static void Hold(Invoice invoice)
    {
        (invoice.Status, invoice.GatherKey, invoice.GathersUntil) = (InvoiceStatus.Held, null, null);
        if (!invoice.ProblemList.Contains(ReviewProblem.ForeignInvoice))
            invoice.Problems = string.Join(' ', [.. invoice.ProblemList, ReviewProblem.ForeignInvoice]);
    }

    /// <summary>An invoice of another program for the same deal or booking; null where there is none.</summary>
    internal static Task<ForeignInvoice?> ForeignOfAsync(Reception reception, Booking booking) => reception.Db.Set<ForeignInvoice>()
        .Where(row => row.Reference != null && (row.Reference == booking.BookingId || row.Reference == booking.DealId) && row.InvoiceId == null
            && row.Status != "void" && row.Status != "deleted" && row.Mode == reception.Event.Mode)
        .OrderBy(row => row.OccurredAt).FirstOrDefaultAsync(reception.Cancel);

    private static bool IsThere(string status) => status is not "void" and not "deleted";

    private async Task<DecisionResult> ReceiveAsync(string eventId, string type, IncomingEvent decision, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return DecisionResult.NotAllowed;
        }

        try
        {
            return await receiver.ReceiveInternalAsync("revops", eventId, type, decision, cancel) ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
        catch (OtherCustomerException)
        {
            return DecisionResult.OtherCustomer;
        }
    }
}

/// <summary>The draft is of another customer at Stripe, and Stripe lets nobody change that.</summary>
public sealed class OtherCustomerException : Exception;

/// <summary>Finance takes over a draft that another program made for a deal of ours.</summary>
public sealed record InvoiceAdopted(Guid ForeignInvoiceId, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.invoice_adopted";

    /// <exception cref="DecisionTakenException">It is no draft any more, or no sale of ours waits for it.</exception>
    /// <exception cref="OtherCustomerException">Our customer is another one at Stripe.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var foreign = await db.Set<ForeignInvoice>().SingleAsync(row => row.Id == ForeignInvoiceId, cancel);
        var invoiceId = await db.Set<Booking>().Where(row => foreign.Reference != null && (row.BookingId == foreign.Reference || row.DealId == foreign.Reference)).Select(row => row.InvoiceId).FirstOrDefaultAsync(cancel);
        var invoice = await db.Set<Invoice>().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel);
        if (foreign is not { Status: "draft", InvoiceId: null } || invoice is null || invoice.Mode != foreign.Mode || !SaleReleased.Fits(invoice))
            throw new DecisionTakenException();
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == invoice.CustomerId, cancel);
        if (customer.StripeCustomerId is { } known && customer.StripeMode == foreign.Mode && known != foreign.StripeCustomerId)
            throw new OtherCustomerException();

        // A draft of our own that was there before goes with its version.
        (foreign.InvoiceId, invoice.StripeInvoiceId, invoice.Status, invoice.Problems) = (invoice.Id, null, InvoiceStatus.Held, "");
        DraftInvoice.Again(db, invoice, reception.Now);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.adopted", nameof(Invoice), invoice.Id.ToString())
        {
            After = new { foreign.StripeInvoiceId, foreign.GrossMinor, foreign.Currency, invoice.DraftVersion },
        }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take over the draft that another program made"];
}

/// <summary>Finance has a sale drafted here that was held for another program's invoice, or only compared with it.</summary>
public sealed record SaleReleased(Guid InvoiceId, int DraftVersion, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.sale_released";

    /// <summary>Held for a foreign invoice, or only compared.</summary>
    public static bool Fits(Invoice invoice) => invoice.IsKeptBack;

    /// <exception cref="DecisionTakenException">It was decided on, or changed, in the meantime.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == InvoiceId, cancel);
        if (!Fits(invoice) || invoice.DraftVersion != DraftVersion)
            throw new DecisionTakenException();

        // What the other program made is of no sale of ours from here on, so that it does not hold this one again.
        var names = await db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).Select(row => new { row.BookingId, row.DealId }).ToListAsync(cancel);
        var known = names.SelectMany(name => new[] { name.BookingId, name.DealId }).OfType<string>().ToList();
        foreach (var foreign in await db.Set<ForeignInvoice>().Where(row => row.InvoiceId == null && row.Reference != null && known.Contains(row.Reference)).ToListAsync(cancel))
            foreign.Reference = "";
        var before = invoice.Status;
        (invoice.Status, invoice.Problems) = (InvoiceStatus.Held, "");
        DraftInvoice.Again(db, invoice, reception.Now);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.released", nameof(Invoice), invoice.Id.ToString()) { Before = new { Status = before }, After = new { invoice.Status, invoice.DraftVersion } }, cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Draft the sale here"];
}

/// <summary>Finance says that what another program issued, and the history brought into the books, is the invoice of a sale of ours.</summary>
public sealed record TheirsCounted(Guid ForeignInvoiceId, int DraftVersion, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.theirs_counted";

    /// <exception cref="DecisionTakenException">It is not in the books as issued, another sale stands on it, or no sale of ours waits for it as it was seen.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var foreign = await db.Set<ForeignInvoice>().SingleAsync(row => row.Id == ForeignInvoiceId, cancel);
        var theirs = await db.Set<Invoice>().SingleOrDefaultAsync(row => row.StripeInvoiceId == foreign.StripeInvoiceId && row.Origin == InvoiceOrigin.Imported, cancel);
        var booking = await db.Set<Booking>().Where(row => foreign.Reference != null && (row.BookingId == foreign.Reference || row.DealId == foreign.Reference)).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        var ours = booking is null ? null : await BookingChanges.InvoiceOfAsync(reception, booking);
        if (foreign.InvoiceId is not null || theirs is not { IsIssued: true } || ours is null || !SaleReleased.Fits(ours) || ours.DraftVersion != DraftVersion
            || await db.Set<Booking>().AnyAsync(row => row.InvoiceId == theirs.Id, cancel))
            throw new DecisionTakenException();

        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.theirs", nameof(Invoice), ours.Id.ToString())
        {
            Before = new { ours.Status, ours.GrossMinor, ours.Currency },
            After = new { foreign.StripeInvoiceId, foreign.Number, foreign.GrossMinor, foreign.Currency },
        }, cancel);
        if (!await PutOnInvoice.TakeOffAsync(reception, booking!, ours))
            BookingChanges.Drop(reception, ours);
        (booking!.InvoiceId, foreign.InvoiceId) = (theirs.Id, theirs.Id);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take what another program issued as the invoice of the sale"];
}
