using System.Globalization;
using System.Text;
using System.Text.Json;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Bench;

/// <summary>
/// Conversions that are due, with all that has to be read for them: half of them each platform's, a lead and a booking of every person. Each
/// person is a browser of two visits with click ids and a contact that was joined to it, under a key each, and said yes to everything.
/// </summary>
/// <param name="vault">Makes the keys.</param>
/// <param name="company">Whose currency is used.</param>
/// <param name="companyKey">Of the one customer.</param>
/// <param name="now">Everything happened before.</param>
internal sealed class ConversionWorld(Vault vault, CompanyVersion company, byte[] companyKey, DateTimeOffset now)
{
    private static readonly string[] FirstNames = ["Anne", "Bénédicte", "Chloé", "Daniel", "Élise", "François", "Zoë", "Łukasz"];
    private static readonly string[] LastNames = ["Martin", "Lefèvre", "O’Neill", "García López", "Müller", "d’Arc"];
    private static readonly string[] Cities = ["Paris", "Saint-Étienne", "Lyon", "Aix-en-Provence"];

    private readonly List<DataKey> dataKeys = [];
    private readonly List<Person> people = [];
    private readonly List<IdentityKey> identities = [];
    private readonly List<PersonKey> pairs = [];
    private readonly List<ConsentRecord> consents = [];
    private readonly List<Touch> touches = [];
    private readonly List<VoiceSession> voices = [];
    private readonly List<Booking> bookings = [];
    private readonly Guid customer = Guid.CreateVersion7();

    public List<Conversion> Conversions { get; } = [];

    /// <summary>Event ids that no request with them will ever be taken, and those that the platform refuses when it has looked.</summary>
    public HashSet<(AdPlatform Platform, string EventId)> Bad { get; } = [];

    /// <param name="from">The first person.</param>
    /// <param name="count">How many: each is four conversions.</param>
    /// <param name="badPercent">Of the conversions.</param>
    public void Add(int from, int count, int badPercent)
    {
        for (var number = from; number < from + count; number++)
            AddPerson(number, badPercent);
    }

    public async Task InsertAsync(RevOpsDb db, bool withCustomer)
    {
        if (withCustomer)
            await db.InsertAsync([CustomerRow()], CancellationToken.None);
        await db.InsertAsync(dataKeys, CancellationToken.None);
        await db.InsertAsync(people, CancellationToken.None);
        await db.InsertAsync(identities, CancellationToken.None);
        await db.InsertAsync(pairs, CancellationToken.None);
        await db.InsertAsync(consents, CancellationToken.None);
        await db.InsertAsync(touches, CancellationToken.None);
        await db.InsertAsync(voices, CancellationToken.None);
        await db.InsertAsync(bookings, CancellationToken.None);
        await db.InsertAsync(Conversions, CancellationToken.None);
        dataKeys.Clear();
        people.Clear();
        identities.Clear();
        pairs.Clear();
        consents.Clear();
        touches.Clear();
        voices.Clear();
        bookings.Clear();
    }

    private Customer CustomerRow() => new()
    {
        Id = customer,
        PersonId = people[0].Id,
        OwnerId = DataKey.Company,
        SealedDetails = Seal(companyKey, customer, "{}"),
        DetailsHash = vault.LookupHash("details", "{}"),
        DetailsAt = now,
    };

    private void AddPerson(int number, int badPercent)
    {
        var (contact, visitor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (contactKey, visitorKey) = (KeyOf(contact), KeyOf(visitor));
        var clickedAt = now.AddDays(-2).AddSeconds(number % 3_600);
        var known = new Contact
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"{FirstNames[number % FirstNames.Length]}.{number}@gmail.com"),
            Phone = string.Create(CultureInfo.InvariantCulture, $"06 {number / 1_000_000 % 100:00} {number / 10_000 % 100:00} {number / 100 % 100:00} {number % 100:00}"),
            FirstName = FirstNames[number % FirstNames.Length],
            LastName = LastNames[number % LastNames.Length],
            City = Cities[number % Cities.Length],
            PostalCode = "75001",
            Country = "FR",
        };
        people.Add(PersonOf(contact, contact, clickedAt, Seal(contactKey, contact, JsonSerializer.Serialize(known))));
        people.Add(PersonOf(visitor, contact, clickedAt, null));
        AddVisitorKey(number, visitor, contact, clickedAt);
        consents.Add(new() { Id = Guid.CreateVersion7(), PersonId = visitor, OccurredAt = clickedAt, RecordedAt = clickedAt, Measurement = true, Ads = true, Personalization = number % 2 == 0, TextVersion = "2026-01" });
        AddTouch(number, visitor, visitorKey, clickedAt, withClick: true, isUnknown: number % 100 == 0 && badPercent > 0);
        AddTouch(number, visitor, visitorKey, clickedAt.AddHours(20), withClick: false, isUnknown: false);
        AddSale(number, contact, contactKey, badPercent);
    }

    private void AddVisitorKey(int number, Guid visitor, Guid contact, DateTimeOffset at)
    {
        var key = new IdentityKey { Id = Guid.CreateVersion7(), Kind = IdentityKeyKind.Visitor, Hash = vault.LookupHash(nameof(IdentityKeyKind.Visitor), $"visitor-{number}"), PersonId = visitor, FirstSeenAt = at };
        identities.Add(key);
        pairs.Add(new() { PersonId = visitor, KeyId = key.Id, FirstSeenAt = at });
        pairs.Add(new() { PersonId = contact, KeyId = key.Id, FirstSeenAt = at });
    }

    private void AddTouch(int number, Guid person, byte[] key, DateTimeOffset at, bool withClick, bool isUnknown)
    {
        var details = new TouchDetails
        {
            Ip = string.Create(CultureInfo.InvariantCulture, $"203.0.{number / 250 % 250}.{number % 250}"),
            UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            LandingUrl = "https://agency.example/offer?utm_source=google",
            Fbp = string.Create(CultureInfo.InvariantCulture, $"fb.1.1764000000000.{number + 1_000_000_000L}"),
            ClickIds = withClick ? new() { Gclid = $"{(isUnknown ? "unknown" : "Cj0KCQiA")}{number:D40}", Fbclid = $"IwAR2{number:D50}" } : null,
        };
        var id = Guid.CreateVersion7();
        touches.Add(new()
        {
            Id = id,
            PersonId = person,
            OccurredAt = at,
            Channel = ChannelRules.Of(ChannelRules.Default, new("google", "cpc", null, null)).Channel,
            Source = "google",
            Medium = "cpc",
            Campaign = "spring",
            Platform = "google",
            CampaignId = "77",
            ReferrerHost = "",
            LandingPath = "/offer",
            ClickIdKinds = withClick ? "gclid,fbclid" : null,
            SealedDetails = Seal(key, id, JsonSerializer.Serialize(details)),
        });
    }

    private void AddSale(int number, Guid person, byte[] key, int badPercent)
    {
        var at = now.AddHours(-3).AddSeconds(number % 3_600);
        var voice = new VoiceSession
        {
            Id = Guid.CreateVersion7(), SessionId = $"S-{number}", PersonId = person, StartedAt = at, EndedAt = at.AddMinutes(4), OccurredAt = at, Outcome = VoiceOutcome.Qualified, BantRuleId = BantRule.Default.Id,
        };
        voices.Add(voice);
        var content = new BookingContent { Currency = company.Currency, Lines = [new() { Key = "audit", Description = "Audit", Quantity = 1, UnitAmount = 1_200 }] };
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(), BookingId = $"B-{number}", Reference = $"B-{number}", CustomerId = customer, PersonId = person, OccurredAt = at, RecordedAt = at, Mode = Mode.Sandbox, Currency = company.Currency,
            AmountMinor = 120_000 + number, VoiceSessionId = voice.SessionId, SealedContent = [], ContentHash = content.ComputeHash(), ContentAt = at,
        };
        booking.SealedContent = Seal(key, booking.Id, JsonSerializer.Serialize(content));
        bookings.Add(booking);

        // Each of the four in its turn: as many bad ones among leads as among bookings, at either platform.
        foreach (var (index, (stage, platform)) in (from stage in new[] { ConversionStage.Lead, ConversionStage.Booked } from platform in Enum.GetValues<AdPlatform>() select (stage, platform)).Index())
        {
            var isBad = ((number * 4) + index) * 7_919L % 100 < badPercent;
            var businessId = (isBad ? "poison-" : "") + (stage == ConversionStage.Lead ? voice.SessionId : booking.Reference);
            Add(platform, stage, businessId, stage == ConversionStage.Lead ? voice.Id : booking.Id, person, at, stage == ConversionStage.Lead ? null : booking.AmountMinor);
            if (isBad || (platform == AdPlatform.Google && number % 100 == 0 && badPercent > 0))
                Bad.Add((platform, Conversions[^1].EventId));
        }
    }

    private void Add(AdPlatform platform, ConversionStage stage, string businessId, Guid subject, Guid person, DateTimeOffset at, long? value)
    {
        var conversion = new Conversion
        {
            Id = Guid.CreateVersion7(),
            Platform = platform,
            Stage = stage,
            EventId = ConversionIds.EventId(stage, businessId),
            TransactionId = ConversionIds.TransactionId(stage, businessId),
            PersonId = person,
            SubjectId = subject,
            Mode = Mode.Sandbox,
            OccurredAt = at,
            RecordedAt = at,
            ValueMinor = value,
            Currency = value is null ? null : company.Currency,
        };
        conversion.Queue(at);
        Conversions.Add(conversion);
    }

    private Person PersonOf(Guid id, Guid canonical, DateTimeOffset at, byte[]? contact) =>
        new() { Id = id, CanonicalId = canonical, CreatedAt = at, OwnSeenAt = at, LastSeenAt = at, Country = "FR", Identified = contact is not null, SealedContact = contact, Measurement = true };

    private byte[] KeyOf(Guid person)
    {
        var (row, key) = vault.NewKey(person);
        dataKeys.Add(row);
        return key;
    }

    private static byte[] Seal(byte[] key, Guid row, string text) => Sealer.Seal(key, row, Encoding.UTF8.GetBytes(text));
}
