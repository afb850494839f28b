using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody entered company data by hand: the next version, from now or from a later day. Drafts follow when it comes into force.</summary>
/// <param name="Version">The new data.</param>
/// <param name="BasedOn">What stood on the screen when they were entered.</param>
public sealed record CompanyEntered(CompanyVersion Version, Guid BasedOn) : IncomingEvent
{
    public const string Type = "revops.internal.company_entered";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, current) = (reception.Db, reception.Company);
        if (current.Id != BasedOn || await db.Set<CompanyVersion>().AnyAsync(version => version.ValidFrom > current.ValidFrom, reception.Cancel))
            throw new CompanyChangedMeanwhileException();

        db.Add(Version);
        await reception.Services.Audit.WriteAsync(db, new(Version.EnteredBy!, "company.changed", nameof(CompanyVersion), Version.Id.ToString()) { Before = current.Content(), After = Version.Content() }, reception.Cancel);
        if (Version.ValidFrom > reception.Now)
            db.Enqueue<StartCompanyVersion>(Version.Id.ToString(), Version.ValidFrom);
        else
            await CompanyChanged.RedraftAsync(reception, Version.Id);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take over the company's data, and make every draft anew with them"];
}

/// <summary>A version that was planned is taken back before its day.</summary>
public sealed record CompanyPlanDropped(Guid VersionId, string Actor) : IncomingEvent
{
    public const string Type = "revops.internal.company_plan_dropped";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var db = reception.Db;
        var planned = await db.Set<CompanyVersion>().SingleOrDefaultAsync(version => version.Id == VersionId && version.ValidFrom > reception.Now, reception.Cancel)
            ?? throw new CompanyChangedMeanwhileException();
        db.Remove(planned);
        await reception.Services.Audit.WriteAsync(db, new(Actor, "company.planDropped", nameof(CompanyVersion), VersionId.ToString()) { Before = planned.Content() }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Take a planned change of the company's data back"];
}

/// <summary>The day of a planned version has come. One that was taken back does nothing.</summary>
public sealed class StartCompanyVersion(IDbContextFactory<Data.RevOpsDb> databases, EventReceiver receiver, CompanyProfile company) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await CompanyChanged.ReceiveAsync(databases, receiver, company, cancel);
        return OutboxResult.Done;
    }
}

/// <summary>Somebody else changed the company's data since they were shown, or a change is planned: nothing was saved.</summary>
public sealed class CompanyChangedMeanwhileException() : Exception("The company's data changed since they were shown, or a change of them is planned.");
