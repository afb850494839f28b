using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Claims;
using RevOps.Tests.Billing;

namespace RevOps.Tests.Scorecard;

/// <summary>Claims count what they speak of, and nothing beside it.</summary>
public sealed class ClaimMeasureTests
{
    /// <summary>Forty days before and ten after; what was still owed when the company began here would leave no median before.</summary>
    [Fact]
    public async Task DaysSooner_LeaveOpeningBalancesOut()
    {
        await using var world = new WatchWorld();
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            for (var i = 0; i < 4; i++)
            {
                db.Add(Issued($"I-{i}", InvoiceOrigin.Imported, 120, paidAfter: 40));
                db.Add(Issued($"S-{i}", InvoiceOrigin.Sale, 60, paidAfter: 10));
            }

            for (var i = 0; i < 6; i++)
                db.Add(Issued($"O-{i}", InvoiceOrigin.OpeningBalance, 120, paidAfter: null));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var found = await MeasuredAsync(world, "dso");
        Assert.Equal((30d, 8L), (found.Value, found.N));
    }

    /// <summary>A payment is told by no browser: of the two bookings one came back, and the payment is no third.</summary>
    [Fact]
    public async Task Recovered_CountsTheStagesThatBrowsersTellOf()
    {
        await using var world = new WatchWorld();
        var person = Guid.CreateVersion7();
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.Add(new Person { Id = person, CanonicalId = person, CreatedAt = SomeSales.Noon, OwnSeenAt = SomeSales.Noon });
            db.Add(new PixelReport { Id = Guid.CreateVersion7(), SiteId = Guid.CreateVersion7(), TouchEventId = "t", OccurredAt = SomeSales.Noon.AddDays(-2), PersonId = person, Meta = true, Google = null });
            db.Add(new BrowserEvent { Id = Guid.CreateVersion7(), EventId = "booked.B-1", Meta = true, SeenAt = SomeSales.Noon.AddDays(-2) });

            // No browser told of a lead here: the one that did was the sandbox's.
            db.Add(new BrowserEvent { Id = Guid.CreateVersion7(), EventId = "lead.S-9", Meta = true, SeenAt = SomeSales.Noon.AddDays(-2) });
            db.AddRange(Told(ConversionStage.Lead, "lead.S-9", Mode.Sandbox), Told(ConversionStage.Lead, "lead.S-1"));
            db.AddRange(Told(ConversionStage.Booked, "booked.B-1"), Told(ConversionStage.Booked, "booked.B-2"), Told(ConversionStage.Paid, "paid.B-1"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var found = await MeasuredAsync(world, "recovered");
        Assert.Equal((0.5, 2L), (found.Value, found.N));

        Conversion Told(ConversionStage stage, string id, Mode mode = Mode.Live) => new()
        {
            Id = Guid.CreateVersion7(), Platform = AdPlatform.Meta, Stage = stage, EventId = id, TransactionId = id, PersonId = person, SubjectId = Guid.CreateVersion7(), Mode = mode,
            OccurredAt = SomeSales.Noon.AddDays(-2), RecordedAt = SomeSales.Noon.AddDays(-2), SentAt = SomeSales.Noon.AddDays(-2), Status = ConversionStatus.Delivered,
        };
    }

    /// <summary>One stood in thirty seconds and one has waited for two days; one that was called off, one that is held and one of this instant are not late.</summary>
    [Fact]
    public async Task Instant_CountsSalesThatNeverGotADraft()
    {
        await using var world = new WatchWorld();
        var sales = new SomeSales(world.Host);
        await sales.AddAsync("A", one => one.DraftedAt = SomeSales.Noon.AddDays(-2).AddSeconds(30), soldAt: SomeSales.Noon.AddDays(-2));
        foreach (var (name, status) in new[] { ("B", InvoiceStatus.Drafting), ("C", InvoiceStatus.Cancelled), ("D", InvoiceStatus.Held) })
            await sales.AddAsync(name, one => one.Status = status, soldAt: SomeSales.Noon.AddDays(-2));
        await sales.AddAsync("E", one => one.Status = InvoiceStatus.Drafting);

        var found = await MeasuredAsync(world, "instant");
        Assert.Equal((0.5, 2L, 30d, 172_800d), (found.Value, found.N, found.P50, found.P95));
    }

    private static async Task<ClaimFinding> MeasuredAsync(WatchWorld world, string claim)
    {
        await world.RunAsync<MeasureClaims>();
        return (await world.Get<ClaimQueries>().OfAsync(Mode.Live, [], CancellationToken.None)).Single(line => line.Claim.Id == claim).Finding;
    }

    private static Invoice Issued(string number, InvoiceOrigin origin, int ago, int? paidAfter)
    {
        var (at, day) = (SomeSales.Noon.AddDays(-ago), WatchWorld.Today.AddDays(-ago));
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(), Reference = number, Number = number, Origin = origin, CustomerId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7(), Mode = Mode.Live, Currency = "EUR", GrossMinor = 12_000, OccurredAt = at, RecordedAt = at,
            CompanyVersionId = Guid.CreateVersion7(), Status = InvoiceStatus.Open, IssuedAt = at, IssuedOn = day, DueOn = day.AddDays(30), SentAt = origin == InvoiceOrigin.Sale ? at : null,
        };
        if (paidAfter is { } days)
        {
            (invoice.PaidMinor, invoice.Status) = (12_000, InvoiceStatus.Paid);
            invoice.Moved(day.AddDays(days));
        }

        return invoice;
    }
}
