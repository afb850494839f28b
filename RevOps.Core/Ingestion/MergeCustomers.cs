using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Makes one customer of two: names, sales, drafts, prices and rules go over; what was issued stays at Stripe where it is.</summary>
internal static class MergeCustomers
{
    /// <summary>Moves everything, says anew what the kept one lacks, and writes both down. The caller saves what follows.</summary>
    /// <param name="reception">Holds both.</param>
    /// <param name="gone">Stands for the other from here on.</param>
    /// <param name="kept">Takes all over.</param>
    /// <param name="actor">Who merges them.</param>
    /// <returns>The one that is kept.</returns>
    public static async Task<Customer> MergeAsync(Reception reception, Customer gone, Customer kept, string actor)
    {
        var (db, vault, cancel, number) = (reception.Db, reception.Vault, reception.Cancel, gone.CompanyHash);
        var moved = await MoveAsync(db, reception.Now, gone, kept, cancel);

        // What follows asks the database who has which number and which drafts.
        await db.SaveChangesAsync(cancel);
        if (await kept.OpenAsync(vault, cancel) is { } details)
            await CustomerRecorded.ReckonAsync(db, vault, kept, details, cancel);
        await CustomerRecorded.LetTwinStandAsync(db, vault, number, reception.Now, cancel);
        await db.SaveChangesAsync(cancel);
        await CustomerRecorded.AssessDraftsAsync(db, vault, kept.Id, reception.Now, cancel);

        var audit = reception.Services.Audit;
        await audit.WriteAsync(db, new(actor, "customer.merged", nameof(Customer), gone.Id.ToString()) { After = new { Into = kept.Id, moved.Refs, moved.Bookings, moved.Drafts, moved.Issued } }, cancel);
        await audit.WriteAsync(db, new(actor, "customer.tookOver", nameof(Customer), kept.Id.ToString()) { After = new { From = gone.Id, moved.Refs, moved.Bookings, moved.Drafts, moved.Issued } }, cancel);
        return kept;
    }

    private static async Task<Moved> MoveAsync(RevOpsDb db, DateTimeOffset now, Customer gone, Customer kept, CancellationToken cancel)
    {
        (gone.MergedIntoId, gone.CompanyHash, gone.NameHash, gone.EmailHash, gone.Missing) = (kept.Id, null, null, null, "");
        foreach (var earlier in await db.Set<Customer>().Where(row => row.MergedIntoId == gone.Id).ToListAsync(cancel))
            earlier.MergedIntoId = kept.Id;
        var refs = await db.Set<CustomerRef>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel);
        refs.ForEach(name => name.CustomerId = kept.Id);
        var bookings = await db.Set<Booking>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel);
        bookings.ForEach(booking => booking.CustomerId = kept.Id);
        var invoices = await db.Set<Invoice>().Where(row => row.CustomerId == gone.Id).ToListAsync(cancel);
        foreach (var invoice in invoices)
        {
            invoice.CustomerId = kept.Id;
            if (invoice.IsDraft && !invoice.ProblemList.Contains(ReviewProblem.SaleConflict))
                DraftInvoice.Again(db, invoice, now);
        }

        await MovePricesAsync(db, gone, kept, cancel);
        await MoveRulesAsync(db, gone, kept, cancel);
        await MoveApartAsync(db, gone, kept, cancel);
        return new(refs.Count, bookings.Count, invoices.Count(invoice => invoice.IsDraft), invoices.Count(invoice => invoice.IsIssued));
    }

    /// <summary>A price that both have on one day stays the kept customer's.</summary>
    private static async Task MovePricesAsync(RevOpsDb db, Customer gone, Customer kept, CancellationToken cancel)
    {
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

    /// <summary>A rule of approval that the kept customer has in the same currency stays.</summary>
    private static async Task MoveRulesAsync(RevOpsDb db, Customer gone, Customer kept, CancellationToken cancel)
    {
        var rules = await db.Set<ApprovalRule>().Where(row => row.CustomerId == gone.Id || row.CustomerId == kept.Id).ToListAsync(cancel);
        foreach (var rule in rules.Where(row => row.CustomerId == gone.Id))
        {
            db.Remove(rule);
            if (!rules.Exists(other => other.CustomerId == kept.Id && other.Currency == rule.Currency))
            {
                db.Add(new ApprovalRule
                {
                    Id = Guid.CreateVersion7(), CustomerId = kept.Id, Currency = rule.Currency, FourEyesFromMinor = rule.FourEyesFromMinor, AutoUpToMinor = rule.AutoUpToMinor,
                    CleanInvoices = rule.CleanInvoices, UserId = rule.UserId, RecordedAt = rule.RecordedAt,
                });
            }
        }
    }

    /// <summary>Whoever was not the one that is gone is not the kept one either.</summary>
    private static async Task MoveApartAsync(RevOpsDb db, Customer gone, Customer kept, CancellationToken cancel)
    {
        var apart = await db.Set<CustomersApart>().AsNoTracking().Where(row => row.OneId == gone.Id || row.OtherId == gone.Id || row.OneId == kept.Id || row.OtherId == kept.Id).ToListAsync(cancel);
        foreach (var row in apart.Where(row => row.Names(gone.Id)))
        {
            var third = row.OneId == gone.Id ? row.OtherId : row.OneId;
            if (third != kept.Id && !apart.Exists(other => other.Names(kept.Id) && other.Names(third)))
                db.Add(CustomersApart.Of(kept.Id, third, row.UserId, row.OccurredAt));
        }
    }

    private static bool IsOfOneDay(PriceVersion one, PriceVersion other) => one.ServiceId == other.ServiceId && one.Currency == other.Currency && one.ValidFrom == other.ValidFrom;

    private sealed record Moved(int Refs, int Bookings, int Drafts, int Issued);
}
