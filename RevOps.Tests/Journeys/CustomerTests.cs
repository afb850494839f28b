using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>One customer per company, whatever its senders call it, and never two at Stripe. The tests share an agency, each with companies of its own.</summary>
public sealed class CustomerTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    private CustomerDesk Desk => Agency.Host.Services.GetRequiredService<CustomerDesk>();

    private Vault Vault => Agency.Host.Services.GetRequiredService<Vault>();

    [Fact]
    public async Task CanKnowACompanyByItsNumberUnderEveryRef()
    {
        // What another test left to be done is not this one's.
        await Agency.Host.DrainAsync();
        var (siren, before) = (Events.SirenOf("one"), MadeAtStripe);
        await SellAsync("one-1", "one-a", customer => customer["siren"] = siren);
        await SellAsync("one-2", "one-b", customer => customer["siren"] = $"{siren[..3]} {siren[3..6]} {siren[6..]}");
        await SellAsync("one-3", "one-c", customer => (customer["siren"], customer["vatNumber"]) = (null, Core.Platform.VatNumber.OfSiren(siren)));
        await Agency.Host.DrainAsync();

        var ids = new[] { await CustomerOf("one-1"), await CustomerOf("one-2"), await CustomerOf("one-3") };
        Assert.Single(ids.Distinct());
        Assert.Equal(before + 1, MadeAtStripe);
    }

    [Fact]
    public async Task CanKnowACompanyUnderAnotherRefAndLeaveItsDraftsAlone()
    {
        await Agency.Host.DrainAsync();
        await SellAsync("same-1", "same-a");
        await Agency.Host.DrainAsync();
        var updates = Agency.Sandbox.Executed("POST /v1/customers/{id}");
        await SellAsync("same-2", "same-b", customer => (customer["siren"], customer["legalName"], customer["email"]) = (Events.SirenOf("same-a"), "Company same-a", "same-a@acme.example"));
        await Agency.Host.DrainAsync();

        Assert.Equal(1, (await Agency.InvoiceAsync("same-1")).DraftVersion);
        Assert.Equal(updates, Agency.Sandbox.Executed("POST /v1/customers/{id}"));
    }

    [Fact]
    public async Task CanTakeTwoRefsOfANewCompanyAtOnce()
    {
        // What another test left to be done is not this one's.
        await Agency.Host.DrainAsync();
        var (siren, before) = (Events.SirenOf("race"), MadeAtStripe);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => SellAsync($"race-{number}", $"race-ref-{number % 3}", customer => customer["siren"] = siren)));
        await Agency.Host.DrainAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => CustomerOf($"race-{number}")));
        Assert.Single(ids.Distinct());
        Assert.Equal(before + 1, MadeAtStripe);
    }

    [Fact]
    public async Task CanMergeByItselfWhatIsNotAtStripeYet()
    {
        await SellAsync("auto-1", "auto-a");
        await Agency.Host.DrainAsync();
        await SellAsync("auto-2", "auto-b", customer => customer["siren"] = null);
        await SellAsync("auto-3", "auto-b", customer => customer["siren"] = Events.SirenOf("auto-a"));
        await Agency.Host.DrainAsync();

        Assert.Equal(await CustomerOf("auto-1"), await CustomerOf("auto-2"));
        Assert.Equal(await CustomerOf("auto-1"), await CustomerOf("auto-3"));
        Assert.Equal((InvoiceStatus.ReadyForReview, ""), await StandAsync("auto-2"));
    }

    [Fact]
    public async Task CanSeeThatTwoAtStripeAreOneAndMergeThem()
    {
        await SellAsync("twin-1", "twin-a");
        await SellAsync("twin-2", "twin-b");
        await Agency.Host.DrainAsync();
        var (first, second) = (await CustomerOf("twin-1"), await CustomerOf("twin-2"));
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("twin-2"));
        await Agency.Host.DrainAsync();

        // The sender says now that the second has the number of the first.
        await SellAsync("twin-3", "twin-b", customer => customer["siren"] = Events.SirenOf("twin-a"));
        await Agency.Host.DrainAsync();
        Assert.Equal(second, await CustomerOf("twin-3"));
        Assert.Equal([CustomerGap.Twin], (await LoadAsync(second)).MissingList);
        Assert.Equal((InvoiceStatus.ReadyForReview, CustomerGap.Twin), await StandAsync("twin-3"));
        Assert.Equal(DecisionResult.Blocked, await Agency.ApproveAsync("twin-3"));
        var pair = Assert.Single((await AlikeAsync()).Pairs, pair => pair.MustBeOne && pair.Other.Id == second);
        Assert.Equal(first, pair.One.Id);

        // Whoever holds the number goes, and the other takes it over.
        Assert.Equal(CustomerResult.Done, await MergeAsync(first, second));
        await Agency.Host.DrainAsync();
        var (gone, kept) = (await LoadAsync(first), await LoadAsync(second));
        Assert.Equal((second, "", null), (gone.MergedIntoId, gone.Missing, gone.CompanyHash));
        Assert.Equal("", kept.Missing);
        Assert.NotNull(kept.CompanyHash);
        Assert.Equal((InvoiceStatus.ReadyForReview, ""), await StandAsync("twin-3"));
        Assert.Equal((InvoiceStatus.ReadyForReview, ""), await StandAsync("twin-1"));
        Assert.Equal(kept.StripeCustomerId, await StripeCustomerOf("twin-1"));
    }

    [Fact]
    public async Task CanMergeLookAlikesAndLaterBookingsFollow()
    {
        await SellAsync("alike-1", "alike-a", Named("Alike"));
        await SellAsync("alike-2", "alike-b", customer => { Named("ALIKE, S.A.S.")(customer); customer["siren"] = null; });
        await Agency.Host.DrainAsync();
        var (kept, gone) = (await CustomerOf("alike-1"), await CustomerOf("alike-2"));
        var pair = Assert.Single((await AlikeAsync()).Pairs, pair => pair.One.Id == kept || pair.Other.Id == kept);
        Assert.Equal([AlikeBy.Name], pair.Reasons);

        var admin = await Agency.ApproverAsync(await Agency.HireAsync("admin@alike.example", Roles.Admin));
        Assert.Equal(CustomerResult.NotAllowed, await MergeAsync(gone, kept, admin));
        Assert.Equal(CustomerResult.Outdated, await Desk.MergeAsync((gone, "as it was yesterday"), (kept, (await LoadAsync(kept)).Stamp), await Agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(CustomerResult.Done, await MergeAsync(gone, kept));
        Assert.Equal(CustomerResult.Outdated, await MergeAsync(gone, kept));
        await SellAsync("alike-3", "alike-b", customer => { Named("Alike")(customer); customer["siren"] = Events.SirenOf("alike-a"); });
        await Agency.Host.DrainAsync();

        Assert.Equal((kept, kept), (await CustomerOf("alike-2"), await CustomerOf("alike-3")));
        Assert.Equal((await LoadAsync(kept)).StripeCustomerId, await StripeCustomerOf("alike-2"));
        Assert.DoesNotContain((await AlikeAsync()).Pairs, left => left.One.Id == gone || left.Other.Id == gone);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(row => (row.Action == "customer.merged" && row.SubjectId == gone.ToString()) || (row.Action == "customer.tookOver" && row.SubjectId == kept.ToString())));
        Assert.Null(await Agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    [Fact]
    public async Task CanSayThatTwoAreNotTheSame()
    {
        await SellAsync("apart-1", "apart-a", customer => { Named("Apart")(customer); customer["siren"] = null; });
        await SellAsync("apart-2", "apart-b", customer => { Named("Apart")(customer); customer["siren"] = null; });
        var (first, second) = (await CustomerOf("apart-1"), await CustomerOf("apart-2"));
        Assert.Single((await AlikeAsync()).Pairs, pair => pair.One.Id == first || pair.Other.Id == first);

        Assert.Equal(CustomerResult.Done, await Desk.KeepApartAsync(second, first, await Agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(CustomerResult.NothingNew, await Desk.KeepApartAsync(first, second, await Agency.ApproverAsync(), CancellationToken.None));
        Assert.DoesNotContain((await AlikeAsync()).Pairs, pair => pair.One.Id == first || pair.Other.Id == first);
    }

    [Fact]
    public async Task CanEnterWhatIsMissingAndItSurvivesTheSender()
    {
        await SellAsync("own-1", "own-a", customer => { customer["email"] = null; customer["siren"] = null; });
        await Agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.ReadyForReview, $"{CustomerGap.Email} {CustomerGap.Siren}"), await StandAsync("own-1"));
        var id = await CustomerOf("own-1");

        var entry = new CustomerEntry { Email = "billing@own.example", Siren = Events.SirenOf("own-a"), Gather = nameof(GatherRule.PerMonth) };
        Assert.Equal(CustomerResult.NotAllowed, await EnterAsync(id, entry, await Agency.ApproverAsync(await Agency.HireAsync("boss@own.example", Roles.Management))));
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, entry));
        Assert.Equal(CustomerResult.NothingNew, await EnterAsync(id, entry));
        await Agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.ReadyForReview, ""), await StandAsync("own-1"));
        Assert.Equal("billing@own.example", (await AtStripeAsync(id)).Email);

        await SellAsync("own-2", "own-a", customer => { customer["email"] = "other@own.example"; customer["siren"] = null; });
        await Agency.Host.DrainAsync();
        Assert.Equal("billing@own.example", (await AtStripeAsync(id)).Email);
        Assert.Equal(("", GatherRule.PerMonth), ((await LoadAsync(id)).Missing, (await LoadAsync(id)).Gather!.Value));

        // Emptied, the sender's counts again; and entered once more, Stripe hears of it once more.
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { Siren = entry.Siren }));
        await Agency.Host.DrainAsync();
        Assert.Equal("other@own.example", (await AtStripeAsync(id)).Email);
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { Siren = entry.Siren, Email = "billing@own.example" }));
        await Agency.Host.DrainAsync();
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { Siren = entry.Siren }));
        await Agency.Host.DrainAsync();
        Assert.Equal("other@own.example", (await AtStripeAsync(id)).Email);
    }

    [Fact]
    public async Task FinancesNumberDecidesWhichCompanyItIs()
    {
        await SellAsync("mine-1", "mine-a");
        await SellAsync("mine-2", "mine-b", customer => customer["siren"] = null);
        var (first, second) = (await CustomerOf("mine-1"), await CustomerOf("mine-2"));
        Assert.Equal(CustomerResult.Done, await EnterAsync(second, new() { Siren = Events.SirenOf("mine-b") }));

        // The sender's mistake: Finance knows better, and nothing is merged.
        await SellAsync("mine-3", "mine-b", customer => customer["siren"] = Events.SirenOf("mine-a"));
        Assert.Equal(second, await CustomerOf("mine-3"));
        Assert.Equal((null, ""), ((await LoadAsync(second)).MergedIntoId, (await LoadAsync(second)).Missing));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task CanInvoiceWithoutVatOnceTheNumberIsVerified()
    {
        await SellAsync("vat-1", "vat-a", customer =>
        {
            (customer["siren"], customer["vatNumber"]) = (null, "DE 123 456 789");
            customer["address"] = new JsonObject { ["line1"] = "Unter den Linden 1", ["postalCode"] = "10117", ["city"] = "Berlin", ["country"] = "DE" };
        });
        await Agency.Host.DrainAsync();
        var id = await CustomerOf("vat-1");
        Assert.Equal(ReviewProblem.VatNumberUnverified, (await Agency.InvoiceAsync("vat-1")).Problems);
        Agency.Clock.Advance(TimeSpan.FromSeconds(2));
        await Agency.DrainUntilAsync(async () => (await Agency.InvoiceAsync("vat-1")).Problems.Length == 0);
        var verified = await LoadAsync(id);
        Assert.Equal(VatStatus.Verified, verified.VatStatus);
        Assert.NotNull(verified.VatCheckedAt);
        Assert.Equal(0, (await Agency.InvoiceAsync("vat-1")).TaxMinor);

        // What was verified was the other number.
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { VatNumber = "DE987654000" }));
        var changed = await LoadAsync(id);
        Assert.Equal((null, null, null), (changed.VatStatus, changed.VatCheckedAt, changed.StripeTaxId));
        await Agency.Host.DrainAsync();
        Assert.Equal(ReviewProblem.VatNumberUnverified, (await Agency.InvoiceAsync("vat-1")).Problems);
        Agency.Clock.Advance(TimeSpan.FromSeconds(2));
        await Agency.DrainUntilAsync(async () => (await LoadAsync(id)).VatStatus == VatStatus.Unverified);
        Assert.Equal(CustomerResult.Done, await Desk.CheckVatAsync(id, await Agency.ApproverAsync(), CancellationToken.None));
        await Agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Blocked, await Agency.ApproveAsync("vat-1"));

        // At Stripe stands the one that counts, also when the first comes back.
        Assert.Equal(["DE987654000"], await TaxIdsAsync(id));
        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new()));
        await Agency.Host.DrainAsync();
        Assert.Equal(["DE123456789"], await TaxIdsAsync(id));
    }

    [Fact]
    public async Task APrivatePersonsDetailsStayUnderTheirOwnKey()
    {
        await SellAsync("person-1", "person-a", customer => customer["kind"] = "consumer");
        var id = await CustomerOf("person-1");
        var first = await LoadAsync(id);
        Assert.Equal(first.PersonId, first.OwnerId);

        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { Phone = "06 12 34 56 78" }));
        await SellAsync("person-2", "person-a", customer => (customer["kind"], customer["email"]) = ("consumer", "moved@person.example"));
        var later = await LoadAsync(id);
        Assert.Equal((first.PersonId, first.PersonId), (later.PersonId, later.OwnerId));
        Assert.Equal(("moved@person.example", "06 12 34 56 78"), ((await later.OpenAsync(Vault, CancellationToken.None))!.Email, (await later.OpenAsync(Vault, CancellationToken.None))!.Phone));

        Assert.Equal(CustomerResult.Done, await EnterAsync(id, new() { Kind = CustomerEntry.Business }));
        Assert.Equal(DataKey.Company, (await LoadAsync(id)).OwnerId);
    }

    [Fact]
    public async Task CanSeeByNightThatACustomerStandsAtStripeTwice()
    {
        await SellAsync("night-1", "night-a");
        await Agency.Host.DrainAsync();
        var id = await CustomerOf("night-1");
        var stripe = Agency.Host.Services.GetRequiredService<StripeClient>();
        var again = await stripe.SendAsync(StripeRequests.CreateCustomer(new() { Name = "Again", Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["revops_customer"] = id.ToString() } }), "made-elsewhere");

        await SweepAsync(1);
        await SweepAsync(2);
        Assert.Equal([id], (await AlikeAsync()).TwiceAtStripe.Select(customer => customer.Id));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(row => row.Action == SweepCustomers.Twice));

        await stripe.SendAsync(StripeRequests.UpdateCustomer(again.Read<StripeCustomer>().Id, new() { Name = "Again", Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["revops_customer"] = "" } }), "mark-taken-off");
        await SweepAsync(3);
        Assert.Empty((await AlikeAsync()).TwiceAtStripe);
    }

    private int MadeAtStripe => Agency.Sandbox.Executed("POST /v1/customers");

    private static Action<JsonNode> Named(string name) => customer => customer["legalName"] = name;

    /// <summary>A later sale than all before it, of a company that is nobody else's by name.</summary>
    private Task SellAsync(string bookingId, string customer, Action<JsonNode>? change = null)
    {
        Agency.Clock.Advance(TimeSpan.FromSeconds(1));
        var sale = Events.Sale(bookingId, customer: customer);
        sale["customer"]!["legalName"] = $"Company {customer}";
        change?.Invoke(sale["customer"]!);
        foreach (var emptied in sale["customer"]!.AsObject().Where(field => field.Value is null).Select(field => field.Key).ToList())
            sale["customer"]!.AsObject().Remove(emptied);
        return Agency.SendAsync("booking_confirmed", sale);
    }

    private async Task<List<string>> TaxIdsAsync(Guid customerId) =>
        await Agency.Host.Services.GetRequiredService<StripeClient>().ListTaxIdsAsync((await LoadAsync(customerId)).StripeCustomerId!).Select(taxId => taxId.Value).ToListAsync();

    private async Task<Guid> CustomerOf(string bookingId) => (await Agency.InvoiceAsync(bookingId)).CustomerId;

    private async Task<(InvoiceStatus Status, string Problems)> StandAsync(string bookingId)
    {
        var invoice = await Agency.InvoiceAsync(bookingId);
        return (invoice.Status, invoice.Problems);
    }

    private async Task<Customer> LoadAsync(Guid id)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private async Task<StripeCustomer> AtStripeAsync(Guid id) => await Agency.Host.Services.GetRequiredService<StripeClient>().GetCustomerAsync((await LoadAsync(id)).StripeCustomerId!);

    private async Task<string?> StripeCustomerOf(string bookingId) =>
        (await Agency.Host.Services.GetRequiredService<StripeClient>().GetInvoiceAsync((await Agency.InvoiceAsync(bookingId)).StripeInvoiceId!)).Customer;

    private async Task<LookAlikePage> AlikeAsync()
    {
        var (queries, all) = (Agency.Host.Services.GetRequiredService<LookAlikeQueries>(), new List<LookAlike>());
        var page = await queries.ListAsync(1, clear: true, CancellationToken.None);
        for (var number = 1; all.Count < page.Count; number++)
            all.AddRange((await queries.ListAsync(number, clear: true, CancellationToken.None)).Pairs);
        return page with { Pairs = all };
    }

    private async Task<CustomerResult> MergeAsync(Guid gone, Guid kept, Approver? approver = null) =>
        await Desk.MergeAsync((gone, (await LoadAsync(gone)).Stamp), (kept, (await LoadAsync(kept)).Stamp), approver ?? await Agency.ApproverAsync(), CancellationToken.None);

    private async Task<CustomerResult> EnterAsync(Guid id, CustomerEntry entry, Approver? approver = null) =>
        await Desk.EnterAsync(id, entry, (await LoadAsync(id)).Stamp, approver ?? await Agency.ApproverAsync(), CancellationToken.None);

    private async Task SweepAsync(int night)
    {
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<SweepCustomers>($"night {night}", Agency.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }

        await Agency.Host.DrainAsync();
    }
}
