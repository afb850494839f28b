using RevOps.Core.Attribution;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// The last visit before a lead first spoke came by a channel that is known; directly, by none that the rules recognise, or without any visit came one in
/// ten at most.
/// </summary>
public sealed class ChannelsAreKnown : ShareCheck
{
    public override string Id => "M08";

    protected override Bar Bar => new(0.7, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from lead in Heard.Leads(scope, 30)
        let last = Heard.Visits(scope).Where(visit => visit.Person == lead.Person && visit.Touch.OccurredAt <= lead.Session.StartedAt).OrderByDescending(visit => visit.Touch.OccurredAt).Select(visit => visit.Touch.Channel).FirstOrDefault()
        select new EvidenceRow
        {
            Kind = EvidenceKind.Person,
            Id = lead.Person,
            At = lead.Session.StartedAt,
            Holds = last != null && last != Channel.Other && last != Channel.Direct,
            Label = lead.Session.SessionId,
        };
}
