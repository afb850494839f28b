using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Receivables;

namespace RevOps.Bench;

/// <summary>A million touches of two hundred thousand people over a year, one in ten of whom buys once and pays; one in twenty does not allow measurement. Always the same ones.</summary>
internal sealed class SeededTouches(CompanyVersion company, DateTimeOffset now) : ISeed
{
    public const int People = 200_000;
    public const int TouchesOfEach = 5;
    private const int Days = 365;
    private const int PerPortion = 10_000;
    private static readonly (string Channel, string? Platform)[] Places =
    [
        (Channel.PaidSearch, "google"), (Channel.PaidSearch, "google"), (Channel.PaidSocial, "meta"), (Channel.PaidSocial, "meta"), (Channel.OrganicSearch, null), (Channel.Email, null), (Channel.Direct, null), (Channel.Referral, null),
        (Channel.Affiliate, null),
    ];

#pragma warning disable CA5394 // The same year every time is what is asked for.
    private readonly Random random = new(9);
#pragma warning restore CA5394

    // As long as the sealed details of a touch are.
    private static readonly byte[] Details = new byte[220];

    public IReadOnlyList<AuditNote> Notes { get; } = [];

    public async Task InsertAsync(RevOpsDb db)
    {
        for (var first = 0; first < People; first += PerPortion)
        {
            var (people, touches, voices, invoices, payments) = (new List<Person>(), new List<Touch>(), new List<VoiceSession>(), new List<Invoice>(), new List<Payment>());
            for (var number = first; number < first + PerPortion; number++)
                Add(number, people, touches, voices, invoices, payments);
            await db.InsertAsync(people, CancellationToken.None);

            // In the order of their instants, as they come: of one person they lie far apart.
            await db.InsertAsync([.. touches.OrderBy(touch => touch.OccurredAt)], CancellationToken.None);
            await db.InsertAsync(voices, CancellationToken.None);
            await db.InsertAsync(invoices, CancellationToken.None);
            await db.InsertAsync(payments, CancellationToken.None);
        }
    }

    private void Add(int number, List<Person> people, List<Touch> touches, List<VoiceSession> voices, List<Invoice> invoices, List<Payment> payments)
    {
        var (id, last) = (Guid.CreateVersion7(), now.AddDays(-random.NextDouble() * Days));
        people.Add(new() { Id = id, CanonicalId = id, CreatedAt = last, OwnSeenAt = last, LastSeenAt = last, Measurement = number % 20 != 0 });
        for (var touch = 0; touch < TouchesOfEach; touch++)
        {
            var (channel, platform) = Places[random.Next(Places.Length)];
            touches.Add(new()
            {
                Id = Guid.CreateVersion7(), PersonId = id, OccurredAt = last.AddDays(-random.NextDouble() * 100), Channel = channel, Platform = platform, CampaignId = platform is null ? null : $"{random.Next(20)}", Campaign = platform is null ? null : "spring",
                Source = platform, Medium = "cpc", LandingPath = "/offer", SealedDetails = Details,
            });
        }

        if (number % 5 == 1)
            voices.Add(new() { Id = Guid.CreateVersion7(), SessionId = $"S-{number}", PersonId = id, StartedAt = last, OccurredAt = last, BantRuleId = BantRule.Default.Id, Outcome = VoiceOutcome.Qualified, Qualified = number % 2 == 0 });
        if (number % 10 == 1)
            Sell(number, id, last.AddHours(1), invoices, payments);
    }

    private void Sell(int number, Guid person, DateTimeOffset at, List<Invoice> invoices, List<Payment> payments)
    {
        var (id, minor) = (Guid.CreateVersion7(), 10_000L + random.Next(200_000));
        invoices.Add(new()
        {
            Id = id, Reference = $"B-{number}", CustomerId = id, PersonId = person, Mode = Mode.Live, Status = InvoiceStatus.Paid, Currency = company.Currency, NetMinor = minor, GrossMinor = minor, PaidMinor = minor, OccurredAt = at, RecordedAt = at,
            StripeInvoiceId = $"in_{number}", CompanyVersionId = company.Id, ReviewHash = new byte[32],
        });
        payments.Add(new() { Id = Guid.CreateVersion7(), InvoiceId = id, StripePaymentId = $"pi_{number}", Mode = Mode.Live, Currency = company.Currency, AmountMinor = minor, OccurredAt = Earlier(at.AddDays(10), now), RecordedAt = at });
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
