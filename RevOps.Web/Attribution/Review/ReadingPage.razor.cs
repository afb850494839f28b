using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution.Review;
using RevOps.Core.People;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Review;

/// <summary>One conversation before its reader: what was said, and nothing of what the voice AI made of it until the reading is saved.</summary>
public sealed partial class ReadingPage(BantReviewQueries queries, BantDesk desk, PersonViews views, IStringLocalizer<ReviewTexts> text, IStringLocalizer<AttributionTexts> journeys)
{
    private const string PositionName = "n";

    private static readonly string[] Keys = ["1", "2", "3", "j", "k", "n", "p", "s"];
    private static readonly string[] Items = ["Budget", "Authority", "Need", "When"];
    private static readonly Answer[] Answers = Enum.GetValues<Answer>();

    private readonly Answer?[] answers = new Answer?[Items.Length + 1];
    private ReadingView? view;
    private int current;
    private string note = "";
    private string? problem;
    private bool loaded, busy;

    private enum Answer
    {
        Met = 0,
        NotMet = 1,
        NotSaid = 2,
    }

    [Parameter]
    public Guid ReviewId { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [SupplyParameterFromQuery(Name = PositionName)]
    private string? PositionText { get; set; }

    /// <summary>Which conversation is on record as looked at; it comes along when the live page takes over from the first view, which is one look.</summary>
    [PersistentState]
    public Guid? Viewed { get; set; }

    private IStringLocalizer<ReviewTexts> Text => text;

    private IStringLocalizer<AttributionTexts> Journeys => journeys;

    private IEnumerable<(string Keys, string Does)?> Listed =>
        [("1 2 3", text["KeyAnswer"]), ("J / K", text["KeyItem"]), ("N / P", text["KeyNext"]), ("S", text["SaveReading"])];

    protected override async Task OnParametersSetAsync()
    {
        var asked = PositionText is null ? (int?)null : FromUrl.Page(PositionText);
        if (view is not null && loaded && asked == view.Position)
            return;
        await LoadAsync(asked);
    }

    private async Task LoadAsync(int? position)
    {
        var found = await queries.ReadingAsync(ReviewId, position);
        if (found is not null)
            await RecordAsync(found);
        (view, loaded, current, note, problem) = (found, true, 0, "", null);
        Array.Fill(answers, null);
        if (found?.Found is { } saved)
        {
            bool?[] each = [saved.Budget, saved.Authority, saved.Need, saved.Timeline, saved.Qualified];
            for (var at = 0; at < each.Length; at++)
                answers[at] = each[at] switch { true => Answer.Met, false => Answer.NotMet, null => Answer.NotSaid };
        }
    }

    /// <summary>Before the words are shown, and once for each conversation.</summary>
    private async Task RecordAsync(ReadingView found)
    {
        if (Viewed == found.SessionId)
            return;
        var before = Viewed;
        Viewed = found.SessionId;
        try
        {
            await views.RecordAsync((await SignedIn).User.Actor()!, found.PersonId, "bantReview", ReviewId);
        }
        catch
        {
            Viewed = before;
            throw;
        }
    }

    private void Choose(int at, Answer answer)
    {
        answers[at] = answer;
        current = Math.Min(at + 1, Items.Length);
    }

    private async Task PressAsync(string key)
    {
        if (view is null)
            return;
        var open = view.Found is null && !view.IsClosed && !busy;
        switch (key)
        {
            case "1" or "2" or "3" when open:
                Choose(current, (Answer)(key[0] - '1'));
                break;
            case "j":
                current = Math.Min(current + 1, Items.Length);
                break;
            case "k":
                current = Math.Max(current - 1, 0);
                break;
            case "n" when view.Position < view.Size:
                Navigation.NavigateTo(LinkTo(view.Position + 1));
                break;
            case "p" when view.Position > 1:
                Navigation.NavigateTo(LinkTo(view.Position - 1));
                break;
            case "s" when open:
                await SaveAsync();
                break;
        }
    }

    private async Task SaveAsync()
    {
        if (busy || view is null)
            return;
        if (Array.FindIndex(answers, answer => answer is null) is >= 0 and var missing)
        {
            (current, problem) = (missing, text["AnswerAll"]);
            return;
        }

        busy = true;
        var said = Array.ConvertAll(answers, answer => answer switch { Answer.Met => true, Answer.NotMet => false, _ => (bool?)null });
        var result = await desk.ReadAsync(ReviewId, view.Position, new(said[0], said[1], said[2], said[3], said[4], note), (await SignedIn).User.AsApprover(), CancellationToken.None);
        busy = false;
        problem = text["Read." + result];
        if (result is ReviewResult.NotAllowed or ReviewResult.Wrong)
            return;

        // The reader goes on; whoever wants to compare goes back.
        var next = await queries.ReadingAsync(ReviewId, null);
        if (next is { Found: null })
            Navigation.NavigateTo(LinkTo(next.Position));
        else
            Navigation.NavigateTo($"/journeys/bant?{BantReviewPage.RoundName}={ReviewId}");
    }

    private string LinkTo(int position) => $"/journeys/bant/{ReviewId}/read?{PositionName}={position.ToString(CultureInfo.InvariantCulture)}";

    private static bool? MetOf(AgentView agent, int at) => at switch { 0 => agent.Budget, 1 => agent.Authority, 2 => agent.Need, _ => agent.Timeline };

    private static string WordOf(bool? met) => met switch { true => "Met", false => "NotMet", null => "NotSaid" };
}
