using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Reconciliation;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Reconciliation;

/// <summary>The CRM's own list of won deals, brought as a file and looked at before it counts.</summary>
public sealed partial class CrmPage(KeepCrmList keep, ReadCrmDeals read, CompanyProfile company, TimeProvider clock, IStringLocalizer<ReconciliationTexts> text)
{
    private const long LargestFile = 10_000_000;

    private ClaimsPrincipal user = new();
    private IReadOnlyList<CrmList>? lists;
    private CrmPlan? plan;
    private CrmMapping? mapped;
    private (DateOnly From, DateOnly To)? days;
    private string content = "";
    private string? fileName, said, problem;
    private DateOnly readFrom, readTo;
    private bool mayDecide, busy;
    private int files;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ReconciliationTexts> Text => text;

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        mayDecide = user.May(Policies.ApproveInvoices);
        readTo = (await company.CurrentAsync()).DayOf(clock.GetUtcNow());
        readFrom = Sales.MonthOf(readTo).AddMonths(-1);
        lists = await keep.ListsAsync(CancellationToken.None);
    }

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        (plan, mapped, days, said, problem, fileName) = (null, null, null, null, null, chosen.File.Name);
        files++;
        if (chosen.File.Size > LargestFile)
        {
            problem = text["FileLarge", LargestFile / 1_000_000];
            return;
        }

        content = await SheetText.ReadAsync(chosen.File, LargestFile);
        await PlanAsync();
    }

    private async Task PlanAsync()
    {
        plan = await keep.PlanAsync(content, mapped, days, CancellationToken.None);
        problem = plan.Problem is { } wrong ? text["FileProblem." + wrong.Reason, wrong.Line.ToString("N0"), wrong.Found].Value : null;
    }

    private Task MapAsync(CrmField field, ChangeEventArgs change)
    {
        var columns = plan!.Mapping!.Columns.Where(column => column.Key != field).ToDictionary(column => column.Key, column => column.Value);
        if (change.Value is string { Length: > 0 } heading)
            columns[field] = heading;
        mapped = plan.Mapping with { Columns = columns };
        return PlanAsync();
    }

    private Task WonAsync(ChangeEventArgs change)
    {
        mapped = plan!.Mapping! with { WonWord = change.Value as string ?? "" };
        return PlanAsync();
    }

    private Task DaysAsync(DateOnly? from, DateOnly? to)
    {
        days = (from ?? plan!.From, to ?? plan!.To);
        return PlanAsync();
    }

    /// <summary>HubSpot's own list of won deals, read over its API.</summary>
    private async Task ReadAsync()
    {
        if (busy)
            return;
        (busy, said, problem) = (true, null, null);
        try
        {
            if (await read.ReadAsync(new(readFrom, readTo), user.AsApprover(), CancellationToken.None) is { } count)
                (said, lists) = (text.Counted("TakenList", count), await keep.ListsAsync(CancellationToken.None));
            else
                problem = text["Result.NotAllowed"];
        }
        catch (HubSpotException)
        {
            problem = text["HubSpotUnread"];
        }
        finally
        {
            busy = false;
        }
    }

    private async Task TakeAsync()
    {
        if (busy || plan is not { MayTake: true } seen)
            return;
        busy = true;
        try
        {
            if (await keep.TakeAsync(content, seen.Mapping, (seen.From, seen.To), user.AsApprover(), CancellationToken.None))
                (said, plan, lists) = (text.Counted("TakenList", seen.Rows.Count), null, await keep.ListsAsync(CancellationToken.None));
            else
                problem = text["Result.NotAllowed"];
        }
        finally
        {
            busy = false;
        }
    }
}
