using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Web.Attribution.Credits;
using RevOps.Web.Shared;

namespace RevOps.Tests.Attribution.Credits;

/// <summary>The parts of the attribution pages in the hands of their readers.</summary>
public sealed class CreditPartsTests : BunitContext
{
    private readonly BunitJSModuleInterop script;

    public CreditPartsTests()
    {
        Speak("en-GB");
        Services.AddLocalization().AddSingleton(new PageKeys()).AddSingleton(new DemoProgress(new RevOps.Core.Platform.Live.ChangeFeed())).AddSingleton(TimeProvider.System);
        JSInterop.Mode = JSRuntimeMode.Loose;
        script = JSInterop.SetupModule("./Shared/Charts/Chart.razor.js");
        script.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(50_000, 24_999, null)]
    [InlineData(50_000, 20_000, 4_999)]
    [InlineData(50_000, 24_999, 0)]
    public void Lines_AddUpToWhatWasPaidUnderEveryModel(long search, long social, int? hidden)
    {
        var report = SomeCredit.Report(search, social, hidden is { } minor ? [minor] : []);
        var lines = CreditLine.Of(report);
        foreach (var model in AttributionModels.All.Where(model => model.IsAdditive))
        {
            Assert.Equal(report.Minor, lines.Where(line => line.Kind != CreditLineKind.Total).Sum(line => line.MinorOf(model)));
            Assert.Equal(report.Conversions, lines.Where(line => line.Kind != CreditLineKind.Total).Sum(line => line.ConversionsOf(model))!.Value, 6);
            Assert.Equal(hidden, lines.SingleOrDefault(line => line.Kind == CreditLineKind.Hidden)?.MinorOf(model));
        }

        // What all count adds up to nothing.
        Assert.Null(lines[^1].MinorOf(AttributionModel.Influenced));
    }

    [Fact]
    public void FilterThatHidesAChannel_MovesNoRatioOfTheWhole()
    {
        var whole = SomeCredit.Report();
        var filtered = whole with { Rows = [whole.Rows[0]], Hidden = [whole.Rows[1]] };
        Assert.Equal((2.4999, 10_000L), (whole.RoasOf(AttributionModel.Linear, byClick: false), whole.SpentMinor));
        string Ratio(ComparisonReport report) => Render<CreditFigures>(ps => ps.Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Now, report)).FindAll(".card").Last().TextContent;
        Assert.Equal(Ratio(whole), Ratio(filtered));
        Assert.Contains("2.50", Ratio(filtered), StringComparison.Ordinal);
    }

    /// <summary>The Spend page knows one model, one look-back and the company's currency: of anything else it would show other figures.</summary>
    [Fact]
    public void Roas_LeadsToTheSpendPageOnlyWhereThatShowsTheSame()
    {
        string? Leads(CreditChoice choice) => Render<CreditFigures>(ps => ps.Add(it => it.Choice, choice).Add(it => it.Now, SomeCredit.Report())).FindAll(".card").Last().QuerySelector("a")?.GetAttribute("href");
        var same = SomeCredit.Choice with { Model = AttributionModel.LastNonDirect, ByHeldOut = false };
        Assert.Equal("/spend?from=2026-01-01&to=2026-03-01&basis=payment", Leads(same));
        Assert.All([SomeCredit.Choice, same with { LookBack = 7 }, same with { Kind = ConversionKind.Booking }, same with { Currency = "USD" }, same with { WithoutDirect = true }, same with { WithoutOpen = true }], other => Assert.Null(Leads(other)));
    }

    [Fact]
    public void Paths_LeadToJourneysWhereThereAreSome()
    {
        PathList list = new(SomeCredit.Basis, [new("email", [Channel.Email], 2, 900, 1, 3, 1), new("direct", [Channel.Direct], 0, 0, 7, 1, 1)], 2, 2, 900, 8);
        var rows = Render<Web.Attribution.Credits.PathTable>(ps => ps.Add(it => it.List, list).Add(it => it.Filter, new()).Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Fetch, _ => Task.FromResult(list.Rows))).FindAll("tbody tr");
        Assert.EndsWith("path=email", rows[0].QuerySelector("a.open")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null(rows[1].QuerySelector("a"));
    }

    /// <summary>No control is seen on paper: a model that nobody chose is not named, and a filter that is set is.</summary>
    [Fact]
    public void Paper_SaysWhatWasChosenOfWhatThePageListensTo()
    {
        string Said(CreditChoice choice, CreditControl controls, string? model = null, params (string, string)[] filters) =>
            Render<CreditPaper>(ps => ps.Add(it => it.Choice, choice).Add(it => it.Controls, controls).Add(it => it.Model, model).Add(it => it.Filters, filters)).Find("p").TextContent;
        var choice = SomeCredit.Choice with { LookBack = 30, WithoutDirect = true, WithoutOpen = true, Currency = "USD", Platform = "google" };
        Assert.EndsWith("Look-back: 30 days. Currency: USD.", Said(choice, CreditControl.LookBack), StringComparison.Ordinal);
        Assert.DoesNotContain("compared", Said(choice, CreditControl.LookBack), StringComparison.Ordinal);
        Assert.Contains("Model: Markov, order 3.", Said(choice, CreditControl.LookBack | CreditControl.Compare, "Markov, order 3"), StringComparison.Ordinal);
        Assert.EndsWith("Conversion: Paid sale. Model: Markov, order 1 (Markov, order that fits best). Direct visits: Left out. Journeys still open: Left out. Currency: USD. Platform: Google. With the channel: E-mail.",
            Said(choice, CreditControl.Kind | CreditControl.Model | CreditControl.Direct | CreditControl.Open | CreditControl.Platform, null, ("With the channel", "E-mail")), StringComparison.Ordinal);
    }

    /// <summary>A click id is whatever an address said.</summary>
    [Fact]
    public void ClickFile_LetsNoClickIdOutOfItsCell()
    {
        ClickCredit row = new("gclid", "=HYPERLINK(\"x\");\nG", SomeCredit.Basis.AsOf, Channel.PaidSearch, "google", null, Guid.NewGuid(), true, 1 / 3d, -361);
        var lines = System.Text.Encoding.UTF8.GetString(ClickFile.Write(new(SomeCredit.Basis, [row, row with { ClickId = "G-2", Minor = null }]), AttributionModel.Linear)).ReplaceLineEndings("\n");
        Assert.Equal("click_id_kind;click_id;clicked_at;channel;platform;campaign_id;ads_allowed;model;conversions;value;currency\n"
            + "gclid;\"'=HYPERLINK(\"\"x\"\");\nG\";2026-03-02T12:00:00.0000000Z;paid_search;google;;yes;linear;0.333333;-3.61;EUR\n"
            + "gclid;G-2;2026-03-02T12:00:00.0000000Z;paid_search;google;;yes;linear;0.333333;;\n", lines);
    }

    [Fact]
    public void LiftTest_StandsBesideCreditOfItsOwnMeasure()
    {
        Services.AddSingleton(new Core.Ingestion.Lift.LiftDesk(null!, null!, null!));
        LiftTestView money = new(Guid.NewGuid(), Channel.PaidSearch, null, new(new(2026, 1, 5), new(2026, 1, 20)), LiftMethod.HoldOut, LiftMeasure.Value, 12_300, null, null, "EUR", "Own", null, "user:1", SomeCredit.Basis.AsOf);
        LiftTestView[] tests = [money, money with { Id = Guid.NewGuid(), Measure = LiftMeasure.Conversions, Currency = null }, money with { Id = Guid.NewGuid(), Currency = "USD" }, money with { Id = Guid.NewGuid(), Platform = "google" }];
        var rows = Render<LiftTable>(ps => ps.Add(it => it.Tests, tests).Add(it => it.Report, SomeCredit.Report()).Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Names, new Dictionary<string, string>())).FindAll("tbody tr");
        Assert.Equal(["€500.00", "40.0 conversions", "–", "–"], rows.Select(row => Cell(row, "Credit of the period")));
    }

    /// <summary>Which channels a platform had visits of is another thing in each period: both are cut as the one that is asked for.</summary>
    [Fact]
    public void FilteredRows_AreComparedWithTheSameRowsOfThePast()
    {
        var (now, past) = (SomeCredit.Report() with { Hidden = [SomeCredit.Report().Rows[1]], Rows = [SomeCredit.Report().Rows[0]] }, SomeCredit.Report(search: 40_000, social: 34_999));
        var table = Render<ChannelTable>(ps => ps.Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Report, now).Add(it => it.Before, (past with { Rows = [past.Rows[1]], Hidden = [past.Rows[0]] }).ShowingAs(now)));
        var rows = table.FindAll("tbody tr").ToDictionary(row => row.GetAttribute("data-row")!);
        Assert.Equal(("▲ +25.0%", "▼ -28.6%", "= 0.0%"), (Cell(rows["paid_search"], "Change"), Cell(rows["hidden"], "Change"), Cell(rows["total"], "Change")));
    }

    [Fact]
    public void Channels_SayIntervalSpreadAndWhatIsTooThin()
    {
        LiftTestView test = new(Guid.NewGuid(), Channel.PaidSocial, null, new(new(2026, 1, 5), new(2026, 1, 20)), LiftMethod.HoldOut, LiftMeasure.Value, 12_300, null, null, "EUR", "Meta", null, "user:1", SomeCredit.Basis.AsOf);
        var table = Render<ChannelTable>(ps => ps.Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Report, SomeCredit.Report()).Add(it => it.Before, SomeCredit.Report(search: 40_000)).Add(it => it.Lifts, [test, test with { Id = Guid.NewGuid(), Platform = "meta", Incremental = 99_900 }]));
        var rows = table.FindAll("tbody tr").ToDictionary(row => row.GetAttribute("data-row")!);
        Assert.Equal(["paid_search", "paid_social", "unattributed", "total"], rows.Keys);
        Assert.Equal(("€500.00", "€490.00 to €510.00", "▲ +25.0%"), (Cell(rows["paid_search"], "Credit"), Cell(rows["paid_search"], "95% interval"), Cell(rows["paid_search"], "Change")));
        Assert.Contains("Too few conversions", rows["paid_social"].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Too few conversions", rows["paid_search"].TextContent, StringComparison.Ordinal);
        Assert.Equal(("2.50", "€100.00", "€123.00"), (Cell(rows["paid_social"], "ROAS by payment"), Cell(rows["paid_social"], "Spend"), Cell(rows["paid_social"], "Lift test")));
        Assert.Equal("Chosen model: 66.7%. All models: 20.0% to 70.0%.", rows["paid_search"].QuerySelector("svg.spread")!.GetAttribute("aria-label"));
        Assert.Equal(("€250.01", "€1,000.00"), (Cell(rows["unattributed"], "Credit"), Cell(rows["total"], "Credit")));
        Assert.EndsWith("?why=paid_search", rows["paid_search"].QuerySelector("a.open")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Models_StandSideBySideAndEachAddsUp()
    {
        var table = Render<ModelTable>(ps => ps.Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Report, SomeCredit.Report()));
        Assert.Equal(AttributionModels.All.Count + 1, table.FindAll("thead th").Count);
        var total = table.FindAll("tbody tr")[^1];
        Assert.All(total.QuerySelectorAll("td").SkipLast(1), cell => Assert.Equal("€1,000.00", cell.TextContent.Trim()));
        Assert.Equal("–", total.QuerySelectorAll("td").Last().TextContent.Trim());
        Assert.Equal("Markov, order 1", Assert.Single(total.QuerySelectorAll("td strong")).ParentElement!.GetAttribute("data-label"));
    }

    [Fact]
    public void Chart_DrawsWhiskersAndTheChannelsColours()
    {
        Render<CreditChart>(ps => ps.Add(it => it.Choice, SomeCredit.Choice).Add(it => it.Report, SomeCredit.Report()));
        var drawn = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>((string)Assert.Single(script.Invocations["draw"]).Arguments[3]!).GetProperty("series")[0];
        Assert.Equal("[490,239.99]", drawn.GetProperty("low").GetRawText());
        Assert.Equal("[\"--channel-paid-search\",\"--channel-paid-social\"]", drawn.GetProperty("colors").GetRawText());
    }

    [Fact]
    public void Lags_DrawTheLookBackBehindItsLastDay()
    {
        LagReport report = new(SomeCredit.Basis, [new(0, 1, 5, 100), new(1, 7, 9, 200), new(7, 30, 4, 50), new(30, null, 2, 10)], [new(1, 1, 8, 10), new(2, 3, 4, 10), new(4, null, 1, 10)], 3.5, 2, 30, 6);
        var charts = Render<LagCharts>(ps => ps.Add(it => it.Report, report));
        var days = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>((string)script.Invocations["draw"][0].Arguments[3]!);
        Assert.Equal("[2.5]", days.GetProperty("notes").GetRawText());
        Assert.Equal(["0", "1–6", "7–29", "30+"], days.GetProperty("short").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("After 30 days look-back: 6 journeys have visits before it", charts.Find(".notes li").TextContent);
        Assert.Contains("3.5 days or less", charts.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_SplitThePaymentAndSayWhatGetsNothing()
    {
        var at = SomeCredit.Basis.AsOf;
        JourneyDetail journey = new()
        {
            Basis = SomeCredit.Basis,
            Id = "1",
            PersonId = Guid.NewGuid(),
            ConvertedAt = at,
            ValueMinor = 10_000,
            Steps =
            [
                new(at.AddDays(-200), StepKind.Touch, Channel.Email, null, null, null, null), new(at.AddDays(-9), StepKind.Touch, Channel.PaidSearch, "google", "Brand", 2 / 3d, 6_667),
                new(at.AddDays(-5), StepKind.Qualified, null, null, null, null, null), new(at.AddDays(-1), StepKind.Touch, Channel.Direct, null, null, 1 / 3d, 3_333), new(at, StepKind.Sale, null, null, null, null, null),
            ],
        };
        var rows = Render<JourneySteps>(ps => ps.Add(it => it.Journey, journey)).FindAll("tbody tr");
        Assert.Contains("Outside the look-back", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(("66.7%", "€66.67"), (Cell(rows[1], "Share"), Cell(rows[1], "Credit")));
        Assert.Contains("Qualified (budget", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Equal("€100.00", Cell(rows[^1], "Credit"));
    }

    [Fact]
    public void Reason_AddsUpWithThePathsThatAreNotListed()
    {
        CreditReason reason = new()
        {
            Basis = SomeCredit.Basis,
            Channel = Channel.Email,
            Conversions = 10,
            Minor = 10_000,
            Share = 0.1,
            Paths = [new([Channel.Email, Channel.Email, Channel.Direct], 3, 2, 4_000)],
            OtherPaths = new([], 12, 8, 6_000),
            Total = 100,
            Without = 90,
            ChainOrder = 2,
            OnlyByChain = false,
        };
        var rows = Render<ReasonPaths>(ps => ps.Add(it => it.Reason, reason).Add(it => it.Choice, SomeCredit.Choice)).FindAll("tbody tr");
        Assert.Equal(["E-mail ×2", "Direct"], rows[0].QuerySelectorAll("li").Select(step => step.TextContent.Trim()));
        Assert.Equal(["€40.00", "€60.00", "€100.00"], rows.Select(row => Cell(row, "Credit from it")));
        Assert.Equal("15", Cell(rows[^1], "Journeys"));
    }

    [Fact]
    public void Choice_IsReadFromAnyAddressAndWrittenIntoLinks()
    {
        var choice = CreditChoice.Read(SomeCredit.Choice.Days, "booking", "30", "markov2", "usd", " ");
        Assert.Equal((ConversionKind.Booking, 30, AttributionModel.Markov2, false, "USD", null), (choice.Kind, choice.LookBack, choice.Model, choice.ByHeldOut, choice.Currency, choice.Platform));
        Assert.Equal("/attribution/paths?from=2026-01-01&to=2026-03-01&kind=booking&lookback=30&model=markov2&currency=USD&with=email", choice.Link("/attribution/paths", ("with", "email")));
        Assert.Equal(SomeCredit.Choice, CreditChoice.Read(SomeCredit.Choice.Days, "nonsense", "31", "no such model", "euros", null));
        Assert.Equal(new Core.Platform.Period(new(2025, 11, 2), new(2025, 12, 31)), choice.Compared!.Period);
    }

    [Fact]
    public void LiftTest_IsReadInTheReadersNumbers()
    {
        Speak("fr-FR");
        var entry = new LiftEntry { From = "2026-02-01", To = "2026-01-01", Measure = "value", Incremental = "1 234,50", Low = "2000", Source = " " };
        Assert.Equal(["To", "Low", "Source"], entry.Wrong(new(2026, 3, 1)));
        (entry.To, entry.Low, entry.Source) = ("2026-02-20", "", "Agence");
        Assert.Empty(entry.Wrong(new(2026, 3, 1)));
        var read = entry.Read("EUR");
        Assert.Equal((123_450d, "EUR", LiftMethod.HoldOut), (read.Incremental, read.Currency, read.Method));
        read.Check();
    }

    private static string Cell(IElement row, string label) => row.QuerySelector($"[data-label='{label}']")!.TextContent.Trim();

    private static void Speak(string culture) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(culture), CultureInfo.GetCultureInfo(culture));
}
