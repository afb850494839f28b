using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;
using RevOps.Web.CutOver;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Tests.CutOver;

/// <summary>History in the hands of somebody of Finance: read from Stripe, and from files.</summary>
public sealed class HistoryPagesTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(host.Services.GetRequiredService<HistoryQueries>()).AddSingleton(host.Services.GetRequiredService<AskHistory>()).AddSingleton(host.Services.GetRequiredService<KeepHistory>());
        Services.AddSingleton(host.Services.GetRequiredService<ChangeFeed>()).AddSingleton(host.Services.GetRequiredService<TimeProvider>());
        await SignInAsync();
    }

    [Fact]
    public void WithoutStripe_SaysWhereToConnectIt()
    {
        var page = Render<HistoryPage>();
        Assert.Equal("/connections", page.WaitForElement(".empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll(".ask"));
    }

    [Fact]
    public async Task AFileWithAFault_LetsNothingIn_AndAMendedOneAllOfIt()
    {
        var page = Render<HistoryFileForm>(form => form.Add(one => one.Kind, HistoryFileKind.Opening));
        Choose(page, "number;customer;issued;due;net;tax;paid\nF-1;Acme;2026-13-01;2026-01-31;1200,00;240;\nF-2;;2026-01-31;2026-01-01;ten;0;5\nF-3;Acme;2026-01-01;2026-01-31;10;2;13");
        page.WaitForAssertion(() => Assert.Equal(
            ["Issued: a day is expected, such as 2026-03-31 or 31/03/2026", "Without tax: an amount is expected, such as 1200,50", "Due: lies before the day of issue", "Customer: is missing", "Paid already: is more than the invoice"],
            page.FindAll("td .problem").Select(problem => problem.TextContent.Trim())));
        Assert.True(page.Find(".buttons .button").HasAttribute("disabled"));

        Choose(page, "number;customer;issued;due;net;tax\nF-1;Acme;2026-01-01;2026-01-31;1200,00;240\nF-2;Durand;2026-01-01;2026-01-31;100;20");
        page.WaitForAssertion(() => Assert.Contains("2 rows would come in", page.Find("section").TextContent, StringComparison.Ordinal));

        // In figures as they were understood, with their sum: what a file means is seen before it counts.
        Assert.Equal(["€1,200.00", "€1,440.00", "€100.00", "€120.00"], page.FindAll("td.number .figure").Select(figure => figure.TextContent));
        Assert.Contains("€1,560.00", page.Find("section").TextContent, StringComparison.Ordinal);
        await using var db = await host.OpenDatabaseAsync();
        Assert.False(await db.Set<Invoice>().AnyAsync(CancellationToken.None));
        await page.Find(".buttons .button").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("2 opening balances are in the books.", page.Find(".said").TextContent));
        Assert.Equal(2, await db.Set<Invoice>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public void AFileThatIsSomethingElse_SaysWhichColumnsAreKnown()
    {
        var page = Render<HistoryFileForm>(form => form.Add(one => one.Kind, HistoryFileKind.Deals));
        Choose(page, "a;b\n1;2");
        page.WaitForAssertion(() => Assert.Contains("deal;customer;ref;siren;vat;email;won;currency;net;description;invoice", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Choose(page, "deal;client;won;net\nD-1;Acme;2026-01-01;10");
        page.WaitForAssertion(() => Assert.EndsWith("Not known: client. Missing: customer.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private static void Choose(IRenderedComponent<HistoryFileForm> page, string file) => page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(file, "history.csv"));

    private async Task SignInAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = "finance@example.com", Email = "finance@example.com" };
        await users.CreateAsync(user);
        await users.AddToRoleAsync(user, Roles.Finance);

        var signedIn = this.AddAuthorization().SetAuthorized(user.UserName);
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetPolicies(Policies.ApproveInvoices);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim("AspNet.Identity.SecurityStamp", await users.GetSecurityStampAsync(user)));
    }
}
