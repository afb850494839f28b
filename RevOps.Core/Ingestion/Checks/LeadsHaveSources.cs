using RevOps.Core.Attribution;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Before a lead of the last 30 days first spoke, a visit said where they came from: a source and a medium that the rules of channels know, or a channel
/// that they made of a click or a referrer. A direct visit says nothing of a source.
/// </summary>
public sealed class LeadsHaveSources : ShareCheck
{
    public override string Id => "M01";

    protected override Bar Bar => new(0.6, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from lead in Heard.Leads(scope, 30)
        select new EvidenceRow
        {
            Kind = EvidenceKind.Person,
            Id = lead.Person,
            At = lead.Session.StartedAt,
            Holds = Heard.Visits(scope).Any(visit => visit.Person == lead.Person && visit.Touch.OccurredAt <= lead.Session.StartedAt && visit.Touch.Channel != Channel.Other && visit.Touch.Channel != Channel.Direct
                && ((visit.Touch.Source != null && visit.Touch.Medium != null) || visit.Touch.Platform != null || (visit.Touch.ReferrerHost != null && visit.Touch.ReferrerHost != ""))),
            Label = lead.Session.SessionId,
        };
}
