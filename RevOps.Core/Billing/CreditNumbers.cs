using System.Globalization;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>The legal numbers of credit notes: one series per year and mode, without gaps (CGI annexe II, 242 nonies A, I-7°).</summary>
public static class CreditNumbers
{
    public const string Prefix = "AV";

    /// <summary>Takes the next number: it is used by the same SaveChanges that stores it, or by nobody.</summary>
    /// <param name="db">The caller saves what it numbers with it.</param>
    /// <param name="mode">Modes never share a series.</param>
    /// <param name="day">Day of issue in the company's zone.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<string> TakeAsync(RevOpsDb db, Mode mode, DateOnly day, CancellationToken cancel)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"credit/{mode}/{day.Year}");
        var series = await db.Set<NumberSeries>().FindAsync([id], cancel);
        if (series is null)
        {
            series = new() { Id = id };
            db.Add(series);
        }

        series.Last++;
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{day.Year}-{series.Last:0000}");
    }
}
