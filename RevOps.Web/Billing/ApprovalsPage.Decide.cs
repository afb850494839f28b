using RevOps.Core.Ingestion;
using Radzen;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

// What the buttons and keys of the page do to money.
public sealed partial class ApprovalsPage
{
    /// <summary>What is ticked; else the one that is looked at, and only while it is the one that the list points to.</summary>
    private IReadOnlyList<SeenDraft> Chosen => ticked.Count > 0 ? ticked.All : paper is { } looked && looked.Id == selected && SeenDraft.Of(looked) is { } one ? [one] : [];

    private Task ApproveAsync() => ticked.Count == 0 && paper is not { MayBeApproved: true } ? Task.CompletedTask : DecideAsync(Chosen, draft => scopes.ApproveAsync(draft, user));

    private async Task RejectAsync()
    {
        var drafts = Chosen;
        if (!mayDecide || Busy || JustMoved || drafts.Count == 0)
            return;
        var about = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RejectDialog.Drafts)] = drafts };

        // While the reason is asked for, letters are letters.
        asking = true;
        var answer = await dialogs.OpenAsync<RejectDialog>(text.Counted("RejectTitle", drafts.Count), about, new DialogOptions { Width = "min(480px, 92vw)" });
        asking = false;
        if (answer is string reason)
            await DecideAsync(drafts, draft => scopes.RejectAsync(draft, user, reason));
    }

    private Task DraftAgainAsync() => paper is null ? Task.CompletedTask : DecideAsync([SeenDraft.Named(paper)], draft => scopes.DraftAgainAsync(draft, user));

    /// <summary>Once more what Stripe could not be asked about: as it was seen then.</summary>
    private Task RetryAsync(IReadOnlyList<Decided> failed) => DecideAsync([.. failed.Select(decided => decided.Draft)], draft => scopes.ApproveAsync(draft, user));

    private async Task DecideAsync(IReadOnlyList<SeenDraft> drafts, Func<SeenDraft, Task<Decided>> decideAsync)
    {
        if (!mayDecide || Busy || JustMoved || drafts.Count == 0)
            return;
        await batch.RunAsync(drafts, decideAsync);

        // Whoever has gone elsewhere meanwhile stays there.
        if (left)
            return;
        var ended = batch.Results;
        ticked.Remove(ended.Select(decided => decided.Draft.Id));
        GoOn([.. ended.Where(decided => decided is { IsDone: true, Kind: not DecisionKind.DraftAgain }).Select(decided => decided.Draft.Id)]);
        await LoadAsync();
    }

    /// <summary>To the next draft that still waits, so that two hundred of them take one key each.</summary>
    private void GoOn(HashSet<Guid> gone)
    {
        if (selected is not { } here || !gone.Contains(here) || waiting is null)
            return;
        var rows = waiting.Rows.ToList();
        var next = rows.Skip(rows.FindIndex(row => row.Id == here) + 1).Concat(rows).FirstOrDefault(row => !gone.Contains(row.Id));
        selected = null;
        movedAt = TimeProvider.System.GetTimestamp();
        Select(next?.Id);
    }
}
