using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.History;

/// <summary>Has the history of the connected Stripe account read: by itself once it is connected, and again when somebody asks.</summary>
public sealed class AskHistory(IDbContextFactory<RevOpsDb> databases, StripeAccount stripe, TwoFactorRule rule, AuditTrail audit, TimeProvider clock)
{
    public const string StripeSource = "stripe";
    private const int Months = 24;

    /// <summary>The first time that this account's mode is connected; false when it was read, or is being read.</summary>
    public async Task<bool> OnceAsync(CancellationToken cancel)
    {
        if (stripe.Connection is not { Mode: var mode })
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<HistoryImport>().AnyAsync(import => import.Mode == mode && import.Source == StripeSource, cancel))
            return false;
        return await BeginAsync(db, mode, userId: null, cancel);
    }

    /// <summary>Once more: what other programs made since. Nothing that is in comes in twice.</summary>
    public async Task<DecisionResult> AgainAsync(Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return DecisionResult.NotAllowed;
        await db.BeginWorkAsync(cancel);
        if (stripe.Connection is not { Mode: var mode })
            return DecisionResult.Outdated;
        foreach (var running in await db.Set<HistoryImport>().Where(import => import.Mode == mode && import.Source == StripeSource && import.EndedAt == null).ToListAsync(cancel))
        {
            if (await ImportHistory.IsAskedAsync(db, running.Id, cancel))
                return DecisionResult.Outdated;

            // Its work was cancelled by hand: it ends where it stopped.
            running.EndedAt = clock.GetUtcNow();
        }

        await BeginAsync(db, mode, approver.UserId, cancel);
        return DecisionResult.Done;
    }

    private async Task<bool> BeginAsync(RevOpsDb db, Mode mode, Guid? userId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var import = new HistoryImport { Id = Guid.CreateVersion7(), Mode = mode, Source = StripeSource, From = now.AddMonths(-Months), StartedAt = now, UserId = userId, Step = ImportHistory.Steps[0] };
        db.Add(import);
        ImportHistory.Ask(db, import, now);
        await audit.WriteAsync(db, new(userId is { } id ? $"user:{id}" : AuditTrail.System, "history.asked", nameof(HistoryImport), import.Id.ToString()) { After = new { import.Mode, import.From } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }
}
