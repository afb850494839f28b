using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Moving over from another program that invoices in the same Stripe account: never two invoices for one deal.</summary>
public sealed class CutOverTests : IAsyncLifetime
{
    private Agency agency = null!;

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanAdoptTheDraftThatAnotherProgramMade()
    {
        var theirs = await OtherDraftAsync("D-1", 120_000, 24_000);
        await FindAsync();
        await agency.SendAsync("deal_won", Events.Sale(null, "D-1"));
        await agency.Host.DrainAsync();
        var held = await agency.InvoiceAsync("D-1");
        Assert.Equal((InvoiceStatus.Held, ReviewProblem.ForeignInvoice, 144_000L, null), (held.Status, held.Problems, held.GrossMinor, held.StripeInvoiceId));

        // Whatever comes meanwhile does not draft a second one.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("deal_won", Events.Sale("B-1", "D-1"));
        await agency.Host.DrainAsync();
        Assert.Single(agency.Sandbox.StripeEffects()["invoices"]!.AsArray());

        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var foreign = await db.Set<ForeignInvoice>().SingleAsync();
            Assert.Equal((CutOverMatch.ToDecide, true, 144_000L, 144_000L), await RowAsync());
            Assert.Equal(DecisionResult.Done, await DecideAsync((over, who) => over.AdoptAsync(foreign.Id, who, CancellationToken.None)));
        }

        await agency.Host.DrainAsync();
        var adopted = await agency.InvoiceAsync("D-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, "", theirs), (adopted.Status, adopted.Problems, adopted.StripeInvoiceId));
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("D-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await agency.InvoiceAsync("D-1")).Status);
        Assert.Equal((CutOverMatch.Adopted, false, 144_000L, 144_000L), await RowAsync());
        Assert.Equal((1, 1), (agency.Sandbox.Executed("POST /v1/invoices"), agency.Sandbox.Executed("POST /v1/customers")));
    }

    [Fact]
    public async Task CanSeeThatADraftDiffersAndDraftTheSaleHereInstead()
    {
        await OtherDraftAsync("D-1", 110_000, 22_000);
        await FindAsync();
        await agency.SendAsync("deal_won", Events.Sale(null, "D-1"));
        await agency.Host.DrainAsync();
        var held = await agency.InvoiceAsync("D-1");
        Assert.Equal(DecisionResult.Done, await DecideAsync((over, who) => over.ReleaseAsync(held.Id, held.DraftVersion, who, CancellationToken.None)));
        Assert.Equal(DecisionResult.Outdated, await DecideAsync((over, who) => over.ReleaseAsync(held.Id, held.DraftVersion, who, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("D-1")).Status);

        // Read again, it holds nothing any more.
        await FindAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("D-1")).Status);
    }

    [Fact]
    public async Task CanHoldADraftOfOursWhenTheOtherProgramComesLater()
    {
        await agency.SendAsync("deal_won", Events.Sale(null, "D-1"));
        await agency.Host.DrainAsync();
        await OtherDraftAsync("D-1", 120_000, 24_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("D-1")).Status == InvoiceStatus.Held);
        Assert.Equal(DecisionResult.Outdated, await agency.ApproveAsync("D-1"));
    }

    [Fact]
    public async Task CanOnlyCompareForAsLongAsWanted()
    {
        var shadow = agency.Host.Services.GetRequiredService<ShadowMode>();
        Assert.Equal(SettingChange.Done, await shadow.SetAsync(isOn: true, await agency.AdministratorAsync(), CancellationToken.None));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", "D-1"));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", "D-1", unitAmount: 1_000));
        await agency.Host.DrainAsync();
        var compared = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.Shadow, 120_000L), (compared.Status, compared.GrossMinor));
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/invoices") + agency.Sandbox.Executed("POST /v1/customers"));

        // Missing at the other program, then made there for another amount.
        Assert.Equal(CutOverMatch.MissingThere, Assert.Single((await Queries.ListAsync(new(CutOverMatch.MissingThere), CancellationToken.None)).Rows).Match);
        await OtherDraftAsync("D-1", 110_000, 22_000);
        await FindAsync();
        Assert.Equal((CutOverMatch.Differs, true, 132_000L, 120_000L), await RowAsync());
        var counts = await Queries.CountAsync(CancellationToken.None);
        Assert.Equal((1, 1, 0, 0), (counts[CutOverMatch.All], counts[CutOverMatch.Differs], counts[CutOverMatch.Equal], counts[CutOverMatch.MissingThere]));

        Assert.Equal(SettingChange.Done, await shadow.SetAsync(isOn: false, await agency.AdministratorAsync(), CancellationToken.None));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2"));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-2")).Status);
        Assert.Equal(DecisionResult.Done, await DecideAsync((over, who) => over.ReleaseAsync(compared.Id, compared.DraftVersion, who, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await agency.InvoiceAsync("B-1")).Status);
    }

    private CutOverQueries Queries => agency.Host.Services.GetRequiredService<CutOverQueries>();

    private async Task<(CutOverMatch Match, bool MayBeAdopted, long? Theirs, long? Ours)> RowAsync()
    {
        var row = Assert.Single((await Queries.ListAsync(new(), CancellationToken.None)).Rows);
        return (row.Match, row.MayBeAdopted, row.Theirs?.Minor, row.Ours?.Minor);
    }

    /// <summary>A draft as another program makes it: its own customer, one line, no names of ours.</summary>
    private async Task<string> OtherDraftAsync(string deal, int net, int tax)
    {
        var customer = await agency.StripeAsync("customers", ("name", "Acme"));
        var invoice = await agency.StripeAsync("invoices", ("customer", customer), ("currency", "eur"), ("collection_method", "send_invoice"), ("days_until_due", "30"), ("metadata[deal_id]", deal));
        await agency.StripeAsync($"invoices/{invoice}/add_lines", ("lines[0][amount]", $"{net}"), ("lines[0][description]", "Audit"), ("lines[0][tax_amounts][0][amount]", $"{tax}"), ("lines[0][tax_amounts][0][taxable_amount]", $"{net}"),
            ("lines[0][tax_amounts][0][tax_rate_data][display_name]", "TVA"), ("lines[0][tax_amounts][0][tax_rate_data][percentage]", "20"), ("lines[0][tax_amounts][0][tax_rate_data][inclusive]", "false"));
        return invoice;
    }

    private async Task FindAsync()
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<FindForeignInvoices>("stripe", agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }

    private async Task<DecisionResult> DecideAsync(Func<Core.Ingestion.CutOver, Approver, Task<DecisionResult>> decide)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        return await decide(scope.ServiceProvider.GetRequiredService<Core.Ingestion.CutOver>(), await agency.ApproverAsync());
    }
}
