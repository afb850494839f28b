using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>How a click on the bank's work list ended.</summary>
/// <param name="Code">Why not, of <see cref="MatchRefusedException"/>; null when it is done.</param>
public sealed record MatchResult(DecisionResult Result, string? Code = null)
{
    public bool IsDone => Result == DecisionResult.Done;
}

/// <summary>The buttons of the bank's work list: match, take back, set aside, hold, take up again. Each asks again whether it may, and is signed.</summary>
public sealed class MatchDesk(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    /// <summary>Whoever needs more writes a credit note.</summary>
    public const long HighestLimit = 100_000;

    /// <summary>Why a line is none of the clients' payments.</summary>
    public static readonly IReadOnlyList<string> AsideReasons = ["ownTransfer", "taxes", "wages", "refund", "financing", "other", BankLine.Outgoing];

    /// <summary>What somebody waits for.</summary>
    public static readonly IReadOnlyList<string> HoldReasons = ["askClient", "askColleague", "askBank", "invoiceComes"];

    /// <param name="clickId">Made when the line was opened: of a double click one counts.</param>
    public Task<MatchResult> MatchAsync(Guid clickId, LineMatch match, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"bank-match/{clickId}", BankMatched.Type, new BankMatched([match], approver.UserId), approver, cancel);

    public Task<MatchResult> UndoAsync(Guid clickId, Guid lineId, Approver approver, CancellationToken cancel) =>
        ReceiveAsync($"bank-undo/{clickId}", BankMatchUndone.Type, new BankMatchUndone(lineId, approver.UserId), approver, cancel);

    public Task<MatchResult> SetAsideAsync(Guid lineId, string reason, Approver approver, CancellationToken cancel) =>
        ChangeAsync(lineId, BankLineState.SetAside, AsideReasons.Contains(reason) ? reason : "other", null, "bank.aside", approver, cancel);

    /// <param name="ownerId">Who answers for it; null: whoever clicks.</param>
    public Task<MatchResult> HoldAsync(Guid lineId, string reason, Guid? ownerId, Approver approver, CancellationToken cancel) =>
        ChangeAsync(lineId, BankLineState.OnHold, HoldReasons.Contains(reason) ? reason : HoldReasons[0], ownerId ?? approver.UserId, "bank.held", approver, cancel);

    /// <summary>Back into the list of what is open.</summary>
    public Task<MatchResult> TakeUpAsync(Guid lineId, Approver approver, CancellationToken cancel) => ChangeAsync(lineId, BankLineState.Open, null, null, "bank.open", approver, cancel);

    /// <summary>How much may be missing of an invoice that a payment closes; what is matched already stays so.</summary>
    /// <param name="writeOffMinor">Given up, in minor units of the company's currency.</param>
    /// <param name="feeMinor">Kept by a bank.</param>
    public async Task<MatchResult> SetLimitsAsync(long writeOffMinor, long feeMinor, Approver approver, CancellationToken cancel)
    {
        if (writeOffMinor is < 0 or > HighestLimit || feeMinor is < 0 or > HighestLimit)
            return new(DecisionResult.Blocked, "limit");
        if (!await MayAsync(approver, cancel))
            return new(DecisionResult.NotAllowed);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var before = await ReceivableRules.CurrentAsync(db, cancel);
        var next = new ReceivableRules { Id = Guid.CreateVersion7(), ValidFrom = clock.GetUtcNow(), Reminds = before.Reminds, WriteOffLimitMinor = writeOffMinor, FeeLimitMinor = feeMinor, UserId = approver.UserId };
        db.Add(next);
        await audit.WriteAsync(db, new(approver.Actor, "bank.limits", nameof(ReceivableRules), next.Id.ToString()) { Before = new { before.WriteOffLimitMinor, before.FeeLimitMinor }, After = new { next.WriteOffLimitMinor, next.FeeLimitMinor } }, cancel);
        await db.SaveChangesAsync(cancel);
        return new(DecisionResult.Done);
    }

    private async Task<MatchResult> ReceiveAsync(string id, string type, IncomingEvent data, Approver approver, CancellationToken cancel)
    {
        if (!await MayAsync(approver, cancel))
            return new(DecisionResult.NotAllowed);
        try
        {
            return new(await receiver.ReceiveInternalAsync("revops", id, type, data, cancel) ? DecisionResult.Done : DecisionResult.Outdated);
        }
        catch (MatchRefusedException refused)
        {
            return new(refused.Code == "outdated" ? DecisionResult.Outdated : DecisionResult.Blocked, refused.Code);
        }
    }

    /// <summary>A line that is matched is taken back first; of what is partly matched the rest may wait.</summary>
    private async Task<MatchResult> ChangeAsync(Guid lineId, BankLineState to, string? reason, Guid? ownerId, string action, Approver approver, CancellationToken cancel)
    {
        if (!await MayAsync(approver, cancel))
            return new(DecisionResult.NotAllowed);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var line = await db.Set<BankLine>().SingleOrDefaultAsync(row => row.Id == lineId, cancel);
        if (line is null || line.State == BankLineState.Matched || (to == BankLineState.SetAside && line.MatchedMinor != 0))
            return new(DecisionResult.Outdated);
        var before = new { line.State, line.Reason, line.OwnerId };
        (line.State, line.Reason, line.OwnerId) = (to, reason, ownerId);
        await audit.WriteAsync(db, new(approver.Actor, action, nameof(BankLine), line.Id.ToString()) { Before = before, After = new { line.State, line.Reason, line.OwnerId } }, cancel);
        await db.SaveChangesAsync(cancel);
        return new(DecisionResult.Done);
    }

    private async Task<bool> MayAsync(Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await approver.MayDecideAsync(db, rule, cancel);
    }
}
