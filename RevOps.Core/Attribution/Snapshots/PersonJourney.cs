namespace RevOps.Core.Attribution.Snapshots;

/// <summary>What somebody did on their way. Stored in blocks: append only.</summary>
public enum MarkKind
{
    /// <summary>Spoke with the voice AI: a lead. A call that nobody answered is none.</summary>
    Voice = 0,

    /// <summary>The CRM reported a lead.</summary>
    Lead = 1,

    /// <summary>Qualified by the company's rule, or called so by the CRM.</summary>
    Qualified = 2,

    Booking = 3,

    /// <summary>An invoice; whether it converts is what was paid of it.</summary>
    Sale = 4,
}

/// <summary>Where a touch came from.</summary>
/// <param name="Channel">Name of <see cref="Attribution.Channel"/>.</param>
/// <param name="Platform">Null where none is known.</param>
/// <param name="CampaignId">The platform's id; of the ad where only the ad was named.</param>
/// <param name="Campaign">As the address named it.</param>
public sealed record TouchSource(string Channel, string? Platform, string? CampaignId, string? Campaign);

public readonly record struct JourneyTouch(long Ticks, TouchSource Source)
{
    /// <summary>Oldest first; of two at one instant the order is that of their content, never that of arrival.</summary>
    public static int Compare(JourneyTouch one, JourneyTouch other)
    {
        var order = one.Ticks.CompareTo(other.Ticks);
        if (order == 0)
            order = string.CompareOrdinal(one.Source.Channel, other.Source.Channel);
        if (order == 0)
            order = string.CompareOrdinal(one.Source.Platform, other.Source.Platform);
        if (order == 0)
            order = string.CompareOrdinal(one.Source.CampaignId, other.Source.CampaignId);
        return order != 0 ? order : string.CompareOrdinal(one.Source.Campaign, other.Source.Campaign);
    }
}

/// <param name="Ticks">When, UTC.</param>
/// <param name="Kind">What.</param>
/// <param name="SubjectId">Of the conversation, record, booking or invoice.</param>
/// <param name="Mode">Of a booking or sale; 0 of the others.</param>
/// <param name="Currency">Of a booking; empty for the others, whose money is read when it is asked for.</param>
/// <param name="Minor">Of a booking, in minor units.</param>
public readonly record struct JourneyMark(long Ticks, MarkKind Kind, Guid SubjectId, Platform.Mode Mode, string Currency, long Minor)
{
    public static int Compare(JourneyMark one, JourneyMark other)
    {
        var order = one.Ticks.CompareTo(other.Ticks);
        if (order == 0)
            order = one.Kind.CompareTo(other.Kind);
        return order != 0 ? order : one.SubjectId.CompareTo(other.SubjectId);
    }
}

/// <summary>One person's touches and conversions, oldest first.</summary>
/// <param name="Id">Whoever stands for the person.</param>
/// <param name="Measured">False: touches may not be joined, and there are none here.</param>
/// <param name="Touches">All of them; a look-back cuts them when they are read.</param>
/// <param name="Marks">Conversions of every kind.</param>
public sealed record PersonJourney(Guid Id, bool Measured, IReadOnlyList<JourneyTouch> Touches, IReadOnlyList<JourneyMark> Marks);
