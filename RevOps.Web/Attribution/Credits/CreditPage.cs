using Microsoft.AspNetCore.Components;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>What all attribution pages do alike: read the choice from the address, see whether anything is worked out, and ask for the answer.</summary>
public abstract class CreditPage : AddressComponent
{
    [SupplyParameterFromQuery(Name = CreditChoice.KindName)]
    public string? KindText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.LookBackName)]
    public string? LookBackText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.ModelName)]
    public string? ModelText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.CurrencyName)]
    public string? CurrencyText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.PlatformName)]
    public string? PlatformText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.OpenName)]
    public string? OpenText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.StagesName)]
    public string? StagesText { get; set; }

    [SupplyParameterFromQuery(Name = CreditChoice.DirectName)]
    public string? DirectText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.FromName)]
    public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.ToName)]
    public string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.CompareName)]
    public string? CompareText { get; set; }

    /// <summary>Null until the first look at the company's day.</summary>
    public CreditChoice? Choice { get; private set; }

    /// <summary>Null until it is read.</summary>
    public SnapshotState? State { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>When the answer was read.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>How often it was: an open panel reads again when the page has.</summary>
    public int Readings { get; private set; }

    [Inject]
    protected AttributionQueries Queries { get; set; } = null!;

    [Inject]
    protected CompanyProfile Company { get; set; } = null!;

    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>False for a page that has something to show before the first computation, too.</summary>
    public virtual bool NeedsSnapshot => true;

    /// <summary>False for a page on which no model is chosen.</summary>
    protected virtual bool HasModel => true;

    /// <summary>Reads again what the page shows.</summary>
    public async Task LoadAsync()
    {
        if (Choice is not { } chosen)
            return;
        var address = Navigation.Uri;
        var state = await Queries.StateAsync();
        var asked = HasModel && chosen.ByHeldOut && state.Last is not null ? chosen with { Model = await Queries.BestChainAsync(chosen.Question) } : chosen;
        var show = state.Last is null && NeedsSnapshot ? () => { } : await ReadAsync(asked);

        // Something else may have been asked for meanwhile.
        if (address != Navigation.Uri || Choice is not { } now || !now.AsksTheSameAs(chosen))
            return;
        show();
        (Choice, State, ReadAt, Readings) = (asked, state, Clock.GetUtcNow(), Readings + 1);
        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync()
    {
        Today = (await Company.CurrentAsync()).DayOf(Clock.GetUtcNow());
        var read = CreditChoice.Read(PeriodChoice.Read(FromText, ToText, CompareText, Period.Ending(Today, CreditChoice.UsualDays)), KindText, LookBackText, ModelText, CurrencyText, PlatformText, OpenText, StagesText, DirectText);

        // Until it is known whether another order fits better now.
        Choice = read.ByHeldOut && Choice is { ByHeldOut: true } before ? read with { Model = before.Model } : read;
        await LoadAsync();
    }

    /// <summary>Asks for the answer; what it returns shows it, once it is sure that it is still wanted.</summary>
    protected abstract Task<Action> ReadAsync(CreditChoice asked);
}
