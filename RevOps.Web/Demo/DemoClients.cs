using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;

namespace RevOps.Web.Demo;

/// <summary>The demo's clients, each with a habit: early, on the day, late, or never.</summary>
public sealed class DemoClients(IDbContextFactory<RevOpsDb> databases, DemoWorld world)
{
    private const int NeverPays = 11;

    /// <summary>Days from issue to payment of a sale, by its number; null for the one that is never paid.</summary>
    public static int? DaysToPay(int sale) => sale == NeverPays ? null : (sale % 10) switch
    {
        < 5 => 4 + sale * 7 % 19,
        < 7 => 28 + sale % 4,
        7 => 41 + sale * 5 % 17,
        _ => 12 + sale * 3 % 16,
    };

    /// <summary>Some pay past Stripe, to the company's own account.</summary>
    public static bool PaysAtBank(int sale) => sale % 10 == 8;

    /// <summary>Everybody whose day has come pays on the page of their invoice; how many they were.</summary>
    public async Task<int> PayAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await (from invoice in db.Set<Invoice>().AsNoTracking()
                          join booking in db.Set<Booking>() on (Guid?)invoice.Id equals booking.InvoiceId
                          where invoice.Status == InvoiceStatus.Open && invoice.SentAt != null && invoice.HostedUrl != null && invoice.Correction == InvoiceCorrection.None
                          orderby invoice.IssuedAt
                          select new { invoice.IssuedAt, invoice.HostedUrl, booking.BookingId }).ToListAsync(cancel);
        var paid = 0;
        foreach (var invoice in open)
        {
            if (SaleOf(invoice.BookingId) is not { } sale || PaysAtBank(sale) || DaysToPay(sale) is not { } days || invoice.IssuedAt!.Value.AddDays(days) > now)
                continue;
            await world.PayAsync(invoice.HostedUrl!, byCard: sale % 3 == 0, cancel);
            paid++;
        }

        return paid;
    }

    public static int? SaleOf(string? bookingId) =>
        bookingId?.StartsWith(Deal.Prefix, StringComparison.Ordinal) is true && int.TryParse(bookingId[Deal.Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : null;
}
