using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>The company's data changed: drafts are made anew with it, what is issued keeps the version that it used.</summary>
public sealed record CompanyChanged(Guid VersionId) : IncomingEvent
{
    public const string Type = "revops.internal.company_changed";

    /// <summary>Asked at every start and when a planned version begins: lets the version in force in, once, where a draft was made with another.</summary>
    public static async Task ReceiveAsync(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, CompanyProfile company, CancellationToken cancel)
    {
        var current = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await DraftsOfAnother(db, current.Id).AnyAsync(cancel))
            return;
        await receiver.ReceiveInternalAsync("revops", $"company/{current.Id}", Type, new CompanyChanged(current.Id), cancel);
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        await RedraftAsync(reception, VersionId);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Make every draft anew with the company's data"];

    internal static async Task RedraftAsync(Reception reception, Guid versionId)
    {
        foreach (var invoice in await DraftsOfAnother(reception.Db, versionId).ToListAsync(reception.Cancel))
            BookingChanges.Redraft(reception, invoice);
    }

    private static IQueryable<Invoice> DraftsOfAnother(RevOpsDb db, Guid versionId) =>
        db.Set<Invoice>().Where(invoice => invoice.CompanyVersionId != versionId).Where(Invoice.MayBeRedrafted);
}
