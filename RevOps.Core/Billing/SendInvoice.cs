using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing;

/// <summary>Issues an approved invoice and sends it: due date, finalise, send, each once.</summary>
public sealed class SendInvoice(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeEffects effects, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var (invoice, owner, company) = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (invoice.Status != InvoiceStatus.Approved || invoice.StripeInvoiceId is not { } stripeId)
            return OutboxResult.Done;
        if (stripe.Mode != invoice.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this sale.", DraftInvoice.LookAgain);

        // A step that is done answers from its row; one whose answer was lost is seen in the invoice itself, and noted.
        var current = await stripe.GetInvoiceAsync(stripeId, cancel);
        if (current.Status == "draft" && invoice.Correction == InvoiceCorrection.CreditWhole)
            return await WithdrawAsync(invoice.Id, cancel);
        if (await HoldAsync(invoice, current, cancel))
            return await MarkAsync(invoice.Id, row => (row.Status, row.Problems) = (InvoiceStatus.Held, ReviewProblem.StripeDiffers), cancel);
        if (current.Status == "draft")
        {
            await StepAsync(invoice, owner, "due", StripeRequests.UpdateInvoice(stripeId, new() { DueDate = EndOf(DueOf(invoice, company), company) }), cancel);
            current = (await StepAsync(invoice, owner, "finalize", StripeRequests.Finalize(stripeId), cancel)).Read<StripeInvoice>();
        }
        else
        {
            await effects.NoteDoneAsync(KeyOf(invoice, "finalize"), () => ReadAsync(stripeId, cancel), cancel);
        }

        if (current.Status == "void")
            return await MarkAsync(invoice.Id, row => row.Status = InvoiceStatus.Void, cancel);

        // What is paid already, of nothing or by credit, Stripe does not send; a sending that was begun is asked again what became of it.
        if (current.Status != "paid" || await effects.IsBegunAsync(KeyOf(invoice, "send"), cancel))
            await StepAsync(invoice, owner, "send", StripeRequests.Send(stripeId), cancel);
        return await MarkAsync(invoice.Id, row => Issue(row, current), cancel);
    }

    /// <summary>
    /// The click may be hours old by now: what somebody edited at Stripe since, or issued there, is not what was approved, and waits for
    /// another look.
    /// </summary>
    private async Task<bool> HoldAsync(Invoice invoice, StripeInvoice current, CancellationToken cancel) => current.Status == "draft"
        ? invoice.ReviewHash is not { } approved || !new StripeReview(current, await stripe.GetLinesAsync(current, cancel)).ComputeHash().AsSpan().SequenceEqual(approved)
        : !await effects.IsBegunAsync(KeyOf(invoice, "finalize"), cancel);

    /// <summary>The booking was cancelled after the approval and before anything left the house: the draft goes, nothing is sent.</summary>
    private Task<OutboxResult> WithdrawAsync(Guid id, CancellationToken cancel) => MarkAsync(id, (db, row) =>
    {
        (row.Status, row.CancelledAt, row.Correction) = (InvoiceStatus.Cancelled, clock.GetUtcNow(), InvoiceCorrection.None);
        foreach (var proposed in db.Set<CreditNote>().Where(note => note.InvoiceId == row.Id && note.Status == CreditNoteStatus.Proposed))
            proposed.Status = CreditNoteStatus.Rejected;
        db.Enqueue<DropDraft>(row.Id.ToString(), clock.GetUtcNow(), key: $"{row.Id}/v{row.DraftVersion}/drop", lane: $"customer:{row.CustomerId}");
    }, cancel);

    /// <summary>The job may run after midnight: a day that is over Stripe does not take.</summary>
    private DateOnly DueOf(Invoice invoice, CompanyVersion company) => company.DayOf(clock.GetUtcNow()) is var today && invoice.DueOn is { } due && due > today ? due : today;

    private static DateTimeOffset EndOf(DateOnly day, CompanyVersion company) => company.StartOf(day.AddDays(1)).AddSeconds(-1);

    private void Issue(Invoice invoice, StripeInvoice current)
    {
        // A payment may have come in between finalising and this line; what is paid stays paid.
        if (invoice.Status == InvoiceStatus.Approved)
            invoice.Status = InvoiceStatus.Open;
        if (current.Status == "paid" && invoice.GrossMinor == 0)
            (invoice.Status, invoice.PaidAt) = (InvoiceStatus.Paid, current.StatusTransitions?.PaidAt ?? clock.GetUtcNow());
        (invoice.Number, invoice.HostedUrl) = (current.Number, current.HostedInvoiceUrl);

        // Stripe counts whole seconds: within the one of the approval it would seem to have issued before.
        var finalized = current.StatusTransitions?.FinalizedAt ?? clock.GetUtcNow();
        invoice.IssuedAt ??= finalized < invoice.ApprovedAt ? invoice.ApprovedAt : finalized;
        invoice.SentAt ??= clock.GetUtcNow();
    }

    private Task<StripeAnswer> StepAsync(Invoice invoice, Guid owner, string step, StripeRequest request, CancellationToken cancel) =>
        effects.OnceAsync(new(KeyOf(invoice, step), invoice.Id, owner, request), () => IsDoneAsync(invoice, step, cancel), cancel);

    /// <summary>Stripe refuses to finalise or send twice: what the invoice says decides whether the step is done.</summary>
    private async Task<string?> IsDoneAsync(Invoice invoice, string step, CancellationToken cancel)
    {
        if (step == "due")
            return null;
        var current = await stripe.GetInvoiceAsync(invoice.StripeInvoiceId!, cancel);
        var done = step == "finalize" ? current.Status != "draft" : current.Status is "paid" or "uncollectible" || await WasSentAsync(current.Id, invoice.ApprovedAt, cancel);
        return done ? await ReadAsync(current.Id, cancel) : null;
    }

    /// <summary>A sent invoice is as open as before: only Stripe's own record of the sending tells.</summary>
    private async Task<bool> WasSentAsync(string stripeId, DateTimeOffset? since, CancellationToken cancel)
    {
        await foreach (var sent in stripe.ListEventsAsync(created: new(since?.AddMinutes(-5), null), type: "invoice.sent", cancellation: cancel))
        {
            if (sent.ObjectId == stripeId)
                return true;
        }

        return false;
    }

    private static string KeyOf(Invoice invoice, string step) => DraftInvoice.KeyOf(invoice.Id, invoice.DraftVersion, step);

    private async Task<string> ReadAsync(string stripeId, CancellationToken cancel) => (await stripe.GetAsync($"/v1/invoices/{stripeId}", cancel)).Body;

    private async Task<(Invoice Invoice, Guid Owner, CompanyVersion Company)> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var owner = await db.Set<Customer>().Where(customer => customer.Id == invoice.CustomerId).Select(customer => customer.OwnerId).SingleAsync(cancel);
        return (invoice, owner, await db.Set<CompanyVersion>().AsNoTracking().SingleAsync(version => version.Id == invoice.CompanyVersionId, cancel));
    }

    private Task<OutboxResult> MarkAsync(Guid id, Action<Invoice> change, CancellationToken cancel) => MarkAsync(id, (_, row) => change(row), cancel);

    private async Task<OutboxResult> MarkAsync(Guid id, Action<RevOpsDb, Invoice> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == id, cancel);
        change(db, invoice);

        // A deal that waited for this deposit goes on in the same commit: afterwards nobody would come by again.
        await Deposits.RedraftDealAsync(db, invoice, clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
