using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;

namespace RevOps.Core.Ingestion;

/// <summary>Makes one customer of two: names, sales, drafts and prices go over; what was issued stays at Stripe where it is.</summary>
internal static class MergeCustomers
{
    /// <summary>The caller saves.</summary>
    /// <param name="db">Holds both.</param>
    /// <param name="now">On the business clock.</param>
    /// <param name="gone">Stands for the other from here on.</param>
    /// <param name="kept">Takes all over.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task MoveAsync(RevOpsDb db, DateTimeOffset now, Customer gone, Customer kept, CancellationToken cancel)
    {
        (gone.MergedIntoId, gone.CompanyHash, gone.NameHash, gone.EmailHash, gone.Missing) = (kept.Id, null, null, null, "");
        foreach (var earlier in await db.Set<Customer>().Where(row => row.MergedIntoId == gone.Id).ToListAsync(cancel))
            earlier.MergedIntoId = kept.Id;
        foreach (var name in await db.Set<CustomerRef>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel))
            name.CustomerId = kept.Id;
        foreach (var booking in await db.Set<Booking>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel))
            booking.CustomerId = kept.Id;
        foreach (var invoice in await db.Set<Invoice>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel))
        {
            invoice.CustomerId = kept.Id;
            if (invoice.IsDraft)
                DraftInvoice.Again(db, invoice, now);
        }

        await MoveRulesAsync(db, gone, kept, cancel);

        // A price that both have on one day stays the kept customer's.
        var prices = await db.Set<PriceVersion>().AsNoTracking().Where(row => row.CustomerId == gone.Id || row.CustomerId == kept.Id).ToListAsync(cancel);
        foreach (var price in prices.Where(row => row.CustomerId == gone.Id && !prices.Exists(other => other.CustomerId == kept.Id && IsOfOneDay(other, row))))
        {
            db.Add(new PriceVersion
            {
                Id = Guid.CreateVersion7(), ServiceId = price.ServiceId, CustomerId = kept.Id, Currency = price.Currency, UnitAmount = price.UnitAmount, TaxInclusive = price.TaxInclusive,
                ValidFrom = price.ValidFrom, ValidUntil = price.ValidUntil, UserId = price.UserId, RecordedAt = price.RecordedAt,
            });
        }
    }

    /// <summary>What two people had to approve still takes two; where both have a rule of a currency the kept customer's stays.</summary>
    private static async Task MoveRulesAsync(RevOpsDb db, Customer gone, Customer kept, CancellationToken cancel)
    {
        var taken = await db.Set<ApprovalRule>().Where(row => row.CustomerId == kept.Id).Select(row => row.Currency).ToListAsync(cancel);
        foreach (var rule in await db.Set<ApprovalRule>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel))
        {
            db.Remove(rule);
            if (!taken.Contains(rule.Currency))
                db.Add(new ApprovalRule { Id = Guid.CreateVersion7(), CustomerId = kept.Id, Currency = rule.Currency, FourEyesFromMinor = rule.FourEyesFromMinor, AutoUpToMinor = rule.AutoUpToMinor, CleanInvoices = rule.CleanInvoices, UserId = rule.UserId, RecordedAt = rule.RecordedAt });
        }
    }

    private static bool IsOfOneDay(PriceVersion one, PriceVersion other) => one.ServiceId == other.ServiceId && one.Currency == other.Currency && one.ValidFrom == other.ValidFrom;
}
