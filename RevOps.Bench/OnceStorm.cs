using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RevOps.Bench;

/// <summary>While everything fails at once: bookings twice and out of order, approvals, kills, lost answers, storms, webhooks more than once.</summary>
internal sealed class OnceStorm(OnceWorld world, OnceOptions options, int after)
{
    private const int Senders = 4;
    private const double EventsPerSecond = 6;

    // How far an event may be out of its place among all others.
    private const int Disorder = 60;

    // The shortest lives end in their start, and the longest do some work: on a slow machine that takes longer.
    private const double LongestLife = 12;

    private readonly Random random = new(options.Seed + 1);
    private readonly OnceState state = new(world);

    public List<OnceSale> Sales { get; } = [];

    public OnceSender Sender { get; } = new(world);

    public OnceFaults Faults { get; } = new(world, new(options.Seed + 2));

    public OnceApprover Approver { get; } = new(world);

    /// <summary>Different events, each of which was sent twice.</summary>
    public int Events { get; private set; }

    /// <summary>Invoices that had still a way to go when the last fault was over.</summary>
    public long Backlog { get; private set; }

    public TimeSpan Took { get; private set; }

    public TimeSpan Settling { get; private set; }

    public bool HasSettled { get; private set; }

    public async Task RunAsync(TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        using var faultsEnd = new CancellationTokenSource();
        using var approvalsEnd = new CancellationTokenSource();
        var (faults, approvals) = (Faults.RunAsync(faultsEnd.Token), Approver.RunAsync(approvalsEnd.Token));
        var sending = SendAsync();
        await KillAsync(sending);
        await sending;
        await faultsEnd.CancelAsync();
        await faults;
        Took = watch.Elapsed;

        Backlog = state.Unfinished;
        watch.Restart();
        HasSettled = await state.UntilSettledAsync(patience);
        Settling = watch.Elapsed;
        await approvalsEnd.CancelAsync();
        await approvals;
    }

    private Task SendAsync()
    {
        var start = TimeProvider.System.GetUtcNow().AddHours(-1);
        for (var index = 0; index < options.Bookings; index++)
            Sales.Add(OnceSale.Draw(random, after + index + 1, companies: Math.Max(2, options.Bookings / 5), start.AddSeconds(index)));
        var events = Sales.SelectMany(sale => sale.Events()).ToList();
        Events = events.Count;

        // Each twice, and each time a seeded way off its place: changes come before their bookings.
        var order = events.Concat(events).Select((sent, index) => (Sent: sent, Place: (index % events.Count) + (random.NextDouble() * Disorder))).OrderBy(one => one.Place).Select(one => one.Sent).ToList();
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync([.. order.Where((_, index) => index % Senders == sender)])));
    }

    private Task SendAsync(IReadOnlyList<JsonObject> events) => Sender.SendAsync(events, EventsPerSecond / Senders);

    /// <summary>As often as was asked for, and as long as something is sent.</summary>
    private async Task KillAsync(Task sending)
    {
        var (goal, lives, longest) = (world.Kills + options.Kills, new Random(options.Seed + 3), LongestLife);
        while (world.Kills < goal || !sending.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.2 + (lives.NextDouble() * longest)));
            await world.KillAsync();
            var start = Stopwatch.StartNew();
            await world.StartAppAsync();
            longest = Math.Max(LongestLife, 2 * start.Elapsed.TotalSeconds);
        }
    }
}
