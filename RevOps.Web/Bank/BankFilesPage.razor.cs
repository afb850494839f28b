using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Web.Identity;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Tables;

namespace RevOps.Web.Bank;

/// <summary>The statements that were taken, whether they join up, and the way to bring more.</summary>
public sealed partial class BankFilesPage(BankFileQueries queries, IStringLocalizer<BankTexts> text)
{
    private BankFilePage? page;
    private IReadOnlyList<BankAccountRow> accounts = [];
    private bool mayDecide;

    [SupplyParameterFromQuery]
    public string? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<BankTexts> Text => text;

    private IReadOnlyList<Column<BankFileRow>> Columns =>
    [
        new("to", text["Until"], row => row.To),
        new("name", text["Name"], row => row.Name) { IsWide = true },
        new("account", text["Account"], row => row.Account),
        new("format", text["Format"], row => text["Format." + row.Format].Value) { IsForDesk = true },
        new("from", text["FromDay"], row => row.From) { IsExtra = true },
        new("sequence", text["Sequence"], row => row.Sequence) { IsNumber = true, IsForDesk = true },
        new("opening", text["Opening"], row => row.Opening) { IsNumber = true, IsForDesk = true },
        new("closing", text["Closing"], row => row.Closing) { IsNumber = true },
        new("lines", text["LinesOf"], row => row.Lines) { IsNumber = true },
        new("repeats", text["Repeats"], row => row.Repeats) { IsNumber = true, IsExtra = true },
        new("open", text["OpenOf"], row => row.Open) { IsNumber = true },
        new("joins", text["Joins"], row => row.Warnings.Count == 0 ? text["JoinsYes"].Value : string.Join(" ", row.Warnings.Select(code => text["Warning." + code].Value))) { IsWide = true },
        new("taken", text["TakenAt"], row => row.RecordedAt) { IsExtra = true },
    ];

    protected override async Task OnInitializedAsync() => mayDecide = (await SignedIn).User.May(Policies.ApproveInvoices);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var asked = (FromUrl.Id(Account), FromUrl.Page(Page));
        var (found, known) = (await queries.FilesAsync(asked.Item1, asked.Item2, CancellationToken.None), await queries.AccountsAsync(CancellationToken.None));
        if (asked == (FromUrl.Id(Account), FromUrl.Page(Page)))
            (page, accounts) = (found, known);
    }

    private async Task<IReadOnlyList<BankFileRow>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await queries.FilesAsync(FromUrl.Id(Account), number, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }
}
