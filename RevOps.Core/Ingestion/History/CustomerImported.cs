using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.History;

/// <summary>A customer whom another program made in the same Stripe account, read from its history.</summary>
public sealed record CustomerImported(string StripeCustomerId, CustomerDetails Details) : IncomingEvent
{
    public const string Type = "revops.internal.customer_imported";

    public override Contact? Contact => ContactOf(Details);

    public override bool IsHistory => true;

    public static CustomerImported Of(StripeCustomer theirs) =>
        new(theirs.Id, DetailsOf(theirs.Id, theirs.Name, theirs.Email, theirs.Phone, theirs.Address, theirs.TaxIds?.Data.Select(number => new StripeTaxNumber(number.Type, number.Value))));

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var customer = await CustomerRecorded.UpsertAsync(reception, Details);

        await PlaceAsync(reception, customer, StripeCustomerId);
        return EventFate.Applied;
    }

    /// <summary>Where it stands at Stripe. One that is there already, in the same mode, keeps its place: two of one company are listed for Finance.</summary>
    internal static async Task PlaceAsync(Reception reception, Customer customer, string stripeCustomerId)
    {
        var isPlaced = customer.StripeCustomerId is not null && customer.StripeMode == reception.Event.Mode;
        if (!isPlaced && !await reception.Db.Set<Customer>().AnyAsync(row => row.StripeCustomerId == stripeCustomerId, reception.Cancel))
            (customer.StripeCustomerId, customer.StripeMode, customer.StripeDetailsHash, customer.StripeTaxId) = (stripeCustomerId, reception.Event.Mode, null, null);
    }

    public override IEnumerable<string> WouldDo() => ["Record a customer of Stripe's history"];

    internal static Contact ContactOf(CustomerDetails details) => Sale.ContactOf(details);

    internal static CustomerDetails DetailsOf(string id, string? name, string? email, string? phone, StripeAddress? address, IEnumerable<StripeTaxNumber>? numbers)
    {
        var vat = numbers?.FirstOrDefault(number => number is { Type: "eu_vat", Value.Length: > 0 })?.Value;
        return new()
        {
            Ref = StripeCustomers.RefOf(id),
            LegalName = name,
            Email = email,
            Phone = phone,
            VatNumber = vat,
            Address = address is { Line1: null, City: null, Country: null } or null ? null
                : new() { Line1 = address.Line1, Line2 = address.Line2, PostalCode = address.PostalCode, City = address.City, Country = address.Country?.ToUpperInvariant() },

            // Without a number nothing says which it is.
            IsBusiness = vat is null ? null : true,
        };
    }

    /// <summary>Who is known to be that customer of Stripe's; null: nobody yet.</summary>
    internal static async Task<Customer?> FindAsync(Reception reception, string stripeCustomerId)
    {
        var (db, hash) = (reception.Db, reception.Vault.LookupHash("customer", StripeCustomers.RefOf(stripeCustomerId)));
        var found = await db.Set<Customer>().SingleOrDefaultAsync(row => row.StripeCustomerId == stripeCustomerId, reception.Cancel);
        if (found is null && await db.Set<CustomerRef>().SingleOrDefaultAsync(row => row.RefHash == hash, reception.Cancel) is { } known)
            found = await db.Set<Customer>().SingleAsync(row => row.Id == known.CustomerId, reception.Cancel);
        return found is { MergedIntoId: { } kept } ? await db.Set<Customer>().SingleAsync(row => row.Id == kept, reception.Cancel) : found;
    }
}
