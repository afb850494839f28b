using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard;
using RevOps.Core.Spend;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Overview;

/// <summary>
/// Two months that can be worked out by hand, read on 2 March 2026: every invoice is of 120.00. The usual period is 1 February to 2 March,
/// and it is compared with 2 to 31 January.
/// </summary>
public sealed class OverviewWorld : IAsyncLifetime
{
    public static readonly Period Chosen = new(new(2026, 2, 1), new(2026, 3, 2));

    public RevOpsHost Host { get; } = new() { Clock = new TurnableClock(SomeSales.Noon) };

    public OverviewQueries Figures => Host.Services.GetRequiredService<OverviewQueries>();

    public FigureRowQueries Rows => Host.Services.GetRequiredService<FigureRowQueries>();

    public WaitingWorkQueries Work => Host.Services.GetRequiredService<WaitingWorkQueries>();

    public async ValueTask InitializeAsync()
    {
        var sales = new SomeSales(Host);
        var paid = await sales.AddAsync("A", invoice => Issue(invoice, InvoiceStatus.Paid, new(2026, 1, 10), new(2026, 2, 9), draftedOn: new(2026, 1, 9)));
        var partly = await sales.AddAsync("B", invoice => Issue(invoice, InvoiceStatus.Open, new(2026, 2, 10), new(2026, 3, 12), draftedOn: new(2026, 1, 30)));
        await sales.AddAsync("C", invoice => Issue(invoice, InvoiceStatus.Open, new(2025, 12, 20), new(2026, 1, 19), draftedOn: new(2025, 12, 19)));
        await sales.AddAsync("D", invoice => Issue(invoice, InvoiceStatus.Void, new(2026, 2, 15), new(2026, 3, 1), draftedOn: new(2026, 2, 14)));
        var dollars = await sales.AddAsync("E", invoice => Issue(invoice, InvoiceStatus.Paid, new(2026, 2, 15), new(2026, 3, 1), draftedOn: new(2026, 2, 14)), currency: "USD");
        await sales.AddAsync("G", invoice => (invoice.DraftedAt, invoice.Status) = (Noon(2026, 2, 25), InvoiceStatus.Drafting));
        await sales.AddAsync("F", invoice => (invoice.DraftedAt, invoice.Problems) = (Noon(2026, 2, 25), ReviewProblem.SirenMissing));

        await using var db = await Host.OpenDatabaseAsync();
        var (january, february, march) = (Noon(2026, 1, 9), Noon(2026, 2, 5), Noon(2026, 2, 20));
        db.AddRange(Pay(paid, 12_000, february), Pay(partly, 5_000, march), Pay(dollars, 12_000, march, "USD"), Pay(paid, 9_999, march, mode: Mode.Test));
        db.AddRange(
            CreditOf(paid, 12_000, Channel.PaidSearch, january, february), CreditOf(partly, 5_000, Channel.PaidSocial, Noon(2026, 2, 9), march),
            CreditOf(partly, 7_000, Channel.Email, Noon(2026, 2, 9), march), CreditOf(partly, 3_000, null, null, march), CreditOf(dollars, 12_000, Channel.PaidSearch, february, march, "USD"));
        db.AddRange(Spend(new(2026, 1, 9), 4_000), Spend(new(2026, 2, 9), 10_000), Spend(new(2026, 2, 10), 500, "USD"));
        ConversionStatus[] fates =
        [
            ConversionStatus.Delivered, ConversionStatus.Delivered, ConversionStatus.Held, ConversionStatus.Received, ConversionStatus.Queued, ConversionStatus.Rejected,
        ];
        db.AddRange(fates.Select((status, index) => Tell(index, status, Noon(2026, 2, 10 + index))).Append(Tell(9, ConversionStatus.Delivered, january)));
        await db.SaveChangesAsync();

        // As InvoicePaid keeps it.
        await db.WriteAsync(() => db.Set<Invoice>().ExecuteUpdateAsync(set => set.SetProperty(
            invoice => invoice.PaidMinor, invoice => db.Set<Payment>().Where(payment => payment.InvoiceId == invoice.Id && payment.Mode == invoice.Mode).Sum(payment => payment.AmountMinor))), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static DateTimeOffset Noon(int year, int month, int day) => new(year, month, day, 11, 0, 0, TimeSpan.Zero);

    public static Payment Pay(Guid invoice, long minor, DateTimeOffset at, string currency = "EUR", Mode mode = Mode.Live) => new()
    {
        Id = Guid.CreateVersion7(),
        InvoiceId = invoice,
        StripePaymentId = $"p_{Guid.NewGuid():N}",
        Mode = mode,
        Currency = currency,
        AmountMinor = minor,
        OccurredAt = at,
        RecordedAt = at,
    };

    private static void Issue(Invoice invoice, InvoiceStatus status, DateOnly on, DateOnly due, DateOnly draftedOn)
    {
        (invoice.Status, invoice.DueOn) = (status, due);
        (invoice.DraftedAt, invoice.ApprovedAt, invoice.IssuedAt) = (Noon(draftedOn.Year, draftedOn.Month, draftedOn.Day), Noon(on.Year, on.Month, on.Day), Noon(on.Year, on.Month, on.Day));
    }

    private static Credit CreditOf(Guid invoice, long minor, string? channel, DateTimeOffset? touched, DateTimeOffset paid, string currency = "EUR") => new()
    {
        Id = Guid.CreateVersion7(),
        PaymentId = Guid.CreateVersion7(),
        InvoiceId = invoice,
        Model = CreditTouches.LastNonDirect,
        Channel = channel,
        TouchedAt = touched,
        PaidAt = paid,
        Mode = Mode.Live,
        Currency = currency,
        AmountMinor = minor,
    };

    private static AdSpend Spend(DateOnly day, long minor, string currency = "EUR") => new()
    {
        Id = Guid.CreateVersion7(),
        Platform = "google",
        Account = "1",
        Day = day,
        CampaignId = "77",
        CampaignName = "Spring",
        Currency = currency,
        CostMinor = minor,
        Mode = Mode.Live,
        OccurredAt = SomeSales.Noon,
        RecordedAt = SomeSales.Noon,
    };

    private static Conversion Tell(int number, ConversionStatus status, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        Platform = AdPlatform.Meta,
        Stage = ConversionStage.Booked,
        EventId = $"booked.{number}",
        TransactionId = $"booked.{number}",
        PersonId = Guid.CreateVersion7(),
        SubjectId = Guid.CreateVersion7(),
        Mode = Mode.Live,
        OccurredAt = at,
        RecordedAt = at,
        Status = status,
    };
}
