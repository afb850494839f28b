using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>
/// The customer of a sale: one per company by its SIREN or VAT number, else by the sender's ref; described by the newest event, and by
/// Finance where it entered something of its own.
/// </summary>
internal static class CustomerRecorded
{
    public static async Task<Customer> UpsertAsync(Reception reception, CustomerDetails details)
    {
        var refHash = reception.Vault.LookupHash("customer", details.Ref.Trim());
        var known = await KnownAsync(reception, refHash);

        // What is older than what is known says nothing of which company it is now.
        if (known is not null && reception.Event.OccurredAt < known.DetailsAt)
            return known;

        var own = known is null ? null : await known.OpenOwnAsync(reception.Vault, reception.Cancel);
        var twin = await TwinOfAsync(reception.Db, reception.Vault, known?.Id, details.With(own), reception.Cancel);
        if (known is null && twin is null)
            return await AddAsync(reception, details, refHash);
        if (known is null)
            Name(reception, refHash, twin!.Id);
        var customer = known is null ? twin! : twin is null ? known : await JoinAsync(reception, known, twin);
        if (reception.Event.OccurredAt >= customer.DetailsAt)
            await TakeOverAsync(reception, customer, details);
        return customer;
    }

    /// <summary>What a customer is called from now on: hashes, gaps, the check of the VAT number and open drafts follow.</summary>
    /// <param name="db">Whoever calls saves.</param>
    /// <param name="vault">Seals both.</param>
    /// <param name="customer">Known already.</param>
    /// <param name="sent">As the sender describes it.</param>
    /// <param name="own">As Finance entered it; null: nothing.</param>
    /// <param name="now">On the business clock.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task DescribeAsync(RevOpsDb db, Vault vault, Customer customer, CustomerDetails sent, CustomerDetails? own, DateTimeOffset now, CancellationToken cancel)
    {
        var (before, companyBefore, details) = (await customer.OpenAsync(vault, cancel), customer.CompanyHash, sent.With(own));
        if (!await FollowAsync(db, vault, customer, sent, own, now, cancel))
            return;
        if (TidyVat(before) != TidyVat(details))
            (customer.StripeTaxId, customer.VatStatus, customer.VatCheckedAt) = (null, null, null);

        customer.OwnerId = OwnerOf(customer, details);
        customer.SealedDetails = await vault.SealAsync(db, customer.OwnerId, customer.Id, JsonSerializer.Serialize(sent), cancel);
        customer.SealedOwn = own is null ? null : await vault.SealAsync(db, customer.OwnerId, customer.Id, JsonSerializer.Serialize(own), cancel);
        if (companyBefore is not null && !companyBefore.AsSpan().SequenceEqual(customer.CompanyHash))
            await LetTwinStandAsync(db, vault, companyBefore, now, cancel);
    }

    /// <summary>What it is found by, and what it lacks. A company's number can be held by one customer: the second waits to be merged.</summary>
    public static async Task ReckonAsync(RevOpsDb db, Vault vault, Customer customer, CustomerDetails details, CancellationToken cancel)
    {
        var twin = await TwinOfAsync(db, vault, customer.Id, details, cancel);
        customer.CompanyHash = twin is null ? HashOf(vault, details) : null;
        customer.NameHash = CompanyKey.NameOf(details.LegalName) is { } name ? vault.LookupHash(CompanyKey.NameKind, name) : null;
        customer.EmailHash = details.Email is { } email ? vault.LookupHash(CompanyKey.EmailKind, CompanyKey.EmailOf(email)) : null;
        customer.Missing = string.Join(' ', twin is null ? CustomerGap.Of(details) : [.. CustomerGap.Of(details), CustomerGap.Twin]);
    }

    /// <summary>A number that nobody holds any more goes to the first who waited for it, whose drafts are then looked at again.</summary>
    public static async Task LetTwinStandAsync(RevOpsDb db, Vault vault, byte[]? number, DateTimeOffset now, CancellationToken cancel)
    {
        if (number is null)
            return;

        // The database is asked who holds it.
        await db.SaveChangesAsync(cancel);
        if (await db.Set<Customer>().AnyAsync(row => row.CompanyHash == number, cancel))
            return;
        foreach (var waiting in await db.Set<Customer>().Where(row => row.MergedIntoId == null && row.Missing.Contains(CustomerGap.Twin)).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            if (await waiting.OpenAsync(vault, cancel) is not { } details || HashOf(vault, details)?.AsSpan().SequenceEqual(number) != true)
                continue;
            await ReckonAsync(db, vault, waiting, details, cancel);
            await db.SaveChangesAsync(cancel);
            await AssessDraftsAsync(db, vault, waiting.Id, now, cancel);
            return;
        }
    }

    /// <summary>Says anew what stands in the way of the drafts of a customer.</summary>
    public static async Task AssessDraftsAsync(RevOpsDb db, Vault vault, Guid customerId, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var id in await db.Set<Invoice>().Where(row => row.CustomerId == customerId && row.Status == InvoiceStatus.ReadyForReview).Select(row => row.Id).ToListAsync(cancel))
            await AssessAgain.AssessAsync(db, vault, id, now, cancel);
    }

    /// <summary>The other customer that has the number of this company; null: it is nobody's, or none is known.</summary>
    public static async Task<Customer?> TwinOfAsync(RevOpsDb db, Vault vault, Guid? customerId, CustomerDetails details, CancellationToken cancel) =>
        HashOf(vault, details) is { } hash ? await db.Set<Customer>().SingleOrDefaultAsync(row => row.CompanyHash == hash && row.Id != customerId, cancel) : null;

    private static async Task<Customer?> KnownAsync(Reception reception, byte[] refHash)
    {
        var known = await reception.Db.Set<CustomerRef>().SingleOrDefaultAsync(row => row.RefHash == refHash, reception.Cancel);
        return known is null ? null : await reception.Db.Set<Customer>().SingleAsync(row => row.Id == known.CustomerId, reception.Cancel);
    }

    /// <summary>Two customers that turn out to be one company become one, unless each of them is at Stripe already: then somebody has to say which stays.</summary>
    private static async Task<Customer> JoinAsync(Reception reception, Customer known, Customer twin)
    {
        if (!await IsAtStripeAsync(reception.Db, known, reception.Cancel))
            return await MergeCustomers.MergeAsync(reception, known, twin, AuditTrail.System);
        if (!await IsAtStripeAsync(reception.Db, twin, reception.Cancel))
            return await MergeCustomers.MergeAsync(reception, twin, known, AuditTrail.System);
        return known;
    }

    /// <summary>A call that was begun counts: its answer may be on its way.</summary>
    private static async Task<bool> IsAtStripeAsync(RevOpsDb db, Customer customer, CancellationToken cancel) =>
        customer.StripeCustomerId is not null || await db.Set<OutsideEffect>().AnyAsync(effect => effect.SubjectId == customer.Id, cancel);

    private static async Task TakeOverAsync(Reception reception, Customer customer, CustomerDetails details)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        customer.DetailsAt = reception.Event.OccurredAt;

        // Erased, and here again as somebody new.
        if (await customer.OpenSentAsync(vault, cancel) is null)
            (customer.PersonId, customer.SealedOwn) = (reception.Somebody.Id, null);
        await DescribeAsync(db, vault, customer, details, await customer.OpenOwnAsync(vault, cancel), reception.Now, cancel);
    }

    private static async Task<Customer> AddAsync(Reception reception, CustomerDetails details, byte[] refHash)
    {
        var (id, owner) = (Guid.CreateVersion7(), details.IsBusiness == false ? reception.Somebody.Id : DataKey.Company);
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

    /// <returns>False when nothing changed.</returns>
    private static async Task<bool> FollowAsync(RevOpsDb db, Vault vault, Customer customer, CustomerDetails sent, CustomerDetails? own, DateTimeOffset now, CancellationToken cancel)
    {
        // Under which of its names a sender knows it changes nothing of what it is.
        var hash = vault.LookupHash("details", $"{JsonSerializer.Serialize(sent with { Ref = "" })}{(own is null ? "" : JsonSerializer.Serialize(own))}");
        if (customer.DetailsHash.AsSpan().SequenceEqual(hash))
            return false;
        customer.DetailsHash = hash;
        await ReckonAsync(db, vault, customer, sent.With(own), cancel);

        // A detail that was missing may have come: drafts are made anew with it, and say again what is missing.
        foreach (var invoice in await db.Set<Invoice>().Where(row => row.CustomerId == customer.Id).Where(Invoice.MayBeRedrafted).ToListAsync(cancel))
        {
            if (!invoice.ProblemList.Contains(ReviewProblem.SaleConflict))
                DraftInvoice.Again(db, invoice, now);
        }

        return true;
    }

    /// <summary>A company's name and address are no secret of a person's, and the law keeps them on invoices; a consumer's stay under the key of the person who first booked.</summary>
    private static Guid OwnerOf(Customer customer, CustomerDetails details) => details.IsBusiness == false ? customer.PersonId : DataKey.Company;

    private static void Name(Reception reception, byte[] refHash, Guid customerId) =>
        reception.Db.Add(new CustomerRef { Id = Guid.CreateVersion7(), RefHash = refHash, CustomerId = customerId });

    private static string? TidyVat(CustomerDetails? details) => details?.VatNumber is { } vat ? VatNumber.Tidy(vat) : null;

    private static byte[]? HashOf(Vault vault, CustomerDetails details) => CompanyKey.Of(details) is { } key ? vault.LookupHash(CompanyKey.NumberKind, key) : null;
}
