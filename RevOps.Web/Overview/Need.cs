using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Web.Shared;

namespace RevOps.Web.Overview;

/// <summary>One thing that waits for the reader, and where they deal with it.</summary>
/// <param name="Text">With a verb: "Approve 3 drafts".</param>
/// <param name="Detail">How much, or since when.</param>
/// <param name="Href">Where to.</param>
/// <param name="Tone">Bad where something is stuck until a person acts.</param>
public sealed record Need(string Text, string? Detail, string Href, Tone Tone);

/// <summary>What needs a reader now: only what waits indeed and what they may open, the most urgent first.</summary>
internal sealed class Needs(ClaimsPrincipal user, IStringLocalizer<OverviewTexts> text, Func<DateTimeOffset, string> day, Func<AlertLine, string> said)
{
    private readonly List<Need> found = [];

    public IReadOnlyList<Need> Of(WaitingWork work, Arrivals arrivals, bool stripeIsMissing, IReadOnlyList<AdPlatform> missing)
    {
        found.Clear();

        // Stuck until somebody acts.
        if (stripeIsMissing && user.ToConnections() is { } connections)
            Add("NeedStripe", work.Undrafted, connections, Tone.Bad, always: true);
        Add("NeedHeld", work.Held.Count, user.ToDecisions("show=blocked"), Tone.Bad, Sums(work.Held));
        Add("NeedFailing", work.FailingJobs, user.ToJobs("tab=failing"), Tone.Bad);

        // Money that a click moves.
        Add("NeedReady", work.Ready.Count, user.ToDecisions("show=ready"), Tone.Attention, ReadyDetail(work));
        Add("NeedIncomplete", work.Incomplete.Count, user.ToDecisions("show=blocked"), Tone.Attention, Sums(work.Incomplete));
        Add("NeedOverdue", work.Overdue.Count, user.ToOverdue(), Tone.Attention, Sums(work.Overdue));

        Add("NeedDetails", arrivals.NeedDetails, user.ToConnections() is null ? null : "/connections/deliveries?tab=needsdetails", Tone.Attention);

        // What stays without effect meanwhile.
        foreach (var platform in missing)
        {
            if (user.ToConnections() is { } here)
                Add("NeedPlatform", work.QueuedConversions.GetValueOrDefault(platform), here, Tone.Attention, always: true, name: platform.ToString());
        }

        var mine = user.AlertRoles();
        foreach (var alert in work.Alerts.Where(alert => (alert.Roles & mine) != AlertRoles.None))
            found.Add(new(text["NeedAlert", said(alert)], text["NeedAlertSince", day(alert.OpenedAt)], $"/alerts/{alert.Id}", Tone.Attention));

        Add("NeedRejected", arrivals.RejectedLately, user.ToEvents("tab=rejected"), Tone.Attention);
        Add("NeedParked", arrivals.ParkedLong, user.ToEvents("tab=parked"), Tone.Neutral);
        Add("NeedConversions", work.HeldConversions, user.ToConversions("status=held"), Tone.Neutral);
        return found;
    }

    private void Add(string key, int count, string? href, Tone tone, string? detail = null, bool always = false, string name = "")
    {
        if (href is not null && (always || count > 0))
            found.Add(new(text.Counted(key, count, name), detail, href, tone));
    }

    private string? ReadyDetail(WaitingWork work) => work.OldestAt is { } oldest ? text["NeedSince", Sums(work.Ready), day(oldest)] : Sums(work.Ready);

    internal static string Sums(Batch batch) => string.Join(" + ", batch.Sums.Select(sum => Culture.Text(sum, CultureInfo.CurrentCulture)));
}
