using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>Who has to approve which invoice, and how bookings are gathered.</summary>
public sealed partial class ApprovalRulesPage(ApprovalRules approvals, ActorNames actors, CompanyProfile company, NavigationManager navigation, IStringLocalizer<SettingsTexts> text)
{
    private IReadOnlyList<ApprovalRuleView>? rules;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private string? currency, said;
    private bool busy;

    /// <summary>The rule that is being changed.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    private ApprovalRuleView? Edited => FromUrl.Id(Rule) is { } id ? rules?.FirstOrDefault(view => view.Rule.Id == id) : null;

    protected override async Task OnInitializedAsync()
    {
        currency = (await company.CurrentAsync(CancellationToken.None)).Currency;
        await LoadAsync();
    }

    private static string ActorOf(ApprovalRuleView view) => $"user:{view.Rule.UserId}";

    private async Task LoadAsync()
    {
        var found = await approvals.ListAsync(CancellationToken.None);
        names = await actors.OfAsync(found.Select(ActorOf));
        rules = found;
    }

    private async Task SavedAsync()
    {
        await LoadAsync();
        said = text["RuleSaved"];
        navigation.NavigateTo("/settings/approvals");
    }

    private async Task RemoveAsync(ApprovalRuleView view)
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.Administration))
            return;
        busy = true;
        var removed = await approvals.RemoveAsync(view.Rule.Id, user.AsApprover(), CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = removed == SettingChange.NotAllowed ? text["NotAllowed"] : text["RuleRemoved", NameOf(view)];
    }

    private string NameOf(ApprovalRuleView view) => view.Rule.CustomerId is null ? text["Everybody"] : view.Customer ?? text["CustomerGone"];

    private string AmountOf(Money? amount) => amount is { } money ? Culture.Text(money) : text["RuleNever"];
}
