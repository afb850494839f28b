using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>The yearly rates of late interest and of financing, each with its source.</summary>
public sealed partial class RatesPage(LateRates rates, ActorNames actors, IStringLocalizer<LatenessTexts> text)
{
    private LateRateList? list;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private bool mayDecide, busy;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<LatenessTexts> Text => text;

    protected override Task OnInitializedAsync() => LoadAsync();

    private List<LateRate> Of(LateRateKind kind) => [.. list!.Rates.Where(rate => rate.Kind == kind)];

    private async Task LoadAsync()
    {
        mayDecide = (await SignedIn).User.May(Policies.ApproveInvoices);
        var found = await rates.ListAsync(CancellationToken.None);
        names = await actors.OfAsync(found.Rates.Select(rate => $"user:{rate.UserId}"));
        list = found;
    }

    private async Task SavedAsync()
    {
        await LoadAsync();
        said = text["RateSaved"];
    }

    private async Task RemoveAsync(LateRate rate)
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.ApproveInvoices))
            return;
        busy = true;
        var removed = await rates.RemoveAsync(rate.Id, user.AsApprover(), CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = removed == SettingChange.NotAllowed ? text["ResultNotAllowed"] : text["RateRemoved"];
    }
}
