using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace RevOps.Bench;

/// <summary>
/// How many touches a second POST /api/v1/events takes, each answered after its commit to disk, the app in a process of its own.
/// One visitor in five is new, and joining the touches to people goes on meanwhile.
/// </summary>
internal static class IngestBench
{
    private const double MostMilliseconds = 100;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Touches a second that two cores must take, by touches in a request. With more senders than keep the app busy, each only waits for the others:
    /// four with a hundred touches each have as many on their way as the app takes in 40 ms.
    /// </summary>
    private static readonly (int Size, int Senders, double Least)[] Bounds = [(1, 32, 2_000), (100, 4, 10_000)];

    /// <param name="args">Senders of single touches and of hundreds; 32 and 4 when left out.</param>
    /// <returns>Whether all bounds were held.</returns>
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var held = true;
        Console.WriteLine($"{"touches per request",20} {"senders",8} {"touches/s",12} {"requests/s",12} {"p50 ms",9} {"p99 ms",9} {"app CPU cores",14} {"joined after",13}");
        foreach (var (index, (size, senders, least)) in Bounds.Index())
        {
            await using var app = await AppProcess.StartAsync();
            var (touches, slow) = await new Run(app, size, args.Count > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : senders).MeasureAsync();
            held &= touches >= least && slow <= MostMilliseconds;
        }

        return await SteadyTouches.RunAsync() && held;
    }

    private sealed class Run(AppProcess app, int size, int senders)
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = senders })
        {
            BaseAddress = app.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", app.Key) },
        };

        private long next;

        /// <returns>Touches a second, and the milliseconds that 99 of 100 requests took at most.</returns>
        public async Task<(double Touches, double Slow)> MeasureAsync()
        {
            await SendForAsync(Warmup);
            var (cpu, watch) = (app.ProcessorTime, Stopwatch.StartNew());
            var times = await SendForAsync(Measured);
            var (seconds, cores) = (watch.Elapsed.TotalSeconds, (app.ProcessorTime - cpu).TotalSeconds / watch.Elapsed.TotalSeconds);
            var joined = await WaitUntilJoinedAsync();

            times.Sort();
            Console.WriteLine($"{size,20} {senders,8} {times.Count * size / seconds,12:N0} {times.Count / seconds,12:N0} {times[times.Count / 2],9:N1} {times[times.Count * 99 / 100],9:N1} {cores,14:N2} {joined.TotalSeconds,11:N1} s");
            http.Dispose();
            return (times.Count * size / seconds, times[times.Count * 99 / 100]);
        }

        private async Task<List<double>> SendForAsync(TimeSpan time)
        {
            var watch = Stopwatch.StartNew();
            var all = await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
            {
                var times = new List<double>();
                while (watch.Elapsed < time)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await SendAsync();
                    times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }

                return times;
            }));
            return [.. all.SelectMany(times => times)];
        }

        private async Task SendAsync()
        {
            using var content = new StringContent(Body(), Encoding.UTF8, size == 1 ? "application/cloudevents+json" : "application/cloudevents-batch+json");
            using var answer = await http.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content);
            if ((int)answer.StatusCode != 202)
                throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        private string Body()
        {
            if (size == 1)
                return Touch(Interlocked.Increment(ref next));
            var last = Interlocked.Add(ref next, size);
            return $"[{string.Join(',', Enumerable.Range(0, size).Select(index => Touch(last - index)))}]";
        }

        private static string Touch(long number) => $$$"""
            {"specversion":"1.0","id":"t-{{{number}}}","source":"bench","type":"revops.touch.v1","data":{"visitorId":"visitor-{{{number / 5}}}","source":"google","medium":"cpc","campaign":"spring","ad":{"platform":"google","campaignId":"{{{number % 40}}}"},"landingUrl":"https://agency.example/offer?utm_source=google&gclid=Cj0K{{{number / 5}}}","clickIds":{"gclid":"Cj0K{{{number / 5}}}"},"ip":"203.0.113.9","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"}}
            """;

        /// <summary>How long after the last answer every touch stood on its journey.</summary>
        /// <exception cref="TimeoutException">Not within three minutes.</exception>
        private async Task<TimeSpan> WaitUntilJoinedAsync()
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < TimeSpan.FromMinutes(3))
            {
                var metrics = await http.GetStringAsync(new Uri("/api/v1/metrics", UriKind.Relative));
                if (metrics.Contains("\"pending\":0", StringComparison.Ordinal))
                    return watch.Elapsed;
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            throw new TimeoutException("Three minutes after the last answer some touches stood on no journey.");
        }
    }
}
