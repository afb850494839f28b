using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Bank;

/// <summary>Files on their way in.</summary>
public sealed partial class BankUpload(KeepBankFiles keep, IDbContextFactory<RevOpsDb> databases, TwoFactorRule rule, IStringLocalizer<BankTexts> text)
{
    private const long LargestFile = 20_000_000;
    private const int MostFiles = 50;

    private readonly List<Entry> plans = [];
    private string? said;
    private bool isReading, isTaking;
    private int chosen, done, total;

    [Parameter, EditorRequired]
    public IReadOnlyList<BankAccountRow> Accounts { get; set; } = [];

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<BankTexts> Text => text;

    private async Task ChooseAsync(InputFileChangeEventArgs change)
    {
        if (isReading || isTaking)
            return;
        (isReading, said) = (true, null);
        try
        {
            foreach (var file in change.GetMultipleFiles(MostFiles))
                plans.Add(new(await PlanAsync(file)));
        }
        catch (InvalidOperationException)
        {
            said = text["TooManyFiles", MostFiles];
        }
        finally
        {
            isReading = false;
            chosen++;
        }
    }

    private async Task<BankFilePlan> PlanAsync(IBrowserFile file) => file.Size > LargestFile
        ? new(file.Name, "", BankFormat.Csv) { Problem = new(1, "large", $"{LargestFile / 1_000_000} MB") }
        : await keep.PlanAsync(file.Name, await SheetText.ReadAsync(file, LargestFile), choice: null, CancellationToken.None);

    private async Task ChooseColumnsAsync(Entry entry, CsvChoice choice)
    {
        entry.Choice = choice;
        entry.Plan = await keep.PlanAsync(entry.Plan.Name, entry.Plan.Text, choice, CancellationToken.None);
    }

    private async Task TakeAllAsync()
    {
        if (isTaking)
            return;
        (isTaking, done, total, said) = (true, 0, plans.Count, null);
        try
        {
            var user = (await SignedIn).User.AsApprover();
            await using (var db = await databases.CreateDbContextAsync())
            {
                if (!await user.MayDecideAsync(db, rule, CancellationToken.None))
                {
                    said = text["Result.NotAllowed"];
                    return;
                }
            }

            var lines = 0;
            foreach (var entry in plans.Where(entry => entry.Plan.MayTake).ToList())
            {
                entry.Plan = await keep.TakeAsync(entry.Plan, entry.Choice, user.UserId, CancellationToken.None);
                lines += entry.Plan.MayTake ? entry.Plan.New : 0;
                if (entry.Plan.MayTake)
                    plans.Remove(entry);
                done++;
                StateHasChanged();
            }

            said = text.Counted("Taken", lines);
        }
        finally
        {
            isTaking = false;
        }
    }

    private sealed class Entry(BankFilePlan plan)
    {
        public BankFilePlan Plan { get; set; } = plan;

        public CsvChoice? Choice { get; set; }
    }
}
