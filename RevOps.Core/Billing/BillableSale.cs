using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Everything that a draft is made of, in clear.</summary>
public sealed record BillableSale(Invoice Invoice, Booking Booking, BookingContent Content, Customer Customer, CustomerDetails Details, CompanyVersion Company)
{
    /// <summary>Loads it into the context; null when its person was erased.</summary>
    /// <exception cref="InvalidOperationException">No such invoice.</exception>
    public static async Task<BillableSale?> LoadAsync(RevOpsDb db, Vault vault, Guid invoiceId, CancellationToken cancel)
    {
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId, cancel);
        var booking = await db.Set<Booking>().SingleAsync(row => row.Id == invoice.BookingId, cancel);
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == invoice.CustomerId, cancel);
        var company = await db.Set<CompanyVersion>().SingleAsync(row => row.Id == invoice.CompanyVersionId, cancel);

        var content = await vault.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, cancel);
        var details = await vault.OpenAsync(customer.OwnerId, customer.Id, customer.SealedDetails, cancel);
        return content is null || details is null
            ? null
            : new(invoice, booking, JsonSerializer.Deserialize<BookingContent>(content)!, customer, JsonSerializer.Deserialize<CustomerDetails>(details)!, company);
    }

    /// <summary>Tax per line, totals per EN 16931, and what is missing before it may be approved.</summary>
    public Assessment Assess()
    {
        var buyer = new TaxParty(Details.Address?.Country, Details.IsBusiness, Details.VatNumber, Customer.VatStatus == VatStatus.Verified);
        var suppliedOn = Content.ServiceDate ?? Company.DayOf(Content.SlotStart ?? Booking.OccurredAt);
        var decisions = Content.Lines.Select(line => TaxRule.Decide(Company.Country, buyer, line.TaxRateBasisPoints, suppliedOn)).ToList();
        var amounts = Content.Lines.Zip(decisions, (line, tax) => new TaxedAmount(line.Amount(Content.Currency), tax.Category, tax.RateBasisPoints)).ToList();
        var problems = decisions.Select(decision => decision.Problem).Concat(Missing()).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new(InvoiceTotals.Of(Content.Currency, amounts, Content.TaxInclusive), decisions, problems);
    }

    private IEnumerable<string?> Missing()
    {
        var french = string.Equals(Details.Address?.Country, "FR", StringComparison.OrdinalIgnoreCase);
        yield return Details.LegalName is null ? ReviewProblem.LegalNameMissing : null;
        yield return Details.Email is null ? ReviewProblem.EmailMissing : null;
        yield return Details.Address is { Line1: not null, PostalCode: not null, City: not null } ? null : ReviewProblem.AddressMissing;
        yield return Details.IsBusiness is null ? ReviewProblem.KindMissing : null;
        yield return Details.IsBusiness == true && french && Details.Siren is null ? ReviewProblem.SirenMissing : null;
        yield return Content.Lines.Any(line => line.Description.Length == 0) ? ReviewProblem.DescriptionMissing : null;
        yield return Company is { LegalName.Length: > 0, Siren: not null, AddressLine1: not null, City: not null } ? null : ReviewProblem.CompanyIncomplete;
    }
}

/// <summary>What the rules make of a sale.</summary>
public sealed record Assessment(InvoiceTotals Totals, IReadOnlyList<TaxDecision> Taxes, IReadOnlyList<string> Problems);

/// <summary>Of a VAT number, as Stripe reports its check against VIES.</summary>
public static class VatStatus
{
    public const string Pending = "pending";
    public const string Verified = "verified";
    public const string Unverified = "unverified";
}
