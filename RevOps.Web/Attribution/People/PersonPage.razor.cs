using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.People;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.People;

/// <summary>One person: who it is and why, what they allowed, what happened, what is held, and how to give it out or erase it.</summary>
public sealed partial class PersonPage(
    TimelineQueries timelines, KeyQueries keyQueries, PersonFileQueries files, ConversionQueries conversionQueries, JourneyQueries journeyQueries, PersonViews views, PeopleDesk desk, ActorNames actors,
    DialogService dialogs, NavigationManager navigation, TimeProvider clock, IStringLocalizer<PeopleTexts> text, IStringLocalizer<AttributionTexts> journeys)
{
    private Timeline? timeline;
    private PersonKeys? keys;
    private PersonFile? file;
    private ConsentList consents = new([], 0);
    private IReadOnlyList<ConversionRow> conversions = [];
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private DateTimeOffset? asOf;
    private bool loaded, clear, mayOpenInvoices;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [CascadingParameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter]
    public Guid PersonId { get; set; }

    /// <summary>Of the answers about consent.</summary>
    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    /// <summary>Who was opened in clear and is on record; it comes along when the live page takes over from the first view, which is one look.</summary>
    [PersistentState]
    public Guid? Viewed { get; set; }

    private IStringLocalizer<PeopleTexts> Text => text;

    private IStringLocalizer<AttributionTexts> Journeys => journeys;

    protected override async Task OnParametersSetAsync()
    {
        if (timeline?.Id != PersonId)
            (timeline, loaded) = (null, false);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (id, page, user) = (PersonId, FromUrl.Page(PageText), (await SignedIn).User);
        (clear, mayOpenInvoices) = (user.May(Policies.PersonalValues), user.May(Policies.Finance));
        var found = await timelines.FindAsync(id, clear);
        if (found is not null && found.Id != id)
        {
            // They turned out to be somebody who is known already.
            navigation.NavigateTo($"/people/{found.Id}", replace: true);
            return;
        }

        var (joined, held, answers, sent) = found is null ? (null, null, new ConsentList([], 0), []) : (await keyQueries.OfPersonAsync(id, clear), await files.FindAsync(id), await files.ConsentsAsync(id, clear, page), await conversionQueries.OfPersonAsync(id));
        if (clear && found is not null)
            await RecordAsync(user.Actor()!, id);
        var called = await actors.OfAsync(joined?.Links.Select(link => link.LinkedBy) ?? []);

        // Somebody else, or another page of answers, may have been opened meanwhile.
        if (id == PersonId && page == FromUrl.Page(PageText))
            (timeline, keys, file, consents, conversions, names, loaded, asOf) = (found, joined, held, answers, sent, called, true, clock.GetUtcNow());
    }

    /// <summary>Before it is shown, and once: what changes while it is open is the same look.</summary>
    private async Task RecordAsync(string actor, Guid person)
    {
        if (Viewed == person)
            return;
        Viewed = person;
        try
        {
            await views.RecordAsync(actor, person, "person");
        }
        catch
        {
            Viewed = null;
            throw;
        }
    }

    private async Task PartAsync(PersonIdentity.Parting parting)
    {
        var options = new ConfirmOptions { OkButtonText = text["PartYes"], CancelButtonText = text["PartNo"] };
        if (await dialogs.Confirm(text["PartMeans", text["Kind." + parting.Key.Kind], PersonLink.HandleOf(parting.Member)], text["PartTitle"], options) == true)
            await EndAsync(await desk.DecideAsync(parting.Key.Id, KeyDecision.SeveralPeople, await WhoAsync(), CancellationToken.None), "Parted");
    }

    private async Task JoinAsync(string sought)
    {
        var other = Guid.TryParse(sought.Trim().TrimEnd('/').Split('/')[^1], out var address) ? address : await journeyQueries.FindAsync(sought.Trim());
        if (other is not { } found || await keyQueries.OfPersonAsync(found, clear: false) is { Members.Count: 0 })
            said = text["JoinNobody"];
        else if (keys!.Members.Any(member => member.Id == found) || found == PersonId)
            said = text["JoinSelf"];
        else
            await EndAsync(await desk.JoinAsync(PersonId, found, same: true, await WhoAsync(), CancellationToken.None), "Joined");
    }

    private async Task UnlinkAsync(LinkView link) => await EndAsync(await desk.JoinAsync(link.PersonId, link.OtherId, same: false, await WhoAsync(), CancellationToken.None), "Unlinked");

    private async Task EraseAsync()
    {
        var options = new ConfirmOptions { OkButtonText = text["EraseYes"], CancelButtonText = text["EraseNo"] };
        if (await dialogs.Confirm(text["EraseMeans", PersonLink.HandleOf(PersonId)], text["EraseTitle"], options) == true)
            await EndAsync(await desk.EraseAsync(PersonId, await WhoAsync(), CancellationToken.None), "EraseDone");
    }

    private async Task EndAsync(PeopleResult result, string done)
    {
        said = result == PeopleResult.Done ? text[done] : text["Result." + result];
        await LoadAsync();
    }

    private async Task<RevOps.Core.Billing.Approver> WhoAsync() => (await SignedIn).User.AsApprover();
}
