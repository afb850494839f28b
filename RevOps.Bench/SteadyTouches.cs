using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;

namespace RevOps.Bench;

/// <summary>
/// Five hundred touches a second, as many requests, for half a minute; every tenth says who it is. How long the oldest of those that were answered has
/// waited to stand on its journey, asked of the database again and again.
/// </summary>
internal static class SteadyTouches
{
    private const int PerSecond = 500;
    private const double MostSeconds = 1;
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <returns>Whether the bound was held.</returns>
    public static async Task<bool> RunAsync()
    {
        await using var app = await AppProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = app.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", app.Key) } };
        await using var services = SeededFolder.Over(app.DataFolder);

        // The first seconds translate queries and compile.
        await SendAsync(http, 0, TimeSpan.FromSeconds(10));
        var sending = SendAsync(http, 1_000_000, Lasting);
        var ages = new List<double>();
        while (!sending.IsCompleted)
        {
            ages.Add(await OldestAsync(services));
            await Task.Delay(Step);
        }

        var sent = await sending;
        ages.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent / Lasting.TotalSeconds:N0} touches a second: the oldest that stood on no journey yet was {ages[ages.Count / 2]:N2} s old (p50), {ages[ages.Count * 99 / 100]:N2} s (p99), {ages[^1]:N2} s at most (bound {MostSeconds:N0} s)"));
        return ages[^1] <= MostSeconds;
    }

    private static async Task<int> SendAsync(HttpClient http, int first, TimeSpan time)
    {
        var (watch, sent, answers) = (Stopwatch.StartNew(), 0, new List<Task>());
        while (watch.Elapsed < time)
        {
            for (var due = (int)(watch.Elapsed.TotalSeconds * PerSecond); sent < due; sent++)
                answers.Add(PostAsync(http, first + sent));
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        await Task.WhenAll(answers);
        return sent;
    }

    private static async Task PostAsync(HttpClient http, int number)
    {
        var contact = number % 10 == 0 ? $$""","contact":{"email":"person-{{number / 20}}@example.com","country":"US"}""" : "";
        using var content = new StringContent($$$"""
            {"specversion":"1.0","id":"s-{{{number}}}","source":"bench","type":"revops.touch.v1","data":{"visitorId":"steady-{{{number / 5}}}","source":"google","medium":"cpc","campaign":"spring","landingUrl":"https://agency.example/offer","clickIds":{"gclid":"Cj0K{{{number / 5}}}"},"userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"{{{contact}}}}}
            """, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await http.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content);
        if ((int)answer.StatusCode != 202)
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<double> OldestAsync(ServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var oldest = await db.Set<ReceivedEvent>().Where(row => row.Type == TouchReceived.Type && row.Status == EventStatus.Stored).Select(row => (DateTimeOffset?)row.RecordedAt).MinAsync();
        return oldest is { } at ? Math.Max(0, (TimeProvider.System.GetUtcNow() - at).TotalSeconds) : 0;
    }
}
