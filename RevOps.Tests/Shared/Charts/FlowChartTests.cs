using System.Globalization;
using Bunit;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Charts;

namespace RevOps.Tests.Shared.Charts;

public sealed class FlowChartTests : BunitContext
{
    private static readonly FlowPlace[] Places =
    [
        new("ads", "Ads", 0), new("visit", "Visit", 1), new("call", "Call", 2), new("left", "Left after the visit", 2) { IsLoss = true }, new("paid", "Paid", 3),
    ];

    private static readonly Flow[] Flows =
    [
        new("ads", "visit", 100), new("visit", "call", 30) { Href = "/attribution/journeys?at=call" }, new("visit", "left", 65) { Href = "/attribution/journeys?at=left" }, new("visit", "paid", 5), new("call", "paid", 0),
    ];

    public FlowChartTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        Services.AddLocalization();
    }

    [Fact]
    public void Flows_AreDrawnSaidAndLeadToTheirRows()
    {
        var chart = Draw(Flows);
        Assert.Equal(["#", "/attribution/journeys?at=call", "/attribution/journeys?at=left", "#"], chart.FindAll("svg a").Select(link => link.GetAttribute("href")));
        Assert.Equal("4 flows between 5 places. The widest: Ads to Visit, 100. The largest loss: Visit to Left after the visit, 65.", chart.Find("#" + chart.Find("figure").GetAttribute("aria-describedby")).TextContent);

        chart.Find("button").Click();
        Assert.Empty(chart.FindAll("svg"));
        Assert.Equal(["Visit", "Call", "30", "30.0%"], chart.FindAll("tbody tr")[1].Children.Select(cell => cell.TextContent.Trim()));
        Assert.Equal("/attribution/journeys?at=left", chart.FindAll("tbody a")[1].GetAttribute("href"));
    }

    [Fact]
    public void NoFlow_SaysWhy() => Assert.Contains("Nobody came", Draw([new("ads", "visit", 0)]).Find(".empty").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Name_IsNotTakenForMarkup() =>
        Assert.DoesNotContain("<b>", Render<FlowChart>(chart => chart.Add(it => it.Title, "x").Add(it => it.Places, [new("a", "<b>x</b>", 0), new("b", "y", 1)]).Add(it => it.Flows, [new("a", "b", 1)])
            .Add<EmptyState>(it => it.Empty, empty => empty.Add(it => it.Title, "Nobody came"))).Markup, StringComparison.Ordinal);

    /// <summary>Whatever flows: nothing leaves the drawing, places of a column stand apart, and ribbons lie inside the places that they join.</summary>
    [Fact]
    public void Layout_HoldsForAnyFlows() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), counts =>
    {
        var flows = Places.SelectMany(from => Places.Where(to => to.Column > from.Column).Select(to => (from, to))).Zip(counts, (pair, count) => new Flow(pair.from.Key, pair.to.Key, count)).ToList();
        var layout = FlowLayout.Of(Places, flows, 900, 300);
        Assert.All(layout.Boxes, box => Assert.InRange(box.Y + box.Height, 0, 300.01));
        foreach (var column in layout.Boxes.GroupBy(box => box.Place.Column))
            Assert.All(column.Zip(column.Skip(1)), pair => Assert.True(pair.First.Y + pair.First.Height + FlowLayout.Gap <= pair.Second.Y + 0.01));
        Assert.Equal(flows.Count(flow => flow.Count > 0), layout.Ribbons.Count);
        Assert.All(layout.Ribbons, ribbon =>
        {
            Assert.InRange(ribbon.FromY + ribbon.Thickness, ribbon.From.Y, ribbon.From.Y + ribbon.From.Height + 0.01);
            Assert.InRange(ribbon.ToY + ribbon.Thickness, ribbon.To.Y, ribbon.To.Y + ribbon.To.Height + 0.01);
        });
    }));

    private IRenderedComponent<FlowChart> Draw(Flow[] flows) => Render<FlowChart>(chart => chart
        .Add(it => it.Title, "Stages").Add(it => it.Places, Places).Add(it => it.Flows, flows).Add<EmptyState>(it => it.Empty, empty => empty.Add(it => it.Title, "Nobody came")));
}
