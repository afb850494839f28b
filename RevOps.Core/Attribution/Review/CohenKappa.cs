namespace RevOps.Core.Attribution.Review;

/// <summary>
/// How far two who judged the same cases agree beyond chance (Cohen 1960), with the large-sample error of Fleiss, Cohen and Everitt (1969).
/// <c>CohenKappa.Of([[20, 5], [10, 15]])</c> is 0.4: they agree in 35 of 50 cases, and by chance would in 25.
/// </summary>
/// <param name="N">Cases that both judged.</param>
/// <param name="Agreement">Share in which they say the same; null without cases.</param>
/// <param name="Kappa">1 where they always agree, 0 where no more than chance; null where both say one and the same thing of everything.</param>
/// <param name="Error">Standard error of kappa; null where one of them says one and the same thing of everything.</param>
public sealed record CohenKappa(int N, double? Agreement, double? Kappa, double? Error)
{
    /// <summary>With fewer cases the interval means little.</summary>
    public const int Few = 20;

    // Of the normal distribution for 95 %.
    private const double Z = 1.959964;

    public bool IsFew => N < Few;

    /// <summary>95 %, cut at what kappa can be.</summary>
    public (double Low, double High)? Interval =>
        Kappa is { } kappa && Error is { } error ? (Math.Max(-1, kappa - (Z * error)), Math.Min(1, kappa + (Z * error))) : null;

    /// <param name="table">Counts: rows are what the one said, columns what the other said, in the same order.</param>
    public static CohenKappa Of(IReadOnlyList<IReadOnlyList<int>> table)
    {
        var (size, n) = (table.Count, table.Sum(row => row.Sum()));
        if (n == 0)
            return new(0, null, null, null);

        double Share(int row, int column) => (double)table[row][column] / n;
        var rows = Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Sum(column => Share(row, column))).ToArray();
        var columns = Enumerable.Range(0, size).Select(column => Enumerable.Range(0, size).Sum(row => Share(row, column))).ToArray();
        var observed = Enumerable.Range(0, size).Sum(at => Share(at, at));
        var chance = Enumerable.Range(0, size).Sum(at => rows[at] * columns[at]);

        // As whole numbers: one category alone is chance of exactly one.
        if (Enumerable.Range(0, size).Any(at => table[at].Sum() == n && table.Sum(row => row[at]) == n))
            return new(n, observed, null, null);

        // Of somebody who says one thing of everything, agreement is chance, and the error says nothing.
        var (left, wrong) = (1 - chance, 1 - observed);
        if (Enumerable.Range(0, size).Any(at => table[at].Sum() == n || table.Sum(row => row[at]) == n))
            return new(n, observed, (observed - chance) / left, null);

        var onDiagonal = Enumerable.Range(0, size).Sum(at => Share(at, at) * Math.Pow(left - ((rows[at] + columns[at]) * wrong), 2));
        var off = 0.0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                off += row == column ? 0 : Share(row, column) * Math.Pow(columns[row] + rows[column], 2);
        }

        var variance = (onDiagonal + (wrong * wrong * off) - Math.Pow((observed * chance) - (2 * chance) + observed, 2)) / (n * Math.Pow(left, 4));
        return new(n, observed, (observed - chance) / left, Math.Sqrt(Math.Max(0, variance)));
    }
}
