using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Tables;

namespace RevOps.Tests.Shared.Tables;

public sealed class DataTableTests : BunitContext
{
    private static readonly IReadOnlyList<Column<Row>> Columns =
    [
        new("name", "Name", row => row.Name) { CanSort = true, SortsUpFirst = true },
        new("amount", "Amount", row => row.Amount) { CanSort = true, IsNumber = true },
        new("note", "Note", row => row.Note),
        new("extra", "Extra", _ => "x") { IsExtra = true },
    ];

    public DataTableTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddScoped<PageKeys>();
        Services.AddSingleton(new DemoProgress(new ChangeFeed()));
    }

    [Fact]
    public void Sorting_IsALinkThatTurns()
    {
        Assert.Contains("sort=amount&dir=desc", Link(Draw("/list", "name"), "Amount"), StringComparison.Ordinal);
        Assert.Contains("sort=amount&dir=asc", Link(Draw("/list?page=3", "amount"), "Amount"), StringComparison.Ordinal);
        Assert.DoesNotContain("page=", Link(Draw("/list?page=3", "amount"), "Amount"), StringComparison.Ordinal);
        Assert.Equal("descending", Draw("/list", "amount").Find("th:nth-child(3)").GetAttribute("aria-sort"));
    }

    [Fact]
    public void Columns_AreHiddenByTheAddress()
    {
        Assert.Equal(["Name", "Amount", "Note"], Heads(Draw("/list")));
        Assert.Equal(["Name", "Amount"], Heads(Draw("/list?hide=note")));
        Assert.Equal(["Name", "Amount", "Note", "Extra"], Heads(Draw("/list?show-columns=extra")));
        Assert.Equal(["Name", "Amount", "Note"], Heads(Draw("/list?hide=name")));
    }

    [Fact]
    public void Selection_CountsAndAddsUpPerCurrency()
    {
        var table = Draw("/list");
        table.Find("thead input").Change(true);
        var bar = table.Find(".selection").TextContent;
        Assert.Contains("2 selected", bar, StringComparison.Ordinal);
        Assert.Contains("€12.50 + $1.00", bar, StringComparison.Ordinal);

        // What may not be selected was left out.
        Assert.True(table.Find("tr[data-row=c] input").HasAttribute("disabled"));
        table.Find("thead input").Change(false);
        Assert.Empty(table.FindAll(".selection"));
    }

    [Fact]
    public void Row_OpensWhatItLeadsTo()
    {
        var table = Draw("/list");
        Assert.Equal("/list/a", table.Find("tr[data-row=a] a.open").GetAttribute("href"));
        Assert.Equal("true", table.Find("tr[data-row=b] a.open").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task NewRows_WaitForWhoeverIsInTheMiddle()
    {
        var table = Draw("/list");
        await table.InvokeAsync(() => table.Instance.SetBusy(true));
        table.Render(parameters => parameters.Add(it => it.Rows, [new("new", null, null), .. Rows()]));
        Assert.Equal(["a", "b", "c"], Keys(table));

        table.Find(".pill").Click();
        Assert.Equal(["new", "a", "b", "c"], Keys(table));
    }

    [Fact]
    public void ChangedRow_Pulses()
    {
        var table = Draw("/list");
        table.Render(parameters => parameters.Add(it => it.Rows, [Rows()[0] with { Note = "other" }, .. Rows()[1..]]));
        Assert.Equal("a", Assert.Single(table.FindAll("tr.changed")).GetAttribute("data-row"));
    }

    private static Row[] Rows() => [new("a", new Money(1_250, "EUR"), "n"), new("b", new Money(100, "USD"), null), new("c", null, null)];

    private IRenderedComponent<DataTable<Row>> Draw(string address, string? sort = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<DataTable<Row>>(table => table
            .Add(it => it.Label, "List").Add(it => it.Rows, Rows()).Add(it => it.Columns, Columns).Add(it => it.Key, row => row.Name)
            .Add(it => it.Href, row => $"/list/{row.Name}").Add(it => it.Opened, "b").Add(it => it.Sort, sort)
            .Add(it => it.IsSelectable, true).Add(it => it.CanSelect, row => row.Amount is not null).Add(it => it.Amount, row => row.Amount));
    }

    private static string Link(IRenderedComponent<DataTable<Row>> table, string title) => table.FindAll("thead a").Single(link => link.TextContent.StartsWith(title, StringComparison.Ordinal)).GetAttribute("href")!;

    private static IEnumerable<string> Heads(IRenderedComponent<DataTable<Row>> table) => table.FindAll("thead th:not(.tick)").Select(head => head.TextContent.Trim(' ', '↑', '↓', '\n'));

    private static IEnumerable<string?> Keys(IRenderedComponent<DataTable<Row>> table) => table.FindAll("tbody tr").Select(row => row.GetAttribute("data-row"));

    private sealed record Row(string Name, Money? Amount, string? Note);
}
