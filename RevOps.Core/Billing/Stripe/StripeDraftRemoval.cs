using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Deletes the drafts that an invoice no longer stands for, those included whose making was never answered.</summary>
public sealed class StripeDraftRemoval(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeEffects effects)
{
    /// <param name="invoice">Whose drafts go.</param>
    /// <param name="keepVersion">The draft version that stays; null: none does.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task RemoveAsync(Invoice invoice, int? keepVersion, CancellationToken cancel)
    {
        for (var version = 1; version <= invoice.DraftVersion; version++)
        {
            if (version == keepVersion || await BegunAsync(invoice, version, cancel) is not { } create)
                continue;
            var draft = version;
            if (await effects.SettleAsync(create, () => FindAsync(stripe, databases, invoice, draft, cancel), cancel) is { } answer)
                await DeleteAsync(invoice, answer.Read<StripeInvoice>().Id, cancel);
        }

        await RemoveAdoptedAsync(invoice, keepVersion, cancel);
    }

    /// <summary>A draft that was taken over from another program goes as one of ours would.</summary>
    private async Task RemoveAdoptedAsync(Invoice invoice, int? keepVersion, CancellationToken cancel)
    {
        if (await AdoptedAsync(invoice, keepVersion, cancel) is not { } stripeId)
            return;

        // No database is held while Stripe is asked: its answer is stored with a transaction of its own.
        await DeleteAsync(invoice, stripeId, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await ForeignInvoices.NoteGoneAsync(db, stripeId, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The draft that an earlier version took over; null where none did, or it is gone.</summary>
    private async Task<string?> AdoptedAsync(Invoice invoice, int? keepVersion, CancellationToken cancel)
    {
        var (kept, begins) = (keepVersion is { } version ? DraftInvoice.KeyOf(invoice.Id, version, "adopt") : "", $"inv:{invoice.Id}:v");
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<OutsideEffect>().AnyAsync(effect => effect.SubjectId == invoice.Id && effect.Key.StartsWith(begins) && effect.Key.EndsWith(":adopt") && effect.Key != kept, cancel)
            ? await db.Set<ForeignInvoice>().Where(row => row.InvoiceId == invoice.Id && row.Status == "draft").Select(row => row.StripeInvoiceId).SingleOrDefaultAsync(cancel)
            : null;
    }

    /// <summary>A draft of a version that was made without our hearing of it, found by our metadata; null when there is none.</summary>
    internal static async Task<string?> FindAsync(StripeClient stripe, IDbContextFactory<RevOpsDb> databases, Invoice invoice, int draftVersion, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // A customer that was merged into this one left its drafts at Stripe under its own name.
        var customers = await db.Set<Customer>().Where(row => (row.Id == invoice.CustomerId || row.MergedIntoId == invoice.CustomerId) && row.StripeCustomerId != null)
            .Select(row => row.StripeCustomerId).ToListAsync(cancel);
        foreach (var customer in customers)
        {
            await foreach (var candidate in stripe.ListInvoicesAsync(customer, cancellation: cancel))
            {
                if (candidate.Metadata.GetValueOrDefault(StripeDraftOf.InvoiceKey) == invoice.Id.ToString()
                    && candidate.Metadata.GetValueOrDefault(StripeDraftOf.VersionKey) == draftVersion.ToString(CultureInfo.InvariantCulture))
                    return (await stripe.GetAsync($"/v1/invoices/{candidate.Id}", cancel)).Body;
            }
        }

        return null;
    }

    private async Task<OutsideEffect?> BegunAsync(Invoice invoice, int version, CancellationToken cancel)
    {
        var key = DraftInvoice.KeyOf(invoice.Id, version, "create");
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<OutsideEffect>().AsNoTracking().SingleOrDefaultAsync(effect => effect.Key == key && effect.Attempts > 0, cancel);
    }

    private async Task DeleteAsync(Invoice invoice, string stripeId, CancellationToken cancel)
    {
        try
        {
            await effects.OnceAsync(new($"inv:{invoice.Id}:{stripeId}:delete", invoice.Id, DataKey.Company, StripeRequests.Delete(stripeId)), lookUp: null, cancel);
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            // An earlier attempt deleted it and its answer was lost.
        }
        catch (StripeException refused) when (!refused.IsTransient && refused.Status is 400)
        {
            // Somebody issued it there: voided it is as good as gone, and else it may not be made a second time.
            if (await stripe.GetInvoiceAsync(stripeId, cancel) is { Status: not "void", Deleted: false } issued)
                throw new InvalidOperationException($"Stripe's invoice {stripeId} is {issued.Status}: it was issued there, and has to be voided there before it is drafted again.", refused);
        }
    }
}
