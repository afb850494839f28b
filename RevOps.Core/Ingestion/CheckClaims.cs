using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Says whether the claims of a late invoice that nobody has approved still ask for no more than is owed: a payment that comes in today may be
/// dated weeks ago. Asked when money of the invoice moves, and again at the click.
/// </summary>
public sealed class CheckClaims(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, AuditTrail audit) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var late = Guid.Parse(row.Argument);
        await CheckAsync(db => db.Set<LateClaim>().Where(claim => claim.InvoiceId == late), cancel);
        return OutboxResult.Done;
    }

    /// <summary>Of a draft that is about to be approved; of one that claims nothing, nothing happens.</summary>
    public async Task CheckDraftAsync(Guid claimInvoiceId, CancellationToken cancel) =>
        await CheckAsync(db => db.Set<LateClaim>().Where(claim => claim.ClaimInvoiceId == claimInvoiceId), cancel);

    /// <summary>Has them looked at once this context is saved. The caller saves.</summary>
    internal static async Task AskAsync(Reception reception, Invoice late)
    {
        var (db, id) = (reception.Db, late.Id);

        // What moves an invoice may do so several times: each time is a question of its own.
        if (await db.Set<LateClaim>().AnyAsync(claim => claim.InvoiceId == id, reception.Cancel))
            db.Enqueue<CheckClaims>(id.ToString(), reception.Now, key: $"{id}/{Guid.CreateVersion7()}", lane: $"customer:{late.CustomerId}");
    }

    /// <summary>Whether a draft asks for more than is owed; of one that claims no lateness, no.</summary>
    internal static async Task<bool> IsTooHighAsync(Reception reception, Invoice draft)
    {
        if (draft.Origin != InvoiceOrigin.LateClaim)
            return false;
        var claim = await reception.Db.Set<LateClaim>().AsNoTracking().SingleAsync(row => row.ClaimInvoiceId == draft.Id, reception.Cancel);
        return await LateCosts.IsTooHighAsync(reception.Db, claim, reception.Company.DayOf, reception.Cancel);
    }

    private async Task CheckAsync(Func<RevOpsDb, IQueryable<LateClaim>> which, CancellationToken cancel)
    {
        // Before the writer gate is held: then nothing but this database may be waited for.
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var claims = which(db);
        if (!await claims.AnyAsync(cancel))
            return;
        await db.BeginWorkAsync(cancel);
        foreach (var claim in await claims.AsNoTracking().ToListAsync(cancel))
        {
            // A draft that is still being made is looked at too: what was found stays when it is ready.
            var draft = await db.Set<Invoice>().SingleAsync(row => row.Id == claim.ClaimInvoiceId, cancel);
            if (draft.IsDraft && await LateCosts.IsTooHighAsync(db, claim, owner.DayOf, cancel) is var tooHigh && tooHigh != draft.ProblemList.Contains(ReviewProblem.ClaimTooHigh))
                await SayAsync(db, draft, tooHigh, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    private Task SayAsync(RevOpsDb db, Invoice draft, bool tooHigh, CancellationToken cancel)
    {
        var before = draft.Problems;
        draft.Problems = string.Join(' ', tooHigh ? draft.ProblemList.Append(ReviewProblem.ClaimTooHigh) : draft.ProblemList.Where(problem => problem != ReviewProblem.ClaimTooHigh));
        return audit.WriteAsync(db, new(AuditTrail.System, "invoice.claimChecked", nameof(Invoice), draft.Id.ToString()) { Before = new { Problems = before }, After = new { draft.Problems } }, cancel);
    }
}
