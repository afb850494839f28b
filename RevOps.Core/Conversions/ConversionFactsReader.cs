using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>Gathers, at the moment of sending, what a platform may be told about conversions: the person, the click, the consent.</summary>
public sealed class ConversionFactsReader(Vault vault, CompanyProfile company)
{
    public async Task<(ConversionFacts Facts, ConsentState Consent)> ReadAsync(RevOpsDb db, Conversion conversion, StageRule rule, bool restates, CancellationToken cancel)
    {
        var many = await ReadManyAsync(db, [conversion], cancel);
        return (many.Of(conversion, rule, restates), many.ConsentOf(conversion));
    }

    /// <summary>The same of many in a few queries; what is sealed is opened when it is asked for.</summary>
    public async Task<FactsOfMany> ReadManyAsync(RevOpsDb db, IReadOnlyCollection<Conversion> conversions, CancellationToken cancel)
    {
        var people = await ConsentOfMany.LoadAsync(db, [.. conversions.Select(conversion => conversion.PersonId).Distinct()], cancel);
        var canonicals = conversions.Select(conversion => people.CanonicalOf(conversion.PersonId)).Distinct().ToArray();

        // What a browser tells of somebody is joined to them only where measurement is allowed.
        var clicks = await ClickReader.LoadAsync(db, [.. conversions.Where(conversion => people.Of(conversion.PersonId).Measurement == ConsentAnswer.Granted)], people, cancel);
        var subjects = conversions.Where(conversion => conversion.Stage is ConversionStage.Lead or ConversionStage.Qualified).Select(conversion => conversion.SubjectId).Distinct().ToArray();
        var calls = subjects.Length == 0 ? [] : await db.Set<VoiceSession>().Where(session => EF.Parameter(subjects).Contains(session.Id)).Select(session => new { session.Id, session.StartedAt }).ToDictionaryAsync(session => session.Id, session => session.StartedAt, cancel);
        var ring = new KeyRing(vault);
        await ring.LoadAsync(db, [.. canonicals, .. conversions.Select(conversion => conversion.PersonId), .. clicks.Owners], cancel);
        return new(people, clicks, calls, ring, (await company.CurrentAsync(cancel)).Country);
    }
}

/// <summary>What is known of the people of many conversions, sealed until it is asked for; it may be asked by many threads.</summary>
public sealed class FactsOfMany
{
    /// <summary>After so long without a page a visit is over, as in every web analytics.</summary>
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(30);

    private readonly ConsentOfMany people;
    private readonly ClickReader clickReader;
    private readonly Dictionary<Guid, DateTimeOffset> calls;
    private readonly ConcurrentDictionary<Guid, Contact> opened = new();
    private readonly string country;

    internal FactsOfMany(ConsentOfMany people, ClickReader clickReader, Dictionary<Guid, DateTimeOffset> calls, KeyRing ring, string country) =>
        (this.people, this.clickReader, this.calls, Ring, this.country) = (people, clickReader, calls, ring, country);

    /// <summary>The keys that it is opened with.</summary>
    public KeyRing Ring { get; }

    public ConsentState ConsentOf(Conversion conversion) => people.Of(conversion.PersonId);

    public ConversionFacts Of(Conversion conversion, StageRule rule, bool restates)
    {
        var (person, consent) = (people.CanonicalOf(conversion.PersonId), ConsentOf(conversion));
        var contact = opened.GetOrAdd(person, Open, people.SealedContactOf(conversion.PersonId));
        var clicks = consent.Measurement == ConsentAnswer.Granted ? clickReader.Of(conversion, people.GroupOf(conversion.PersonId), Ring) : [];
        var latest = clicks.FirstOrDefault(seen => seen.IsVisit);
        return new ConversionFacts
        {
            EventId = conversion.EventId,
            TransactionId = conversion.TransactionId,
            Stage = conversion.Stage,
            Name = rule.Name,
            OccurredAt = conversion.OccurredAt,
            Value = conversion.Value,
            Restates = restates,
            CallStartedAt = calls.TryGetValue(conversion.SubjectId, out var started) ? started : null,
            Source = rule.IsInStore ? ConversionSource.Store : SourceOf(conversion.Stage, calls.TryGetValue(conversion.SubjectId, out var call) ? call : null, latest),
            Person = new()
            {
                Emails = contact.Email is { } email ? [email] : [],
                Phones = contact.Phone is { } phone ? [phone] : [],
                FirstName = contact.FirstName,
                LastName = contact.LastName,
                City = contact.City,
                Region = contact.Region,
                PostalCode = contact.PostalCode,
                Country = contact.Country,
                ExternalId = person.ToString(),
                Ip = latest?.Details.Ip,
                UserAgent = latest?.Details.UserAgent,
            },
            Click = SeenClick.Of(clicks, conversion.Platform),
            PageUrl = latest?.Details.LandingUrl,

            // Google drops what is told as denied: there the limit is that nothing is chosen by it.
            Consent = consent.IsLimited ? new(consent.AdsAsked is true ? true : null, false) : new(consent.AdsAsked, consent.PersonalizationAsked),
            IsLimited = consent.IsLimited,
            DefaultCountry = country,
        };
    }

    private Contact Open(Guid person, byte[]? contact) => Ring.Open(person, person, contact) is { } json ? JsonSerializer.Deserialize<Contact>(json)! : new();

    /// <summary>Where a browser stood behind it, it happened on the site; the CRM's stages are the CRM's. A visit of the half hour before a call brought it, an older one did not.</summary>
    private static ConversionSource SourceOf(ConversionStage stage, DateTimeOffset? call, SeenClick? latest) => stage switch
    {
        ConversionStage.Paid or ConversionStage.Refunded => ConversionSource.Crm,
        _ when call - latest?.At > OneVisit => ConversionSource.PhoneCall,
        _ when latest?.Details is { UserAgent: not null, LandingUrl: not null } => ConversionSource.Website,
        ConversionStage.Lead or ConversionStage.Qualified => ConversionSource.PhoneCall,
        _ => ConversionSource.Crm,
    };
}
