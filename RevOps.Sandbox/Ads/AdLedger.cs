namespace RevOps.Sandbox.Ads;

/// <summary>The first day on which the account's ads ran; as long as the files live.</summary>
internal sealed record AdLife(string Id, long Created, int FirstDay) : IDocument;

/// <summary>What a platform found out later about a day of a campaign: invalid clicks taken back, or the whole day.</summary>
internal sealed record SpendCorrection(string Id, long Created, long CostMinor) : IDocument;

/// <summary>A deleted ad: the account's total knows its cost, the rows no longer do.</summary>
internal sealed record DeletedAd(string Id, long Created) : IDocument;

/// <summary>A click on an ad, by its gclid.</summary>
internal sealed record AdClick(string Id, long Created, int Day, string Campaign, string Group, string Ad) : IDocument;

/// <summary>What one platform knows of the costs of its account, day by day in the account's own time zone.</summary>
internal sealed class AdLedger(Store store, string platform, SandboxOptions options)
{
    public const string Currency = "EUR";
    public const string TimeZone = "Europe/Paris";

    // Somewhat more than the thirteen months that are read at first.
    private const int UsualDays = 420;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(options.Clock.GetUtcNow(), Zone).DateTime);

    /// <summary>Every ad, and every campaign without ads, of each day on which it cost something.</summary>
    public IReadOnlyList<AdRow> Rows(DateOnly from, DateOnly to, bool withDeleted) => store.Write(documents =>
    {
        var (first, deleted) = (FirstDay(documents), documents.All<DeletedAd>().Select(ad => ad.Id).ToHashSet(StringComparer.Ordinal));
        var rows = new List<AdRow>();
        for (var day = from < first ? first : from; day <= to && day <= Today; day = day.AddDays(1))
        {
            foreach (var campaign in AdBook.Campaigns.Where(campaign => campaign.Platform == platform))
            {
                var whole = On(documents, campaign, day);
                var ads = AdBook.AdsOn(campaign, whole);
                rows.AddRange(ads.Count == 0 ? [new(day, campaign, null, null, whole)] : ads.Where(ad => withDeleted || !deleted.Contains(ad.Ad.Id)).Select(ad => new AdRow(day, campaign, ad.Group, ad.Ad, ad.Day)));
            }
        }

        return rows.FindAll(row => row.Cost.CostMinor > 0);
    });

    public void Correct(string campaign, DateOnly day, long minor) =>
        store.Write(documents => Put(documents, new SpendCorrection(KeyOf(campaign, day), 0, minor)));

    /// <summary>Somebody clicks on an ad.</summary>
    public void Click(string click, DateOnly day, string ad)
    {
        var (campaign, group) = AdBook.Campaigns.Where(campaign => campaign.Platform == platform).SelectMany(campaign => campaign.Groups, (campaign, group) => (campaign, group)).First(pair => pair.group.Ads.Any(one => one.Id == ad));
        store.Write(documents => Put(documents, new AdClick(click, 0, day.DayNumber, campaign.Id, group.Id, ad)));
    }

    public List<AdClick> Clicks(DateOnly day) => store.Write(documents => documents.All<AdClick>().FindAll(click => click.Day == day.DayNumber));

    public void Delete(string ad) => store.Write(documents => Put(documents, new DeletedAd(ad, 0)));

    /// <summary>A day is there whole from its beginning: figures of a test must not hang on the hour.</summary>
    private static AdDay On(Documents documents, AdCampaign campaign, DateOnly day)
    {
        var whole = AdBook.On(campaign, day);
        return documents.Find<SpendCorrection>(KeyOf(campaign.Id, day)) is { } correction ? whole with { CostMinor = correction.CostMinor } : whole;
    }

    private DateOnly FirstDay(Documents documents)
    {
        if (documents.Find<AdLife>(platform) is { } known)
            return DateOnly.FromDayNumber(known.FirstDay);
        var first = options.AdsSince ?? Today.AddDays(1 - UsualDays);
        documents.Put(new AdLife(platform, 0, first.DayNumber));
        return first;
    }

    private static string KeyOf(string campaign, DateOnly day) => $"{campaign}|{day:yyyy-MM-dd}";

    private static bool Put<T>(Documents documents, T document) where T : class, IDocument
    {
        documents.Put(document);
        return true;
    }
}

/// <param name="Group">Null, as the ad, where the campaign has none.</param>
internal sealed record AdRow(DateOnly Day, AdCampaign Campaign, AdGroup? Group, Ad? Ad, AdDay Cost);
