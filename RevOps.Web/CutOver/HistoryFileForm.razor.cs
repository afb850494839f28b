using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.History;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.CutOver;

/// <summary>Opening balances or past deals from a file.</summary>
public sealed partial class HistoryFileForm(KeepHistory keep, IStringLocalizer<CutOverTexts> text) : IDisposable
{
    private const long LargestFile = 2_000_000;

    private readonly CancellationTokenSource gone = new();
    private HistoryPlan? plan;
    private string? said, problem, fileName;
    private bool isReading, isSaving;
    private int done, files;

    [Parameter, EditorRequired]
    public HistoryFileKind Kind { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CutOverTexts> Text => text;

    private string Example => Kind == HistoryFileKind.Opening
        ? "number;customer;siren;email;issued;due;currency;net;tax;paid;paidon\nF-2025-0412;Acme SARL;732829320;compta@acme.example;2025-12-01;2025-12-31;EUR;1200,00;240,00;;\nF-2025-0398;Durand SA;;compta@durand.example;14/11/2025;14/12/2025;EUR;850,00;170,00;500,00;02/12/2025"
        : "deal;customer;siren;email;won;currency;net;description;invoice\nD-2207;Acme SARL;732829320;compta@acme.example;2025-11-28;EUR;1200,00;Audit;F-2025-0412\nD-2211;Durand SA;;compta@durand.example;12/11/2025;EUR;850,00;;";

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        if (isReading || isSaving)
            return;
        (isReading, plan, said, problem, fileName) = (true, null, null, null, chosen.File.Name);
        try
        {
            if (chosen.File.Size > LargestFile)
            {
                problem = text["Problem.fileLarge", LargestFile / 1_000_000];
                return;
            }

            var found = await keep.PlanAsync(Kind, await SheetText.ReadAsync(chosen.File, LargestFile), (await SignedIn).User.AsApprover(), CancellationToken.None);
            problem = found.Problem is null ? null : FaultOf(found);
            plan = problem is null ? found : null;
        }
        finally
        {
            isReading = false;
            files++;
        }
    }

    /// <summary>What is wrong with the file as a whole, and what of its heading.</summary>
    private string FaultOf(HistoryPlan found)
    {
        var fault = text["Problem." + found.Problem, HistoryFile.MostLines.ToString("N0"), string.Join(';', HistoryFile.ColumnsOf(Kind))].Value;
        if (found.Unknown.Count > 0)
            fault += " " + text["FileUnknown", string.Join(", ", found.Unknown)];
        return found.Missing.Count > 0 ? fault + " " + text["FileMissing", string.Join(", ", found.Missing)] : fault;
    }

    private async Task SaveAsync()
    {
        if (isSaving || plan is not { MaySave: true } seen)
            return;
        (isSaving, done) = (true, 0);
        try
        {
            var told = new Told(count => InvokeAsync(() => Show(count)));
            var (result, entered) = await keep.SaveAsync(seen, (await SignedIn).User.AsApprover(), told, gone.Token);
            plan = null;
            if (result == DecisionResult.Done)
                said = text.Counted("Entered" + Kind, entered);
            else
                problem = text.WordOf("Said.", result.ToString());
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left: what is in stays, and the same file may be given again.
        }
        finally
        {
            isSaving = false;
        }
    }

    private void Show(int count)
    {
        done = count;
        StateHasChanged();
    }

    private void Drop() => plan = null;

    /// <summary>At once and in order, which <see cref="Progress{T}"/> does not promise.</summary>
    private sealed class Told(Func<int, Task> tell) : IProgress<int>
    {
        public void Report(int value) => _ = tell(value);
    }
}
