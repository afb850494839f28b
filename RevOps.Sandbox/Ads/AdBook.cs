namespace RevOps.Sandbox.Ads;

/// <summary>
/// The campaigns of the invented agency, and what each costs a day. A day costs the same however often and by whom it is asked for, so
/// that what the demo tells and what the platforms answer are one truth.
/// </summary>
public static class AdBook
{
    public const string Google = "google";
    public const string Meta = "meta";

    // A month's budget is spent from Monday to Friday for the greater part.
    private const double Weekend = 0.55;

    public static readonly IReadOnlyList<AdCampaign> Campaigns =
    [
        new(Google, "720001", "Search FR – prise de rendez-vous", 6_200, 1.9) { Groups = [new("7200011", "Rendez-vous", [new("720001101", "Annonce rendez-vous A", 3), new("720001102", "Annonce rendez-vous B", 2)])] },
        new(Google, "720002", "Search FR – marque", 1_800, 0.7) { Groups = [new("7200021", "Marque", [new("720002101", "Annonce marque", 1)])] },

        // Performance Max has no ads of its own to ask for.
        new(Google, "720003", "Performance Max – agences", 4_100, 1.2),
        new(Meta, "23850001", "Prospection – démo de l’agent vocal", 5_400, 0.9)
        {
            Groups = [new("238500011", "Dirigeants 30–55", [new("23850001101", "Vidéo démo 20 s", 3), new("23850001102", "Carrousel tarifs", 2)]), new("238500012", "Similaires 2 %", [new("23850001201", "Vidéo démo 40 s", 2)])],
        },
        new(Meta, "23850002", "Reciblage – visiteurs 30 jours", 2_300, 0.6) { Groups = [new("238500021", "Visiteurs 30 jours", [new("23850002101", "Avis clients", 1)])] },
        new(Meta, "23850003", "Lead ads – PME Rhône-Alpes", 3_000, 0.8) { Groups = [new("238500031", "PME Rhône-Alpes", [new("23850003101", "Formulaire court", 2), new("23850003102", "Formulaire long", 1)])] },
    ];

    /// <summary>What a campaign costs on a whole day.</summary>
    public static AdDay On(AdCampaign campaign, DateOnly day)
    {
        var random = new Random(unchecked((int.Parse(campaign.Id, System.Globalization.CultureInfo.InvariantCulture) * 31) + day.DayNumber));
        var weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1.0;
        var cost = (long)(campaign.DailyMinor * weekday * (0.85 + (0.3 * random.NextDouble())));
        var clicks = Math.Max(1, (long)(cost / 100.0 / campaign.ClickPrice * (0.9 + (0.2 * random.NextDouble()))));
        return new(cost, clicks * random.Next(28, 60), clicks);
    }

    /// <summary>The same, ad by ad; together they are the campaign, to the cent. Empty where it has none.</summary>
    public static IReadOnlyList<(AdGroup Group, Ad Ad, AdDay Day)> AdsOn(AdCampaign campaign, AdDay whole)
    {
        var ads = campaign.Groups.SelectMany(group => group.Ads, (group, ad) => (Group: group, Ad: ad)).ToList();
        var (weight, split, given) = (ads.Sum(pair => pair.Ad.Weight), new List<(AdGroup, Ad, AdDay)>(), new AdDay(0, 0, 0));
        foreach (var (index, (group, ad)) in ads.Index())
        {
            var share = index == ads.Count - 1
                ? new AdDay(whole.CostMinor - given.CostMinor, whole.Impressions - given.Impressions, whole.Clicks - given.Clicks)
                : new AdDay(whole.CostMinor * ad.Weight / weight, whole.Impressions * ad.Weight / weight, whole.Clicks * ad.Weight / weight);
            given = new(given.CostMinor + share.CostMinor, given.Impressions + share.Impressions, given.Clicks + share.Clicks);
            split.Add((group, ad, share));
        }

        return split;
    }
}

/// <param name="DailyMinor">Spend of a usual day, in cents.</param>
/// <param name="ClickPrice">What a click costs, in euros.</param>
public sealed record AdCampaign(string Platform, string Id, string Name, int DailyMinor, double ClickPrice)
{
    public IReadOnlyList<AdGroup> Groups { get; init; } = [];
}

/// <summary>Meta calls it an ad set.</summary>
public sealed record AdGroup(string Id, string Name, IReadOnlyList<Ad> Ads);

/// <param name="Weight">Its part of the campaign's spend, beside the others.</param>
public sealed record Ad(string Id, string Name, int Weight);

public sealed record AdDay(long CostMinor, long Impressions, long Clicks);
