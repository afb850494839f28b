using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Catalogue;

/// <summary>Services and prices from a file: looked at row by row, and saved whole or not at all.</summary>
public sealed partial class ImportPage(KeepCatalogue keep, IStringLocalizer<CatalogueTexts> text)
{
    private const long LargestFile = 2_000_000;

    private const string Example = "code;name;vat;cost;currency;price;tax;from\nAUDIT;Audit, one day;20;450,00;EUR;1200,00;HT;2026-01-01\nVISIT;Guided visit;10;;EUR;24,50;TTC;01/03/2026";

    private CataloguePlan? plan;
    private string? said, problem, fileName;
    private int files;
    private bool busy, saved;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CatalogueTexts> Text => text;

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        if (busy)
            return;
        (busy, plan, said, problem, saved, fileName) = (true, null, null, null, false, chosen.File.Name);
        try
        {
            if (chosen.File.Size > LargestFile)
            {
                problem = text["Problem.fileLarge", LargestFile / 1_000_000];
                return;
            }

            var found = await keep.PlanAsync(await SheetText.ReadAsync(chosen.File, LargestFile), (await SignedIn).User.AsApprover(), CancellationToken.None);
            problem = found.Problem is { } code ? text["Problem." + code, CatalogueFile.MostLines.ToString("N0"), string.Join(';', CatalogueFile.Columns)].Value : null;
            plan = problem is null ? found : null;
        }
        finally
        {
            busy = false;
            files++;
        }
    }

    private async Task SaveAsync()
    {
        if (busy || plan is not { MaySave: true } seen)
            return;
        busy = true;
        var result = await keep.ImportAsync(seen, (await SignedIn).User.AsApprover(), CancellationToken.None);
        (busy, plan, saved) = (false, null, result.IsDone);
        if (result.IsDone)
            said = $"{text.Counted("ImportedServices", seen.Services.Count)} · {text.Counted("ImportedPrices", seen.Prices.Count)}";
        else
            problem = text[result.Problems.Values.Contains("notAllowed") ? "Problem.notAllowed" : "Problem.importOutdated"];
    }

    private void Drop() => plan = null;
}
