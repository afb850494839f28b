using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>Gathers, at the moment of sending, what a platform may be told about a conversion: the person, the click, the consent.</summary>
public sealed class ConversionFactsReader(Vault vault, IdentityGraph identity, CompanyProfile company)
{
    private readonly ClickReader clickReader = new(vault);

    public async Task<(ConversionFacts Facts, ConsentState Consent)> ReadAsync(RevOpsDb db, Conversion conversion, string name, bool restates, CancellationToken cancel)
    {
        var person = await CanonicalAsync(db, conversion.PersonId, cancel);
        var consent = await ConsentState.OfAsync(db, person.Id, cancel);
        var contact = await identity.ContactAsync(person, cancel) ?? new();

        // What a browser tells of somebody is joined to them only where measurement is allowed.
        var clicks = consent.Measurement == ConsentAnswer.Granted ? await clickReader.ReadAsync(db, person.Id, conversion, cancel) : [];
        var latest = clicks.FirstOrDefault(seen => seen.IsVisit);
        var click = SeenClick.Of(clicks, conversion.Platform);

        return (new ConversionFacts
        {
            EventId = conversion.EventId,
            TransactionId = conversion.TransactionId,
            Stage = conversion.Stage,
            Name = name,
            OccurredAt = conversion.OccurredAt,
            Value = conversion.Value,
            Restates = restates,
            Source = SourceOf(conversion.Stage, latest?.Details),
            Person = new()
            {
                Emails = contact.Email is { } email ? [email] : [],
                Phones = contact.Phone is { } phone ? [phone] : [],
                FirstName = contact.FirstName,
                LastName = contact.LastName,
                City = contact.City,
                PostalCode = contact.PostalCode,
                Country = contact.Country,
                ExternalId = person.Id.ToString(),
                Ip = latest?.Details.Ip,
                UserAgent = latest?.Details.UserAgent,
            },
            Click = click,
            PageUrl = latest?.Details.LandingUrl,
            Consent = new(consent.Ads == ConsentAnswer.Granted, consent.PersonalizationAsked),
            DefaultCountry = (await company.CurrentAsync(cancel)).Country,
        }, consent);
    }

    /// <summary>Where a browser stood behind it, it happened on the site; the CRM's stages are the CRM's.</summary>
    private static ConversionSource SourceOf(ConversionStage stage, TouchDetails? latest) => stage switch
    {
        ConversionStage.Paid or ConversionStage.Refunded => ConversionSource.Crm,
        _ when latest is { UserAgent: not null, LandingUrl: not null } => ConversionSource.Website,
        ConversionStage.Lead or ConversionStage.Qualified => ConversionSource.PhoneCall,
        _ => ConversionSource.Crm,
    };

    private static async Task<Person> CanonicalAsync(RevOpsDb db, Guid personId, CancellationToken cancel) =>
        await (from self in db.Set<Person>()
               join canonical in db.Set<Person>() on self.CanonicalId equals canonical.Id
               where self.Id == personId
               select canonical).AsNoTracking().SingleAsync(cancel);
}
