using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using RevOps.Core.Ingestion;

namespace RevOps.Bench;

/// <summary>A sale and what its campaign has cost so far, sent together once a second, as while people look at their pages.</summary>
internal sealed class EventFlow : IDisposable
{
    private readonly HttpClient http;
    private int sent;

    public EventFlow(AppProcess app) => http = new() { BaseAddress = app.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", app.Key) } };

    /// <summary>Until the token ends it.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
                await SendAsync();
        }
        catch (OperationCanceledException)
        {
            // Measured.
        }
    }

    /// <summary>When it was sent, and when the answer said that it is committed. Every time the campaign has cost a cent more.</summary>
    public async Task<(long Sent, long Committed)> SendAsync()
    {
        var number = ++sent;
        var sale = $$$"""
            {"bookingId":"N-{{{number}}}","currency":"EUR","customer":{"ref":"C-{{{number % 3_000}}}","legalName":"Client {{{number % 3_000}}} SARL","email":"person-{{{number % 3_000}}}@client.example","kind":"business","siren":"{{{SirenOf(number % 3_000)}}}","address":{"line1":"1 rue de la Paix","postalCode":"75002","city":"Paris","country":"FR"}},"lines":[{"key":"audit","description":"Audit","quantity":1,"unitAmount":1200}]}
            """;
        var spend = $$$"""
            {"platform":"google","account":"bench","date":"{{{DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}}","campaignId":"now","campaignName":"Now","costMinor":{{{number}}},"currency":"EUR"}
            """;
        using var content = new StringContent($"[{Envelope($"sale-{number}", BookingConfirmed.Type, sale)},{Envelope($"spend-{number}", AdSpendReported.Type, spend)}]", Encoding.UTF8, "application/cloudevents-batch+json");
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content);
        var committed = Stopwatch.GetTimestamp();
        return (int)answer.StatusCode == 202 ? (begun, committed) : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => http.Dispose();

    /// <summary>One per client: two of one SIREN would be one customer.</summary>
    internal static string SirenOf(int client) =>
        Enumerable.Range(0, 10).Select(digit => string.Create(CultureInfo.InvariantCulture, $"5521{client:0000}{digit}")).First(RevOps.Core.Platform.Siren.IsValid);

    private static string Envelope(string id, string type, string data) => $$"""{"specversion":"1.0","id":"{{id}}","source":"bench-flow","type":"{{type}}","data":{{data}}}""";
}
