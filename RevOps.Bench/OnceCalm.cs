using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Billing;

namespace RevOps.Bench;

/// <summary>While nothing fails: how soon a booking is a draft to review, what that costs in calls, and how long a thousand approvals take.</summary>
internal sealed class OnceCalm(OnceWorld world, OnceOptions options, Random random)
{
    private const int PerSecond = 5;
    private const int Companies = 100;
    private static readonly TimeSpan MostToDraft = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, DateTimeOffset> sentAt = new(StringComparer.Ordinal);
    private readonly OnceState state = new(world);

    public List<OnceSale> Sales { get; } = [];

    /// <summary>Calls that an invoice takes from the booking until it is sent and every webhook of it is read: measured here, needed for the backlog later.</summary>
    public double CallsPerInvoice { get; private set; }

    public async Task<bool> RunAsync()
    {
        // A first sale brings what every later one finds: warm code, and customers of some companies.
        await SendAsync(PerSecond, measured: false);
        await IdleAsync();
        var (before, watch) = (await CallsAsync(), Stopwatch.StartNew());
        await SendAsync(options.Seconds * PerSecond, measured: true);
        await IdleAsync();
        var (calls, took) = ((await CallsAsync()) - before, watch.Elapsed);
        var held = PrintDrafts(calls / took.TotalSeconds, (long)(await world.EffectsAsync())["calls"]!["busiestSecond"]!);
        await SendAsync(Math.Max(0, options.Bulk - Sales.Count), measured: false);
        await IdleAsync();
        held &= await ApproveAsync();
        CallsPerInvoice = (double)await CallsAsync() / Sales.Count;
        return held;
    }

    private async Task SendAsync(int count, bool measured)
    {
        var sender = new OnceSender(world);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        var sends = new List<Task>();
        for (var index = 0; index < count; index++)
        {
            var sale = OnceSale.DrawPlain(random, Sales.Count + 1, Companies, TimeProvider.System.GetUtcNow());
            Sales.Add(sale);
            await timer.WaitForNextTickAsync();
            if (measured)
                sentAt[sale.BookingId] = TimeProvider.System.GetUtcNow();
            sends.Add(sender.SendAsync(sale.Events().First()));
        }

        await Task.WhenAll(sends);
    }

    /// <summary>From the moment of sending, so that taking it in counts as well.</summary>
    private bool PrintDrafts(double callsPerSecond, long busiest)
    {
        var drafted = world.Database.Rows("b.BookingId, i.DraftedAt FROM Bookings b JOIN Invoices i ON i.Id = b.InvoiceId WHERE i.DraftedAt IS NOT NULL", row => (Booking: row.GetString(0), At: row.GetInt64(1)));
        var times = drafted.Where(draft => sentAt.ContainsKey(draft.Booking)).Select(draft => (new DateTimeOffset(draft.At, TimeSpan.Zero) - sentAt[draft.Booking]).TotalSeconds).Order().ToList();
        var p95 = times[times.Count * 95 / 100];
        var held = times.Count == sentAt.Count && p95 <= MostToDraft.TotalSeconds && callsPerSecond <= OnceWorld.StripeCallsPerSecond;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nothing fails: {sentAt.Count} bookings, {PerSecond} a second, {times.Count} drafted."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Booking to draft: p50 {times[times.Count / 2]:0.00} s, p95 {p95:0.00} s, most {times[^1]:0.00} s; bound p95 ≤ {MostToDraft.TotalSeconds:0} s."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Calls at Stripe: {callsPerSecond:0.0} a second, {busiest} in the busiest; bound {OnceWorld.StripeCallsPerSecond} a second. Held: {(held ? "yes" : "NO")}."));
        return held;
    }

    private async Task<bool> ApproveAsync()
    {
        var (approver, watch, ready) = (new OnceApprover(world), Stopwatch.StartNew(), state.Ready);
        var told = await approver.ApproveAllAsync(options.Bulk, CancellationToken.None);
        var (decided, done) = (watch.Elapsed, approver.Results.GetValueOrDefault(nameof(RevOps.Core.Ingestion.DecisionResult.Done)));
        await IdleAsync();
        var sent = world.Database.Count($"Invoices WHERE Status = {(int)InvoiceStatus.Open}");
        var held = done == Math.Min(ready, options.Bulk) && sent == done && told > 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Approved in bulk: {done} of {ready} in {decided.TotalSeconds:0.0} s, progress told {told} times; {string.Join(", ", approver.Results.Select(result => $"{result.Key} {result.Value}"))}."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Issued and sent: {sent} after {watch.Elapsed.TotalSeconds:0.0} s. Held: {(held ? "yes" : "NO")}."));
        Console.WriteLine();
        return held;
    }

    /// <summary>What was asked for is drafted, what was approved is sent, and the webhooks of both are read.</summary>
    private Task IdleAsync() => OnceState.UntilAsync(async () => state.Moving == 0 && state.OpenJobs == 0 && (long)(await world.EffectsAsync())["undelivered"]! == 0 && state.OpenJobs == 0, TimeSpan.FromMinutes(10));

    private async Task<long> CallsAsync() => (long)(await world.EffectsAsync())["calls"]!["total"]!;
}
