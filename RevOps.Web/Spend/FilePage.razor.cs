using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Spend;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Spend;

/// <summary>Spend from a file: its columns are chosen, its rows looked at, and what is good of it is taken.</summary>
public sealed partial class FilePage(KeepSpendFile keep, IStringLocalizer<SpendTexts> text)
{
    private const long LargestFile = 10_000_000;

    private ClaimsPrincipal user = new();
    private IReadOnlyList<SpendUpload>? uploads;
    private SpendFilePlan? plan;
    private string content = "";
    private string? fileName, said, problem;
    private bool mayTake, busy;
    private int files;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SpendTexts> Text => text;

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        mayTake = user.IsInRole(Roles.Marketing);
        uploads = await keep.UploadsAsync(CancellationToken.None);
    }

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        (plan, said, problem, fileName) = (null, null, null, chosen.File.Name);
        files++;
        if (chosen.File.Size > LargestFile)
        {
            problem = text["FileLarge", LargestFile / 1_000_000];
            return;
        }

        content = await SheetText.ReadAsync(chosen.File, LargestFile);
        await ChangeAsync(null);
    }

    private async Task ChangeAsync(SpendMapping? mapping)
    {
        plan = await keep.PlanAsync(content, mapping, CancellationToken.None);
        problem = plan.Problem is { } wrong ? text["FileProblem." + wrong.Reason, wrong.Line.ToString("N0"), wrong.Found].Value : null;
    }

    private Task MapAsync(SpendField field, ChangeEventArgs change)
    {
        var columns = plan!.Mapping!.Columns.Where(column => column.Key != field).ToDictionary(column => column.Key, column => column.Value);
        if (change.Value is string { Length: > 0 } heading)
            columns[field] = heading;
        return ChangeAsync(plan.Mapping with { Columns = columns });
    }

    private async Task TakeAsync()
    {
        if (busy || plan is not { MayTake: true, Mapping: { } mapping })
            return;
        busy = true;
        try
        {
            if (await keep.TakeAsync(fileName!, content, mapping, user.AsApprover(), CancellationToken.None) is { } change)
                (said, plan, uploads) = (text["Taken", change.Added.ToString("N0"), change.Changed.ToString("N0"), change.Removed.ToString("N0"), change.Aside.ToString("N0")], null, await keep.UploadsAsync(CancellationToken.None));
            else
                problem = text["ReadNowNotAllowed"];
        }
        finally
        {
            busy = false;
        }
    }
}
