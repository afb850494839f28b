using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>When clients are reminded, with which words, and what was sent.</summary>
public sealed partial class RemindersPage(ReminderRules rules, ReminderQueries queries, MailQueries mails, NavigationManager navigation, IStringLocalizer<LatenessTexts> text)
{
    private ReminderRuleList? list;
    private ReminderLog? log;
    private PreviewInvoice? sample;
    private bool mayDecide, seesMails, busy;
    private string? said;

    /// <summary>Days from the due date of the rule that is open.</summary>
    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<LatenessTexts> Text => text;

    private ReminderRule? Edited => int.TryParse(Rule, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) ? list?.Rules.FirstOrDefault(rule => rule.OffsetDays == offset) : null;

    protected override Task OnParametersSetAsync() => LoadAsync();

    private static bool IsOwn(ReminderRule rule) => rule.SubjectEnglish is not null || rule.SubjectFrench is not null || rule.TextEnglish is not null || rule.TextFrench is not null;

    private async Task LoadAsync()
    {
        var (asked, user) = (FromUrl.Page(Page), (await SignedIn).User);
        (mayDecide, seesMails) = (user.May(Policies.ApproveInvoices), user.May(Policies.Administration));
        var (found, sent) = (await rules.ListAsync(CancellationToken.None), await queries.LogAsync(asked, CancellationToken.None));
        sample ??= await queries.SampleAsync(CancellationToken.None);
        if (asked == FromUrl.Page(Page))
            (list, log) = (found, sent);
    }

    private async Task SavedAsync()
    {
        await LoadAsync();
        said = text["RuleSaved"];
        navigation.NavigateTo(navigation.With("rule", null));
    }

    private Task SwitchAsync() => ActAsync(approver => rules.SwitchAsync(!list!.Reminds, approver, CancellationToken.None), list!.Reminds ? "AutomationStopped" : "AutomationStarted");

    private Task RemoveAsync(ReminderRule rule) => ActAsync(approver => rules.RemoveAsync(rule.OffsetDays, approver, CancellationToken.None), "RuleRemoved");

    private async Task ActAsync(Func<Approver, Task<SettingChange>> act, string done)
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.ApproveInvoices))
            return;
        busy = true;
        var result = await act(user.AsApprover());
        busy = false;
        await LoadAsync();
        said = text[result == SettingChange.Done ? done : "Result" + result];
    }
}
