using Microsoft.Playwright;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Identity;

/// <summary>What only a browser can tell: a passkey, made and used by Chromium's own authenticator, and the pages around it.</summary>
public sealed class PasskeyTests(Browser browser)
{
    private const string Email = "ann@agency.example";

    [Fact]
    public async Task Passkey_IsMadeNamedUsedAndRemoved()
    {
        await using var host = new RevOpsHost { Settings = { ["SignIn:RequireTwoFactor"] = "Finance,Admin" } };
        var id = await host.HireAsync(Email, Roles.Finance);
        var page = await browser.OpenAsync(host);
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        await using var device = await Device.PlugInAsync(page);

        // An address in numbers has no passkeys: browsers want a name.
        var site = new UriBuilder(host.Address) { Host = "localhost" }.Uri;
        await SignInAsync(page, site);
        await page.WaitForURLAsync("**/account/two-factor?return=%2F");
        await page.Locator("input[name='New.Name']").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("ol code")).ToHaveCountAsync(10);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await page.WaitUntilLiveAsync();
        Assert.Equal("/", new Uri(page.Url).AbsolutePath);

        // The password alone leads to the passkey; the passkey alone is enough.
        await device.HoldAsync();
        await SignOutAsync(page, site);
        await SignInAsync(page, site);
        await page.WaitForURLAsync("**/signin/two-factor**");
        await device.LetGoAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use your passkey" }).ClickAsync();
        await page.WaitForURLAsync(site.ToString());
        await SignOutUnaskedAsync(page, site, device);

        // The form asks for a passkey by itself: a reader that says yes at once needs no click.
        await page.GotoAsync(new Uri(site, "/signin?return=%2Faccount%2Ftwo-factor").ToString());
        await page.WaitForURLAsync("**/account/two-factor");
        Assert.Equal(SignInMethod.Passkey, (await SessionsOfAsync(host, id))[0].Method);

        // Named anew; and the last factor of somebody who needs one stays.
        await Assertions.Expect(page.Locator("input[name='Old.Name']")).ToHaveValueAsync("Work laptop");
        await page.Locator("input[name='Old.Name']").FillAsync("Old laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename Work laptop" }).ClickAsync();
        await Assertions.Expect(page.Locator("input[name='Old.Name']")).ToHaveValueAsync("Old laptop");
        await Assertions.Expect(page.GetByText("Your role needs a second factor and this is the only one")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Old laptop" })).ToHaveCountAsync(0);

        await host.GiveAppAsync(id);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Old laptop" }).ClickAsync();
        await Assertions.Expect(page.GetByText("opens nothing any more")).ToBeVisibleAsync();

        // Asked for by itself and refused, once: a reader that says yes at once would otherwise be asked for ever.
        var posts = 0;
        page.Request += (_, request) => posts += request is { Method: "POST", IsNavigationRequest: true } ? 1 : 0;
        await SignOutUnaskedAsync(page, site, device);
        posts = 0;
        await page.GotoAsync(new Uri(site, "/signin").ToString());
        await Assertions.Expect(page.GetByText("This passkey is not known here")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This passkey is not known here")).ToBeVisibleAsync();
        Assert.InRange(posts, 1, 2);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Administrator_InvitesAndTheListMoves()
    {
        await using var host = new RevOpsHost();
        await host.HireAsync(Email, Roles.Admin);
        var (page, list) = (await browser.OpenAsync(host), await browser.OpenAsync(host));
        foreach (var one in new[] { page, list })
        {
            await SignInAsync(one, host.Address);
            await one.WaitUntilLiveAsync();
        }

        await list.OpenAsync("/users");
        await page.OpenAsync("/users/invite");
        await page.Locator("input[type=email]").FillAsync("bob@agency.example");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Marketing") }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the invitation" }).ClickAsync();
        var link = await page.Locator("input.link").InputValueAsync();
        Assert.Contains("/invitation?user=", link, StringComparison.Ordinal);
        await list.GetByRole(AriaRole.Link, new() { Name = "bob@agency.example" }).ClickAsync();

        // Whoever was shown the link does not give Finance.
        await Assertions.Expect(list.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Finance") })).ToBeDisabledAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = "Lock the account" }).ClickAsync();
        await list.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Lock the account" }).ClickAsync();
        await Assertions.Expect(list.GetByText("The account is locked.")).ToBeVisibleAsync();
        await Assertions.Expect(list.GetByText("Locked by an administrator")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, Uri site)
    {
        await page.GotoAsync(new Uri(site, "/signin").ToString());
        await page.Locator("input[name='Input.Email']").FillAsync(Email);
        await page.Locator("input[name='Input.Password']").FillAsync(Staff.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private static async Task SignOutAsync(IPage page, Uri site)
    {
        await page.GotoAsync(new Uri(site, "/signout").ToString());
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/signin");
    }

    /// <summary>Away from the form before the reader says yes to it.</summary>
    private static async Task SignOutUnaskedAsync(IPage page, Uri site, Device device)
    {
        await device.HoldAsync();
        await SignOutAsync(page, site);
        await page.GotoAsync("about:blank");
        await device.LetGoAsync();
    }

    private static async Task<IReadOnlyList<Session>> SessionsOfAsync(RevOpsHost host, Guid id) =>
        await ((Sessions)host.Services.GetService(typeof(Sessions))!).OfUserAsync(id);

    /// <summary>A laptop's fingerprint reader that always says yes, or says nothing while it is held.</summary>
    private sealed class Device(ICDPSession session, string id) : IAsyncDisposable
    {
        public static async Task<Device> PlugInAsync(IPage page)
        {
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("WebAuthn.enable");
            var options = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            };
            var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal) { ["options"] = options });
            return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        public Task HoldAsync() => SetAsync(enabled: false);

        public Task LetGoAsync() => SetAsync(enabled: true);

        public async ValueTask DisposeAsync() => await session.DetachAsync();

        private Task SetAsync(bool enabled) => session.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new Dictionary<string, object>(StringComparer.Ordinal) { ["authenticatorId"] = id, ["enabled"] = enabled });
    }
}
