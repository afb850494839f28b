using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>No line leaves at another price than the catalogue's unless somebody of Finance let it stand, knowing both figures.</summary>
public sealed class PriceTests(PriceTests.World world) : IClassFixture<PriceTests.World>
{
    private Agency Agency => world.Agency;

    private KeepCatalogue Catalogue => Agency.Host.Services.GetRequiredService<KeepCatalogue>();

    [Fact]
    public async Task AWrongPrice_IsHeldWithBothFigures_AcceptedOnce_AndThenApprovable()
    {
        await AddAsync("WRONG", "1200");
        await BookAsync("B-wrong", "wrong", 1_000m);
        Assert.Equal(DecisionResult.Blocked, await Agency.ApproveAsync("B-wrong"));

        var paper = await PaperAsync("B-wrong");
        Assert.Equal([ReviewProblem.PriceDiffers], paper.Problems);
        var price = Assert.Single(paper.Prices);
        Assert.Equal((1_200m, 1_000m, new Money(-20_000, "EUR"), false, false, "WRONG"), (price.Difference.InForce, price.Difference.Stated, price.Difference.Difference, price.Difference.IsContract, price.IsAccepted, price.ServiceCode));

        // Neither a role that may not, nor figures that were not those on the screen.
        var manager = await Agency.HireAsync("manager@agency.example", Roles.Management);
        Assert.Equal(DecisionResult.NotAllowed, await AcceptAsync(paper, await Agency.ApproverAsync(manager)));
        Assert.Equal(DecisionResult.Outdated, await AcceptAsync(paper with { Prices = [price with { Difference = price.Difference with { InForce = 1_100 } }] }));
        Assert.Equal(DecisionResult.Outdated, await AcceptAsync(paper with { DraftVersion = paper.DraftVersion + 1 }));

        var clicks = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AcceptAsync(paper)));
        Assert.Single(clicks, DecisionResult.Done);
        Assert.Equal(2, clicks.Count(result => result == DecisionResult.Outdated));
        var after = await PaperAsync("B-wrong");
        Assert.Empty(after.Problems);
        Assert.True(Assert.Single(after.Prices).IsAccepted);
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("B-wrong"));

        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal($"user:{Agency.Finance}", await db.Set<AuditEntry>().Where(entry => entry.Action == "prices.accepted" && entry.SubjectId == paper.Id.ToString()).Select(entry => entry.Actor).SingleAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AcceptedPrices_AreOfThatContentOnly()
    {
        await AddAsync("CHANGED", "1200");
        await BookAsync("B-changed", "CHANGED", 1_000m);
        Assert.Equal(DecisionResult.Done, await AcceptAsync(await PaperAsync("B-changed")));

        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        var change = new JsonObject { ["bookingId"] = "B-changed", ["lines"] = new JsonArray(Line("CHANGED", 900m)) };
        await Agency.SendAsync("booking_changed", change);
        await Agency.Host.DrainAsync();
        Assert.Equal([ReviewProblem.PriceDiffers], (await Agency.InvoiceAsync("B-changed")).ProblemList);
    }

    [Fact]
    public async Task APriceThatComesLater_BringsAndTakesTheProblem_ForWhomItConcerns()
    {
        await BookAsync("B-later", "LATER", 1_000m);
        await BookAsync("B-other", "LATER", 1_000m, "C-9");
        Assert.Empty((await Agency.InvoiceAsync("B-later")).ProblemList);

        var service = await AddAsync("LATER", "1200");
        await Agency.Host.DrainAsync();
        Assert.Equal([ReviewProblem.PriceDiffers], (await Agency.InvoiceAsync("B-later")).ProblemList);

        // A contract of one customer takes it away there, and nowhere else.
        var customer = (await Agency.InvoiceAsync("B-later")).CustomerId;
        Assert.True((await Catalogue.AddPriceAsync(service, customer, Price("1000"), await Agency.ApproverAsync(), CancellationToken.None)).IsDone);
        await Agency.Host.DrainAsync();
        Assert.Empty((await Agency.InvoiceAsync("B-later")).ProblemList);
        Assert.Equal([ReviewProblem.PriceDiffers], (await Agency.InvoiceAsync("B-other")).ProblemList);
    }

    [Fact]
    public async Task AnotherRateOfVat_MakesTheDraftsAnew()
    {
        var service = await AddAsync("RATE", "1000");
        await BookAsync("B-rate", "RATE", 1_000m);
        var before = await Agency.InvoiceAsync("B-rate");
        Assert.Equal(120_000, before.GrossMinor);

        Assert.True((await Catalogue.SaveAsync(service, await VersionAsync(service), new() { Code = "RATE", Name = "Service", Rate = "10" }, await Agency.ApproverAsync(), CancellationToken.None)).IsDone);
        await Agency.Host.DrainAsync();
        var after = await Agency.InvoiceAsync("B-rate");
        Assert.Equal((110_000, before.DraftVersion + 1, InvoiceStatus.ReadyForReview), (after.GrossMinor, after.DraftVersion, after.Status));
    }

    [Fact]
    public async Task TheCatalogue_SaysClearlyWhatItRefuses()
    {
        var (approver, day) = (await Agency.ApproverAsync(), Day(Agency.Clock.GetUtcNow().AddDays(30)));
        var service = await AddAsync("DESK", "100");
        Assert.Equal("Code codeTaken", Said(await Catalogue.SaveAsync(Guid.CreateVersion7(), null, new() { Code = "desk", Name = "Another" }, approver, CancellationToken.None)));
        Assert.Equal("From fromTaken", Said(await Catalogue.AddPriceAsync(service, null, Price("90"), approver, CancellationToken.None)));
        Assert.Equal(" outdated", Said(await Catalogue.SaveAsync(service, await VersionAsync(service) + 1, new() { Code = "DESK", Name = "Desk" }, approver, CancellationToken.None)));
        Assert.Equal(" notAllowed", Said(await Catalogue.RetireAsync(service, true, approver with { SecurityStamp = "old" }, CancellationToken.None)));

        // A price that has not begun may go; one that has may not.
        Assert.True((await Catalogue.AddPriceAsync(service, null, Price("90", day), approver, CancellationToken.None)).IsDone);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var prices = await db.Set<PriceVersion>().Where(price => price.ServiceId == service).OrderBy(price => price.ValidFrom).Select(price => price.Id).ToListAsync(CancellationToken.None);
        Assert.Equal(" begun", Said(await Catalogue.WithdrawPriceAsync(prices[0], approver, CancellationToken.None)));
        Assert.True((await Catalogue.WithdrawPriceAsync(prices[1], approver, CancellationToken.None)).IsDone);

        Assert.True((await Catalogue.RetireAsync(service, true, approver, CancellationToken.None)).IsDone);
        Assert.Equal(" outdated", Said(await Catalogue.RetireAsync(service, true, approver, CancellationToken.None)));
        Assert.True((await Catalogue.RetireAsync(service, false, approver, CancellationToken.None)).IsDone);
        Assert.Equal(["price.added", "price.added", "price.withdrawn", "service.added", "service.restored", "service.retired"], await db.Set<AuditEntry>().Where(entry => entry.SubjectId == service.ToString()).Select(entry => entry.Action).OrderBy(action => action).ToListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AFile_IsSavedWholeOrNotAtAll()
    {
        const string File = "code;name;vat;cost;currency;price;tax;from\nF-1;First;20;4,50;EUR;10,00;HT;2026-01-01\nF-2;Second;5,5;;EUR;24,50;TTC;2026-01-01";
        var approver = await Agency.ApproverAsync();
        var seen = await Catalogue.PlanAsync(File, approver, CancellationToken.None);
        Assert.Equal((2, 2, true), (seen.Services.Count, seen.Prices.Count, seen.MaySave));

        // Looked at by two: what one has saved, the other's plan no longer fits.
        var late = await Catalogue.PlanAsync(File, approver, CancellationToken.None);
        Assert.True((await Catalogue.ImportAsync(seen, approver, CancellationToken.None)).IsDone);
        Assert.Equal("Code codeTaken", Said(await Catalogue.ImportAsync(late, approver, CancellationToken.None)));
        Assert.False((await Catalogue.PlanAsync(File, approver, CancellationToken.None)).MaySave);

        var list = await Agency.Host.Services.GetRequiredService<CatalogueQueries>().ListAsync(new() { Text = "f-", Sort = CatalogueSort.Code, Descending = true }, CancellationToken.None);
        Assert.Equal([("F-2", 24.5m, true, null), ("F-1", 10m, false, new Money(550, "EUR"))], list.Rows.Select(row => (row.Code, row.Price!.UnitAmount, row.Price.TaxInclusive, row.Price.Margin)));
    }

    private async Task<Guid> AddAsync(string code, string price)
    {
        var (id, approver) = (Guid.CreateVersion7(), await Agency.ApproverAsync());
        Assert.True((await Catalogue.SaveAsync(id, null, new() { Code = code, Name = "Service" }, approver, CancellationToken.None)).IsDone);
        Assert.True((await Catalogue.AddPriceAsync(id, null, Price(price), approver, CancellationToken.None)).IsDone);
        return id;
    }

    private async Task BookAsync(string bookingId, string code, decimal unitAmount, string customer = "C-1")
    {
        var sale = Events.Sale(bookingId, customer: customer);
        sale["lines"] = new JsonArray(Line(code, unitAmount));
        await Agency.SendAsync("booking_confirmed", sale);
        await Agency.Host.DrainAsync();
    }

    private static JsonObject Line(string code, decimal unitAmount) =>
        new() { ["key"] = "1", ["serviceCode"] = code, ["description"] = "Service", ["quantity"] = 1, ["unitAmount"] = unitAmount.ToString(CultureInfo.InvariantCulture) };

    private async Task<InvoicePaper> PaperAsync(string bookingId) =>
        (await Agency.Host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync((await Agency.InvoiceAsync(bookingId)).Id, emailInClear: false, CancellationToken.None))!;

    private async Task<DecisionResult> AcceptAsync(InvoicePaper paper, Approver? approver = null) => await Agency.Host.Services.GetRequiredService<AcceptPrices>()
        .RunAsync(paper.Id, paper.DraftVersion, [.. paper.Prices.Select(price => price.Difference)], approver ?? await Agency.ApproverAsync(), CancellationToken.None);

    private async Task<int> VersionAsync(Guid service) => (await Agency.Host.Services.GetRequiredService<CatalogueQueries>().OfAsync(service, CancellationToken.None))!.Version;

    private static PriceEntry Price(string amount, string from = "2026-01-01") => new() { Amount = amount, Currency = "EUR", From = from };

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Said(CatalogueResult result) => string.Join(", ", result.Problems.Select(problem => $"{problem.Key} {problem.Value}"));

    /// <summary>One agency for all of them: each has codes of its own.</summary>
    public sealed class World : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Agency = await Agency.OpenAsync();

        public ValueTask DisposeAsync() => Agency.DisposeAsync();
    }
}
