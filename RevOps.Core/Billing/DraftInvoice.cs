using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>
/// Makes the one Stripe draft of a sale: customer, invoice, lines, then reads it back and compares to the cent. Each step is an effect
/// of its own, so a run that is cut short goes on where it stopped.
/// </summary>
public sealed class DraftInvoice(
    IDbContextFactory<RevOpsDb> databases, Vault vault, StripeClient stripe, StripeEffects effects, StripeCustomers customers, StripeDraftRemoval removal, StripeAdoption adoption,
    CompanyProfile company, TimeProvider clock) : IOutboxJob
{
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var sale = await LoadAsync(Guid.Parse(row.Argument), cancel);
        if (sale is { Invoice.IsKeptBack: true })
        {
            // Only worked out, to be compared.
            await WriteLinesAsync(sale.Invoice.Id, cancel);
            return OutboxResult.Done;
        }

        if (sale is null || sale.Invoice.Status != InvoiceStatus.Drafting || row.Key != $"{sale.Invoice.Id}/v{sale.Invoice.DraftVersion}")
            return OutboxResult.Done;
        if (stripe.Mode is not { } mode)
            return OutboxResult.Wait("Stripe is not connected.", LookAgain);
        if (mode != sale.Invoice.Mode)
            return OutboxResult.Wait($"This sale is of mode {sale.Invoice.Mode}, and Stripe is connected in mode {mode}.", LookAgain);

        await removal.RemoveAsync(sale.Invoice, keepVersion: sale.Invoice.DraftVersion, cancel);
        var adopted = await adoption.FindAsync(sale.Invoice, cancel);
        if (adopted is not null)
            await adoption.TakeCustomerAsync(sale.Customer, adopted, cancel);
        await customers.EnsureAsync(sale.Customer, sale.Details, cancel);
        sale = await WriteLinesAsync(sale.Invoice.Id, cancel);
        var stripeId = adopted is null ? await CreateAsync(sale, cancel) : await AdoptAsync(sale, adopted, cancel);
        await ReadBackAsync(sale.Invoice, stripeId, cancel);
        return OutboxResult.Done;
    }

    private async Task<BillableSale?> LoadAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel);
    }

    /// <summary>Our own lines and totals, before Stripe is asked for anything.</summary>
    private async Task<BillableSale> WriteLinesAsync(Guid invoiceId, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var loaded = await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel) ?? throw new ErasedException(invoiceId);
        var sale = loaded with { Company = seller };
        var (invoice, totals) = (sale.Invoice, sale.Assess().Totals);
        (invoice.CompanyVersionId, invoice.OwnerId) = (seller.Id, sale.Customer.OwnerId);
        invoice.SealedBuyer = await vault.SealAsync(db, invoice.OwnerId, invoice.Id, JsonSerializer.Serialize(sale.Details), cancel);
        (invoice.NetMinor, invoice.TaxMinor, invoice.GrossMinor) = (totals.Net.Minor, totals.Tax.Minor, totals.Gross.Minor);
        invoice.PaymentTermsDays = sale.Content.PaymentTermsDays ?? sale.Company.PaymentTermsDays;

        if (!await db.Set<InvoiceLine>().AnyAsync(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion, cancel))
            await AddOwnLinesAsync(db, sale, cancel);
        await db.SaveChangesAsync(cancel);
        return sale;
    }

    private async Task AddOwnLinesAsync(RevOpsDb db, BillableSale sale, CancellationToken cancel)
    {
        var (invoice, assessment) = (sale.Invoice, sale.Assess());
        foreach (var (index, (line, bookingId, _)) in sale.Lines.Index())
        {
            var id = Guid.CreateVersion7();
            db.Add(new InvoiceLine
            {
                Id = id,
                InvoiceId = invoice.Id,
                DraftVersion = invoice.DraftVersion,
                Position = index + 1,
                Key = line.Key,
                OwnerId = invoice.OwnerId,
                SealedDescription = await vault.SealAsync(db, invoice.OwnerId, id, line.Description, cancel),
                Quantity = line.Quantity,
                UnitAmount = line.UnitAmount.ToString(CultureInfo.InvariantCulture),
                NetMinor = assessment.Totals.LineNets[index].Minor,
                TaxMinor = assessment.Totals.LineTaxes[index].Minor,
                Category = assessment.Taxes[index].Category,
                RateBasisPoints = assessment.Taxes[index].RateBasisPoints,
                ServiceCode = line.ServiceCode,
                BookingId = bookingId,
                CatalogueAmount = assessment.Prices[index]?.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private async Task<string> CreateAsync(BillableSale sale, CancellationToken cancel)
    {
        var invoice = sale.Invoice;
        var request = StripeRequests.CreateInvoice(StripeDraftOf.Invoice(sale));
        var answer = await effects.OnceAsync(new(Key(invoice, "create"), invoice.Id, sale.Customer.OwnerId, request), 
            () => StripeDraftRemoval.FindAsync(stripe, databases, invoice, invoice.DraftVersion, cancel), cancel);
        var stripeId = answer.Read<StripeInvoice>().Id;
        if (invoice.StripeInvoiceId != stripeId)
            await ChangeAsync(invoice.Id, row => row.StripeInvoiceId = stripeId, cancel);
        await AddLinesAsync(sale, stripeId, cancel);
        return stripeId;
    }

    private async Task<string> AdoptAsync(BillableSale sale, ForeignInvoice adopted, CancellationToken cancel)
    {
        var stripeId = await adoption.TakeAsync(sale, adopted, cancel);
        await ChangeAsync(sale.Invoice.Id, row => row.StripeInvoiceId = stripeId, cancel);
        return stripeId;
    }

    private async Task AddLinesAsync(BillableSale sale, string stripeId, CancellationToken cancel)
    {
        var request = StripeRequests.AddLines(stripeId, StripeDraftOf.Lines(sale, sale.Assess()));
        await effects.OnceAsync(new(Key(sale.Invoice, "lines"), sale.Invoice.Id, sale.Customer.OwnerId, request), async () =>
            (await stripe.GetLinesAsync(stripeId, cancel)).Count > 0 ? (await stripe.GetAsync($"/v1/invoices/{stripeId}", cancel)).Body : null, cancel);
    }

    private async Task ReadBackAsync(Invoice drafted, string stripeId, CancellationToken cancel)
    {
        var review = await StripeReview.ReadAsync(stripe, stripeId, cancel);

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var sale = await BillableSale.LoadAsync(db, vault, drafted.Id, clock.GetUtcNow(), cancel) ?? throw new ErasedException(drafted.Id);
        var (invoice, assessment) = (sale.Invoice, sale.Assess());

        // Of a version that came meanwhile this is not the draft, even where the amounts are the same: its own job makes it.
        if (invoice.Status != InvoiceStatus.Drafting || invoice.StripeInvoiceId != stripeId || invoice.DraftVersion != drafted.DraftVersion)
            return;

        var equal = review.Equals(sale, assessment.Totals);
        invoice.Problems = string.Join(' ', equal ? assessment.Problems : [.. assessment.Problems, ReviewProblem.StripeDiffers]);
        (invoice.Status, invoice.ReviewHash, invoice.DraftedAt) = (equal ? InvoiceStatus.ReadyForReview : InvoiceStatus.Held, review.ComputeHash(), clock.GetUtcNow());
        invoice.CheckedAt = TimeProvider.System.GetUtcNow();
        await ApprovalCases.AskRulesAsync(db, invoice, clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The next version of a draft; the one before goes when this one is made. The caller saves.</summary>
    public static void Again(RevOpsDb db, Invoice invoice, DateTimeOffset now)
    {
        // What is only compared, or held for another program's invoice, stays so: its lines are worked out anew.
        invoice.Status = invoice.IsKeptBack ? invoice.Status : InvoiceStatus.Drafting;
        invoice.DraftVersion++;
        db.Enqueue<DraftInvoice>(invoice.Id.ToString(), now, key: $"{invoice.Id}/v{invoice.DraftVersion}", lane: $"customer:{invoice.CustomerId}");
    }

    internal static string KeyOf(Guid invoiceId, int draftVersion, string step) => $"inv:{invoiceId}:v{draftVersion}:{step}";

    private static string Key(Invoice invoice, string step) => KeyOf(invoice.Id, invoice.DraftVersion, step);

    private async Task ChangeAsync(Guid invoiceId, Action<Invoice> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        change(await db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId, cancel));
        await db.SaveChangesAsync(cancel);
    }
}
