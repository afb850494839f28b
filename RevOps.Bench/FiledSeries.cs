using System.Globalization;
using RevOps.Core.Forecasting;
using RevOps.Core.Platform;

namespace RevOps.Bench;

/// <summary>One series of a competition's file: a CSV with the columns id, m, h and values, the last parted by blanks; more columns are not read.</summary>
/// <param name="Id">Of the series.</param>
/// <param name="Steps">How many to forecast.</param>
/// <param name="Series">Its past.</param>
internal sealed record FiledSeries(string Id, int Steps, Series Series)
{
    // Weeks stand in the files with a season of 1; that of the year is left to the models.
    private const int WeeklySteps = 13, Year = 52;

    /// <summary>By frequency and steps, in the order of the files.</summary>
    /// <exception cref="FormatException">A column, a number or a value is not there; it says which.</exception>
    public static IReadOnlyList<IReadOnlyList<FiledSeries>> Read(IEnumerable<string> files) =>
        [.. files.SelectMany(Read).GroupBy(one => (one.Series.Period, one.Steps)).Select(group => group.ToList())];

    private static IEnumerable<FiledSeries> Read(string file)
    {
        foreach (var row in CsvTable.Open(File.ReadAllText(file)).Rows)
        {
            FormatException Expected(string column, string what) => new($"{file}, line {row.Line}: {what} was expected in the column {column}, not '{row[column]}'.");
            int Number(string column) => int.TryParse(row[column], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Expected(column, "a whole number above 0");
            var (period, steps) = (Number("m"), Number("h"));
            var values = row["values"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value =>
                double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Expected("values", "a list of numbers parted by blanks")).ToList();
            if (values.Count == 0 || row["id"].Length == 0)
                throw Expected(values.Count == 0 ? "values" : "id", "something");
            yield return new(row["id"], steps, new(values, period == 1 && steps == WeeklySteps ? Year : period));
        }
    }
}
