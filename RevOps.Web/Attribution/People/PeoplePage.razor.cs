using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.People;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.People;

/// <summary>Keys that several people seem to share, and what was decided about them.</summary>
public sealed partial class PeoplePage(KeyQueries queries, PersonViews views, PeopleDesk desk, ActorNames actors, TimeProvider clock, IStringLocalizer<PeopleTexts> text, IStringLocalizer<AttributionTexts> journeys)
{
    private const string PartName = "part";
    private const string DecidedPart = "decided";
    private const string KindName = "kind";

    private KeyFilter filter = new();
    private KeyList? list;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private int open;
    private DateTimeOffset? asOf;
    private bool clear;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [SupplyParameterFromQuery(Name = PartName)]
    private string? PartText { get; set; }

    [SupplyParameterFromQuery(Name = KindName)]
    private string? KindText { get; set; }

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    /// <summary>The list whose values are on record; it comes along when the live page takes over from the first view, which is one look.</summary>
    [PersistentState]
    public string? Listed { get; set; }

    private IStringLocalizer<PeopleTexts> Text => text;

    private IStringLocalizer<AttributionTexts> Journeys => journeys;

    private IEnumerable<TabLinks.Tab> Tabs => [new(null, text["TabOpen"], open), new(DecidedPart, text["TabDecided"], null)];

    private IEnumerable<(string Value, string Text)> Kinds => Enum.GetValues<IdentityKeyKind>().Where(kind => kind is not IdentityKeyKind.Ref and not IdentityKeyKind.Name).Select(kind => (PageUrl.Word(kind), text["Kind." + kind].Value));

    protected override async Task OnParametersSetAsync()
    {
        clear = (await SignedIn).User.May(Policies.PersonalValues);
        filter = new(PartText == DecidedPart, FromUrl.OneOf<IdentityKeyKind>(KindText), FromUrl.Page(PageText));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = filter;
        var found = await queries.ListAsync(asked, clear);
        var waiting = await queries.CountOpenAsync();
        var called = await actors.OfAsync(found.Rows.Select(row => row.DecidedBy));
        if (clear)
            await RecordAsync(found.Rows);

        // Another page may have been asked for meanwhile.
        if (asked == filter)
            (list, open, names, asOf) = (found, waiting, called, clock.GetUtcNow());
    }

    /// <summary>Before values are shown, and once for a list: what changes while it is open is the same look.</summary>
    private async Task RecordAsync(IReadOnlyList<KeyRow> rows)
    {
        var (before, now) = (Listed, new Uri(Navigation.Uri).Query);
        if (before == now)
            return;
        Listed = now;
        try
        {
            await views.RecordListAsync((await SignedIn).User.Actor()!, [.. rows.Where(row => row.Value is not null).SelectMany(row => row.Some).Distinct()], AuditWords.KeyList);
        }
        catch
        {
            Listed = before;
            throw;
        }
    }

    private async Task DecideAsync(KeyTable.Decided decided)
    {
        var result = await desk.DecideAsync(decided.KeyId, decided.Decision, (await SignedIn).User.AsApprover(), CancellationToken.None);
        said = result == PeopleResult.Done ? text[decided.Decision switch { KeyDecision.OnePerson => "DecidedOne", KeyDecision.SeveralPeople => "DecidedSeveral", _ => "DecidedNone" }] : text["Result." + result];
        await LoadAsync();
    }
}
