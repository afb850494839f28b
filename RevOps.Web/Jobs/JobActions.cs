using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Platform.Outbox;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Jobs;

/// <summary>Retry and cancel as the table, its selection and the panel offer them; only for whoever runs the installation.</summary>
public sealed class JobActions(OutboxDesk desk, DialogService dialogs, AuthenticationStateProvider signedIn, IStringLocalizer<JobsTexts> text)
{
    public async Task<bool> MayActAsync() => (await signedIn.GetAuthenticationStateAsync()).User.May(Policies.Administration);

    /// <summary>What came of it, for the reader; null when nothing was to be done.</summary>
    public Task<string?> RetryAsync(IReadOnlyList<JobRow> rows) => ActAsync("Retried", [.. rows.Where(row => row.CanRetry)], desk.RetryAsync);

    /// <summary>Asks first. What came of it, for the reader; null when nothing was to be done.</summary>
    public async Task<string?> CancelAsync(IReadOnlyList<JobRow> rows)
    {
        var open = rows.Where(row => row.CanCancel).ToList();
        var options = new ConfirmOptions { OkButtonText = text.Counted("CancelYes", open.Count), CancelButtonText = text.Counted("CancelNo", open.Count) };
        var means = open.Count == 1 ? text["CancelMeansOne", NameOf(open[0])] : text["CancelMeans", open.Count];
        return open.Count > 0 && await dialogs.Confirm(means, text.Counted("CancelTitle", open.Count), options) == true ? await ActAsync("Cancelled", open, desk.CancelAsync) : null;
    }

    private async Task<string?> ActAsync(string done, List<JobRow> rows, Func<IReadOnlyCollection<Guid>, string, CancellationToken, Task<int>> act)
    {
        var user = (await signedIn.GetAuthenticationStateAsync()).User;
        if (rows.Count == 0 || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return null;
        var changed = await act([.. rows.Select(row => row.Id)], actor, CancellationToken.None);
        var late = rows.Count - changed;
        return rows.Count == 1
            ? text[changed == 1 ? done + "This" : "TooLateThis", NameOf(rows[0])]
            : string.Join(" ", new[] { text.Counted(done, changed), late > 0 ? text.Counted("TooLate", late) : null }.OfType<string>());
    }

    private string NameOf(JobRow row) => text.WordOf("Job.", row.Job);
}
