using System.Text.Json;
using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conventions;

/// <summary>What a browser that knows nothing of us fetches for its first page, in bytes on the wire.</summary>
[Collection(EveryPage.Name)]
public sealed class WeightTests(FilledHost world, Browser browser)
{
    private const int Most = 400 * 1024;

    [Fact]
    public async Task FirstPage_IsLight()
    {
        var page = await browser.OpenAsync(world.Host);
        var weights = await WeighAsync(page);
        await page.GotoAsync("/signin", new() { WaitUntil = WaitUntilState.NetworkIdle });
        AssertLight(weights);

        await page.SignInAsAsync(Roles.Finance);
        await weights.ForgetAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        AssertLight(weights);
        Assert.DoesNotContain(weights.Files, file => file.Key.Contains("apexcharts", StringComparison.Ordinal));
    }

    private static void AssertLight(Weights weights)
    {
        // The styles of every page; were they missing, the sum would say nothing.
        Assert.Contains(weights.Files, file => file.Key.Contains("material-base", StringComparison.Ordinal));
        var sum = weights.Files.Where(file => !file.Key.EndsWith(".woff2", StringComparison.Ordinal)).Sum(file => file.Value);
        Assert.True(sum <= Most, $"{sum / 1024} KB: {string.Join(", ", weights.Files.OrderByDescending(file => file.Value).Select(file => $"{file.Key} {file.Value / 1024}"))}");
    }

    private static async Task<Weights> WeighAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        return new(session);
    }

    private sealed class Weights
    {
        private readonly ICDPSession session;
        private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);

        public Weights(ICDPSession session)
        {
            this.session = session;
            session.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
                addresses[Text(sent, "requestId")] = new Uri(sent!.Value.GetProperty("request").GetProperty("url").GetString()!).AbsolutePath;
            session.Event("Network.loadingFinished").OnEvent += (_, done) =>
            {
                if (addresses.TryGetValue(Text(done, "requestId"), out var address))
                    Files[address] = Files.GetValueOrDefault(address) + (long)done!.Value.GetProperty("encodedDataLength").GetDouble();
            };
        }

        public Dictionary<string, long> Files { get; } = new(StringComparer.Ordinal);

        /// <summary>What was fetched so far, by the browser as well.</summary>
        public async Task ForgetAsync()
        {
            await session.SendAsync("Network.clearBrowserCache");
            Files.Clear();
        }

        private static string Text(JsonElement? message, string name) => message!.Value.GetProperty(name).GetString()!;
    }
}
