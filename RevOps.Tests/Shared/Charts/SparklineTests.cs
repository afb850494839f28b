using Bunit;
using RevOps.Web.Shared.Charts;

namespace RevOps.Tests.Shared.Charts;

public sealed class SparklineTests : BunitContext
{
    [Fact]
    public void Line_BreaksWhereNothingIsKnown()
    {
        // 8 and 8 pixels wide and high inside the margin, so that points can be reckoned by hand.
        var spark = Draw([0, 4, null, 2, null, 4]);
        Assert.Equal(["M4 12L5.6 4", "M8.8 8h0", "M12 4h0"], spark.FindAll("path").Select(path => path.GetAttribute("d")));
        Assert.Equal(("12", "4"), (spark.Find("circle").GetAttribute("cx"), spark.Find("circle").GetAttribute("cy")));
    }

    [Fact]
    public void ComparedPeriod_SharesTheScale()
    {
        var spark = Draw([4, 4], [0, 8]);
        Assert.Equal("M4 12L12 4", spark.Find("path.compared").GetAttribute("d"));
        Assert.Equal("M4 8L12 8", spark.Find("path:not(.compared)").GetAttribute("d"));
        Assert.Equal("Cash", spark.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void WhatHappened_StandsOnItsDay()
    {
        var spark = Render<Sparkline>(one => one.Add(it => it.Values, [1, 2, 3]).Add(it => it.Label, "Cash").Add(it => it.Width, 16).Add(it => it.Height, 16).Add(it => it.Marks, [new(1, "New terms") { Where = "3 March" }]));
        Assert.Equal(("M8 0v16", "3 March: New terms"), (spark.Find("path.mark").GetAttribute("d"), spark.Find("path.mark title").TextContent));
    }

    [Fact]
    public void Nothing_IsNotDrawn() => Assert.Equal("", Draw([null, null], [1, 2]).Markup.Trim());

    private IRenderedComponent<Sparkline> Draw(decimal?[] values, decimal?[]? compared = null) => Render<Sparkline>(spark => spark
        .Add(it => it.Values, values).Add(it => it.Compared, compared ?? []).Add(it => it.Label, "Cash").Add(it => it.Width, 16).Add(it => it.Height, 16));
}
