using System.Globalization;
using RevOps.Core.Forecasting;

namespace RevOps.Bench;

/// <summary>Series of a competition: a CSV with the columns id, m, h, type, start, n and values, the last parted by blanks.</summary>
/// <param name="Id">Of the series.</param>
/// <param name="Steps">How many to forecast.</param>
/// <param name="Series">Its past.</param>
internal sealed record FiledSeries(string Id, int Steps, Series Series)
{
    // The files say a season of 1 of weeks, which the year's is left to the model to find.
    private const int WeeklySteps = 13, Year = 52;

    public static List<FiledSeries> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var columns = lines[0].Split(',').ToList();
        int At(string name) => columns.IndexOf(name) is var at and >= 0 ? at : throw new FormatException($"{file}: a column {name} was expected in the first line.");
        var (id, m, h, values) = (At("id"), At("m"), At("h"), At("values"));
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select((line, number) =>
        {
            var fields = line.Split(',');
            if (fields.Length != columns.Count)
                throw new FormatException($"{file}, line {number + 2}: {columns.Count} fields were expected, {fields.Length} are there.");
            var (period, steps) = (int.Parse(fields[m], CultureInfo.InvariantCulture), int.Parse(fields[h], CultureInfo.InvariantCulture));
            return new FiledSeries(fields[id], steps, new([.. fields[values].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => double.Parse(value, CultureInfo.InvariantCulture))], period == 1 && steps == WeeklySteps ? Year : period));
        })];
    }
}
