using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution.Results;

/// <summary>What was paid for each sale of a mode, as of now: refunds and late payments are in it from the moment they are known.</summary>
internal sealed class PaidBook
{
    private PaidBook(IReadOnlyDictionary<Guid, PaidSale> sales, long fingerprint) => (Sales, Fingerprint) = (sales, fingerprint);

    /// <summary>By invoice.</summary>
    public IReadOnlyDictionary<Guid, PaidSale> Sales { get; }

    /// <summary>Two readings with the same one say the same.</summary>
    public long Fingerprint { get; }

    public static PaidBook Of(IEnumerable<PaidSale> sales)
    {
        var (byInvoice, fingerprint) = (new Dictionary<Guid, PaidSale>(), 0L);
        foreach (var sale in sales)
        {
            byInvoice.Add(sale.InvoiceId, sale);

            // Added up, since rows come in any order.
            foreach (var (ticks, minor) in sale.Payments)
                fingerprint = unchecked(fingerprint + (((long)HashCode.Combine(sale.InvoiceId, sale.PersonId, sale.SoldAt, sale.Erased, sale.Measured) << 32) ^ (uint)HashCode.Combine(sale.Currency, ticks, minor, sale.InvoiceId)));
        }

        return new(byInvoice, fingerprint);
    }

    public static async Task<PaidBook> ReadAsync(RevOpsDb db, Mode mode, CancellationToken cancel)
    {
        var rows = await (from payment in db.Set<Payment>()
                          join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
                          join buyer in db.Set<Person>() on invoice.PersonId equals buyer.Id into buyers
                          from buyer in buyers.DefaultIfEmpty()
                          join stands in db.Set<Person>() on buyer.CanonicalId equals stands.Id into all
                          from stands in all.DefaultIfEmpty()
                          where payment.Mode == mode
                          select new
                          {
                              payment.InvoiceId,
                              invoice.PersonId,
                              Canonical = (Guid?)stands.Id,
                              stands.Measurement,
                              stands.Country,
                              Erased = stands.ErasedAt != null,
                              SoldAt = invoice.OccurredAt,
                              payment.Currency,
                              payment.OccurredAt,
                              payment.AmountMinor,
                          }).ToListAsync(cancel);
        var sales = new Dictionary<Guid, PaidSale>();
        foreach (var row in rows)
        {
            if (!sales.TryGetValue(row.InvoiceId, out var sale))
                sales[row.InvoiceId] = sale = new(row.InvoiceId, row.Canonical ?? row.PersonId, row.Erased, row.SoldAt.UtcTicks, new ConsentState(row.Measurement, null, null, row.Country).Measurement == ConsentAnswer.Granted, row.Currency);
            sale.Payments.Add((row.OccurredAt.UtcTicks, row.AmountMinor));
        }

        return Of(sales.Values);
    }
}

/// <param name="InvoiceId">Its own.</param>
/// <param name="PersonId">Whoever stands for the buyer now.</param>
/// <param name="Erased">They were forgotten: nothing of theirs is joined any more.</param>
/// <param name="SoldAt">Ticks of the sale: its journey ends there.</param>
/// <param name="Measured">Touches may be joined to the buyer now.</param>
/// <param name="Currency">Of all its payments.</param>
internal sealed record PaidSale(Guid InvoiceId, Guid PersonId, bool Erased, long SoldAt, bool Measured, string Currency)
{
    /// <summary>When, and how much; negative where it went back.</summary>
    public List<(long Ticks, long Minor)> Payments { get; } = [];

    public bool SaysTheSame(PaidSale? other) => other is not null && PersonId == other.PersonId && Erased == other.Erased && SoldAt == other.SoldAt && Measured == other.Measured && Currency == other.Currency
        && Payments.Count == other.Payments.Count && Payments.Order().SequenceEqual(other.Payments.Order());

    public long PaidMinor => Payments.Sum(payment => payment.Minor);

    /// <summary>
    /// The payment that made it a paid sale lies in the period, and something of it is paid at its end: a sale that is paid in parts is one conversion,
    /// in the period of its first part, and money in each. Of one that went back and came again it is the part that came again, so that no two
    /// periods count it.
    /// </summary>
    public bool IsFirstPaidWithin(long first, long end) => BecamePaidAt() is { } at && at >= first && at < end && PaidUntil(end) > 0;

    /// <summary>When something of it was paid after nothing was, the last time.</summary>
    private long? BecamePaidAt()
    {
        if (Payments.Count == 1)
            return Payments[0].Minor > 0 ? Payments[0].Ticks : null;
        var (sum, at) = (0L, default(long?));
        foreach (var instant in Payments.GroupBy(payment => payment.Ticks).OrderBy(group => group.Key))
        {
            var before = sum;
            sum += instant.Sum(payment => payment.Minor);
            if (before <= 0 && sum > 0)
                at = instant.Key;
        }

        return at;
    }

    private long PaidUntil(long end) => Payments.Where(payment => payment.Ticks < end).Sum(payment => payment.Minor);

    /// <summary>Paid from one instant to another, the second left out; null: nothing moved.</summary>
    public long? Within(long first, long end)
    {
        long? sum = null;
        foreach (var (ticks, minor) in Payments)
        {
            if (ticks >= first && ticks < end)
                sum = (sum ?? 0) + minor;
        }

        return sum;
    }
}
