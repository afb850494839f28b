using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared.Tables;

/// <summary>
/// The one table of lists: columns, sorting and paging live in the address, rows come from the page's query. It adds selection with count
/// and sum, CSV of what is shown, keys, and what a live list owes its reader: see <see cref="TableRows{TRow}"/>.
/// </summary>
public sealed partial class DataTable<TRow> : IAsyncDisposable
{
    /// <summary>More than anybody opens in a spreadsheet; the reader is told when there is more.</summary>
    public const int MostCsvRows = 50_000;

    private const string HideName = "hide";
    private const string ShowName = "show-columns";
    private const string SortName = "sort";
    private const string DirectionName = "dir";
    private const string Upwards = "asc";

    private readonly Dictionary<string, TRow> selected = new(StringComparer.Ordinal);
    private TableRows<TRow> view = TableRows<TRow>.Of([]);
    private IReadOnlyList<TRow> latest = [];
    private string? address;
    private ElementReference root;
    private DotNetObjectReference<DataTable<TRow>>? self;
    private IJSObjectReference? module, attached;
    private IDisposable? keys;
    private bool busy, writing, isGone;
    private int written;
    private string? said;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Of this page, in their order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TRow> Rows { get; set; } = [];

    /// <summary>The first one names the row and is always shown.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Column<TRow>> Columns { get; set; } = [];

    /// <summary>Tells rows apart.</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string> Key { get; set; } = null!;

    /// <summary>Where a row leads; null: nowhere.</summary>
    [Parameter]
    public Func<TRow, string?>? Href { get; set; }

    /// <summary>Key of the row that is open beside the table.</summary>
    [Parameter]
    public string? Opened { get; set; }

    [Parameter]
    public int Page { get; set; } = 1;

    [Parameter]
    public int PageSize { get; set; } = int.MaxValue;

    [Parameter]
    public int? Total { get; set; }

    [Parameter]
    public bool HasMore { get; set; }

    /// <summary>Key of the column that rows are sorted by.</summary>
    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public bool Ascending { get; set; }

    [Parameter]
    public bool IsSelectable { get; set; }

    [Parameter]
    public Func<TRow, bool>? CanSelect { get; set; }

    /// <summary>What the selection bar adds up, one sum per currency.</summary>
    [Parameter]
    public Func<TRow, Money?>? Amount { get; set; }

    /// <summary>Buttons of the selection bar.</summary>
    [Parameter]
    public RenderFragment<IReadOnlyList<TRow>>? Actions { get; set; }

    /// <summary>Another page under the same filters, for CSV; no button when left out.</summary>
    [Parameter]
    public Func<int, Task<IReadOnlyList<TRow>>>? Fetch { get; set; }

    /// <summary>Of the CSV, without its ending.</summary>
    [Parameter]
    public string FileName { get; set; } = "list";

    [CascadingParameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private IReadOnlyList<Column<TRow>> Shown => [.. Columns.Where(IsShown)];

    private bool AllSelected => view.Rows.Any(MaySelect) && view.Rows.Where(MaySelect).All(row => selected.ContainsKey(Key(row)));

    private string Sums => Amount is null ? "" : string.Join(" + ", selected.Values.Select(Amount).OfType<Money>()
        .GroupBy(money => money.Currency, StringComparer.Ordinal).Select(group => Culture.Text(group.Aggregate((sum, money) => sum + money))));

    [JSInvokable]
    public void SetBusy(bool isBusy) => busy = isBusy;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        keys = PageKeys.Add(("↑ ↓", Text["KeyMove"]), ("Enter", Text["KeyOpen"]), IsSelectable ? ("Space", Text["KeySelect"].Value) : null);
    }

    protected override void OnParametersSet()
    {
        // The same rows: this is only a page that draws itself again.
        if (ReferenceEquals(Rows, latest))
            return;

        // Another page or filter is another list; the same address read again is a change.
        var here = Navigation.Uri;
        view = here == address ? view.Then(Rows, busy, Key, Says) : TableRows<TRow>.Of(Rows);
        (address, latest) = (here, Rows);
        foreach (var row in Rows.Where(row => selected.ContainsKey(Key(row))))
            selected[Key(row)] = row;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        self = DotNetObjectReference.Create(this);
        module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Shared/Tables/DataTable.razor.js"]);

        // Whoever clicks fast has left before the script was there.
        if (!isGone)
            attached = await module.InvokeAsync<IJSObjectReference>("attach", root, self);
        if (isGone)
            await LeaveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        isGone = true;
        keys?.Dispose();
        await LeaveAsync();
        self?.Dispose();
    }

    private async Task LeaveAsync()
    {
        try
        {
            if (attached is not null)
                await attached.InvokeVoidAsync("dispose");
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    private bool IsFirst(Column<TRow> column) => ReferenceEquals(column, Columns[0]);

    private bool IsShown(Column<TRow> column) => IsFirst(column) || (column.IsExtra ? Chosen(ShowName).Contains(column.Key) : !Chosen(HideName).Contains(column.Key));

    private HashSet<string> Chosen(string name) => [.. (Navigation.Query(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private string LinkShowing(Column<TRow> column)
    {
        var name = column.IsExtra ? ShowName : HideName;
        var chosen = Chosen(name);
        if (!chosen.Remove(column.Key))
            chosen.Add(column.Key);
        return Navigation.GetUriWithQueryParameter(name, chosen.Count == 0 ? null : string.Join(',', chosen.Order(StringComparer.Ordinal)));
    }

    private string LinkSorting(Column<TRow> column)
    {
        var upwards = column.Key == Sort ? !Ascending : column.SortsUpFirst;
        return Navigation.With([(SortName, column.Key), (DirectionName, upwards ? Upwards : "desc")]);
    }

    private string ClassOf(Column<TRow> column) => string.Join(' ', new[] { column.IsNumber ? "number" : null, column.IsCode ? "code" : null, column.IsWide ? "wide" : null, column.IsForDesk ? "desk" : null }.OfType<string>());

    private string? RowClass(string key) => (key == Opened ? "opened " : "") + (view.Changed.Contains(key) ? "changed" : "");

    private RenderFragment CellOf(Column<TRow> column, TRow row) => column.Cell?.Invoke(row) ?? (draw => draw.AddContent(0, Written(column.Value(row))));

    private string Written(object? value) => value switch
    {
        null => "–",
        Money money => Culture.Text(money),
        DateOnly day => day.ToString("d", CultureInfo.CurrentCulture),
        DateTimeOffset instant => Culture.Day(instant, Zone),
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };

    private string Says(TRow row) => string.Join('\u001f', Columns.Select(column => TableCsv.Text(column.Value(row))));

    private string NameOf(TRow row) => Written(Columns[0].Value(row));

    private bool MaySelect(TRow row) => CanSelect?.Invoke(row) ?? true;

    private void Toggle(TRow row)
    {
        if (!selected.Remove(Key(row)) && MaySelect(row))
            selected[Key(row)] = row;
    }

    private void ToggleAll()
    {
        var all = AllSelected;
        foreach (var row in view.Rows.Where(MaySelect))
        {
            if (all)
                selected.Remove(Key(row));
            else
                selected[Key(row)] = row;
        }
    }

    private void ShowAll() => view = TableRows<TRow>.Of(latest);

    private async Task DownloadAsync()
    {
        (writing, written, said) = (true, 0, null);
        try
        {
            using var file = new MemoryStream();
            var columns = Shown.Where(column => !column.IsForScreen).ToList();
            var count = await TableCsv.WriteAsync(file, columns, PagesAsync(), title => Text["CsvCurrency", title], Zone);
            file.Position = 0;
            using var stream = new DotNetStreamReference(file, leaveOpen: true);
            await module!.InvokeVoidAsync("save", $"{(Demo.Now is null ? "" : "demo-")}{FileName}.csv", stream);
            said = count >= MostCsvRows ? Text["CsvCut", MostCsvRows.ToString("N0", CultureInfo.CurrentCulture)] : Text.Counted("CsvDone", count);
        }
        finally
        {
            writing = false;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<TRow>> PagesAsync()
    {
        for (var page = 1; written < MostCsvRows; page++)
        {
            var rows = await Fetch!(page);
            if (rows.Count > 0)
                yield return rows;
            written += rows.Count;
            if (rows.Count < PageSize)
                yield break;
            await InvokeAsync(StateHasChanged);
        }
    }
}
