namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// A figure at whole weeks or months, oldest first. The running one is left out, since it grows yet, and so is the first one unless it began
/// with the figure's first day: what came before nobody recorded.
/// </summary>
/// <param name="First">First day of the first step.</param>
/// <param name="Values">Minor units, or a number of things; 0 where nothing happened.</param>
public sealed record FigureSeries(Frequency Frequency, DateOnly First, IReadOnlyList<long> Values)
{
    /// <summary>First day of the last whole step.</summary>
    public DateOnly Last => Frequency.Later(First, Values.Count - 1);

    /// <summary>Null before the first whole step has ended.</summary>
    /// <param name="frequency">Weeks or months.</param>
    /// <param name="movements">Days and amounts, in any order; what lies after <paramref name="today"/>'s step began counts not yet.</param>
    /// <param name="today">The company's; the first day that is not wholly known, where that is earlier.</param>
    public static FigureSeries? Of(Frequency frequency, IReadOnlyCollection<(DateOnly Day, long Value)> movements, DateOnly today)
    {
        if (movements.Count == 0)
            return null;
        var (from, running) = (movements.Min(one => one.Day), frequency.StartOf(today));
        var first = frequency.StartOf(from) == from ? from : frequency.Later(frequency.StartOf(from), 1);
        var count = frequency.Between(first, running);
        if (count < 1)
            return null;
        var values = new long[count];
        foreach (var (day, value) in movements.Where(one => one.Day >= first && one.Day < running))
            values[frequency.Between(first, frequency.StartOf(day))] += value;
        return new(frequency, first, values);
    }

    /// <summary>Null outside of what is known.</summary>
    public long? At(DateOnly start) => Frequency.Between(First, start) is var at && at >= 0 && at < Values.Count ? Values[at] : null;
}
