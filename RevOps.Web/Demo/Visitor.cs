using System.Text.Json.Nodes;

namespace RevOps.Web.Demo;

/// <summary>One person's way: visits, an answer about consent, perhaps a call, perhaps a sale.</summary>
internal sealed class Visitor
{
    private readonly Story story;
    private readonly Fate fate;
    private readonly Random random;
    private readonly int number;
    private readonly DateTimeOffset callAt;
    private readonly Person person;

    public Visitor(Story story, int number, Fate fate, Random random)
    {
        (this.story, this.number, this.fate, this.random) = (story, number, fate, random);
        person = Person.Of(number, fate, random);
        callAt = story.At(DayOfCall(), OfficeHour());
    }

    private string VisitorId => $"demo-v-{number:0000}";

    public IEnumerable<(DateTimeOffset Time, string Type, JsonObject Data)> Tell()
    {
        var visits = Visits();
        var told = visits.Where(IsTold).Select(visit => (visit.Time, "touch", Touch(visit))).ToList();
        if (Answer() is { } answer)
            told.Insert(0, (visits[0].Time.AddSeconds(20), "consent", answer));
        if (!fate.Calls)
            return told;

        told.Add((callAt.AddMinutes(6), "voice_session", Call()));
        if (fate.Sales == 0 && number % 3 == 0)
            told.Add((callAt.AddDays(random.Next(2, 9)), "lead_stage", LeadStage(number % 2 == 0 ? "proposal" : "lost")));
        for (var sale = 0; sale < fate.Sales; sale++)
            told.AddRange(new Deal(story, fate.FirstSale + sale, person, VisitorId, SessionId, SaleAt(sale), random).Tell());
        return told;
    }

    private string SessionId => $"demo-call-{number:0000}";

    /// <summary>Clients spread over all days, so that every week has its sales; the others too, by their own dice.</summary>
    private int DayOfCall()
    {
        var latest = story.Days - 1;
        if (fate.Sales > 0)
            return Math.Min(latest, (int)((fate.FirstSale + 0.5) * story.Days / story.Bookings));
        var day = random.Next(0, story.Days);
        return story.FirstDay.AddDays(day).DayOfWeek is DayOfWeek.Sunday or DayOfWeek.Saturday && random.Next(3) > 0 ? Math.Min(latest, day + 2) : day;
    }

    private DateTimeOffset SaleAt(int sale) =>
        sale == 0 ? callAt.AddHours(1 + random.Next(0, 60)) : story.At(Math.Floor((callAt - story.At(0, TimeSpan.Zero)).TotalDays) + 21 + random.Next(0, 18), OfficeHour());

    private TimeSpan OfficeHour() => TimeSpan.FromMinutes(random.Next(8 * 60 + 30, 18 * 60));

    /// <summary>The last one leads to the call, the others lie before it; none before the story begins.</summary>
    private List<(DateTimeOffset Time, string Channel)> Visits()
    {
        var count = 1;
        while (count < 7 && random.NextDouble() < (fate.Sales > 0 ? 0.62 : 0.45))
            count++;

        var start = story.At(0, new TimeSpan(6, 0, 0));
        var times = new List<DateTimeOffset>();
        for (var back = 0; back < count; back++)
        {
            var before = back == 0 ? TimeSpan.FromMinutes(random.Next(4, 45)) : TimeSpan.FromHours(random.Next(6, 24 * 12));
            var time = (back == 0 ? callAt : times[^1]) - before;
            times.Add(time < start ? start.AddMinutes(random.Next(1, 90)) : time);
        }

        times.Sort();
        return [.. times.Select((time, index) => (time, Pick(index == 0)))];
    }

    private string Pick(bool first)
    {
        var at = random.Next(0, Agency.Ways.Sum(way => first ? way.First : way.Later));
        foreach (var way in Agency.Ways)
        {
            at -= first ? way.First : way.Later;
            if (at < 0)
                return way.Channel;
        }

        return Agency.Ways[^1].Channel;
    }

    private bool IsLost(DateTimeOffset time) => time >= story.At(Agency.LossFrom, TimeSpan.Zero) && time < story.At(Agency.LossUntil, TimeSpan.Zero);

    private bool IsTold((DateTimeOffset Time, string Channel) visit) => !IsLost(visit.Time) || random.Next(2) == 0;

    private JsonObject Touch((DateTimeOffset Time, string Channel) visit)
    {
        var touch = new JsonObject
        {
            ["visitorId"] = VisitorId,
            ["landingUrl"] = random.Next(3) switch { 0 => "https://agence.example/", 1 => "https://agence.example/agent-vocal", _ => "https://agence.example/tarifs" },
            ["ip"] = $"203.0.113.{number % 250 + 1}",
            ["userAgent"] = "Mozilla/5.0 (demo)",

            // About as many as use Safari in France; by the number, so that no dice fall otherwise.
            ["browser"] = new JsonObject { ["capsCookies"] = number % 11 < 4, ["serverCookie"] = number % 22 == 0 },
        };
        switch (visit.Channel)
        {
            case "paid_search":
                Advertise(touch, visit.Time, "google", "google", "cpc", "gclid", "demo-gclid-");
                break;
            case "paid_social":
                Advertise(touch, visit.Time, "meta", "facebook", "paid_social", "fbclid", "IwAR-demo-");
                break;
            case "organic_search":
                touch["referrer"] = "https://www.google.com/";
                break;
            case "email":
                (touch["source"], touch["medium"], touch["campaign"]) = ("newsletter", "email", "lettre-du-mois");
                break;
            case "referral":
                touch["referrer"] = "https://annuaire-des-agences.example/";
                break;
        }

        return touch;
    }

    private void Advertise(JsonObject touch, DateTimeOffset time, string platform, string source, string medium, string clickId, string prefix)
    {
        var own = Agency.Campaigns.Where(campaign => campaign.Platform == platform).ToList();
        var campaign = own[random.Next(own.Count)];
        (touch["source"], touch["medium"], touch["campaign"]) = (source, medium, campaign.Name);
        touch["ad"] = new JsonObject { ["platform"] = platform, ["campaignId"] = campaign.Id };

        // By the number, so that no dice fall otherwise.
        var ads = campaign.Groups.SelectMany(group => group.Ads, (group, ad) => (Group: group, Ad: ad)).ToList();
        if (ads.Count > 0)
            (touch["ad"]!["adsetId"], touch["ad"]!["adId"]) = (ads[number % ads.Count].Group.Id, ads[number % ads.Count].Ad.Id);
        var id = $"{prefix}{random.NextInt64(1L << 46):x12}{number:x4}";
        if (!IsLost(time))
            touch["clickIds"] = new JsonObject { [clickId] = id };
    }

    /// <summary>Most say yes to all, some to measuring only, some no; a few never answer.</summary>
    private JsonObject? Answer()
    {
        var dice = random.Next(100);
        if (dice >= 94)
            return null;
        var (measurement, ads) = dice switch { < 78 => ("granted", "granted"), < 88 => ("granted", "denied"), _ => ("denied", "denied") };
        return new()
        {
            ["visitorId"] = VisitorId,
            ["country"] = "FR",
            ["purposes"] = new JsonObject { ["measurement"] = measurement, ["ads"] = ads, ["personalization"] = ads },
            ["textVersion"] = "demo-1",
        };
    }

    private JsonObject Call()
    {
        var met = fate.Sales > 0 ? random.Next(3, 5) : random.Next(100) switch { < 30 => random.Next(3, 5), < 80 => random.Next(1, 3), _ => 0 };
        var minutes = 2 + random.Next(0, 9);
        var call = new JsonObject
        {
            ["sessionId"] = SessionId,
            ["contact"] = person.Contact(),
            ["startedAt"] = callAt.ToString("O"),
            ["endedAt"] = callAt.AddMinutes(Math.Min(5, minutes)).ToString("O"),
            ["outcome"] = met >= 3 ? "qualified" : met == 0 ? "no_answer" : random.Next(4) == 0 ? "callback" : "unqualified",
            ["bant"] = Bant(met),
            ["latencyMs"] = new JsonObject { ["p50"] = 520 + random.Next(0, 260), ["p95"] = 900 + random.Next(0, 700) },
            ["language"] = "fr",
            ["aiDisclosedAt"] = callAt.AddSeconds(3).ToString("O"),
            ["recordingConsent"] = random.Next(5) > 0,
        };

        // In the week of the loss the call knows no visitor.
        if (!IsLost(callAt))
            call["visitorId"] = VisitorId;
        return call;
    }

    private JsonObject Bant(int met)
    {
        string[] evidence = ["« On a prévu 3 000 € ce trimestre »", "« C’est moi qui décide »", "« On rate trop d’appels »", "« Avant la fin du mois »"];
        string[] names = ["budget", "authority", "need", "timeline"];
        var first = random.Next(0, 4);
        var bant = new JsonObject();
        for (var index = 0; index < names.Length; index++)
        {
            var isMet = (index - first + 4) % 4 < met;
            bant[names[index]] = isMet ? new JsonObject { ["met"] = true, ["evidence"] = evidence[index] } : new JsonObject { ["met"] = random.Next(2) == 0 ? false : null };
        }

        return bant;
    }

    private JsonObject LeadStage(string stage) => new() { ["contact"] = new JsonObject { ["email"] = person.Email }, ["stage"] = stage };
}
