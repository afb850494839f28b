using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.History;

/// <summary>
/// Reads what stood at Stripe before RevOps, a page at a time: each page is work of its own, so other work goes between and a crash costs one
/// page. Every object comes in as an event under its own id, so what is read twice is in once.
/// </summary>
public sealed class ImportHistory(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, EventReceiver receiver, HistoryIntake intake, TimeProvider clock) : IOutboxJob
{
    /// <summary>In this order: whoever is named by a later one is in by then.</summary>
    public static readonly IReadOnlyList<string> Steps = ["customers", "invoices", "refunds", "disputes", "payouts"];

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        // A page that was turned already is not read for this row again.
        if (await LoadAsync(row.Argument, cancel) is not { EndedAt: null } import || ArgumentOf(import) != row.Argument)
            return OutboxResult.Done;
        if (stripe.Mode != import.Mode)
            return OutboxResult.Wait("Stripe is not connected in the mode of this history.", TimeSpan.FromSeconds(15));
        var page = await ReadAsync(import, cancel);
        await TurnAsync(import, page, cancel);
        return OutboxResult.Done;
    }

    /// <summary>Asks for the page that comes next; the caller saves.</summary>
    internal static void Ask(RevOpsDb db, HistoryImport import, DateTimeOffset now) =>
        db.Enqueue<ImportHistory>(ArgumentOf(import), now, key: $"{import.Id}/{Guid.CreateVersion7()}", lane: $"history:{import.Id}");

    /// <summary>A page of it is still to be read.</summary>
    internal static Task<bool> IsAskedAsync(RevOpsDb db, Guid importId, CancellationToken cancel)
    {
        var begins = $"{importId}/";
        return db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(ImportHistory) && row.Key.StartsWith(begins) && (row.State == OutboxState.Waiting || row.State == OutboxState.Running), cancel);
    }

    private static string ArgumentOf(HistoryImport import) => $"{import.Id} {import.Step} {import.Cursor}";

    private async Task<HistoryImport?> LoadAsync(string argument, CancellationToken cancel)
    {
        var id = Guid.Parse(argument.Split(' ')[0]);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<HistoryImport>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
    }

    private async Task<HistoryPage> ReadAsync(HistoryImport import, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(import, import.Cursor, cancel);
        }
        catch (StripeException gone) when (gone.Code == "resource_missing" && import.Cursor is not null)
        {
            // The one that reading was to go on after was deleted there: this list is read from its beginning.
            return (await ReadAsync(import, after: null, cancel)) with { StartsAgain = true };
        }
    }

    private async Task<HistoryPage> ReadAsync(HistoryImport import, string? after, CancellationToken cancel)
    {
        var created = new StripeRange(import.From, null);
        switch (import.Step)
        {
            case "customers":
                var customers = await stripe.PageOfCustomersAsync(created, after, cancel);
                foreach (var theirs in await NotOursAsync(customers.Data, cancel))
                    await receiver.ReceiveInternalAsync(StripeNoticed.Source, $"history/{theirs.Id}", CustomerImported.Type, CustomerImported.Of(theirs), cancel, theirs.Created);
                return HistoryPage.Of(customers) with { Customers = customers.Data.Count };
            case "invoices":
                var invoices = await stripe.PageOfInvoicesAsync(created, after, cancel);
                return await TakeAsync(invoices, import, cancel);
            case "refunds":
                var refunds = await stripe.PageOfRefundsAsync(created, after, cancel);
                return HistoryPage.Of(refunds) with { Refunds = refunds.Data.Count, Intents = [.. refunds.Data.Select(refund => refund.PaymentIntent).OfType<string>().Distinct()] };
            case "disputes":
                var disputes = await stripe.PageOfDisputesAsync(created, after, cancel);
                return HistoryPage.Of(disputes) with { Intents = [.. disputes.Data.Select(dispute => dispute.PaymentIntent).OfType<string>().Distinct()] };
            default:
                var payouts = await stripe.PageOfPayoutsAsync(created, after, cancel);
                foreach (var theirs in payouts.Data)
                    await receiver.ReceiveInternalAsync(StripeNoticed.Source, PayoutRead.IdOf(theirs), PayoutRead.Type, PayoutRead.Of(theirs), cancel, theirs.Created);
                return HistoryPage.Of(payouts) with { Payouts = payouts.Data.Count };
        }
    }

    private async Task<HistoryPage> TakeAsync(StripeList<StripeInvoice> list, HistoryImport import, CancellationToken cancel)
    {
        var page = HistoryPage.Of(list);
        foreach (var theirs in await NotOursAsync(list.Data, import, cancel))
        {
            if (await intake.TakeAsync(theirs, cancel) is var (payments, creditNotes))
                page = page with { Invoices = page.Invoices + 1, Payments = page.Payments + payments, CreditNotes = page.CreditNotes + creditNotes };
        }

        return page;
    }

    private async Task<IReadOnlyList<StripeCustomer>> NotOursAsync(IReadOnlyList<StripeCustomer> theirs, CancellationToken cancel)
    {
        var ids = theirs.Select(customer => customer.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ours = await db.Set<Customer>().Where(row => row.StripeCustomerId != null && ids.Contains(row.StripeCustomerId)).Select(row => row.StripeCustomerId!).ToListAsync(cancel);
        return [.. theirs.Where(customer => !customer.Deleted && !ours.Contains(customer.Id) && !customer.Metadata.ContainsKey(StripeDraftOf.CustomerKey))];
    }

    /// <summary>What another program issued. Its drafts are listed for the cut-over, as all of it is, and held where a deal of ours has the same name.</summary>
    private async Task<IReadOnlyList<StripeInvoice>> NotOursAsync(IReadOnlyList<StripeInvoice> theirs, HistoryImport import, CancellationToken cancel)
    {
        var ids = theirs.Select(invoice => invoice.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var ours = await db.Set<Invoice>().Where(row => row.StripeInvoiceId != null && ids.Contains(row.StripeInvoiceId) && row.Origin != InvoiceOrigin.Imported).Select(row => row.StripeInvoiceId!).ToListAsync(cancel);
        List<StripeInvoice> others = [.. theirs.Where(invoice => !ours.Contains(invoice.Id) && !invoice.Metadata.ContainsKey(StripeDraftOf.InvoiceKey))];
        foreach (var other in others)
            await CutOver.HoldAsync(db, await ForeignInvoices.NoteAsync(db, other, import.Mode, cancel), cancel);
        await db.SaveChangesAsync(cancel);
        return others.FindAll(HistoryIntake.IsIssuedElsewhere);
    }

    /// <summary>What was counted, where reading goes on, and the work for it, in one commit.</summary>
    private async Task TurnAsync(HistoryImport read, HistoryPage page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var (import, now) = (await db.Set<HistoryImport>().SingleAsync(row => row.Id == read.Id, cancel), clock.GetUtcNow());
        page.CountInto(import);
        foreach (var intent in page.Intents)
        {
            var key = $"{intent}/{import.Id}";
            if (!await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RefreshReturns) && row.Key == key, cancel))
                db.Enqueue<RefreshReturns>(intent, now, key, lane: $"stripe:{intent}");
        }

        import.Cursor = page.HasMore ? page.Last : null;
        if (!page.HasMore)
            import.Step = Steps.SkipWhile(step => step != read.Step).ElementAtOrDefault(1);
        if (import.Step is null)
            import.EndedAt = now;
        else
            Ask(db, import, now);
        await db.SaveChangesAsync(cancel);
    }
}
