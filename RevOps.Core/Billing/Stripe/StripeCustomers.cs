using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Billing.Stripe;

/// <summary>One Stripe customer per customer of ours. Stripe itself never refuses a second one of the same name or e-mail.</summary>
public sealed class StripeCustomers(IDbContextFactory<RevOpsDb> databases, StripeClient stripe, StripeEffects effects)
{
    private const string EuropeanVat = "eu_vat";

    /// <summary>The name under which we know a customer that another program made at Stripe, among the refs of its senders.</summary>
    public static string RefOf(string stripeCustomerId) => $"stripe:{stripeCustomerId}";

    /// <summary>Makes the customer or brings it up to date, and asks for the check of its VAT number, as far as that is not done.</summary>
    /// <param name="known">The customer that the details are of, as it was read with them.</param>
    public async Task EnsureAsync(Customer known, CustomerDetails details, CancellationToken cancel)
    {
        var customer = await LoadAsync(known.Id, cancel);
        if (customer.MergedIntoId is { } kept)
            throw new InvalidOperationException($"Customer {customer.Id} was merged into {kept} meanwhile: its drafts are made there.");
        if (customer.StripeCustomerId is null || customer.StripeMode != stripe.Mode)
            await CreateAsync(customer, known.DetailsHash, details, cancel);
        else if (!known.DetailsHash.AsSpan().SequenceEqual(customer.StripeDetailsHash))
            await UpdateAsync(customer, known.DetailsHash, details, cancel);

        customer = await LoadAsync(known.Id, cancel);
        if (customer.StripeTaxId is not null)
            return;
        var vat = details is { IsBusiness: true, VatNumber: { } given } && VatNumber.Tidy(given) is var tidy && VatNumber.IsEuropean(tidy) ? tidy : null;
        var gone = await RemoveOtherTaxIdsAsync(customer, customer.StripeCustomerId!, vat, cancel);
        if (vat is not null)
            await AddTaxIdAsync(customer, customer.StripeCustomerId!, vat, gone, cancel);
    }

    /// <summary>Reads the check of the VAT number again; its result, or null when there is none to read.</summary>
    public async Task<string?> RefreshVatStatusAsync(Guid customerId, CancellationToken cancel)
    {
        var customer = await LoadAsync(customerId, cancel);
        if (customer is not { StripeCustomerId: { } stripeId, StripeTaxId: { } taxId })
            return null;
        var status = (await stripe.GetTaxIdAsync(stripeId, taxId, cancel)).Verification?.Status;
        await ChangeAsync(customerId, row =>
        {
            // The number may have changed while Stripe was asked: what it said was of the other one.
            if (row.StripeTaxId == taxId)
                (row.VatStatus, row.VatCheckedAt) = (status, TimeProvider.System.GetUtcNow());
        }, cancel);
        return status;
    }

    private async Task CreateAsync(Customer customer, byte[] detailsHash, CustomerDetails details, CancellationToken cancel)
    {
        var request = StripeRequests.CreateCustomer(DraftOf(customer, details));
        var answer = await effects.OnceAsync(new(CreateKey(customer), customer.Id, customer.OwnerId, request), () => FindAsync(customer, cancel), cancel);
        var stripeId = answer.Read<StripeCustomer>().Id;
        await ChangeAsync(customer.Id, row =>
        {
            (row.StripeCustomerId, row.StripeMode, row.StripeDetailsHash) = (stripeId, stripe.Mode, detailsHash);
            (row.StripeTaxId, row.VatStatus, row.VatCheckedAt) = (null, null, null);
        }, cancel);
    }

    private string CreateKey(Customer customer) => $"cust:{customer.Id}:{stripe.Mode}:v1".ToLowerInvariant();

    private async Task UpdateAsync(Customer customer, byte[] detailsHash, CustomerDetails details, CancellationToken cancel)
    {
        var request = StripeRequests.UpdateCustomer(customer.StripeCustomerId!, DraftOf(customer, details));

        // The version makes a return to earlier details an update of its own: under the hash alone it would count as done long ago.
        await effects.OnceAsync(new($"cust:{customer.Id}:{customer.StripeCustomerId}:update:{Convert.ToHexStringLower(detailsHash)}:v{customer.Version}", customer.Id, customer.OwnerId, request), lookUp: null, cancel);
        await ChangeAsync(customer.Id, row => row.StripeDetailsHash = detailsHash, cancel);
    }

    private static StripeCustomerDraft DraftOf(Customer customer, CustomerDetails details) => new()
    {
        Name = details.LegalName ?? details.Ref,
        Email = details.Email,
        Phone = details.Phone,
        Address = details.Address is { } a ? new(a.Line1, a.Line2, a.PostalCode, a.City, a.Country) : null,
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [StripeDraftOf.CustomerKey] = customer.Id.ToString() },
        PreferredLocales = [details.Address?.Country is null or "FR" ? "fr-FR" : "en"],
    };

    private async Task<string?> FindAsync(Customer customer, CancellationToken cancel)
    {
        await foreach (var candidate in stripe.ListCustomersAsync(cancellation: cancel))
        {
            if (candidate.Metadata.GetValueOrDefault(StripeDraftOf.CustomerKey) == customer.Id.ToString())
                return (await stripe.GetAsync($"/v1/customers/{candidate.Id}", cancel)).Body;
        }

        return null;
    }

    /// <summary>A number that is the customer's no more would still be printed on its invoices. Asked only where there may be one.</summary>
    /// <returns>How many were removed, earlier ones included.</returns>
    private async Task<int> RemoveOtherTaxIdsAsync(Customer customer, string stripeId, string? vat, CancellationToken cancel)
    {
        var (given, gone) = ($"cust:{customer.Id}:{stripeId}:vat:", $"cust:{customer.Id}:{stripeId}:vat-gone:");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ofCustomer = db.Set<OutsideEffect>().Where(effect => effect.SubjectId == customer.Id);

        // A customer that another program made may have numbers of its own there.
        var made = CreateKey(customer);
        if (await ofCustomer.AnyAsync(effect => effect.Key == made, cancel) && !await ofCustomer.AnyAsync(effect => effect.Key.StartsWith(given), cancel))
            return 0;
        var stale = await stripe.ListTaxIdsAsync(stripeId, cancel).Where(taxId => taxId.Type == EuropeanVat && taxId.Value != vat).Select(taxId => taxId.Id).ToListAsync(cancel);
        foreach (var taxId in stale)
            await effects.OnceAsync(new(gone + taxId, customer.Id, customer.OwnerId, StripeRequests.DeleteTaxId(stripeId, taxId)), lookUp: null, cancel);
        return await ofCustomer.CountAsync(effect => effect.Key.StartsWith(gone), cancel);
    }

    /// <param name="gone">A number that comes back after it was removed is given anew.</param>
    private async Task AddTaxIdAsync(Customer customer, string stripeId, string vat, int gone, CancellationToken cancel)
    {
        var key = $"cust:{customer.Id}:{stripeId}:vat:{vat}{(gone == 0 ? "" : $":{gone}")}";
        StripeTaxId taxId;
        try
        {
            var answer = await effects.OnceAsync(new(key, customer.Id, customer.OwnerId, StripeRequests.CreateTaxId(stripeId, EuropeanVat, vat)), lookUp: null, cancel);
            taxId = answer.Read<StripeTaxId>();
        }
        catch (StripeException invalid) when (invalid.Code == "tax_id_invalid")
        {
            await ChangeAsync(customer.Id, row => (row.VatStatus, row.VatCheckedAt) = (VatStatus.Unverified, TimeProvider.System.GetUtcNow()), cancel);
            return;
        }

        await ChangeAsync(customer.Id, row => (row.StripeTaxId, row.VatStatus, row.VatCheckedAt) = (taxId.Id, taxId.Verification?.Status ?? VatStatus.Pending, TimeProvider.System.GetUtcNow()), cancel);
    }

    private async Task<Customer> LoadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
    }

    private async Task ChangeAsync(Guid id, Action<Customer> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        change(await db.Set<Customer>().SingleAsync(row => row.Id == id, cancel));
        await db.SaveChangesAsync(cancel);
    }
}
