using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Billing;
using RevOps.Web.CutOver;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Tables;

namespace RevOps.Tests.CutOver;

/// <summary>What may be decided on the row of a foreign invoice, and where that can be seen.</summary>
public sealed class CutOverTableTests : BunitContext
{
    private static readonly CutOverRow Draft = new()
    {
        Id = Guid.NewGuid(), StripeInvoiceId = "in_1", ForeignStatus = "draft", Reference = "D-1", ForeignCurrency = "EUR", ForeignMinor = 100, OccurredAt = SomeSales.Noon,
        InvoiceId = Guid.NewGuid(), Status = InvoiceStatus.Held, Problems = ReviewProblem.ForeignInvoice, DraftVersion = 1, Currency = "EUR", Minor = 100,
    };

    public CutOverTableTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddScoped<PageKeys>().AddSingleton(new DemoProgress(new ChangeFeed())).AddSingleton(TimeProvider.System);
    }

    [Fact]
    public void Actions_StandOnAPhoneToo()
    {
        // A phone leaves out what is of class "none".
        var table = Of(Draft, Draft with { Id = Guid.NewGuid(), InvoiceId = null, Status = null });
        var cells = table.FindAll("tbody tr td:last-child");
        Assert.Equal((false, true), (cells[0].ClassList.Contains("none"), cells[1].ClassList.Contains("none")));
    }

    [Fact]
    public void WhatTheClientHas_IsNotTakenOverButMayCount()
    {
        Assert.Equal(["Take its draft over", "Draft it here"], Buttons(Of(Draft)));
        Assert.Equal(["Theirs counts", "Draft it here"], Buttons(Of(Draft with { ForeignStatus = "paid", BooksId = Guid.NewGuid() })));

        // Not in the books yet: they have to be read first.
        var unread = Of(Draft with { ForeignStatus = "open" });
        Assert.Equal(["Draft it here"], Buttons(unread));
        Assert.Equal("Read it into the books first", unread.Find("a[href='/cut-over/history']").TextContent);
    }

    [Fact]
    public async Task ARowThatWasDecidedOn_StaysInViewWithoutItsButtons()
    {
        var table = Of(Draft);
        await table.InvokeAsync(() => table.FindComponent<DataTable<CutOverRow>>().Instance.SetBusy(true));
        table.Render(parameters => parameters.Add(one => one.Page, PageOf()));
        Assert.Empty(Buttons(table));
        Assert.Contains("Not in this list any more", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    private static Core.Billing.CutOverPage PageOf(params CutOverRow[] rows) => new(rows, rows.Length, 1, SomeSales.Noon);

    private static IEnumerable<string> Buttons(IRenderedComponent<CutOverTable> table) => table.FindAll("tbody button").Select(button => button.TextContent);

    private IRenderedComponent<CutOverTable> Of(params CutOverRow[] rows) => Render<CutOverTable>(parameters => parameters
        .Add(one => one.Page, PageOf(rows)).Add(one => one.MayDecide, true).Add(one => one.Fetch, _ => Task.FromResult<IReadOnlyList<CutOverRow>>([]))
        .Add(one => one.Adopt, EventCallback.Factory.Create<CutOverRow>(this, _ => { })).Add(one => one.CountTheirs, EventCallback.Factory.Create<CutOverRow>(this, _ => { }))
        .Add(one => one.Release, EventCallback.Factory.Create<CutOverRow>(this, _ => { })));
}
