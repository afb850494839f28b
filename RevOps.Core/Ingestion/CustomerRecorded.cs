using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>The customer of a sale: one per company by its SIREN or VAT number, else by the sender's ref; described by the newest event.</summary>
internal static class CustomerRecorded
{
    public static async Task<Customer> UpsertAsync(Reception reception, CustomerDetails details)
    {
        var (refHash, companyHash) = (RefHashOf(reception.Vault, details.Ref), CompanyHashOf(reception.Vault, details));
        var known = await reception.Db.Set<CustomerRef>().SingleOrDefaultAsync(row => row.RefHash == refHash, reception.Cancel);
        var customer = known is null ? null : await reception.Db.Set<Customer>().SingleAsync(row => row.Id == known.CustomerId, reception.Cancel);
        var twin = companyHash is null ? null : await reception.Db.Set<Customer>().SingleOrDefaultAsync(row => row.CompanyHash == companyHash, reception.Cancel);
        if (twin is not null && twin.Id != customer?.Id && customer?.StripeCustomerId is null)
        {
            // The same company under another ref: nothing of the ref's own is at Stripe yet, so from here on it means the company.
            if (known is not null && customer is not null)
                await MergeCustomers.MoveAsync(reception.Db, reception.Now, customer, twin, reception.Cancel);
            else
                Name(reception, refHash, twin.Id);
            customer = twin;
        }

        if (customer is null)
            return await AddAsync(reception, details, refHash);
        if (reception.Event.OccurredAt >= customer.DetailsAt)
            await DescribeAsync(reception, customer, details);
        return customer;
    }

    /// <summary>Hashes, gaps and open drafts follow what the customer is called now.</summary>
    /// <returns>False when nothing changed.</returns>
    public static async Task<bool> FollowAsync(RevOps.Core.Data.RevOpsDb db, Vault vault, Customer customer, CustomerDetails sent, CustomerDetails? own, DateTimeOffset now, CancellationToken cancel)
    {
        var hash = vault.LookupHash("details", $"{JsonSerializer.Serialize(sent)}{(own is null ? "" : JsonSerializer.Serialize(own))}");
        if (customer.DetailsHash.AsSpan().SequenceEqual(hash))
            return false;
        customer.DetailsHash = hash;
        var details = sent.With(own);
        var companyHash = CompanyHashOf(vault, details);
        var isTwin = companyHash is not null && await db.Set<Customer>().AnyAsync(row => row.CompanyHash == companyHash && row.Id != customer.Id, cancel);
        customer.CompanyHash = isTwin ? null : companyHash;
        customer.NameHash = CompanyKey.NameOf(details.LegalName) is { } name ? vault.LookupHash("customer-name", name) : null;
        customer.EmailHash = details.Email is { } email ? vault.LookupHash("customer-email", email.Trim().ToUpperInvariant()) : null;
        customer.Missing = string.Join(' ', isTwin ? [.. CustomerGap.Of(details), CustomerGap.Twin] : CustomerGap.Of(details));

        // A detail that was missing may have come: drafts are made anew with it, and say again what is missing.
        foreach (var invoice in await db.Set<Invoice>().Where(row => row.CustomerId == customer.Id).Where(Invoice.MayBeRedrafted).ToListAsync(cancel))
            DraftInvoice.Again(db, invoice, now);
        return true;
    }

    private static async Task<Customer> AddAsync(Reception reception, CustomerDetails details, byte[] refHash)
    {
        var (id, owner) = (Guid.CreateVersion7(), OwnerOf(reception, details));
        var customer = new Customer
        {
            Id = id,
            PersonId = reception.Somebody.Id,
            OwnerId = owner,
            SealedDetails = await reception.Vault.SealAsync(reception.Db, owner, id, JsonSerializer.Serialize(details), reception.Cancel),
            DetailsHash = [],
            DetailsAt = reception.Event.OccurredAt,
        };
        await FollowAsync(reception.Db, reception.Vault, customer, details, own: null, reception.Now, reception.Cancel);
        reception.Db.Add(customer);
        Name(reception, refHash, id);
        return customer;
    }

    private static async Task DescribeAsync(Reception reception, Customer customer, CustomerDetails details)
    {
        customer.DetailsAt = reception.Event.OccurredAt;
        var (before, own) = (await customer.OpenAsync(reception.Vault, reception.Cancel), await customer.OpenOwnAsync(reception.Vault, reception.Cancel));
        if (!await FollowAsync(reception.Db, reception.Vault, customer, details, own, reception.Now, reception.Cancel))
            return;
        if (before?.VatNumber != details.With(own).VatNumber)
            (customer.StripeTaxId, customer.VatStatus, customer.VatCheckedAt) = (null, null, null);
        customer.OwnerId = OwnerOf(reception, details);
        customer.SealedDetails = await reception.Vault.SealAsync(reception.Db, customer.OwnerId, customer.Id, JsonSerializer.Serialize(details), reception.Cancel);
        if (own is not null)
            customer.SealedOwn = await reception.Vault.SealAsync(reception.Db, customer.OwnerId, customer.Id, JsonSerializer.Serialize(own), reception.Cancel);
    }

    /// <summary>A company's name and address are no secret of a person's, and the law keeps them on invoices; a consumer's are their own.</summary>
    private static Guid OwnerOf(Reception reception, CustomerDetails details) => details.IsBusiness == false ? reception.Somebody.Id : DataKey.Company;

    private static void Name(Reception reception, byte[] refHash, Guid customerId) =>
        reception.Db.Add(new CustomerRef { Id = Guid.CreateVersion7(), RefHash = refHash, CustomerId = customerId });

    private static byte[] RefHashOf(Vault vault, string name) => vault.LookupHash("customer", name.Trim());

    private static byte[]? CompanyHashOf(Vault vault, CustomerDetails details) => CompanyKey.Of(details) is { } key ? vault.LookupHash("company", key) : null;
}
