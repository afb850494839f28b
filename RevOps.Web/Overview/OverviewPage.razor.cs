using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Notes;
using RevOps.Web.Shared;

namespace RevOps.Web.Overview;

/// <summary>The loop in six figures: what they are, how they moved, how they come about, and a way down to their rows.</summary>
public sealed partial class OverviewPage(
    OverviewQueries queries, OverviewNotes remembered, WaitingWorkQueries waiting, ArrivalQueries arriving, TimeProvider clock, NavigationManager navigation, IStringLocalizer<OverviewTexts> text, IStringLocalizer<AlertTexts> words)
{
    // What is sold, paid, spent and told; and whose it is: currency and days of the company, and what is connected.
    private const string Kinds = "Invoice,Payment,InvoiceDecision,Conversion,Alert,OutboxRow,AdSpend,Credit,Annotation,ReceivedEvent,RejectedEvent,CompanyVersion," + ConnectionValues.Changed;

    // Everybody has this page open: half a second is soon enough, and half the work.
    private static readonly TimeSpan LivePause = TimeSpan.FromMilliseconds(500);

    // The first view is read again as soon as the page is live, which is sooner than a year of invoices is read.
    private static readonly TimeSpan FirstViewMayBeOld = TimeSpan.FromSeconds(5);

    private ClaimsPrincipal user = new();
    private PeriodChoice? choice;
    private OverviewFigures? figures;
    private WaitingWork? work;
    private Arrivals? arrivals;
    private IReadOnlyList<AnnotationView> notes = [];
    private bool isStripeMissing;
    private IReadOnlyList<AdPlatform> missing = [];
    private DateTimeOffset? asOf;
    private DateOnly today;
    private bool isDrawn;

    /// <summary>Which rows are open beside the figures.</summary>
    [Parameter]
    public string? Rows { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Compare { get; set; }

    [CascadingParameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<OverviewTexts> Text => text;

    private IReadOnlyList<Need> Needs => new Needs(user, text, at => Culture.Day(at, Zone), alert => words.Said(alert, figures!.Currency, Zone)).Of(work!, arrivals!, isStripeMissing, missing);

    /// <summary>For links that keep what was chosen, whenever they are opened.</summary>
    private string Days => choice!.Comparison == default ? choice.Query : $"{choice.Query}&{PeriodChoice.CompareName}={PageUrl.Word(choice.Comparison)}";

    protected override async Task OnParametersSetAsync()
    {
        if (Rows is not null && FromUrl.OneOf<FigureList>(Rows) is null)
        {
            navigation.NotFound();
            return;
        }

        isDrawn = false;
        user = (await SignedIn).User;
        await LoadAsync();
    }

    // Two hundred open pages hear of every commit: one that changes nothing here draws nothing.
    protected override bool ShouldRender() => !isDrawn;

    protected override void OnAfterRender(bool firstRender) => isDrawn = true;

    private async Task LoadAsync()
    {
        var usual = await queries.UsualPeriodAsync(CancellationToken.None);
        var asked = PeriodChoice.Read(From, To, Compare, usual);
        var old = RendererInfo.IsInteractive ? TimeSpan.Zero : FirstViewMayBeOld;
        var (nowArrived, nowWaiting) = (arriving.NowAsync(old, CancellationToken.None), waiting.NowAsync(old, CancellationToken.None));
        var nowNoted = remembered.OfAsync(asked.Period, old);
        var found = (Figures: await queries.OfAsync(asked.Period, asked.Compared, old, CancellationToken.None), Work: await nowWaiting, Arrivals: await nowArrived, Notes: await nowNoted);

        // Of two loads at once the one that the address asks for counts.
        if (asked != PeriodChoice.Read(From, To, Compare, usual))
            return;
        var (stripeIsMissing, others) = (waiting.IsStripeMissing, waiting.MissingPlatforms);
        isDrawn = isDrawn && ReferenceEquals(figures, found.Figures) && ReferenceEquals(work, found.Work) && arrivals == found.Arrivals && ReferenceEquals(notes, found.Notes)
            && stripeIsMissing == isStripeMissing && missing.SequenceEqual(others);
        (figures, work, arrivals, notes) = found;
        (isStripeMissing, missing) = (stripeIsMissing, others);
        (choice, today, asOf) = (asked, usual.To, clock.GetUtcNow());
    }
}
