using System.Globalization;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Bench;

/// <summary>
/// From booking to sent invoice, exactly once: product, Stripe and driver in processes of their own. First nothing fails and it is measured;
/// then everything fails, the product is killed again and again, and what stands at Stripe in the end is counted.
/// </summary>
internal static class ExactlyOnceBench
{
    private static readonly TimeSpan MostToSettle = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <returns>Whether every bound was held.</returns>
    public static async Task<bool> RunAsync(IReadOnlyList<string> words)
    {
        var options = OnceOptions.Read(words);
        Console.WriteLine(options);
        await using var world = await OnceWorld.StartAsync();
        var calm = new OnceCalm(world, options, new(options.Seed));
        var held = await calm.RunAsync();

        var storm = new OnceStorm(world, options, calm.Sales.Count);
        await storm.RunAsync(Patience);
        var audit = await OnceAudit.ReadAsync(world, calm.Sales.Concat(storm.Sales));
        return PrintCounts(world, storm, audit, MostToSettle + TimeSpan.FromSeconds(storm.Backlog * calm.CallsPerInvoice / OnceWorld.OwnCallsPerSecond)) && held;
    }

    private static bool PrintCounts(OnceWorld world, OnceStorm storm, OnceAudit audit, TimeSpan bound)
    {
        var state = new OnceState(world);
        PrintStorm(world, storm, audit);
        Console.WriteLine("| must be 0 | |");
        Console.WriteLine("| --- | ---: |");
        var held = IsNone("sales lost", audit.Lost)
            & IsNone("deals invoiced or sent twice", audit.Doubled)
            & IsNone("companies twice at Stripe", audit.CustomersDoubled)
            & IsNone("wrong amounts", audit.WrongAmounts)
            & IsNone("sent without a recorded approval", audit.Unapproved)
            & IsNone("not in their final state", audit.Unfinished)
            & IsNone("jobs failing or left", state.OpenJobs)
            & IsNone("events still parked", state.Parked)
            & IsNone("kills and storms that did not happen", storm.Faults.Storms == 0 || world.Kills == 0 ? 1 : 0);
        foreach (var suspect in audit.Suspects().Take(20))
            Console.WriteLine(suspect);
        var settled = storm.HasSettled && storm.Settling <= bound;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Converged {storm.Settling.TotalSeconds:0.0} s after the last fault, with {storm.Backlog} invoices on their way; bound {bound.TotalSeconds:0.0} s. Held: {(settled ? "yes" : "NO")}."));
        return held && settled;
    }

    private static void PrintStorm(OnceWorld world, OnceStorm storm, OnceAudit audit)
    {
        var effects = world.Database.Rows("Generation, COUNT(*) FROM OutsideEffects WHERE Target = 'stripe' GROUP BY Generation ORDER BY Generation", row => $"{row.GetInt64(1):N0} of generation {row.GetInt64(0)}");
        Console.WriteLine("| everything fails | |");
        Console.WriteLine("| --- | ---: |");
        Print("bookings", storm.Sales.Count);
        Print("events, each sent twice", storm.Events);
        Print("events taken, the second time included", storm.Sender.Taken);
        Print("attempts to send", storm.Sender.Tries);
        Print("SIGKILLs of the product", world.Kills);
        Print("scenes of faults", storm.Faults.Scenes);
        Print("storms of 429 among them", storm.Faults.Storms);
        Print("webhooks delivered once more", storm.Faults.Duplicates);
        Print("seconds", (long)storm.Took.TotalSeconds);
        Print("sales of both parts", audit.Sold);
        Print("invoices sent", audit.Sent);
        Print("drafts taken back after a cancellation", audit.Cancelled);
        Print("corrections proposed, the change having come after issue", audit.Corrections);
        Print("effects whose outcome is unknown", world.Database.Count($"OutsideEffects WHERE Target = 'stripe' AND State = {(int)EffectState.Open}"));
        Console.WriteLine($"| effects at Stripe | {string.Join(", ", effects)} |");
        Console.WriteLine($"| decisions as answered | {string.Join(", ", storm.Approver.Results.Select(result => $"{result.Key} {result.Value}"))} |");
        Console.WriteLine();
    }

    private static void Print(string what, long count) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {count:N0} |"));

    private static bool IsNone(string what, long count)
    {
        Print(what, count);
        return count == 0;
    }
}
