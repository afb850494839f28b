using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Core.Spend;
using RevOps.Tests.Billing;

namespace RevOps.Tests.Scorecard;

/// <summary>What the simulator begins with is what the company's own figures say.</summary>
public sealed class PrefillTests
{
    /// <summary>
    /// Two sales of 120.00 in the last 73 days, a fifth of a year, one of them credited with 24.00 as our error; a balance of a year's half ago is no sale. Ads
    /// are known for ten days and what they are credited with for five; conversions for five as well.
    /// </summary>
    [Fact]
    public async Task Figures_AreOfTheirOwnDays()
    {
        await using var world = new WatchWorld();
        var sales = new SomeSales(world.Host);
        var right = await sales.AddAsync("A", one => Issue(one, 72), soldAt: Ago(72));
        var wrong = await sales.AddAsync("B", one => Issue(one, 10), soldAt: Ago(10));
        var balance = Guid.CreateVersion7();
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.Add(Owed(balance));
            foreach (var sale in new[] { right, wrong })
                db.Add(new InvoiceDecision { Id = Guid.CreateVersion7(), InvoiceId = sale, DraftVersion = 1, Approved = true, UserId = Guid.CreateVersion7(), ReviewHash = new byte[32], OccurredAt = Ago(9), RecordedAt = Ago(9) });
            db.AddRange(Note(wrong, 2_000, CreditReason.BillingError), Note(balance, 10_000, CreditReason.Goodwill));
            db.AddRange(Spent(9, 10_000), Spent(4, 5_000));
            db.AddRange(Credited(4, 10_000, Channel.PaidSearch), Credited(1, 7_000, Channel.PaidSearch), Credited(4, 3_000, Channel.Email));
            db.Add(new Conversion { Id = Guid.CreateVersion7(), Platform = AdPlatform.Meta, Stage = ConversionStage.Booked, EventId = "booked.A", TransactionId = "booked.A", PersonId = Guid.CreateVersion7(), SubjectId = right, Mode = Mode.Live, OccurredAt = Ago(4), RecordedAt = Ago(4), Status = ConversionStatus.Delivered });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var inputs = (await world.Get<PrefillQueries>().NowAsync(TimeSpan.Zero, CancellationToken.None)).Inputs;
        Assert.Equal((1_080d, 10d, 0.2, 0.5), (inputs.CreditSales.Mode, inputs.Invoices.Mode, inputs.VatRate.Mode, inputs.ErrorRate.Mode));
        Assert.Equal((5_475d, 2d, 73d), (inputs.AdSpend.Mode, inputs.Roas.Mode, inputs.Conversions.Mode));
    }

    private static DateTimeOffset Ago(int days) => SomeSales.Noon.AddDays(-days);

    private static void Issue(Invoice one, int ago) => (one.Status, one.Number, one.DraftedAt, one.IssuedAt, one.IssuedOn, one.SentAt, one.DueOn) = (InvoiceStatus.Open, $"F-{ago}", Ago(ago), Ago(ago), WatchWorld.Today.AddDays(-ago), Ago(ago), WatchWorld.Today.AddDays(30 - ago));

    private static Invoice Owed(Guid id)
    {
        var invoice = new Invoice
        {
            Id = id, Origin = InvoiceOrigin.OpeningBalance, Reference = "O", CustomerId = Guid.CreateVersion7(), PersonId = DataKey.Company, Mode = Mode.Live, Currency = "EUR", NetMinor = 100_000, TaxMinor = 20_000, GrossMinor = 120_000, OccurredAt = Ago(200), RecordedAt = Ago(200), CompanyVersionId = Guid.CreateVersion7(),
        };
        Issue(invoice, 200);
        return invoice;
    }

    private static CreditNote Note(Guid invoice, long net, CreditReason reason) => new()
    {
        Id = Guid.CreateVersion7(), InvoiceId = invoice, CustomerId = Guid.CreateVersion7(), Mode = Mode.Live, Status = CreditNoteStatus.Issued, Reason = reason, Currency = "EUR", NetMinor = net, TaxMinor = net / 5, GrossMinor = net * 6 / 5,
        ApprovedAt = Ago(1), IssuedAt = Ago(1), OccurredAt = Ago(1), RecordedAt = Ago(1), OwnerId = DataKey.Company,
    };

    private static AdSpend Spent(int ago, long minor) => new() { Id = Guid.CreateVersion7(), Platform = "google", Account = "1", Day = WatchWorld.Today.AddDays(-ago), CampaignId = "77", CampaignName = "Spring", Currency = "EUR", CostMinor = minor, Mode = Mode.Live, OccurredAt = Ago(ago), RecordedAt = Ago(ago) };

    private static Credit Credited(int ago, long minor, string channel) => new() { Id = Guid.CreateVersion7(), PaymentId = Guid.CreateVersion7(), InvoiceId = Guid.CreateVersion7(), Model = CreditTouches.LastNonDirect, Channel = channel, TouchedAt = Ago(ago + 1), PaidAt = Ago(ago), Mode = Mode.Live, Currency = "EUR", AmountMinor = minor };
}
