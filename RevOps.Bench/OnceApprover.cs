using System.Globalization;
using System.Text.Json;

namespace RevOps.Bench;

/// <summary>Finance before the Approvals page.</summary>
internal sealed class OnceApprover(OnceWorld world)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly string[] People = ["ann@revops.example", "bob@revops.example"];
    private int turns;

    /// <summary>How many decisions ended in which way; what a dying product did not answer is in nobody's count.</summary>
    public SortedDictionary<string, int> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>Ticks all that is there, up to so many, and approves it; how often progress was told on the way.</summary>
    public async Task<int> ApproveAllAsync(int most, CancellationToken cancel)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{OnceDoor.ApprovePath}?who={People[turns++ % People.Length]}&most={most}");
        using var answer = await world.App.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        var told = 0;
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith('{'))
                Add(line);
            else
                told++;
        }

        return told;
    }

    /// <summary>A few at a time, again and again, until the token ends it.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, cancel);
                await ApproveAllAsync(most: 40, cancel);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                // The product is dead, dying or not there yet; or it is over.
            }
        }
    }

    private void Add(string results)
    {
        foreach (var (result, count) in JsonSerializer.Deserialize<Dictionary<string, int>>(results)!)
            Results[result] = Results.GetValueOrDefault(result) + count;
    }
}
