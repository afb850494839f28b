using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

public enum Completeness
{
    All = 0,
    Complete = 1,
    Incomplete = 2,
}

/// <summary>Where the check of a VAT number stands, as people ask for it.</summary>
public enum VatCheck
{
    All = 0,
    Verified = 1,
    Pending = 2,

    /// <summary>VIES does not know it, or could not be asked.</summary>
    Unverified = 3,

    /// <summary>None was asked: there is no number, or none that VIES knows.</summary>
    None = 4,
}

public enum CustomerSort
{
    LastSale = 0,
    Invoices = 1,

    /// <summary>By what is owed in the company's currency.</summary>
    Owed = 2,

    Complete = 3,
}

/// <summary>What a list of customers shows, and in which order; carried out by the database.</summary>
public sealed record CustomerFilter
{
    public Completeness Completeness { get; init; }
    public VatCheck Vat { get; init; }

    /// <summary>A whole ref, e-mail address, legal name, SIREN, VAT number or Stripe id: names are sealed, and found by their hash.</summary>
    public string? Text { get; init; }

    public CustomerSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<Customer> Apply(IQueryable<Customer> customers)
    {
        var found = Completeness switch
        {
            Completeness.Complete => customers.Where(customer => customer.Missing == ""),
            Completeness.Incomplete => customers.Where(customer => customer.Missing != ""),
            _ => customers,
        };
        return Vat switch
        {
            VatCheck.Verified => found.Where(customer => customer.VatStatus == VatStatus.Verified),
            VatCheck.Pending => found.Where(customer => customer.VatStatus == VatStatus.Pending),
            VatCheck.Unverified => found.Where(customer => customer.VatStatus != null && customer.VatStatus != VatStatus.Verified && customer.VatStatus != VatStatus.Pending),
            VatCheck.None => found.Where(customer => customer.VatStatus == null),
            _ => found,
        };
    }

    /// <summary>Ids in the order asked for: what has no such value stands last in both directions, and ties go by id.</summary>
    internal IQueryable<Guid> Sorted(RevOpsDb db, IQueryable<Customer> found, Mode mode, string currency) => Sort switch
    {
        CustomerSort.Complete when Ascending => found.OrderByDescending(customer => customer.Missing.Length).ThenBy(customer => customer.Id).Select(customer => customer.Id),
        CustomerSort.Complete => found.OrderBy(customer => customer.Missing.Length).ThenBy(customer => customer.Id).Select(customer => customer.Id),
        CustomerSort.Invoices => ByValue(found, db.Set<Invoice>().Where(invoice => invoice.Mode == mode).GroupBy(invoice => invoice.CustomerId)
            .Select(group => new Ranked { Id = group.Key, Value = group.LongCount() })),
        CustomerSort.Owed => ByValue(found, db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.Currency == currency).GroupBy(invoice => invoice.CustomerId)
            .Select(group => new Ranked { Id = group.Key, Value = group.AsQueryable().Sum(Invoice.OwedMinor) })),
        _ => ByDay(db, found, mode),
    };

    private IQueryable<Guid> ByValue(IQueryable<Customer> found, IQueryable<Ranked> ranks)
    {
        var rows = from customer in found
                   join rank in ranks on customer.Id equals rank.Id into ranked
                   from rank in ranked.DefaultIfEmpty()
                   select new { customer.Id, rank.Value };
        return (Ascending ? rows.OrderBy(row => row.Value == null).ThenBy(row => row.Value) : rows.OrderBy(row => row.Value == null).ThenByDescending(row => row.Value)).ThenBy(row => row.Id).Select(row => row.Id);
    }

    private IQueryable<Guid> ByDay(RevOpsDb db, IQueryable<Customer> found, Mode mode)
    {
        var sales = db.Set<Booking>().Where(booking => booking.Mode == mode).GroupBy(booking => booking.CustomerId).Select(group => new { Id = group.Key, At = group.Max(booking => (DateTimeOffset?)booking.OccurredAt) });
        var rows = from customer in found
                   join sale in sales on customer.Id equals sale.Id into last
                   from sale in last.DefaultIfEmpty()
                   select new { customer.Id, sale.At };
        return (Ascending ? rows.OrderBy(row => row.At == null).ThenBy(row => row.At) : rows.OrderBy(row => row.At == null).ThenByDescending(row => row.At)).ThenBy(row => row.Id).Select(row => row.Id);
    }

    private sealed class Ranked
    {
        public Guid Id { get; init; }
        public long? Value { get; init; }
    }
}
