using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;

namespace RevOps.Web.Demo;

/// <summary>The demo's person in Finance: approves by the use case that the Approvals button calls, under their own name in the audit.</summary>
public sealed class DemoFinance(IServiceScopeFactory scopes, IDbContextFactory<RevOpsDb> databases, Sessions sessions)
{
    private Approver? signedIn;

    /// <summary>Approves what waits, is complete and was sold before an instant; how many it was.</summary>
    public Task<int> ApproveAsync(DateTimeOffset soldBefore, CancellationToken cancel) => ApproveAsync(waiting => waiting.Where(invoice => invoice.OccurredAt < soldBefore), cancel);

    /// <summary>Approves one invoice, once it is ready; false before.</summary>
    public async Task<bool> ApproveOneAsync(Guid id, CancellationToken cancel) => await ApproveAsync(waiting => waiting.Where(invoice => invoice.Id == id), cancel) > 0;

    private async Task<int> ApproveAsync(Func<IQueryable<Invoice>, IQueryable<Invoice>> which, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ready = which(db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview && invoice.Problems == ""));
        var waiting = await ready.OrderBy(invoice => invoice.OccurredAt).Select(invoice => new { invoice.Id, invoice.ReviewHash }).ToListAsync(cancel);
        var approved = 0;
        foreach (var invoice in waiting)
            approved += await ApproveAsync(invoice.Id, invoice.ReviewHash!, cancel) ? 1 : 0;
        return approved;
    }

    private async Task<bool> ApproveAsync(Guid id, byte[] hash, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var decide = scope.ServiceProvider.GetRequiredService<DecideInvoice>();
        if (signedIn is not null && await decide.ApproveAsync(id, signedIn, hash, cancel) is var known and not DecisionResult.NotAllowed)
            return known == DecisionResult.Done;

        // For the first time, or after somebody ended the session.
        signedIn = await SignInAsync(scope.ServiceProvider, cancel);
        return await decide.ApproveAsync(id, signedIn, hash, cancel) == DecisionResult.Done;
    }

    /// <summary>Signed in, for other buttons than Approve.</summary>
    public async Task<Approver> ApproverAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return signedIn is not null && await signedIn.MayDecideAsync(db, scope.ServiceProvider.GetRequiredService<TwoFactorRule>(), cancel) ? signedIn : signedIn = await SignInAsync(scope.ServiceProvider, cancel);
    }

    private async Task<Approver> SignInAsync(IServiceProvider scope, CancellationToken cancel)
    {
        var user = await scope.GetRequiredService<DemoUsers>().OfRoleAsync(Roles.Finance);
        var session = await sessions.StartAsync(user.Id, SignInMethod.Demo, kept: false, (null, null), cancel);
        return new(user.Id, await scope.GetRequiredService<UserManager<User>>().GetSecurityStampAsync(user), session.Id);
    }
}
