using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Takes over a draft that another program made for the same deal, instead of making a second one: its customer, its name in our metadata,
/// and our names on its lines. Each step is an effect of its own.
/// </summary>
public sealed class StripeAdoption(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeEffects effects)
{
    /// <summary>The draft to take over for this version; null where there is none, or an earlier version took it.</summary>
    public async Task<ForeignInvoice?> FindAsync(Invoice invoice, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var foreign = await db.Set<ForeignInvoice>().AsNoTracking().SingleOrDefaultAsync(row => row.InvoiceId == invoice.Id && row.Status == "draft", cancel);
        if (foreign is null || invoice.StripeInvoiceId is null)
            return foreign;
        return invoice.StripeInvoiceId == foreign.StripeInvoiceId && await IsOfVersionAsync(db, invoice, cancel) ? foreign : null;
    }

    /// <summary>Its customer becomes ours, where ours is not at Stripe yet: never two.</summary>
    /// <exception cref="InvalidOperationException">Both are at Stripe, and they are two.</exception>
    public async Task TakeCustomerAsync(Customer known, ForeignInvoice foreign, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == known.Id, cancel);
        if (customer.StripeCustomerId is null || customer.StripeMode != foreign.Mode)
            (customer.StripeCustomerId, customer.StripeMode, customer.StripeDetailsHash) = (foreign.StripeCustomerId, foreign.Mode, null);
        else if (customer.StripeCustomerId != foreign.StripeCustomerId)
            throw new InvalidOperationException($"The draft {foreign.StripeInvoiceId} is of Stripe customer {foreign.StripeCustomerId}, ours is {customer.StripeCustomerId}.");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Writes our names and mentions on it; its id.</summary>
    public async Task<string> TakeAsync(BillableSale sale, ForeignInvoice foreign, CancellationToken cancel)
    {
        var ours = StripeDraftOf.Invoice(sale);
        var change = new StripeInvoiceChange { Metadata = ours.Metadata, Footer = ours.Footer, CustomFields = ours.CustomFields, Description = "", TakenOverWithDays = ours.DaysUntilDue };
        await StepAsync(sale, "adopt", StripeRequests.UpdateInvoice(foreign.StripeInvoiceId, change), cancel);
        var lines = await stripe.GetLinesAsync(foreign.StripeInvoiceId, cancel);
        if (Match(StripeDraftOf.Lines(sale, sale.Assess()), lines) is { Count: > 0 } names)
            await StepAsync(sale, "adopt-lines", StripeRequests.NameLines(foreign.StripeInvoiceId, names), cancel);
        return foreign.StripeInvoiceId;
    }

    /// <summary>Each of our lines beside one of theirs of the same amount; none where they do not fit: the comparison then shows both.</summary>
    internal static IReadOnlyList<StripeLineName> Match(IReadOnlyList<StripeLineDraft> ours, IReadOnlyList<StripeLine> theirs)
    {
        var left = theirs.ToList();
        var names = new List<StripeLineName>();
        foreach (var line in ours)
        {
            var fits = left.FindIndex(candidate => StripeAmount.Read(candidate.Amount, candidate.Currency) == line.Amount);
            if (fits < 0)
                return [];
            names.Add(new(left[fits].Id, line.Key, line.Description));
            left.RemoveAt(fits);
        }

        return left.Count == 0 ? names : [];
    }

    private Task StepAsync(BillableSale sale, string step, StripeRequest request, CancellationToken cancel) =>
        effects.OnceAsync(new(DraftInvoice.KeyOf(sale.Invoice.Id, sale.Invoice.DraftVersion, step), sale.Invoice.Id, sale.Customer.OwnerId, request), lookUp: null, cancel);

    private static Task<bool> IsOfVersionAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var key = DraftInvoice.KeyOf(invoice.Id, invoice.DraftVersion, "adopt");
        return db.Set<Platform.Outbox.OutsideEffect>().AnyAsync(effect => effect.Key == key, cancel);
    }
}
