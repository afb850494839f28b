using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;
using RevOps.Web.Billing;
using RevOps.Web.Shared;

namespace RevOps.Tests.Journeys;

/// <summary>One key for all pages, on the real sandbox: what is decided is what was there when it was pressed, and nothing else.</summary>
public sealed class SelectAllTests : BunitContext, IAsyncLifetime
{
    private const int Ready = 30;
    private Agency agency = null!;

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync();
        for (var number = 1; number <= Ready; number++)
            await agency.SendAsync("booking_confirmed", Events.Sale($"B-{number}", customer: $"C-{number}", unitAmount: 100 + number));
        var incomplete = Events.Sale("B-incomplete", customer: "C-0");
        incomplete["customer"]!.AsObject().Remove("siren");
        await agency.SendAsync("booking_confirmed", incomplete);
        await agency.Host.DrainAsync();

        JSInterop.Mode = JSRuntimeMode.Loose;
        var product = agency.Host.Services;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(new DecisionBatch()).AddSingleton(new PageKeys());
        Services.AddSingleton(product.GetRequiredService<CreditNoteQueries>());
        Services.AddSingleton(product.GetRequiredService<InvoiceQueries>()).AddSingleton(product.GetRequiredService<InvoicePaperQueries>()).AddSingleton(product.GetRequiredService<CompareDraft>());
        Services.AddSingleton(product.GetRequiredService<ApprovalQueries>()).AddSingleton(product.GetRequiredService<InvoiceComments>()).AddSingleton(product.GetRequiredService<DraftVersionQueries>());
        Services.AddSingleton(product.GetRequiredService<ChangeFeed>()).AddSingleton(product.GetRequiredService<TimeProvider>());
        Services.AddScoped(_ => product.CreateScope().ServiceProvider.GetRequiredService<InvoiceStoryQueries>());
        Services.AddScoped(_ => product.CreateScope().ServiceProvider.GetRequiredService<DecideInvoice>());
        var approver = await agency.ApproverAsync();
        var signedIn = this.AddAuthorization().SetAuthorized("finance@agency.example");
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, approver.UserId.ToString()), new Claim("AspNet.Identity.SecurityStamp", approver.SecurityStamp!));
    }

    [Fact]
    public async Task CanApproveAllPagesAtOnceAndExactlyWhatWasShown()
    {
        var shown = (await agency.Host.Services.GetRequiredService<InvoiceQueries>().ReadyAsync(new(), CancellationToken.None)).ToDictionary(row => row.Id, row => row.ReviewHash!);
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        Assert.Equal(25, page.FindAll(".waiting li").Count);
        Assert.Equal("Select all 30 ready, €4,158.00", page.Find("button[aria-keyshortcuts='Shift+X']").TextContent);
        await PressAsync(page, "Shift+x");
        page.WaitForAssertion(() => Assert.Equal("Approve 30 invoices, €4,158.00", page.Find("button[aria-keyshortcuts=A]").TextContent));

        // One of them changes and another comes in, after the look and before the click.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-30", customer: "C-30", unitAmount: 9_000));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-late", customer: "C-99"));
        await agency.Host.DrainAsync();
        await PressAsync(page, "a");
        page.WaitForAssertion(() => Assert.Contains("29 of 30 done", page.Find(".results [role=status]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        Assert.Contains("the booking changed", page.Find(".results .refused").TextContent, StringComparison.Ordinal);

        await using var db = await agency.Host.OpenDatabaseAsync();
        var decisions = await db.Set<InvoiceDecision>().AsNoTracking().ToListAsync();
        var changed = (await agency.InvoiceAsync("B-30")).Id;
        Assert.Equal(shown.Keys.Where(id => id != changed).Order(), decisions.Select(decision => decision.InvoiceId).Order());
        Assert.All(decisions, decision => Assert.Equal(shown[decision.InvoiceId], decision.ReviewHash));
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-late")).Status);
        await agency.Host.DrainAsync();
        Assert.Equal(29, agency.Sandbox.Executed("POST /v1/invoices/{id}/finalize"));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await agency.DisposeAsync();
    }

    private static Task PressAsync(IRenderedComponent<ApprovalsPage> page, string key) => page.FindComponent<Hotkeys>().Instance.PressAsync(key);
}
