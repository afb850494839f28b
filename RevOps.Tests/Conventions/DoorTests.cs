using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using RevOps.Core.Identity;
using RevOps.Tests.Identity;
using RevOps.Web.Shell;

namespace RevOps.Tests.Conventions;

/// <summary>The running product is asked at every door, as everybody, and answers what the table says.</summary>
[Collection(EveryPage.Name)]
public sealed class DoorTests(FilledHost world)
{
    private const string Stranger = "stranger";
    private const string WrongKey = "wrong key";
    private const string Clerk = "clerk@agency.example";
    private static readonly string[] Scopes = [ApiKey.EventsWrite, ApiKey.MetricsRead, ApiKey.PricesRead];

    [Fact]
    public async Task EveryDoor_OpensToWhomTheTableSays()
    {
        var doors = Doors.Of(world.Host);
        Assert.Equal(Doors.Table.Keys.Order(StringComparer.Ordinal), doors.Select(door => door.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(doors, door => world.AddressOf(door.Key).Contains('{', StringComparison.Ordinal));

        var wrong = await Task.WhenAll((await CallersAsync()).Select(caller => KnockAsync(caller.Key, caller.Value, doors)));
        Assert.Equal("", string.Join('\n', wrong.SelectMany(lines => lines)));
    }

    /// <summary>A form of another site brings our cookie and not our token; with the token, the very same is taken.</summary>
    [Fact]
    public async Task EveryForm_IsTakenWithItsTokenOnly()
    {
        await world.Host.HireAsync(Clerk, Roles.Finance);
        var posted = new SortedSet<string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var page in Doors.PagesOf(world.Host).Where(page => page.IsStill))
        {
            // A form may sign its sender out, and a demo user is shown none of the account.
            using var reader = await SenderAsync(page.Route);
            foreach (var form in PostedForm.AllOf(await ReadAsync(reader, page.Route), page.Route))
            {
                posted.Add($"{form.Action} {form.Name}".Trim());
                using var sender = await SenderAsync(page.Route);
                var token = PostedForm.TokenOf(await ReadAsync(sender, page.Route));
                using var without = await sender.PostAsync(form.Action, new FormUrlEncodedContent(form.Fields));
                using var with = await sender.PostAsync(form.Action, new FormUrlEncodedContent(form.Fields.Append(token)));
                if (without.StatusCode != HttpStatusCode.BadRequest || with.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Found))
                    wrong.Add($"{form.Action} {form.Name}: {(int)without.StatusCode} without its token, {(int)with.StatusCode} with it");
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.Equal(
            ["/account/passkey", "/account/password password", "/account/sessions end", "/account/two-factor app", "/account/two-factor passkey-new", "/forgot forgot", "/signin passkey", "/signin signin", "/signin/demo", "/signin/passkey", "/signout signout"],
            posted);
    }

    /// <summary>Those too that show their form to few: by a link, or in the middle of a sign-in.</summary>
    [Fact]
    public void EveryPage_AsksForTheToken() =>
        Assert.All(Doors.Of(world.Host).SelectMany(door => door).Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null),
            endpoint => Assert.True(endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation, Doors.RouteOf(endpoint)));

    /// <summary>What is offered opens something, and what opens is offered.</summary>
    [Fact]
    public async Task KeysPage_OffersTheScopesThatOpenADoor()
    {
        using var admin = await world.Host.SignedInAsync(Roles.Admin);
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await admin.GetStringAsync("/connections/keys"));
        var opening = Doors.Table.Values.SelectMany(who => who.Split(' ')).Where(ApiKey.AllScopes.Contains).Distinct(StringComparer.Ordinal);
        Assert.Equal(opening.Order(StringComparer.Ordinal), page.QuerySelectorAll("fieldset label code").Select(scope => scope.TextContent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_AreForAnyone()
    {
        var files = Doors.FilesOf(world.Host).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotNull(file.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public void SideBar_ShowsWhatOpens()
    {
        foreach (var role in Roles.All)
        {
            var shown = Rooms.OpenTo(new(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.Role, role)], "test"))).Select(room => room.Path);
            Assert.Equal(Rooms.All.Select(room => room.Path).Where(path => Doors.IsOpenTo(path, role)).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }
    }

    private async Task<HttpClient> SenderAsync(string route) => Doors.Table[route] == Doors.Anyone ? world.Host.Client() : await world.Host.ComeInAsync(Clerk);

    /// <summary>A page that leads elsewhere shows nothing.</summary>
    private async Task<string> ReadAsync(HttpClient reader, string route)
    {
        using var answer = await reader.GetAsync(world.AddressOf(route));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<List<string>> KnockAsync(string caller, HttpClient client, ILookup<string, RouteEndpoint> doors)
    {
        var wrong = new List<string>();
        foreach (var door in doors)
        {
            var address = world.AddressOf(door.Key);
            using var request = new HttpRequestMessage(Doors.TakesGets(door) ? HttpMethod.Get : HttpMethod.Post, address);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var may = Doors.IsOpenTo(door.Key, caller);
            if (may ? !IsOpen(door.Key, answer) : !IsClosed(door.Key, address, caller, answer))
                wrong.Add($"{door.Key} for {caller}: {(int)answer.StatusCode} {answer.LeadsTo()}, and the table says {(may ? "open" : "closed")}");
        }

        client.Dispose();
        return wrong;
    }

    /// <summary>What is behind it may say that something is missing or wrong; the door itself says nothing.</summary>
    private static bool IsOpen(string route, HttpResponseMessage answer) => (int)answer.StatusCode < 500 && (Doors.Table[route] == Doors.Anyone
        ? answer.LeadsTo() is null or "/" or "/signin?return=%2F" && (answer.StatusCode != HttpStatusCode.Unauthorized || IsForPrograms(route))
        : answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && answer.LeadsTo() is null);

    private static bool IsClosed(string route, string address, string caller, HttpResponseMessage answer) => (caller, answer.StatusCode) switch
    {
        (WrongKey, var status) => status == HttpStatusCode.Unauthorized,
        (Stranger, var status) when IsForPrograms(route) => status == HttpStatusCode.Unauthorized,
        // The circuit's script understands a status better than a form.
        (Stranger, HttpStatusCode.Unauthorized) when route.StartsWith("/_blazor", StringComparison.Ordinal) => true,
        (Doors.Roleless, HttpStatusCode.Forbidden) when route.StartsWith("/_blazor", StringComparison.Ordinal) => true,
        (Stranger, HttpStatusCode.Found) => answer.LeadsTo() == "/signin?return=" + Uri.EscapeDataString(address),
        (_, HttpStatusCode.Found) => !Scopes.Contains(caller) && answer.LeadsTo()!.StartsWith("/denied?", StringComparison.Ordinal),
        (_, var status) => status == HttpStatusCode.Forbidden && (Scopes.Contains(caller) || IsForPrograms(route)),
    };

    private static bool IsForPrograms(string route) => route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/hooks/", StringComparison.Ordinal);

    private async Task<Dictionary<string, HttpClient>> CallersAsync()
    {
        await world.Host.HireAsync("roleless@agency.example");
        var callers = new Dictionary<string, HttpClient>(StringComparer.Ordinal)
        {
            [Stranger] = world.Host.Client(),
            [WrongKey] = world.Host.Client("rk_wrong"),
            [Doors.Roleless] = await world.Host.ComeInAsync("roleless@agency.example"),
        };
        foreach (var role in Roles.All)
            callers[role] = await world.Host.SignedInAsync(role);
        foreach (var scope in Scopes)
            callers[scope] = world.Host.Client(await world.Host.CreateKeyAsync(scope));
        return callers;
    }
}

/// <summary>What a browser would post of a page: a form with its required fields filled in, or what a script of the form asks for first.</summary>
/// <param name="Name">By which the page knows it; empty where an endpoint takes it.</param>
internal sealed record PostedForm(string Action, string Name, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const string Token = "__RequestVerificationToken";
    private const string Handler = "_handler";

    public static IEnumerable<PostedForm> AllOf(string html, string page)
    {
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        return [.. document.QuerySelectorAll<IHtmlFormElement>("form[method=post]").SelectMany(form => Of(form, page))];
    }

    public static KeyValuePair<string, string> TokenOf(string html)
    {
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        return new(Token, document.QuerySelector($"input[name={Token}]")!.GetAttribute("value")!);
    }

    private static IEnumerable<PostedForm> Of(IHtmlFormElement form, string page)
    {
        var fields = form.QuerySelectorAll("input[name], button[name]").Where(field => field.GetAttribute("name") != Token && field.GetAttribute("type") != "checkbox")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, ValueOf(field))).DistinctBy(field => field.Key).ToList();
        yield return new(form.GetAttribute("action") is { Length: > 0 } action ? action : page, fields.Find(field => field.Key == Handler).Value ?? "", fields);
        if (form.QuerySelector("[from]") is { } script)
            yield return new(script.GetAttribute("from")!, "", []);
    }

    private static string ValueOf(IElement field) => field.GetAttribute("value") is { Length: > 0 } value ? value : !field.HasAttribute("required") ? "" : field.GetAttribute("type") == "email" ? "nobody@agency.example" : "something";
}
