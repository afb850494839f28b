using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Receivables.Payouts;
using RevOps.Core.Scorecard.Notes;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;
using RevOps.Web.Receivables;
using RevOps.Web.Receivables.Cash;
using RevOps.Web.Receivables.Payouts;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Notes;

namespace RevOps.Tests.Receivables;

/// <summary>Payouts, expected cash and the notes on the trend in the hands of their readers.</summary>
public sealed class ReceivablePagesTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private BunitAuthorizationContext? signedIn;

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        foreach (var service in new[] { typeof(PayoutQueries), typeof(CashQueries), typeof(Annotations), typeof(ChangeFeed), typeof(TimeProvider), typeof(DemoProgress) })
            Services.AddSingleton(service, host.Services.GetRequiredService(service));
        Services.AddSingleton(new PageKeys());
        await SignInAsync(Roles.Finance);
    }

    [Fact]
    public async Task Payout_SaysWhetherItsPartsAddUp()
    {
        var invoice = await new SomeSales(host).AddAsync("B-1", SomeCredits.Sent("F-1", isPaid: true));
        var whole = await PayOutAsync("po_1", 11_795, ("payment", 12_000, 205, invoice));
        var differs = await PayOutAsync("po_2", 20_000, ("payment", 12_000, 205, null), ("stripe_fee", -1_000, 0, null));

        var page = Render<PayoutPartsPage>(ps => ps.Add(one => one.Id, whole));
        page.WaitForAssertion(() => Assert.Contains("it adds up to the cent", page.Find(".verdict .what").TextContent, StringComparison.Ordinal));
        Assert.Equal("F-1", page.Find($"a[href='/invoices/{invoice}']").TextContent);
        Assert.Equal(["€120.00", "€2.05", "€117.95"], page.FindAll("tr.sum td").Skip(2).Select(cell => cell.TextContent));

        var wrong = Render<PayoutPartsPage>(ps => ps.Add(one => one.Id, differs));
        wrong.WaitForAssertion(() => Assert.Contains("€92.05 is unexplained", wrong.Find(".verdict[role=alert] .what").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/receivables/payouts/{differs}?alone=true", wrong.Find(".verdict a").GetAttribute("href"));

        var list = Render<PayoutsPage>();
        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("tbody tr[data-row]").Count));
        Assert.Equal("1", list.FindAll(".figures .value")[2].TextContent.Trim());
        Assert.Contains("no such payout", Render<PayoutPartsPage>(ps => ps.Add(one => one.Id, Guid.NewGuid())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cash_SaysThatNobodyHasPaidYetAndHoldsEveryCent()
    {
        Assert.Contains("Nothing is open", Render<CashPage>().Markup, StringComparison.Ordinal);
        await new SomeSales(host).AddAsync("B-1", invoice => (invoice.Status, invoice.Number, invoice.IssuedAt, invoice.IssuedOn, invoice.DueOn) = (InvoiceStatus.Open, "F-1", SomeSales.Noon, new(2026, 3, 2), new(2026, 4, 1)));
        var page = Render<CashPage>();
        page.WaitForAssertion(() => Assert.Contains("Nobody has paid an invoice yet", page.Find("p.note[role=note]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["€120.00", "€0.00", "€0.00", "€120.00"], page.FindAll(".figures .value").Select(value => value.TextContent.Trim()));
        Assert.Equal("Nothing was open 4 weeks ago, so the rule cannot be tried on it yet.", page.WaitForElement("section p.quiet").TextContent);

        // The week of its due day opens it.
        Services.GetRequiredService<NavigationManager>().NavigateTo("/receivables/cash?week=2026-03-30");
        var week = Render<CashPage>();
        week.WaitForAssertion(() => Assert.Equal("1 invoice, €24.00", week.Find("p.sum").TextContent));
        Assert.Equal("2026-03-30", week.Find("a.open[aria-current]").Closest("tr")!.GetAttribute("data-row"));
    }

    [Fact]
    public async Task Notes_AreWrittenByFinanceAndReadByAll()
    {
        var notes = Render<ChartNotes>(ps => ps.Add(one => one.Topic, AnnotationTopic.Finance).Add(one => one.Found, []).Add(one => one.Today, new DateOnly(2026, 3, 2)));
        Assert.Contains("Nothing is noted", notes.Markup, StringComparison.Ordinal);
        await notes.Find("input[type=text]").InputAsync("New terms");
        await notes.Find("input[type=date]").ChangeAsync("2026-03-03");
        await notes.Find("form").SubmitAsync();
        Assert.Equal("Choose a day that has been: today or earlier.", notes.WaitForElement("p.said").TextContent);
        await notes.Find("input[type=date]").ChangeAsync("2026-02-03");
        await notes.Find("form").SubmitAsync();
        notes.WaitForAssertion(() => Assert.Equal("The note stands on the charts.", notes.Find("p.said").TextContent));
        var found = await Services.GetRequiredService<Annotations>().OfAsync(AnnotationTopic.Finance, new(2026, 1, 1), new(2026, 3, 2), CancellationToken.None);
        Assert.Equal([("New terms", new DateOnly(2026, 2, 3))], found.Select(note => (note.Text, note.Day)));

        notes.Render(ps => ps.Add(one => one.Found, found));
        await notes.Find("li button[aria-label='Remove “New terms”']").ClickAsync();
        notes.WaitForAssertion(() => Assert.Equal("The note is removed.", notes.Find("p.said").TextContent));

        await SignInAsync(Roles.Management);
        var read = Render<ChartNotes>(ps => ps.Add(one => one.Topic, AnnotationTopic.Finance).Add(one => one.Found, found).Add(one => one.Today, new DateOnly(2026, 3, 2)));
        Assert.Empty(read.FindAll("button, form"));
        Assert.Contains("New terms", read.Markup, StringComparison.Ordinal);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private async Task<Guid> PayOutAsync(string stripeId, long amount, params (string Type, long Gross, long Fee, Guid? Invoice)[] parts)
    {
        var id = Guid.CreateVersion7();
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new Payout
        {
            Id = id,
            StripePayoutId = stripeId,
            Mode = Mode.Live,
            Currency = "EUR",
            AmountMinor = amount,
            Status = "paid",
            ArrivesOn = new(2026, 3, 2),
            IsAutomatic = true,
            PartsMinor = parts.Sum(part => part.Gross - part.Fee),
            PartsReadAt = SomeSales.Noon,
            OccurredAt = SomeSales.Noon,
            RecordedAt = SomeSales.Noon,
        });
        foreach (var (index, part) in parts.Index())
        {
            db.Add(new PayoutPart
            {
                Id = Guid.CreateVersion7(),
                PayoutId = id,
                StripeTransactionId = $"txn_{stripeId}_{index}",
                Type = part.Type,
                InvoiceId = part.Invoice,
                Currency = "EUR",
                GrossMinor = part.Gross,
                FeeMinor = part.Fee,
                NetMinor = part.Gross - part.Fee,
                OccurredAt = SomeSales.Noon,
            });
        }

        await db.SaveChangesAsync();
        return id;
    }

    private async Task SignInAsync(string role)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var account = new User { UserName = $"{role}@agency.example", Email = $"{role}@agency.example" };
        Assert.True((await users.CreateAsync(account, "a long enough sentence")).Succeeded);
        Assert.True((await users.AddToRoleAsync(account, role)).Succeeded);
        signedIn ??= this.AddAuthorization();
        signedIn.SetAuthorized(account.Email!);
        signedIn.SetRoles(role);
        signedIn.SetPolicies(role == Roles.Finance ? [Policies.Finance, Policies.ApproveInvoices] : [Policies.Finance]);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, account.Id.ToString()), new Claim("AspNet.Identity.SecurityStamp", account.SecurityStamp!), new Claim(ClaimTypes.Role, role));
    }
}
