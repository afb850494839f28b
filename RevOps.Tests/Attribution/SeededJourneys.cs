using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;
using RevOps.Tests.Overview;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>People, visits, sales and payments as rows, put into the database in any order.</summary>
internal sealed class SeededJourneys(RevOpsHost host)
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 30, 10, 0, 0, TimeSpan.Zero);
    public static readonly Period Chosen = new(new(2026, 4, 1), new(2026, 6, 30));
    private static readonly string[] Currencies = ["EUR", "EUR", "EUR", "USD"];
    private readonly List<object> rows = [];
    private readonly List<(Guid Sale, Guid Person, string Currency)> sales = [];

    /// <summary>All payments that were put there, in the company's currency.</summary>
    public List<Payment> Payments { get; } = [];

    public Guid Person(bool? measurement = true, Guid? canonical = null)
    {
        var id = Guid.CreateVersion7();
        rows.Add(new Person { Id = id, CanonicalId = canonical ?? id, CreatedAt = Noon.AddDays(-200), OwnSeenAt = Noon, LastSeenAt = Noon, Measurement = measurement });
        if (measurement is { } answer)
            rows.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = id, OccurredAt = Noon.AddDays(-200), RecordedAt = Noon, Measurement = answer, TextVersion = "1" });
        return id;
    }

    public void Touch(Guid person, double daysAgo, string channel, string? campaign = null) => rows.Add(new Touch
    {
        Id = Guid.CreateVersion7(),
        PersonId = person,
        OccurredAt = Noon.AddDays(-daysAgo),
        Channel = channel,
        Platform = channel switch { Channel.PaidSearch => "google", Channel.PaidSocial => "meta", _ => null },
        CampaignId = campaign,
        SealedDetails = [1],
    });

    public void Call(Guid person, double daysAgo, bool answered = true) => rows.Add(new VoiceSession
    {
        Id = Guid.CreateVersion7(), SessionId = Guid.NewGuid().ToString(), PersonId = person, StartedAt = Noon.AddDays(-daysAgo), OccurredAt = Noon.AddDays(-daysAgo), BantRuleId = BantRule.Default.Id, Outcome = answered ? VoiceOutcome.Qualified : VoiceOutcome.NoAnswer, Qualified = answered,
    });

    public Guid Sale(Guid person, double daysAgo, string currency = "EUR")
    {
        var id = Guid.CreateVersion7();
        rows.Add(new Invoice
        {
            Id = id, Reference = id.ToString(), CustomerId = id, PersonId = person, Mode = Mode.Live, Currency = currency, Status = InvoiceStatus.Open, OccurredAt = Noon.AddDays(-daysAgo), RecordedAt = Noon, ReviewHash = new byte[32],
            StripeInvoiceId = $"in_{id:N}", CompanyVersionId = Guid.Empty,
        });
        return id;
    }

    public void Pay(Guid sale, double daysAgo, long minor, string currency = "EUR")
    {
        var payment = OverviewWorld.Pay(sale, minor, Noon.AddDays(-daysAgo), currency);
        rows.Add(payment);
        Payments.Add(payment);
    }

    public void Book(Guid person, double daysAgo, long minor, string currency = "EUR") => rows.Add(new Booking
    {
        Id = Guid.CreateVersion7(), Reference = Guid.NewGuid().ToString(), CustomerId = person, PersonId = person, OccurredAt = Noon.AddDays(-daysAgo), RecordedAt = Noon, Mode = Mode.Live, Currency = currency, AmountMinor = minor, SealedContent = [1],
        ContentHash = new byte[32], ContentAt = Noon.AddDays(-daysAgo),
    });

    public void Spend(string platform, string campaign, double daysAgo, long minor) => rows.Add(new AdSpend
    {
        Id = Guid.CreateVersion7(), Platform = platform, Account = "1", Day = DateOnly.FromDateTime(Noon.AddDays(-daysAgo).UtcDateTime), CampaignId = campaign, CampaignName = campaign, Currency = "EUR", CostMinor = minor, Mode = Mode.Live, OccurredAt = Noon, RecordedAt = Noon,
    });

    /// <summary>A few dozen people of every sort: one or two browsers, with and without consent, none to nine visits, sales paid whole, in parts, back, not at all.</summary>
    public static SeededJourneys Draw(RevOpsHost host, Random random)
    {
        var world = new SeededJourneys(host);
        world.DrawMore(random);
        return world;
    }

    public void DrawMore(Random random)
    {
        for (var number = random.Next(5, 40); number > 0; number--)
        {
            var person = Person(random.Next(6) switch { 0 => null, 1 => false, _ => true });
            var members = random.Next(3) == 0 ? new[] { person, Person(null, person) } : [person];
            Guid Either() => members[random.Next(members.Length)];
            var daysAgo = 0.0;
            for (var touches = random.Next(10); touches > 0; touches--)
            {
                // Some at one instant: a page that is loaded twice, two senders of one visit.
                daysAgo = random.Next(4) == 0 ? daysAgo : random.NextDouble() * 220;
                Touch(Either(), daysAgo, Channel.All[random.Next(Channel.All.Count)], random.Next(2) == 0 ? $"{random.Next(3)}" : null);
            }

            for (var calls = random.Next(2); calls > 0; calls--)
                Call(Either(), random.NextDouble() * 150);
            for (var bought = random.Next(3); bought > 0; bought--)
                SellAtRandom(Either(), random);
        }
    }

    /// <summary>Puts what was made into the database.</summary>
    /// <param name="order">Null: in the order in which it was made.</param>
    public async Task SaveAsync(Random? order = null)
    {
        await using var db = await host.OpenDatabaseAsync();
        db.AddRange(order is null ? rows : rows.OrderBy(_ => order.Next()).Select(row => row is Touch touch ? ArrivedNow(touch, order) : row));
        await db.SaveChangesAsync();
        rows.Clear();
    }

    /// <summary>Ids are made when events come, so another order of arrival is another order of ids.</summary>
    private static Touch ArrivedNow(Touch touch, Random order)
    {
        var id = new byte[16];
        order.NextBytes(id);
        return new() { Id = new(id), PersonId = touch.PersonId, OccurredAt = touch.OccurredAt, Channel = touch.Channel, Platform = touch.Platform, CampaignId = touch.CampaignId, SealedDetails = touch.SealedDetails };
    }

    /// <summary>Credits every payment, as the receiver asks for; done when the outbox is drained next.</summary>
    public async Task CreditAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        foreach (var payment in Payments)
            db.Enqueue<CreditTouches>(payment.Id.ToString(), Noon);
        await db.SaveChangesAsync();
    }

    public async Task ComputeAsync()
    {
        // What was asked for at one instant is asked for once.
        ((TurnableClock)host.Clock!).Advance(TimeSpan.FromSeconds(1));
        Assert.True(await host.Services.GetRequiredService<SnapshotDesk>().AskAsync("user:test", CancellationToken.None));
        await host.DrainAsync();
        await using var db = await host.OpenDatabaseAsync();
        Assert.False(await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(RecomputeJourneys) && row.State != OutboxState.Done));
    }

    /// <summary>What was paid in the period less what went back, as the payments themselves say.</summary>
    public long PaidMinor(string currency = "EUR") =>
        Payments.Where(payment => payment.Currency == currency && payment.OccurredAt.UtcDateTime >= Chosen.From.ToDateTime(default).AddHours(-2) && payment.OccurredAt <= Noon.AddHours(12)).Sum(payment => payment.AmountMinor);

    /// <summary>Sales that were not paid yet are, some that were are paid back in part, and some who came to nothing buy.</summary>
    public void PayMore(Random random)
    {
        foreach (var (sale, person, currency) in sales.ToList().Where(_ => random.Next(3) == 0))
        {
            Pay(sale, random.NextDouble() * 30, random.NextInt64(-50_000, 200_000), currency);
            if (random.Next(3) == 0)
                SellAtRandom(person, random);
        }
    }

    private void SellAtRandom(Guid person, Random random)
    {
        var (soldAgo, currency) = (random.NextDouble() * 120, Currencies[random.Next(Currencies.Length)]);
        var sale = Sale(person, soldAgo, currency);
        sales.Add((sale, person, currency));
        for (var parts = random.Next(3); parts > 0; parts--)
        {
            var (paidAgo, minor) = (random.NextDouble() * Math.Min(soldAgo, 85), random.NextInt64(1, 300_000));
            Pay(sale, paidAgo, minor, currency);
            if (random.Next(4) == 0)
                Pay(sale, random.NextDouble() * paidAgo, -random.NextInt64(1, minor + 1), currency);
        }
    }
}
