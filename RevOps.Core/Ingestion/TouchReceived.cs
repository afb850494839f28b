using System.Security.Cryptography;
using System.Text.Json;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody came to the site.</summary>
public sealed record TouchReceived : IncomingEvent
{
    public const string Type = "revops.touch.v1";

    private readonly TouchDetails details;

    private TouchReceived(string visitorId, TouchDetails details) => (Visitor, this.details) = (visitorId, details);

    public string Visitor { get; }
    public Contact? Who { get; private init; }
    public AdIds? Ad { get; private init; }
    public string? Source { get; private init; }
    public string? Medium { get; private init; }
    public string? Campaign { get; private init; }
    public bool? CapsCookies { get; private init; }
    public bool? ServerCookie { get; private init; }

    /// <summary>The program that the sender saw, by what it is known; null for a person's browser, and where the sender does not say.</summary>
    public string? Program => string.IsNullOrWhiteSpace(details.UserAgent) ? null : Bots.Known(details.UserAgent);

    public override Contact? Contact => Who;

    public override string VisitorId => Visitor;

    public override ClickIds? ClickIds => details.ClickIds;

    public static TouchReceived? Read(Fields data)
    {
        var browser = data.Object("browser");
        var touch = new TouchReceived(data.RequiredText("visitorId"), new TouchDetails
        {
            ClickIds = data.ClickIds(),
            Fbp = data.Text("fbp", 200),
            Fbc = data.Text("fbc", 700),
            Ip = data.Text("ip", 50),
            UserAgent = data.Text("userAgent", 1_000),
            LandingUrl = CommonFields.KeepOfUrl(data.Text("landingUrl", 4_000)),
            Referrer = CommonFields.KeepOfUrl(data.Text("referrer", 4_000)),
            Content = data.Text("content", 300),
            Term = data.Text("term", 300),
        })
        {
            Who = data.Contact(),
            Ad = data.Ad(),
            Source = CountedText.Of(data.Text("source", 200)),
            Medium = CountedText.Of(data.Text("medium", 200)),
            Campaign = CountedText.Of(data.Text("campaign", 300)),
            CapsCookies = browser?.Flag("capsCookies"),
            ServerCookie = browser?.Flag("serverCookie"),
        };
        if (data.Object("pixel") is { } pixel)
        {
            pixel.Texts("loaded", most: 10);
            pixel.Texts("eventIds", most: 100);
        }

        return data.Ok ? touch : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (owner, id) = (reception.Somebody.Id, reception.Event.Id);
        var sealedDetails = await reception.Vault.SealAsync(reception.Db, owner, id, JsonSerializer.Serialize(details), reception.Cancel);
        reception.Db.Add(Row(reception.Event, owner, await reception.Services.Channels.CurrentAsync(reception.Cancel), sealedDetails));
        return EventFate.Applied;
    }

    /// <summary>Its personal part, for whoever it is laid under.</summary>
    internal byte[] SealDetails(KeyRing ring, Guid owner, Guid id) => ring.Seal(owner, id, JsonSerializer.SerializeToUtf8Bytes(details));

    internal byte[] SealDetails(AesGcm key, Guid id) => Sealer.Seal(key, id, JsonSerializer.SerializeToUtf8Bytes(details));

    /// <summary>The touch on its person's journey.</summary>
    /// <param name="received">The event that told of it.</param>
    /// <param name="personId">Whose journey.</param>
    /// <param name="rules">By which its channel is decided.</param>
    /// <param name="sealedDetails">Its personal part, sealed for them.</param>
    internal Touch Row(ReceivedEvent received, Guid personId, ChannelHistory rules, byte[] sealedDetails)
    {
        var clickKind = details.ClickIds?.All().Select(click => click.Name).FirstOrDefault();
        var (host, ad) = (TouchFacts.HostOf(details.Referrer), Ad?.Platform?.ToLowerInvariant());
        var placed = rules.Of(new(Source, Medium, clickKind, host, ad), received.OccurredAt);
        return new()
        {
            Id = received.Id,
            PersonId = personId,
            OccurredAt = received.OccurredAt,
            Channel = placed.Channel,
            Source = Source,
            Medium = Medium,
            Campaign = Campaign,
            Platform = placed.Platform,
            AdPlatform = ad,
            ReferrerHost = host,
            CampaignId = Ad?.CampaignId,
            AdId = Ad?.AdId,
            LandingPath = Uri.TryCreate(details.LandingUrl, UriKind.Absolute, out var url) && CountedText.Of(url.AbsolutePath) is { } path ? path[..Math.Min(500, path.Length)] : null,
            ClickIdKinds = details.ClickIds is null ? null : string.Join(',', details.ClickIds.All().Select(click => click.Name)),
            CapsCookies = CapsCookies,
            ServerCookie = ServerCookie,
            SealedDetails = sealedDetails,
        };
    }

    public override IEnumerable<string> WouldDo() => [Program is { } program ? $"Nothing but a count: the userAgent is a program's ({program})" : "Add a touch to the visitor's journey"];
}
