namespace RevOps.Core.Receivables;

/// <summary>How late something is, in the buckets that finance people use.</summary>
public enum AgeBucket
{
    /// <summary>Not due yet, or due today.</summary>
    Current = 0,

    UpTo30 = 1,
    UpTo60 = 2,
    UpTo90 = 3,
    Over90 = 4,
}

/// <summary>What is owed by how late it is, in minor units; overpaid invoices lower their bucket, so the buckets add up to the ledger.</summary>
public sealed record Ageing(long Current, long UpTo30, long UpTo60, long UpTo90, long Over90)
{
    public static readonly Ageing None = new(0, 0, 0, 0, 0);

    public long Total => Current + UpTo30 + UpTo60 + UpTo90 + Over90;

    public long Overdue => Total - Current;

    public long this[AgeBucket bucket] => bucket switch
    {
        AgeBucket.Current => Current,
        AgeBucket.UpTo30 => UpTo30,
        AgeBucket.UpTo60 => UpTo60,
        AgeBucket.UpTo90 => UpTo90,
        _ => Over90,
    };

    public static Ageing Of(IEnumerable<OpenReceivable> open, DateOnly evening)
    {
        var sums = new long[5];
        foreach (var invoice in open)
            sums[(int)BucketOf(invoice.DaysLate(evening))] += invoice.OpenMinor;
        return new(sums[0], sums[1], sums[2], sums[3], sums[4]);
    }

    /// <param name="daysLate">0 and less: not late.</param>
    public static AgeBucket BucketOf(int daysLate) => daysLate switch
    {
        <= 0 => AgeBucket.Current,
        <= 30 => AgeBucket.UpTo30,
        <= 60 => AgeBucket.UpTo60,
        <= 90 => AgeBucket.UpTo90,
        _ => AgeBucket.Over90,
    };

    /// <summary>The days on which something of a bucket is due, seen from an evening; null: without end on that side.</summary>
    public static (DateOnly? From, DateOnly? To) DueWithin(AgeBucket bucket, DateOnly evening) => bucket switch
    {
        AgeBucket.Current => (evening, null),
        AgeBucket.UpTo30 => (evening.AddDays(-30), evening.AddDays(-1)),
        AgeBucket.UpTo60 => (evening.AddDays(-60), evening.AddDays(-31)),
        AgeBucket.UpTo90 => (evening.AddDays(-90), evening.AddDays(-61)),
        _ => (null, evening.AddDays(-91)),
    };
}
