using AngleSharp.Html.Parser;
using RevOps.Core.Identity;
using RevOps.Tests.Identity;

namespace RevOps.Tests.Conventions;

/// <summary>Addresses and logs are kept where nobody erases anything: nothing of a person stands in them.</summary>
[Collection(EveryPage.Name)]
public sealed class PrivacyTests(FilledHost world)
{
    [Fact]
    public async Task NoAddressAndNoLogLine_HoldsAnythingOfAPerson()
    {
        var (told, shown) = (new List<string>(), 0);
        foreach (var role in Roles.All)
        {
            using var client = await world.Host.SignedInAsync(role);
            foreach (var page in Doors.PagesOf(world.Host).Where(page => Doors.IsOpenTo(page.Route, role)))
            {
                using var answer = await client.GetAsync(world.AddressOf(page.Route));
                var html = await answer.Content.ReadAsStringAsync();
                shown += FilledHost.PersonalIn(html) is null ? 0 : 1;
                told.AddRange((await AddressesInAsync(html)).Append(answer.LeadsTo() ?? "").Where(address => FilledHost.PersonalIn(address) is not null).Select(address => $"{page.Route} as {role}: {address}"));
            }
        }

        // The pages that may say who it was do say it, and the log was listened to.
        Assert.InRange(shown, 3, int.MaxValue);
        Assert.InRange(world.Log.Lines, 1_000, long.MaxValue);
        Assert.Empty(told);
        Assert.Empty(world.Log.Told);
    }

    private static async Task<IEnumerable<string>> AddressesInAsync(string html)
    {
        using var document = await new HtmlParser().ParseDocumentAsync(html);
        string[] attributes = ["href", "src", "action", "formaction", "content"];
        return [.. document.All.SelectMany(element => attributes.Select(element.GetAttribute)).OfType<string>()];
    }
}
