using RevOps.Core.Attribution;
using RevOps.Core.People;

namespace RevOps.Core.Conversions;

/// <summary>A visit, or a conversation that brought click ids, in clear while it is read.</summary>
/// <param name="At">Of the visit, or the beginning of the conversation: the click was no later.</param>
internal sealed record SeenClick(DateTimeOffset At, TouchDetails Details)
{
    /// <summary>A browser stood behind it.</summary>
    public bool IsVisit { get; init; }

    /// <summary>The conversion is of this very conversation.</summary>
    public bool IsOwn { get; init; }

    public AdIds? Ad { get; init; }

    /// <summary>The platform's own click of those that came first in order, and the browser's cookies.</summary>
    public static ClickFacts? Of(IReadOnlyList<SeenClick> seen, AdPlatform platform)
    {
        var clicked = seen.FirstOrDefault(one => one.Details.ClickIds is { } ids && (platform == AdPlatform.Meta ? ids.Fbclid : ids.Gclid ?? ids.Gbraid ?? ids.Wbraid) is not null);
        var id = clicked?.Details.ClickIds;

        // The cookie of another, older click than the one we know would credit the wrong ad.
        var cookie = seen.FirstOrDefault(one => one.Details.Fbc is { } fbc && (id?.Fbclid is null || ClickOf(fbc) == id.Fbclid));
        var browser = seen.FirstOrDefault(one => one.Details.Fbp is not null);
        if ((clicked ?? (platform == AdPlatform.Meta ? cookie ?? browser : null)) is not { } source)
            return null;

        return new()
        {
            Gclid = id?.Gclid,
            Gbraid = id?.Gbraid,
            Wbraid = id?.Wbraid,
            Fbclid = id?.Fbclid,
            Fbc = cookie?.Details.Fbc,
            Fbp = browser?.Details.Fbp,
            Ad = source.Ad,
            SeenAt = FirstSight(seen, id) ?? source.At,
        };
    }

    /// <summary>The fbclid of a cookie <c>fb.1.{ms}.{fbclid}</c>, to which Meta's own script may add a part of its own.</summary>
    private static string? ClickOf(string fbc) => fbc.Split('.') is [_, _, _, var id, ..] ? id : null;

    /// <summary>Pages and calls that come after repeat the click id; the click was when it was seen first, and is never dated anew.</summary>
    private static DateTimeOffset? FirstSight(IReadOnlyList<SeenClick> seen, ClickIds? ids) => ids is null
        ? null
        : seen.Where(one => one.Details.ClickIds is { } other && other.All().Intersect(ids.All()).Any()).Min(one => (DateTimeOffset?)one.At);
}
