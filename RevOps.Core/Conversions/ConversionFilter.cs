using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

/// <summary>Statuses as people ask for them.</summary>
public enum ConversionGroup
{
    All = 0,
    Delivered = 1,

    /// <summary>On its way: it waits here, or the platform has taken it and not judged it yet.</summary>
    Queued = 2,

    Held = 3,
    Rejected = 4,
}

public enum ConversionSort
{
    Occurred = 0,
    Value = 1,
    Sent = 2,
    Outcome = 3,
}

/// <summary>What a list of conversions shows, and in which order; carried out by the database. Days are the company's, both included.</summary>
public sealed record ConversionFilter(Mode Mode)
{
    public AdPlatform? Platform { get; init; }
    public ConversionStage? Stage { get; init; }

    /// <summary>The code that a row shows.</summary>
    public string? Reason { get; init; }

    public ConversionGroup Group { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public ConversionSort Sort { get; init; }
    public bool Ascending { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Everything but the group and the reason, which are counted by themselves.</summary>
    internal IQueryable<Conversion> Apply(IQueryable<Conversion> all, CompanyVersion company)
    {
        var found = all.Where(conversion => conversion.Mode == Mode);
        if (Platform is { } platform)
            found = found.Where(conversion => conversion.Platform == platform);
        if (Stage is { } stage)
            found = found.Where(conversion => conversion.Stage == stage);
        if (From is { } from)
        {
            var start = company.StartOf(from);
            found = found.Where(conversion => conversion.OccurredAt >= start);
        }

        if (To is { } to)
        {
            var end = company.StartOf(to.AddDays(1));
            found = found.Where(conversion => conversion.OccurredAt < end);
        }

        return found;
    }

    internal IQueryable<Conversion> OfGroup(IQueryable<Conversion> conversions) => Group switch
    {
        ConversionGroup.Queued => conversions.Where(conversion => conversion.Status == ConversionStatus.Queued || conversion.Status == ConversionStatus.Received),
        ConversionGroup.Held => conversions.Where(conversion => conversion.Status == ConversionStatus.Held),
        ConversionGroup.Delivered => conversions.Where(conversion => conversion.Status == ConversionStatus.Delivered),
        ConversionGroup.Rejected => conversions.Where(conversion => conversion.Status == ConversionStatus.Rejected),
        _ => conversions,
    };

    /// <summary>Ties go by id, so that no row stands on two pages.</summary>
    internal IQueryable<Conversion> Sorted(IQueryable<Conversion> conversions) => (Sort, Ascending) switch
    {
        // Amounts of two currencies do not compare, and what has no value comes last.
        (ConversionSort.Value, true) => conversions.OrderBy(conversion => conversion.Currency == null).ThenBy(conversion => conversion.Currency)
            .ThenBy(conversion => conversion.ValueMinor).ThenBy(conversion => conversion.Id),
        (ConversionSort.Value, false) => conversions.OrderBy(conversion => conversion.Currency == null).ThenBy(conversion => conversion.Currency)
            .ThenByDescending(conversion => conversion.ValueMinor).ThenBy(conversion => conversion.Id),
        (ConversionSort.Sent, true) => conversions.OrderBy(conversion => conversion.SentAt).ThenBy(conversion => conversion.Id),
        (ConversionSort.Sent, false) => conversions.OrderByDescending(conversion => conversion.SentAt).ThenBy(conversion => conversion.Id),
        (ConversionSort.Outcome, true) => conversions.OrderBy(conversion => conversion.OutcomeAt).ThenBy(conversion => conversion.Id),
        (ConversionSort.Outcome, false) => conversions.OrderByDescending(conversion => conversion.OutcomeAt).ThenBy(conversion => conversion.Id),
        (_, true) => conversions.OrderBy(conversion => conversion.OccurredAt).ThenBy(conversion => conversion.Id),
        (_, false) => conversions.OrderByDescending(conversion => conversion.OccurredAt).ThenBy(conversion => conversion.Id),
    };
}
