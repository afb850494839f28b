using System.Text;
using System.Text.Json;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;

namespace RevOps.Bench;

/// <summary>
/// The rows of a company's year as the product would have written them, always the same ones: of 20,000 visitors 4,000 talk to the voice AI
/// and 3,000 become clients, who book 10,000 times.
/// </summary>
internal sealed partial class SeededYear : ISeed
{
    private const int Visitors = 20_000;
    private const int TouchesOfEach = 5;
    private const int Callers = 4_000;
    private const int Clients = 3_000;
    private const int Sales = 10_000;
    private const int Days = 365;
    private static readonly string[] Mediums = ["cpc", "cpc", "paid_social", "organic", "email", ""];

#pragma warning disable CA5394 // The same year every time is what is asked for.
    private readonly Random random = new(7);
#pragma warning restore CA5394
    private readonly Vault vault;
    private readonly CompanyVersion company;
    private readonly byte[] companyKey;
    private readonly DateTimeOffset now;

    private readonly List<DataKey> dataKeys = [];
    private readonly List<Person> people = [];
    private readonly List<IdentityKey> identities = [];
    private readonly List<ConsentRecord> consents = [];
    private readonly List<Touch> touches = [];
    private readonly List<ReceivedEvent> events = [];
    private readonly List<VoiceSession> voices = [];
    private readonly List<Customer> customers = [];
    private readonly List<CustomerRef> customerRefs = [];
    private readonly List<Booking> bookings = [];
    private readonly List<Invoice> invoices = [];
    private readonly List<InvoiceLine> lines = [];
    private readonly List<InvoiceDecision> decisions = [];
    private readonly List<Payment> payments = [];
    private readonly List<Credit> credits = [];
    private readonly List<Conversion> conversions = [];
    private readonly List<AdSpend> spend = [];
    private readonly List<OutboxRow> jobs = [];
    private readonly List<byte[]> keys = [];
    private readonly List<List<Touch>> journeys = [];

    public SeededYear(Vault vault, CompanyVersion company, byte[] companyKey, DateTimeOffset now)
    {
        (this.vault, this.company, this.companyKey, this.now) = (vault, company, companyKey, now);
        for (var visitor = 0; visitor < Visitors; visitor++)
            AddVisitor(visitor);
        for (var call = 0; call < Callers * 3 / 2; call++)
            AddVoice(call);
        for (var client = 0; client < Clients; client++)
            AddCustomer(client);
        for (var sale = 0; sale < Sales; sale++)
            AddSale(sale);
        AddSpend();
    }

    /// <summary>To be chained in this order.</summary>
    public List<AuditNote> Notes { get; } = [];

    IReadOnlyList<AuditNote> ISeed.Notes => Notes;

    public async Task InsertAsync(RevOpsDb db)
    {
        await db.InsertAsync(dataKeys, CancellationToken.None);
        await db.InsertAsync(people, CancellationToken.None);
        await db.InsertAsync(identities, CancellationToken.None);
        await db.InsertAsync(consents, CancellationToken.None);
        await db.InsertAsync(events, CancellationToken.None);
        await db.InsertAsync(touches, CancellationToken.None);
        await db.InsertAsync(voices, CancellationToken.None);
        await db.InsertAsync(customers, CancellationToken.None);
        await db.InsertAsync(customerRefs, CancellationToken.None);
        await db.InsertAsync(bookings, CancellationToken.None);
        await db.InsertAsync(invoices, CancellationToken.None);
        await db.InsertAsync(lines, CancellationToken.None);
        await db.InsertAsync(decisions, CancellationToken.None);
        await db.InsertAsync(payments, CancellationToken.None);
        await db.InsertAsync(credits, CancellationToken.None);
        await db.InsertAsync(conversions, CancellationToken.None);
        await db.InsertAsync(spend, CancellationToken.None);
        await db.InsertAsync(jobs, CancellationToken.None);
    }

    private void AddVisitor(int number)
    {
        var (id, name) = (Guid.CreateVersion7(), $"visitor-{number}");
        var (row, key) = vault.NewKey(id);
        var instants = Enumerable.Range(0, TouchesOfEach).Select(_ => Ago(random.NextDouble() * Days)).Order().ToList();
        var contact = number < Callers ? new Contact { Email = EmailOf(number), FirstName = "Ann", LastName = "Martin", Country = "FR", Ref = number < Clients ? RefOf(number) : null } : null;
        dataKeys.Add(row);
        keys.Add(key);
        people.Add(new()
        {
            Id = id,
            CanonicalId = id,
            CreatedAt = instants[0],
            OwnSeenAt = instants[^1],
            LastSeenAt = instants[^1],
            Country = "FR",
            Measurement = number % 2 == 0 ? true : null,
            Identified = contact is not null,
            SealedContact = contact is null ? null : Seal(key, id, JsonSerializer.Serialize(contact)),
        });
        AddIdentity(IdentityKeyKind.Visitor, name, id, instants[0]);
        if (contact is not null)
            AddIdentity(IdentityKeyKind.Email, contact.Email!, id, instants[^1]);
        if (contact?.Ref is { } reference)
            AddIdentity(IdentityKeyKind.Ref, reference, id, instants[^1]);
        if (number % 2 == 0)
            consents.Add(new() { Id = Guid.CreateVersion7(), PersonId = id, OccurredAt = instants[0], RecordedAt = instants[0], Measurement = true, Ads = true, Personalization = true, TextVersion = "2026-01" });

        var journey = instants.ConvertAll(at => TouchOf(id, key, name, at));
        touches.AddRange(journey);
        journeys.Add(journey);
    }

    private Touch TouchOf(Guid person, byte[] key, string visitor, DateTimeOffset at)
    {
        var medium = Mediums[random.Next(Mediums.Length)];
        var source = medium switch { "cpc" => "google", "paid_social" => "facebook", "email" => "newsletter", "organic" => "google", _ => null };
        var platform = medium switch { "cpc" => "google", "paid_social" => "meta", _ => null };
        var campaign = platform is null ? null : $"{random.Next(10)}";
        var details = new TouchDetails { Ip = "203.0.113.9", UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", LandingUrl = "https://agency.example/offer" };
        var id = AddEvent(TouchReceived.Type, person, key, JsonSerializer.Serialize(new { visitorId = visitor, source, medium, details.Ip, details.UserAgent, details.LandingUrl }), at);
        return new()
        {
            Id = id,
            PersonId = person,
            OccurredAt = at,
            Channel = ChannelRules.Of(ChannelRules.Default, new(source, medium, null, null)).Channel,
            ReferrerHost = "",
            Source = source,
            Medium = medium.Length == 0 ? null : medium,
            Campaign = campaign is null ? null : "spring",
            Platform = platform,
            CampaignId = campaign,
            LandingPath = "/offer",
            SealedDetails = Seal(key, id, JsonSerializer.Serialize(details)),
        };
    }

    private void AddVoice(int number)
    {
        var (person, key) = (people[number % Callers], keys[number % Callers]);
        var at = Ago(random.NextDouble() * Days);
        var id = AddEvent(VoiceSessionReceived.Type, person.Id, key, JsonSerializer.Serialize(new { sessionId = $"S-{number}" }), at);
        var session = new VoiceSession
        {
            Id = id,
            SessionId = $"S-{number}",
            PersonId = person.Id,
            StartedAt = at,
            EndedAt = at.AddMinutes(4),
            OccurredAt = at.AddMinutes(4),
            Outcome = VoiceOutcome.Qualified,
            Budget = number % 3 > 0,
            Authority = true,
            Need = true,
            Timeline = number % 2 > 0,
            BantRuleId = BantRule.Default.Id,
            LatencyP50Ms = 420,
            LatencyP95Ms = 900,
            Language = "fr",
            SealedEvidence = Seal(key, id, "{}"),
        };
        session.Qualified = BantRule.Default.Qualifies(session);
        voices.Add(session);
        AddConversions(ConversionStage.Lead, session.SessionId, id, person.Id, at, null);
        if (session.Qualified)
            AddConversions(ConversionStage.Qualified, session.SessionId, id, person.Id, at, null);
    }

    private void AddConversions(ConversionStage stage, string businessId, Guid subject, Guid person, DateTimeOffset at, long? value)
    {
        foreach (var platform in Enum.GetValues<AdPlatform>())
        {
            var status = random.Next(100) switch { < 85 => ConversionStatus.Delivered, < 95 => ConversionStatus.Held, _ => ConversionStatus.Rejected };
            var conversion = new Conversion
            {
                Id = Guid.CreateVersion7(),
                Platform = platform,
                Stage = stage,
                EventId = ConversionIds.EventId(stage, businessId),
                TransactionId = ConversionIds.TransactionId(stage, businessId),
                PersonId = person,
                SubjectId = subject,
                Mode = Mode.Live,
                OccurredAt = at,
                RecordedAt = at,
                ValueMinor = value,
                Currency = value is null ? null : company.Currency,
                Status = status,
                Reason = status switch { ConversionStatus.Held => "consent.unknown", ConversionStatus.Rejected => "too_old", _ => null },
                SentAt = status == ConversionStatus.Held ? null : at.AddSeconds(2),
                OutcomeAt = at.AddSeconds(3),
            };
            conversions.Add(conversion);
        }
    }

    private void AddSpend()
    {
        foreach (var (platform, day, campaign) in from platform in new[] { "meta", "google" } from day in Enumerable.Range(0, Days) from campaign in Enumerable.Range(0, 10) select (platform, day, campaign))
        {
            var (date, at) = (company.DayOf(now).AddDays(-day), Ago(Math.Max(0, day - 0.5)));
            spend.Add(new()
            {
                Id = AddEvent(AdSpendReported.Type, DataKey.Company, companyKey, JsonSerializer.Serialize(new { platform, date, campaignId = $"{campaign}" }), at),
                Platform = platform,
                Account = "1",
                Day = date,
                CampaignId = $"{campaign}",
                CampaignName = $"Campaign {campaign}",
                Currency = company.Currency,
                CostMinor = random.Next(1_000, 9_000),
                Impressions = 4_000,
                Clicks = 80,
                Mode = Mode.Live,
                OccurredAt = at,
                RecordedAt = at,
            });
        }
    }

    private Guid AddEvent(string type, Guid owner, byte[] key, string json, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        events.Add(new()
        {
            Id = id,
            Source = "bench",
            EventId = $"e-{events.Count}",
            Type = type,
            Status = EventStatus.Applied,
            OccurredAt = at,
            RecordedAt = at,
            Mode = Mode.Live,
            OwnerId = owner,
            SealedData = Seal(key, id, json),
            DataHash = vault.LookupHash("event", json),
        });
        return id;
    }

    private void AddJob(string job, Guid argument, DateTimeOffset at) => jobs.Add(new()
    {
        Id = Guid.CreateVersion7(at),
        Job = job,
        Key = argument.ToString(),
        Argument = argument.ToString(),
        State = OutboxState.Done,
        NotBefore = at,
        RecordedAt = at,
        Attempts = 1,
        EndedAt = at.AddSeconds(1),
    });

    private void AddIdentity(IdentityKeyKind kind, string value, Guid person, DateTimeOffset at) =>
        identities.Add(new() { Id = Guid.CreateVersion7(), Kind = kind, Hash = vault.LookupHash(kind.ToString(), value), PersonId = person, FirstSeenAt = at });

    private DateTimeOffset Ago(double days) => now.AddDays(-days);

    private static byte[] Seal(byte[] key, Guid row, string text) => Sealer.Seal(key, row, Encoding.UTF8.GetBytes(text));

    private static string RefOf(int client) => $"C-{client}";

    private static string EmailOf(int person) => $"person-{person}@client.example";

    private static CustomerDetails DetailsOf(int client) => new()
    {
        Ref = RefOf(client),
        LegalName = $"Client {client} SARL",
        Email = EmailOf(client),
        Siren = "552100554",
        Address = new() { Line1 = "1 rue de la Paix", PostalCode = "75002", City = "Paris", Country = "FR" },
        IsBusiness = true,
    };
}
