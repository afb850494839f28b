using System.Security.Claims;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

/// <summary>A draft as it stood on the screen when somebody decided.</summary>
/// <param name="SeenHash">Of what was shown; anything else at Stripe or here is another draft.</param>
/// <param name="Name">What to call it in the answer.</param>
public sealed record SeenDraft(Guid Id, byte[] SeenHash, string Name, Money Gross)
{
    public static SeenDraft? Of(InvoiceRow row) => row is { MayBeApproved: true, ReviewHash: { } hash } ? new(row.Id, hash, row.Customer ?? row.Sale ?? "", row.Gross) : null;

    public static SeenDraft? Of(InvoicePaper paper) => paper is { MayBeRejected: true, ReviewHash: not null } ? Named(paper) : null;

    /// <summary>Whatever its state, for what asks for no hash.</summary>
    public static SeenDraft Named(InvoicePaper paper) => new(paper.Id, paper.ReviewHash ?? [], paper.Buyer?.Name ?? paper.Sale ?? "", paper.Gross);
}

public enum DecisionKind
{
    Approve = 0,
    Reject = 1,
    DraftAgain = 2,
}

/// <param name="Result">Null when it broke off, and only the invoice itself knows how far it came.</param>
public sealed record Decided(SeenDraft Draft, DecisionKind Kind, DecisionResult? Result)
{
    public bool IsDone => Result is DecisionResult.Done or DecisionResult.FirstOfTwo;
}

/// <summary>Decisions from a page: a scope per operation, since a circuit lives for hours.</summary>
public static class Decisions
{
    public static Task<Decided> ApproveAsync(this IServiceScopeFactory scopes, SeenDraft draft, ClaimsPrincipal user) =>
        DecideAsync(scopes, draft, DecisionKind.Approve, decide => decide.ApproveAsync(draft.Id, user.AsApprover(), draft.SeenHash, CancellationToken.None));

    public static Task<Decided> RejectAsync(this IServiceScopeFactory scopes, SeenDraft draft, ClaimsPrincipal user, string reason) =>
        DecideAsync(scopes, draft, DecisionKind.Reject, decide => decide.RejectAsync(draft.Id, user.AsApprover(), draft.SeenHash, reason, CancellationToken.None));

    public static Task<Decided> DraftAgainAsync(this IServiceScopeFactory scopes, SeenDraft draft, ClaimsPrincipal user) =>
        DecideAsync(scopes, draft, DecisionKind.DraftAgain, decide => decide.DraftAgainAsync(draft.Id, user.AsApprover(), CancellationToken.None));

    private static async Task<Decided> DecideAsync(IServiceScopeFactory scopes, SeenDraft draft, DecisionKind kind, Func<DecideInvoice, Task<DecisionResult>> decideAsync)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return new(draft, kind, await decideAsync(scope.ServiceProvider.GetRequiredService<DecideInvoice>()));
        }
#pragma warning disable CA1031 // One that breaks must not sink the rest of a batch, nor hide what was done before it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            scope.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Decisions)).LogError(error, "The decision on invoice {Invoice} broke off.", draft.Id);
            return new(draft, kind, null);
        }
    }
}
