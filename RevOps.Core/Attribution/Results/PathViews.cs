namespace RevOps.Core.Attribution.Results;

public enum PathSort
{
    Conversions = 0,
    Value = 1,
    Nulls = 2,
    Days = 3,
    Touches = 4,
}

/// <summary>Which paths a table shows, and in which order.</summary>
public sealed record PathFilter
{
    /// <summary>Paths with this channel.</summary>
    public string? With { get; init; }

    /// <summary>Only paths that converted.</summary>
    public bool Converting { get; init; } = true;

    /// <summary>Conversations and bookings are steps of the paths.</summary>
    public bool Stages { get; init; }

    public PathSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>These alone, by <see cref="PathRow.Key"/>; null for all.</summary>
    public IReadOnlySet<string>? Keys { get; init; }

    /// <summary>CSV takes more at a time.</summary>
    public int Size { get; init; } = AttributionQueries.PageSize;
}

/// <summary>Sequences of channels and what came of them; repeats are collapsed for display only, so a row may stand for several sequences.</summary>
/// <param name="Basis">What the answer says of itself.</param>
/// <param name="Rows">One page.</param>
/// <param name="Total">Rows that the filter leaves.</param>
/// <param name="Conversions">Of all paths, whatever the filter.</param>
/// <param name="Minor">Of all paths, whatever the filter.</param>
/// <param name="Nulls">Of all paths, whatever the filter.</param>
public sealed record PathList(AnswerBasis Basis, IReadOnlyList<PathRow> Rows, int Total, int Conversions, long? Minor, int Nulls)
{
    /// <summary>Journeys that may still convert: among <see cref="Nulls"/>, unless the question leaves them out.</summary>
    public int Open { get; init; }
}

/// <param name="Key">For the filter of <see cref="AttributionQueries.JourneysAsync"/>: the channels, joined by " > ".</param>
/// <param name="Channels">Repeats collapsed; "voice" and "booking" among them where stages are asked for.</param>
/// <param name="Conversions">Journeys that converted.</param>
/// <param name="Minor">Their money; null where the kind has none.</param>
/// <param name="Nulls">Journeys that ended in nothing.</param>
/// <param name="Days">From the first touch to the end, on average over converting journeys, else over all.</param>
/// <param name="Touches">On average over the same.</param>
public sealed record PathRow(string Key, IReadOnlyList<string> Channels, int Conversions, long? Minor, int Nulls, double Days, double Touches)
{
    /// <summary>The same sequence in the compared period; null where nothing is compared, or it was not there.</summary>
    public PathRow? Before { get; init; }

    public double Rate => Conversions + Nulls == 0 ? 0 : (double)Conversions / (Conversions + Nulls);
}

/// <summary>People who came in the period and how far they got within the look-back after their first visit of it: every person once.</summary>
/// <param name="Basis">What the answer says of itself.</param>
/// <param name="Stages">From the widest to the narrowest.</param>
/// <param name="Links">How many went from one stage to a later one (a stage may be skipped); drop-offs are to <see cref="Stage.Dropped"/>.</param>
/// <param name="SalesMinor">What the people of the last stage paid; null in other currencies than asked for.</param>
public sealed record StageFlow(AnswerBasis Basis, IReadOnlyList<StageCount> Stages, IReadOnlyList<StageLink> Links, long? SalesMinor);

public enum Stage
{
    /// <summary>The first visit of the period came by an ad.</summary>
    Ad = 0,

    /// <summary>Any visit.</summary>
    Visit = 1,

    /// <summary>Spoke with the voice AI.</summary>
    Voice = 2,

    Booking = 3,
    Paid = 4,

    /// <summary>Went no further so far.</summary>
    Dropped = 5,
}

public sealed record StageCount(Stage Stage, int People);

public sealed record StageLink(Stage From, Stage To, int People);

/// <summary>The people of one link, a page of them.</summary>
public sealed record StagePeople(AnswerBasis Basis, Stage From, Stage To, IReadOnlyList<StagePerson> Rows, int Total);

/// <param name="PersonId">Whoever stands for the person.</param>
/// <param name="FirstAt">The first visit of the period.</param>
/// <param name="Channels">One for each visit of the period, oldest first.</param>
/// <param name="PaidMinor">What they paid; 0 for who has not.</param>
public sealed record StagePerson(Guid PersonId, DateTimeOffset FirstAt, IReadOnlyList<string> Channels, long PaidMinor);

/// <summary>How long journeys take and how many touches they have, of converting ones; the look-back is where the days are cut.</summary>
/// <param name="Basis">What the answer says of itself.</param>
/// <param name="Days">By days from the first touch to the conversion.</param>
/// <param name="Touches">By number of touches; the last bin has that many or more.</param>
/// <param name="MedianDays">Null without a converting journey.</param>
/// <param name="MedianTouches">Null without a converting journey.</param>
/// <param name="LookBackDays">Where the days are cut.</param>
/// <param name="Cut">Journeys with an older touch beyond the cut.</param>
public sealed record LagReport(AnswerBasis Basis, IReadOnlyList<LagBin> Days, IReadOnlyList<LagBin> Touches, double? MedianDays, double? MedianTouches, int LookBackDays, int Cut);

/// <param name="From">Days or touches, included.</param>
/// <param name="To">Included for touches, excluded for days; null: or more.</param>
/// <param name="Conversions">Journeys.</param>
/// <param name="Minor">Their money; null where the kind has none.</param>
public sealed record LagBin(int From, int? To, int Conversions, long? Minor);

/// <summary>Who opens journeys, who assists and who closes them, of converting journeys with touches; a journey of one touch is opened and closed by it.</summary>
public sealed record RoleReport(AnswerBasis Basis, int Journeys, IReadOnlyList<RoleRow> Rows)
{
    /// <summary>With a line of nothing for each channel that only the period before had.</summary>
    public RoleReport WithGone(RoleReport before) => this with
    {
        Rows = [.. Rows, .. before.Rows.Where(row => !Rows.Any(one => one.Channel == row.Channel)).Select(row => new RoleRow(row.Channel, 0, 0, 0, 0, row.InfluencedMinor is null ? null : 0, 0, row.CreditMinor is null ? null : 0))],
    };
}

/// <param name="Channel">Which.</param>
/// <param name="Opened">Journeys whose first touch is of it.</param>
/// <param name="Assisted">Journeys with a touch of it that is neither the first nor the last.</param>
/// <param name="Closed">Journeys whose last touch is of it.</param>
/// <param name="Influenced">Journeys with any touch of it.</param>
/// <param name="InfluencedMinor">Their money; null where the kind has none.</param>
/// <param name="Credit">Conversions credited under the chosen model.</param>
/// <param name="CreditMinor">Money credited under it.</param>
public sealed record RoleRow(string Channel, int Opened, int Assisted, int Closed, int Influenced, long? InfluencedMinor, double Credit, long? CreditMinor);
