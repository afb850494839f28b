using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Channels;

/// <summary>How visits are put into channels: how well, by which rules, and what other rules would do before they are saved.</summary>
public sealed partial class ChannelsPage(ChannelQueries queries, ChannelDesk desk, ActorNames actors, CompanyProfile company, TimeProvider clock, IStringLocalizer<ChannelTexts> text)
{
    private const string RowsName = "rows";
    private const string UnknownWord = "unknown";
    private const string UnmatchedWord = "unmatched";
    private const int UsualDays = 30;
    private const int CsvSize = 500;

    // Shares move slowly.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private PeriodChoice? choice;
    private ChannelFigures? figures, before;
    private SourceList? sources;
    private IReadOnlyList<ChannelRuleSet>? history;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private List<ChannelRule>? draft;
    private ChannelRuleSet? basis;
    private IReadOnlyList<TouchGroup>? groups;
    private ChannelPreview? preview;
    private DateOnly? since;
    private CompanyVersion? owner;
    private DateOnly today;
    private DateTimeOffset? asOf;
    private int? editing;
    private bool mayChange, mayConnect, busy;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [SupplyParameterFromQuery(Name = PeriodChoice.FromName)]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.ToName)]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.CompareName)]
    private string? CompareText { get; set; }

    [SupplyParameterFromQuery(Name = RowsName)]
    private string? RowsText { get; set; }

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    private IStringLocalizer<ChannelTexts> Text => text;

    private ChannelQueries Queries => queries;

    private ChannelGap? Gap => RowsText switch { UnknownWord => ChannelGap.Unknown, UnmatchedWord => ChannelGap.Unmatched, _ => null };

    private bool IsChanged => basis is not null && draft is not null && (ChannelRules.Write(draft) != basis.RulesJson || since != DayOf(basis.ValidFrom));

    protected override async Task OnParametersSetAsync()
    {
        var user = (await SignedIn).User;
        owner = await company.CurrentAsync();
        (mayChange, mayConnect) = (user.IsInRole(Roles.Marketing), user.May(Policies.Administration));
        await FollowAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (asked, gap, page) = (Chosen(), Gap, FromUrl.Page(PageText));
        var now = await queries.FiguresAsync(asked.Period, exact: true);
        var past = asked.Compared is { } compared ? await queries.FiguresAsync(compared, exact: false) : null;
        var found = gap is { } chosen ? await queries.SourcesAsync(chosen, asked.Period, page) : null;

        // Other days may have been asked for meanwhile.
        if (asked == Chosen() && gap == Gap && page == FromUrl.Page(PageText))
            (choice, figures, before, sources, asOf) = (asked, now, past, found, clock.GetUtcNow());
    }

    private PeriodChoice Chosen()
    {
        today = owner!.DayOf(clock.GetUtcNow());
        return PeriodChoice.Read(FromText, ToText, CompareText, Period.Ending(today, UsualDays));
    }

    /// <summary>How far the deciding is. What is being changed stays.</summary>
    private async Task FollowAsync()
    {
        var changed = IsChanged;
        var found = await desk.HistoryAsync();
        names = await actors.OfAsync(found.Select(set => set.EnteredBy));
        history = found;
        if (draft is null || !changed)
            Take(found[0], found[0]);
    }

    private void Take(ChannelRuleSet newest, ChannelRuleSet from) => (basis, draft, since, editing) = (newest, [.. from.Rules], DayOf(from.ValidFrom), null);

    private async Task PreviewAsync()
    {
        groups ??= await Task.Run(() => queries.GroupsAsync(since));
        preview = ChannelPreview.Of(groups, draft!);
    }

    private Task SinceAsync(string typed)
    {
        (since, groups) = (FromUrl.Day(typed), null);
        return PreviewAsync();
    }

    private Task MoveAsync((int From, int To) move)
    {
        var rule = draft![move.From];
        draft.RemoveAt(move.From);
        draft.Insert(move.To, rule);
        editing = null;
        return PreviewAsync();
    }

    private Task RemoveAsync(int at)
    {
        draft!.RemoveAt(at);
        editing = null;
        return PreviewAsync();
    }

    private Task PutAsync(int at, ChannelRule rule)
    {
        if (at < draft!.Count)
            draft[at] = rule;
        else
            draft.Add(rule);
        editing = null;
        return PreviewAsync();
    }

    private Task RestoreAsync(ChannelRuleSet version)
    {
        Take(history![0], version);
        said = text["Restored", version.Number];
        return PreviewAsync();
    }

    private Task TakeBackAsync()
    {
        Take(history![0], history[0]);
        (said, groups) = (null, null);
        return PreviewAsync();
    }

    private async Task SaveAsync()
    {
        if (busy || draft is null || basis is null)
            return;
        busy = true;
        var result = await desk.SaveAsync(draft, since, basis.Id, (await SignedIn).User.AsApprover(), CancellationToken.None);
        busy = false;
        said = text["Result." + result];
        if (result is not ChannelResult.Done)
            return;
        (draft, preview, groups) = (null, null, null);
        await FollowAsync();
    }

    private string? Left(ChannelRuleSet running)
    {
        if (running.StartedAt is not { } began || running.Redecided == 0)
            return null;
        var each = (TimeProvider.System.GetUtcNow() - began) / running.Redecided;
        return text.Counted("MinutesLeft", (int)Math.Ceiling((each * Math.Max(0, running.Touches - running.Redecided)).TotalMinutes));
    }

    private DateOnly? DayOf(DateTimeOffset from) => from == DateTimeOffset.UnixEpoch ? null : owner!.DayOf(from);

    private static string ShareOf(double? share) => share?.ToString("P1", CultureInfo.CurrentCulture) ?? "–";

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
