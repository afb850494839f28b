using AngleSharp.Html.Parser;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using RevOps.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace RevOps.Tests.Conventions;

/// <summary>
/// Every page in a browser: for everyone, in both themes, at a desk and on a phone. In French, whose words are the longer ones; English is
/// asked for without a browser. A new page is looked at by itself.
/// </summary>
[Collection(EveryPage.Name)]
public sealed class AxeTests(FilledHost world, Browser browser)
{
    private const int Phone = 390;
    private const int Desk = 1_440;
    private static readonly int[] Widths = [1_920, Desk, 768, Phone];

    /// <summary>Of a package of others, and accepted: rule and reason. There is none.</summary>
    private static readonly Dictionary<string, string> Accepted = new(StringComparer.Ordinal);

    // Both themes stand beside each other on it, and StylePageTests look at them; its charts take as long as all other pages together.
    private const string StylePage = "/style";

    // Colours depend on the theme, places and sizes on the width; everything else is looked at once.
    private static readonly string[] OfPhoneInTheDark = ["color-contrast", "target-size", "button-name", "link-name", "scrollable-region-focusable"];

    // Only what is wrong comes back: all that axe knows of a page is a megabyte.
    private const string Run = """
        async rules => {
          const found = await axe.run(document, { resultTypes: ["violations"], selectors: false, iframes: false, ...(rules.length ? { runOnly: { type: "rule", values: rules } } : {}) });
          return found.violations.map(one => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => node.html).join("; ")}`);
        }
        """;

    [Fact]
    public async Task EveryPage_IsForEveryone()
    {
        var wrong = new List<string>();
        foreach (var group in PagesByReader)
        {
            var page = await OpenAsync("fr", group.Key);
            var complaints = ComplaintsOf(page);
            foreach (var (address, isStill) in group.SelectMany(one => world.AddressesOf(one.Route).Select(address => (address, one.IsStill))))
            {
                complaints.Clear();
                var found = await LookAsync(page, address, isStill);
                wrong.AddRange(found.Concat(complaints).Concat(RawKeys(await page.Locator("body").InnerTextAsync())).Select(finding => $"{address} as {group.Key}: {finding}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task EveryPage_SpeaksEnglish()
    {
        var wrong = new List<string>();
        foreach (var group in PagesByReader)
        {
            using var client = group.Key == Doors.Anyone ? world.Host.Client() : await world.Host.SignedInAsync(group.Key);
            (await client.GetAsync("/culture?to=en&return=/healthz/live")).Dispose();
            foreach (var address in group.SelectMany(page => world.AddressesOf(page.Route)))
            {
                using var answer = await client.GetAsync(address);
                if (answer.Headers.Location is not null)
                    continue; // To a page that is asked for itself.
                using var said = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
                wrong.AddRange(RawKeys(said.Body!.TextContent).Select(finding => $"{address} as {group.Key}: {finding}"));
                if (said.DocumentElement.GetAttribute("lang") != "en")
                    wrong.Add($"{address} as {group.Key} speaks another language");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IEnumerable<IGrouping<string, Page>> PagesByReader =>
        Doors.PagesOf(world.Host).Where(page => page.Route != StylePage).GroupBy(page => Doors.Table[page.Route].Split(' ')[0]);

    /// <summary>Keys that were asked for in vain and stand on the page themselves: some are asked for only to see whether there is more to say.</summary>
    private IEnumerable<string> RawKeys(string said) =>
        world.Texts.Missing.Where(key => said.Contains(key, StringComparison.Ordinal)).Select(key => $"shows the key {key}");

    private async Task<IPage> OpenAsync(string language, string who)
    {
        var page = await browser.OpenAsync(world.Host);
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());
        await page.GotoAsync($"/culture?to={language}&return=/healthz/live");
        if (who != Doors.Anyone)
            await page.SignInAsAsync(who);
        return page;
    }

    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, string address, bool isStill)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Desk, 900);
        try
        {
            await page.GotoAsync(address);
            if (!isStill)
                await page.WaitUntilLiveAsync();
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
            // Those in a pane are samples of what waiting looks like.
            await Expect(page.Locator(".skeleton:not(.pane *)")).ToHaveCountAsync(0);
        }
        catch (Exception late) when (late is TimeoutException or PlaywrightException)
        {
            return [$"never came: {late.Message}"];
        }

        var wrong = new List<string>();
        if (await page.EvaluateAsync<string>("document.documentElement.lang") != "fr")
            wrong.Add("speaks another language");
        wrong.AddRange(await FindingsAsync(page));
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            wrong.AddRange(await OverhangAsync(page, width));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        wrong.AddRange((await FindingsAsync(page, OfPhoneInTheDark)).Select(finding => $"on a phone in the dark, {finding}"));
        return wrong;
    }

    private static async Task<IEnumerable<string>> FindingsAsync(IPage page, params string[] rules) =>
        (await page.EvaluateAsync<string[]>(Run, rules)).Where(finding => !Accepted.ContainsKey(finding.Split(' ')[0]));

    // What reaches as far as the page does, the innermost last.
    private const string Overhanging = """
        (() => {
            const end = document.documentElement.scrollWidth - 1;
            return [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right + scrollX >= end).map(one => `${one.tagName}.${one.getAttribute("class")}`).slice(0, 6).join(" > ");
        })()
        """;

    private static async Task<IEnumerable<string>> OverhangAsync(IPage page, int width)
    {
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        return wide > width ? [$"is {wide} wide on {width}: {await page.EvaluateAsync<string>(Overhanging)}"] : [];
    }

    /// <summary>"https://host/page:0:0" is of that page, and of none below it.</summary>
    private static bool IsOf(string location, string url) => location == url || (location.StartsWith(url, StringComparison.Ordinal) && location[url.Length] == ':');

    /// <summary>What the browser's console calls an error: a refused script, a failed load, an exception.</summary>
    private static List<string> ComplaintsOf(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            // A page that says no says so in its status, too, and the console repeats it. On a machine with too much to do a circuit is lost and
            // taken up again: drawing thirty charts at once may take longer there than the server waits for a word.
            if (message.Type == "error" && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && IsOf(message.Location, page.Url))
                && !message.Text.Contains("Connection disconnected", StringComparison.Ordinal) && !message.Text.Contains("WebSocket", StringComparison.Ordinal))
                complaints.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}
