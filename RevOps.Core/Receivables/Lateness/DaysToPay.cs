using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>An invoice of which nothing is owed any more; those given together have one currency and one mode.</summary>
/// <param name="SettledOn">The day of the last payment: what is paid in parts is paid on that day.</param>
public sealed record SettledInvoice(Guid CustomerId, DateOnly IssuedOn, DateOnly DueOn, DateOnly SettledOn, long GrossMinor)
{
    public int FromIssue => SettledOn.DayNumber - IssuedOn.DayNumber;

    /// <summary>Negative where it was paid before it was due.</summary>
    public int FromDue => SettledOn.DayNumber - DueOn.DayNumber;
}

/// <summary>How far from the due date an invoice was paid.</summary>
public enum PaidBucket
{
    /// <summary>Eight days and more before it was due.</summary>
    Early = 0,

    /// <summary>One to seven days before.</summary>
    JustBefore = 1,

    OnTheDay = 2,
    UpTo7 = 3,
    UpTo15 = 4,
    UpTo30 = 5,
    UpTo60 = 6,
    Over60 = 7,
}

/// <summary>How days are spread, each invoice counting once.</summary>
/// <param name="LowerQuartile">As spreadsheets have it (PERCENTILE.INC): between two values in proportion.</param>
/// <param name="Ninth">Nine of ten are paid by then.</param>
/// <param name="Mean">Each invoice once.</param>
/// <param name="WeightedMean">Each invoice by its amount: how long a euro is waited for; null where all amounts are nothing.</param>
public sealed record Spread(int Least, double LowerQuartile, double Median, double UpperQuartile, double Ninth, int Most, double Mean, double? WeightedMean)
{
    public static Spread Of(IReadOnlyCollection<(int Days, long Minor)> invoices)
    {
        int[] days = [.. invoices.Select(invoice => invoice.Days).Order()];
        var weight = invoices.Sum(invoice => (decimal)invoice.Minor);
        return new(days[0], At(days, 0.25), At(days, 0.5), At(days, 0.75), At(days, 0.9), days[^1], days.Average(),
            weight == 0 ? null : (double)(invoices.Sum(invoice => (decimal)invoice.Days * invoice.Minor) / weight));
    }

    private static double At(int[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}

/// <summary>How long a client, or all of them, takes to pay.</summary>
/// <param name="Late">Paid after the due date, of all.</param>
/// <param name="Histogram">Invoices per <see cref="PaidBucket"/>, in its order; they add up to all.</param>
public sealed record DaysToPay(int Count, Spread FromIssue, Spread FromDue, Proportion Late, IReadOnlyList<int> Histogram)
{
    /// <summary>Null where nothing was paid yet.</summary>
    public static DaysToPay? Of(IReadOnlyCollection<SettledInvoice> settled)
    {
        if (settled.Count == 0)
            return null;
        var histogram = new int[Enum.GetValues<PaidBucket>().Length];
        foreach (var invoice in settled)
            histogram[(int)BucketOf(invoice.FromDue)]++;
        return new(
            settled.Count, Spread.Of([.. settled.Select(invoice => (invoice.FromIssue, invoice.GrossMinor))]), Spread.Of([.. settled.Select(invoice => (invoice.FromDue, invoice.GrossMinor))]),
            new(settled.Count(invoice => invoice.FromDue > 0), settled.Count), histogram);
    }

    public static PaidBucket BucketOf(int daysFromDue) => daysFromDue switch
    {
        < -7 => PaidBucket.Early,
        < 0 => PaidBucket.JustBefore,
        0 => PaidBucket.OnTheDay,
        <= 7 => PaidBucket.UpTo7,
        <= 15 => PaidBucket.UpTo15,
        <= 30 => PaidBucket.UpTo30,
        <= 60 => PaidBucket.UpTo60,
        _ => PaidBucket.Over60,
    };
}
