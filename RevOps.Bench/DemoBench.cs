using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RevOps.Bench;

/// <summary>How long a newcomer waits: until the first page, and until the demo's ninety days are told.</summary>
internal static class DemoBench
{
    private static readonly TimeSpan FirstPageBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ToldBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<bool> RunAsync(IReadOnlyList<string> words)
    {
        var watch = Stopwatch.StartNew();
        await using var app = await AppProcess.StartDemoAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        (await http.GetAsync(new Uri("/signin", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();
        var firstPage = watch.Elapsed;

        while (!IsTold(app.DataFolder))
        {
            if (watch.Elapsed > Patience)
                throw new TimeoutException("The demo did not come to its end.");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        var told = watch.Elapsed;
        Console.WriteLine("| from the start until | seconds | bound | held |");
        Console.WriteLine("| --- | ---: | ---: | --- |");
        Print("the first page", firstPage, FirstPageBound);
        Print("the demo is told", told, ToldBound);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Processor time of the product: {app.ProcessorTime.TotalSeconds:0.0} s."));
        return firstPage <= FirstPageBound && told <= ToldBound;
    }

    private static bool IsTold(string folder)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "revops.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM DemoRuns WHERE State = 1";
        return (long)command.ExecuteScalar()! == 1;
    }

    private static void Print(string what, TimeSpan took, TimeSpan bound) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {took.TotalSeconds:0.0} | {bound.TotalSeconds:0} | {(took <= bound ? "yes" : "no")} |"));
}
