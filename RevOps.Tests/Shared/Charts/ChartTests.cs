using System.Globalization;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Charts;

namespace RevOps.Tests.Shared.Charts;

public sealed class ChartTests : BunitContext
{
    private static readonly DateOnly[] Days = [new(2026, 3, 5), new(2026, 3, 6), new(2026, 3, 7)];
    private static readonly ChartSeries Cash = new("Cash in", [1_000, null, 3_000]);
    private static readonly ChartBand Band = new("80% interval", [null, 900, 2_500], [null, 1_100, 3_500]);

    private readonly BunitJSModuleInterop script;

    public ChartTests()
    {
        Speak("en-GB");
        Services.AddLocalization();
        JSInterop.Mode = JSRuntimeMode.Loose;
        script = JSInterop.SetupModule("./Shared/Charts/Chart.razor.js");
        script.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData("en-GB", "Cash in: first €1,000.00 (Thu, 5 Mar 2026), last €3,000.00 (Sat, 7 Mar 2026); lowest", "80% interval: €2,500.00 to €3,500.00 (Sat, 7 Mar 2026).", "Show as table")]
    [InlineData("fr-FR", "Cash in : d’abord 1 000,00 € (jeu. 5 mars 2026), enfin 3 000,00 € (sam. 7 mars 2026) ; au plus bas", "80% interval : de 2 500,00 € à 3 500,00 € (sam. 7 mars 2026).", "Afficher en tableau")]
    public void Chart_IsSaidInTheReadersLanguage(string culture, string course, string interval, string button)
    {
        Speak(culture);
        var chart = Draw([Cash], Band);
        var figure = chart.Find("figure");
        var said = Plain(chart.Find("#" + figure.GetAttribute("aria-describedby")).TextContent);
        Assert.StartsWith(course, said, StringComparison.Ordinal);
        Assert.EndsWith(interval, said, StringComparison.Ordinal);
        Assert.Equal("Cash", chart.Find("#" + figure.GetAttribute("aria-labelledby")).TextContent);
        Assert.Equal(button, chart.Find("button").TextContent);
    }

    [Fact]
    public void Table_SaysEveryFigureAndWhatHappened()
    {
        var chart = Draw([Cash, new("Before", [500, 600, 700]) { Compared = true }], Band, [new(1, "New prices"), new(1, "Public holiday")]);
        chart.Find("button").Click();
        Assert.Equal(["Date", "Cash in", "Before", "80% interval, from", "80% interval, to", "What happened"], chart.FindAll("thead th").Select(head => head.TextContent));
        Assert.Equal(
            ["Fri, 6 Mar 2026", "not known", "€600.00", "€900.00", "€1,100.00", "New prices; Public holiday"],
            chart.FindAll("tbody tr")[1].Children.Select(cell => cell.TextContent));
        Assert.Empty(chart.FindAll(".plot"));

        chart.Find("button").Click();
        Assert.Single(chart.FindAll(".plot"));
    }

    [Fact]
    public void Matrix_StandsAsItIsDrawn()
    {
        var chart = Draw([new("Direct", [0.5m, 0.25m]), new("E-mail", [null, 1])], x: ChartX.Names("To", ["Direct", "E-mail"]), kind: ChartKind.Heat, unit: ChartUnit.Percent);
        chart.Find("button").Click();
        Assert.Equal(["To", "Direct", "E-mail"], chart.FindAll("thead th").Select(head => head.TextContent));
        Assert.Equal(["E-mail", "not known", "100.0%"], chart.FindAll("tbody tr")[1].Children.Select(cell => cell.TextContent));
    }

    [Fact]
    public void Nothing_SaysWhyAndWhatToDo()
    {
        foreach (var nothing in new ChartSeries[][] { [], [new("Cash in", [null, null, null])] })
        {
            var chart = Draw(nothing);
            Assert.Contains("The first paid invoice draws the first point.", chart.Find(".empty").TextContent, StringComparison.Ordinal);
            Assert.Equal("/invoices", chart.Find(".empty a").GetAttribute("href"));
            Assert.Empty(chart.FindAll("button, .plot"));
            Assert.False(chart.Find("figure").HasAttribute("aria-describedby"));
        }

        Assert.Empty(script.Invocations);
    }

    [Fact]
    public void Script_GetsBandAndMarkersWithTheirTexts()
    {
        var chart = Draw([Cash, new("Expected", [1_000, 2_000, 3_000]) { Compared = true }], Band, [new(1, "New prices")]);
        var said = Drawing();
        Assert.Equal(("line", "en-GB", "EUR", true), (said.GetProperty("kind").GetString(), said.GetProperty("language").GetString(), said.GetProperty("unit").GetProperty("currency").GetString(), said.GetProperty("unit").GetProperty("symbol").GetBoolean()));
        Assert.Equal("[null,900,2500]", said.GetProperty("band").GetProperty("lower").GetRawText());
        Assert.Equal("€3,500.00", said.GetProperty("band").GetProperty("upperTexts")[2].GetString());
        Assert.Equal("[1]", said.GetProperty("notes").GetRawText());
        Assert.Equal("[1000,null,3000]", said.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.True(said.GetProperty("series")[1].GetProperty("compared").GetBoolean());
        Assert.Equal("Fri, 6 Mar 2026 New prices", chart.Find(".notes li").TextContent);
    }

    [Fact]
    public void Series_TakeTurnsAndTheComparedPeriodTakesNone()
    {
        // What is compared is told apart by its dashes, so it keeps the colour.
        Draw([Cash, Cash with { Compared = true }, Cash with { Color = ChartColor.OfPlatform("meta") }, Cash]);
        Assert.Equal(["--series-1", "--series-1", "--platform-meta", "--series-3"], Drawing().GetProperty("series").EnumerateArray().Select(one => one.GetProperty("color").GetString()));
    }

    [Fact]
    public void OtherFigures_AreDrawnInTheSamePlace()
    {
        var drawing = script.SetupModule("draw", _ => true);
        drawing.Mode = JSRuntimeMode.Loose;
        var chart = Draw([Cash]);
        chart.Render(parameters => parameters.Add(it => it.Series, [new("Cash in", [1, 2, 3])]));
        Assert.Contains("[1,2,3]", (string)Assert.Single(drawing.Invocations["update"]).Arguments[0]!, StringComparison.Ordinal);

        // The same once more is no reason to draw.
        chart.Render();
        Assert.Single(drawing.Invocations["update"]);
        Assert.Single(script.Invocations["draw"]);

        chart.Find("button").Click();
        Assert.Single(drawing.Invocations["dispose"]);
    }

    [Fact]
    public void BrowserThatCannotDraw_ShowsTheFigures()
    {
        script.SetupModule("draw", _ => true).SetupVoid("update", _ => true).SetException(new JSException("not a colour"));
        var chart = Draw([Cash]);
        chart.Render(parameters => parameters.Add(it => it.Series, [new("Cash in", [1, 2, 3])]));
        chart.WaitForAssertion(() => Assert.Contains("could not be drawn", chart.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.Equal(3, chart.FindAll("tbody tr").Count);
    }

    private IRenderedComponent<Chart> Draw(
        ChartSeries[] series, ChartBand? band = null, ChartAnnotation[]? happened = null, ChartX? x = null, ChartKind kind = ChartKind.Line, ChartUnit? unit = null) => Render<Chart>(chart => chart
        .Add(it => it.Title, "Cash").Add(it => it.Kind, kind).Add(it => it.X, x ?? ChartX.Days(Days)).Add(it => it.Series, series).Add(it => it.Unit, unit ?? ChartUnit.Money("EUR"))
        .Add(it => it.Band, band).Add(it => it.Annotations, happened ?? [])
        .Add<EmptyState>(it => it.Empty, empty => empty.Add(it => it.Title, "No payment yet").Add(it => it.Href, "/invoices").Add(it => it.Action, "See invoices").AddChildContent("The first paid invoice draws the first point.")));

    /// <summary>What the script was asked to draw.</summary>
    private JsonElement Drawing() => JsonSerializer.Deserialize<JsonElement>((string)Assert.Single(script.Invocations["draw"]).Arguments[3]!);

    private static void Speak(string culture) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(culture), CultureInfo.GetCultureInfo(culture));

    /// <summary>With blanks of one kind: French numbers hold two that do not break.</summary>
    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
