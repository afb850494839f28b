namespace RevOps.Core.Attribution.Results;

/// <summary>
/// What a model that looks at all journeys at once gives a channel beyond what the channel's touches have of their own journeys; below 0 where it
/// gives less. With it the parts add up to the figure, to the cent.
/// </summary>
/// <param name="Conversions">Credited, in fractions.</param>
/// <param name="Minor">Null where the kind has no money.</param>
public sealed record AcrossJourneys(double Conversions, long? Minor)
{
    public bool IsNothing => Minor is null or 0 && Math.Abs(Conversions) < 1e-9;
}

/// <summary>The campaigns of a channel under the chosen model: with no filter they add up, with <see cref="Across"/>, to the channel's figure, to the cent.</summary>
public sealed record CampaignReport
{
    public required AnswerBasis Basis { get; init; }
    public required string Channel { get; init; }
    public required double Conversions { get; init; }
    public long? Minor { get; init; }
    public required IReadOnlyList<CampaignRow> Rows { get; init; }

    /// <summary>What a filter leaves out of <see cref="Rows"/>; empty without one.</summary>
    public IReadOnlyList<CampaignRow> Hidden { get; init; } = [];

    /// <summary>Of no campaign; null under a rule.</summary>
    public AcrossJourneys? Across { get; init; }

    /// <summary>The chain credits the channel though no converting journey has a touch of it: there is nothing to open, and the figure stands on a line that says so.</summary>
    public required bool OnlyByChain { get; init; }

    /// <summary>With a line of nothing for each campaign that only the period before had.</summary>
    public CampaignReport WithGone(CampaignReport before)
    {
        var known = Rows.Concat(Hidden).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        IEnumerable<CampaignRow> Gone(IReadOnlyList<CampaignRow> rows) => rows.Where(row => !known.Contains(row.Key)).Select(row => new CampaignRow(row.Key, row.Platform, row.Id, row.Name, 0, Minor is null ? null : 0, 0, null));
        return this with { Rows = [.. Rows, .. Gone(before.Rows)], Hidden = [.. Hidden, .. Gone(before.Hidden)] };
    }
}

/// <param name="Key">What <see cref="AttributionQueries.JourneysAsync"/> asks for; empty: touches that name no campaign.</param>
/// <param name="Platform">Null where no platform is known.</param>
/// <param name="Id">The platform's id of it; null for one that only the address named.</param>
/// <param name="Name">As the last day of spend or the address named it.</param>
/// <param name="Conversions">Credited, in fractions.</param>
/// <param name="Minor">Null where the kind has no money.</param>
/// <param name="Influenced">Conversions with a touch of it.</param>
/// <param name="SpendMinor">Of the period; null without any.</param>
public sealed record CampaignRow(string Key, string? Platform, string? Id, string? Name, double Conversions, long? Minor, int Influenced, long? SpendMinor)
{
    /// <summary>Credited so far to its touches of the period, whenever it was paid.</summary>
    public double ByClickConversions { get; init; }

    public long? ByClickMinor { get; init; }

    public double? RoasByPayment => RatioOf(Minor);

    public double? RoasByClick => RatioOf(ByClickMinor);

    /// <summary>Spend for each conversion; null without either.</summary>
    public long? CpaByPaymentMinor => CostOf(Conversions);

    public long? CpaByClickMinor => CostOf(ByClickConversions);

    private double? RatioOf(long? minor) => minor is { } money && SpendMinor is > 0 ? (double)money / SpendMinor : null;

    private long? CostOf(double conversions) => SpendMinor is > 0 && conversions > 0 ? (long)Math.Round(SpendMinor.Value / conversions) : null;
}

/// <summary>
/// Converting journeys behind a figure, the most credit first; the credit of all pages adds up to <paramref name="Minor"/>, and with
/// <see cref="Across"/> and what a filter by platform hides to the figure, to the cent. What one sale has on the pages of all channels is that sale.
/// </summary>
public sealed record JourneyPage(AnswerBasis Basis, double Conversions, long? Minor, IReadOnlyList<JourneyLine> Rows, int Total, bool OnlyByChain)
{
    /// <summary>Journeys that a filter by platform leaves out.</summary>
    public int Hidden { get; init; }

    public double HiddenConversions { get; init; }
    public long? HiddenMinor { get; init; }

    /// <summary>Of a whole channel: of no journey of it alone; null under a rule.</summary>
    public AcrossJourneys? Across { get; init; }
}

/// <param name="Id">For <see cref="AttributionQueries.JourneyAsync"/>.</param>
/// <param name="PersonId">Whoever stands for the person.</param>
/// <param name="EndedAt">When it converted: the sale, for Paid.</param>
/// <param name="Channels">One per touch, oldest first; empty: unattributed.</param>
/// <param name="Days">From the first touch to the end.</param>
/// <param name="ValueMinor">What was paid for it in the period, or booked; null where the kind has no money.</param>
/// <param name="Conversions">The part of its conversion that the place that is opened gets.</param>
/// <param name="Minor">The part of the money.</param>
public sealed record JourneyLine(string Id, Guid PersonId, DateTimeOffset EndedAt, IReadOnlyList<string> Channels, double Days, long? ValueMinor, double Conversions, long? Minor);

/// <summary>One journey with all its steps, and how its own payment splits over its touches: the parts add up to the payment.</summary>
public sealed record JourneyDetail
{
    public required AnswerBasis Basis { get; init; }
    public required string Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Null: it ended in nothing so far.</summary>
    public required DateTimeOffset? ConvertedAt { get; init; }

    public long? ValueMinor { get; init; }

    /// <summary>False under a model whose credits do not add up: each channel has the whole.</summary>
    public bool IsAdditive { get; init; } = true;

    /// <summary>The sale's invoice, or the booking; null for other kinds.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Why it has no touches; null where it has some.</summary>
    public UnattributedReason? Reason { get; init; }

    /// <summary>Oldest first: touches, conversations, bookings and the sale, also touches outside the look-back, which get nothing.</summary>
    public required IReadOnlyList<JourneyStep> Steps { get; init; }
}

public enum StepKind
{
    Touch = 0,

    /// <summary>Reported by the CRM.</summary>
    Lead = 1,
    Qualified = 2,
    Booking = 3,
    Sale = 4,

    /// <summary>Spoke with the voice AI.</summary>
    Voice = 5,
}

/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Channel">Of a touch.</param>
/// <param name="Platform">Of a touch.</param>
/// <param name="Campaign">Name, else id, of a touch's campaign.</param>
/// <param name="Weight">Of a touch inside the journey: its share of the conversion under the chosen model, 0 to 1; null of what is not inside.</param>
/// <param name="Minor">Its share of the money.</param>
public sealed record JourneyStep(DateTimeOffset At, StepKind Kind, string? Channel, string? Platform, string? Campaign, double? Weight, long? Minor);

/// <summary>Why a channel has its credit: the paths that gave it, and what the chain predicts without it.</summary>
public sealed record CreditReason
{
    public required AnswerBasis Basis { get; init; }
    public required string Channel { get; init; }
    public required double Conversions { get; init; }
    public long? Minor { get; init; }

    /// <summary>Of all that is credited: of the money where the kind has some, else of the conversions.</summary>
    public required double Share { get; init; }

    /// <summary>The paths that gave it, the most first; with <see cref="OtherPaths"/> and <see cref="Across"/> they add up to the figure.</summary>
    public required IReadOnlyList<ReasonPath> Paths { get; init; }

    /// <summary>All paths that are not listed, in one; null where all are.</summary>
    public ReasonPath? OtherPaths { get; init; }

    /// <summary>Of no path; null under a rule.</summary>
    public AcrossJourneys? Across { get; init; }

    /// <summary>Of the chain of <see cref="ChainOrder"/>: the share of conversions it loses without the channel.</summary>
    public double? RemovalEffect { get; init; }

    /// <summary>Conversions of journeys with touches, which the chain reproduces exactly.</summary>
    public required double Total { get; init; }

    /// <summary>What the chain predicts without the channel: this many.</summary>
    public double? Without { get; init; }

    /// <summary>So many fewer, by the model.</summary>
    public double? Fewer => Without is { } without ? Total - without : null;

    /// <summary>Order of the chain that says so: the chosen model's, else 1.</summary>
    public required int ChainOrder { get; init; }

    public required bool OnlyByChain { get; init; }
}

/// <param name="Channels">The sequence, repeats kept.</param>
/// <param name="Journeys">Converting journeys of it.</param>
/// <param name="Conversions">That the channel got from it.</param>
/// <param name="Minor">Money that the channel got from it.</param>
public sealed record ReasonPath(IReadOnlyList<string> Channels, int Journeys, double Conversions, long? Minor);
