namespace RevOps.Core.Conversions.Quality;

/// <summary>How far conversions came, on their way from a stage that was reached to a person whom the platform knows.</summary>
/// <param name="Created">Stages that were reached and are to be told.</param>
/// <param name="Eligible">Of those, what consent and our own checks let go.</param>
/// <param name="Sent">Of those, what went over the wire once at least.</param>
/// <param name="Received">Of those, what the platform took.</param>
/// <param name="Matched">Of those, what the platform says it counts; null where it never says so of a single one, as Meta.</param>
public readonly record struct Funnel(int Created, int Eligible, int Sent, int Received, int? Matched)
{
    /// <summary>Of those created, what ended because the platform's window passed while it was held or waited.</summary>
    public int Lapsed { get; init; }

    public static Funnel operator +(Funnel one, Funnel other) =>
        new(one.Created + other.Created, one.Eligible + other.Eligible, one.Sent + other.Sent, one.Received + other.Received, one.Matched is null && other.Matched is null ? null : (one.Matched ?? 0) + (other.Matched ?? 0)) { Lapsed = one.Lapsed + other.Lapsed };
}

/// <summary>The funnel of one stage at one platform.</summary>
public sealed record StageFunnel(AdPlatform Platform, ConversionStage Stage, Funnel Funnel);

/// <summary>The funnel of one of the company's days.</summary>
public sealed record DayFunnel(DateOnly Day, Funnel Funnel);

/// <summary>A page of days.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Page">Which one, from 1 on.</param>
/// <param name="Total">Days of the period.</param>
public sealed record DayPage(IReadOnlyList<DayFunnel> Rows, int Page, int Total);

/// <summary>How often a platform is given each key.</summary>
/// <param name="Platform">Whose.</param>
/// <param name="Sent">Conversions that went over the wire.</param>
/// <param name="Of">Of those, how many with each key that the platform takes.</param>
public sealed record KeyCoverage(AdPlatform Platform, int Sent, IReadOnlyDictionary<MatchKeys, int> Of)
{
    private const MatchKeys Google = MatchKeys.Email | MatchKeys.Phone | MatchKeys.Address | MatchKeys.Click;
    private const MatchKeys Strong = MatchKeys.Email | MatchKeys.Phone | MatchKeys.Click;

    /// <summary>With an e-mail, a telephone number or a click: what platforms match best by. Null while nothing was sent.</summary>
    public double? StrongShare { get; private init; }

    /// <param name="platform">Whose.</param>
    /// <param name="sent">How many went with exactly these keys.</param>
    public static KeyCoverage From(AdPlatform platform, IReadOnlyCollection<(MatchKeys Keys, int Count)> sent)
    {
        var (all, taken) = (sent.Sum(row => row.Count), Enum.GetValues<MatchKeys>().Where(key => key != MatchKeys.None && Takes(platform, key)));
        return new(platform, all, taken.ToDictionary(key => key, key => sent.Where(row => row.Keys.HasFlag(key)).Sum(row => row.Count)))
        {
            StrongShare = all == 0 ? null : (double)sent.Where(row => (row.Keys & Strong) != MatchKeys.None).Sum(row => row.Count) / all,
        };
    }

    /// <summary>Google compares an address as a whole, and must not be given the visitor's own.</summary>
    private static bool Takes(AdPlatform platform, MatchKeys key) => platform == AdPlatform.Google ? (Google & key) != MatchKeys.None : key != MatchKeys.Address;
}

/// <summary>What the platform would not know without us. Only conversions of people whose browser told about the platform's pixel are counted: of others nobody knows whether it came through.</summary>
/// <param name="Platform">Whose pixel.</param>
/// <param name="Delivered">Conversions that the platform took.</param>
/// <param name="Known">Of those, where a browser reported whether the pixel came through.</param>
/// <param name="Twins">Of those, what the browser sent as well, under the same id: the platform counts one.</param>
public sealed record SignalFigures(AdPlatform Platform, int Delivered, int Known, int Twins)
{
    /// <summary>Server-side alone.</summary>
    public int Recovered => Known - Twins;

    /// <summary>From 0 to 1; null where no pixel was reported.</summary>
    public double? RecoveredShare => Known == 0 ? null : (double)Recovered / Known;

    /// <summary>Sent from both sides under one id, of all that is known; null where no pixel was reported.</summary>
    public double? DeduplicationRate => Known == 0 ? null : (double)Twins / Known;
}

/// <summary>Everything about the conversions of a period.</summary>
public sealed record ConversionQuality(IReadOnlyList<StageFunnel> Stages, IReadOnlyList<KeyCoverage> Keys, IReadOnlyList<SignalFigures> Signals, IReadOnlyList<PlatformDelivery> Delivery)
{
    public Funnel Whole => Stages.Aggregate(default(Funnel) with { Matched = null }, (sum, row) => sum + row.Funnel);
}

/// <summary>What a platform took, of what it should have.</summary>
/// <param name="Platform">Which.</param>
/// <param name="Delivered">What it took.</param>
/// <param name="Decided">That, what was refused for a reason that somebody can mend, and what should have left a day ago.</param>
public sealed record PlatformDelivery(AdPlatform Platform, int Delivered, int Decided)
{
    public double? Rate => Decided == 0 ? null : (double)Delivered / Decided;
}
