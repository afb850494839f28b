using System.Text.Json;
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
    /// <summary>Platforms remember a click for 90 days.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    public async Task<(ConversionFacts Facts, ConsentState Consent)> ReadAsync(RevOpsDb db, Conversion conversion, string name, bool restates, CancellationToken cancel)
    {
        var person = await CanonicalAsync(db, conversion.PersonId, cancel);
        var consent = await ConsentState.OfAsync(db, person.Id, cancel);
        var contact = await identity.ContactAsync(person, cancel) ?? new();

        // What a browser tells of somebody is joined to them only where measurement is allowed.
        var clicks = consent.Measurement == ConsentAnswer.Granted ? await ClicksAsync(db, person.Id, conversion.OccurredAt, cancel) : [];
        var latest = clicks.FirstOrDefault();
        var click = ClickOf(clicks, conversion.Platform);

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

    /// <summary>Touches before the conversion, newest first, opened.</summary>
    private async Task<List<(Touch Touch, TouchDetails Details)?>> ClicksAsync(RevOpsDb db, Guid personId, DateTimeOffset before, CancellationToken cancel)
    {
        var group = IdentityGraph.GroupOf(db, personId);
        var since = before - LookBack;
        var touches = await db.Set<Touch>().AsNoTracking().Where(touch => group.Contains(touch.PersonId) && touch.OccurredAt <= before && touch.OccurredAt >= since)
            .OrderByDescending(touch => touch.OccurredAt).Take(200).ToListAsync(cancel);
        var opened = new List<(Touch, TouchDetails)?>();
        foreach (var touch in touches)
        {
            if (await vault.OpenAsync(touch.PersonId, touch.Id, touch.SealedDetails, cancel) is { } json)
                opened.Add((touch, JsonSerializer.Deserialize<TouchDetails>(json)!));
        }

        return opened;
    }

    /// <summary>The newest click of the platform's own, and the browser's cookies.</summary>
    private static ClickFacts? ClickOf(List<(Touch Touch, TouchDetails Details)?> touches, AdPlatform platform)
    {
        var clicked = touches.Find(touch => touch?.Details.ClickIds is { } ids && (platform == AdPlatform.Meta ? ids.Fbclid : ids.Gclid ?? ids.Gbraid ?? ids.Wbraid) is not null);
        var cookies = touches.Find(touch => touch?.Details is { Fbc: not null } or { Fbp: not null });
        if ((clicked ?? (platform == AdPlatform.Meta ? cookies : null)) is not { } source)
            return null;

        var id = clicked?.Details.ClickIds;

        // The cookie of another, older click than the one we know would credit the wrong ad.
        var fbc = cookies?.Details.Fbc is { } cookie && (id?.Fbclid is null || cookie.EndsWith(id.Fbclid, StringComparison.Ordinal)) ? cookie : null;
        return new()
        {
            Gclid = id?.Gclid,
            Gbraid = id?.Gbraid,
            Wbraid = id?.Wbraid,
            Fbclid = id?.Fbclid,
            Fbc = fbc,
            Fbp = cookies?.Details.Fbp,
            SeenAt = FirstSight(touches, id) ?? source.Touch.OccurredAt,
        };
    }

    /// <summary>Pages that come after repeat the click id; the click was when it was seen first, and is never dated anew.</summary>
    private static DateTimeOffset? FirstSight(List<(Touch Touch, TouchDetails Details)?> touches, ClickIds? ids) => ids is null
        ? null
        : touches.Where(touch => touch?.Details.ClickIds is { } other && other.All().Intersect(ids.All()).Any()).Min(touch => touch?.Touch.OccurredAt);
}
