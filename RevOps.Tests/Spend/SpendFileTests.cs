using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Spend;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Spend;

/// <summary>Spend from the files that platforms export: columns found, rows refused by line and reason, nothing counted twice.</summary>
public sealed class SpendFileTests
{
    private static readonly DateOnly Today = new(2026, 5, 4);

    [Theory]
    [InlineData("Campaign name,Campaign ID,Day,Amount spent (USD),Impressions,Link clicks\nSpring,77,2026-05-01,\"1,234.50\",\"10,000\",12\n", "meta", "77", "USD", 123_450L, 10_000L)]
    [InlineData("Rapport des campagnes\nJour;Campagne;ID de la campagne;Devise;Coût;Impr.;Clics\n01/05/2026;Printemps;77;EUR;1 234,50;10 000;12\n", "google", "77", "EUR", 123_450L, 10_000L)]
    [InlineData("Start Date (in UTC);Campaign Name;Total Spent;Clicks\n2026-05-01;Printemps;12;\n", "other", "Printemps", "EUR", 1_200L, null)]
    public void Columns_AreFoundByTheHeadingsOfThePlatforms(string text, string platform, string campaign, string currency, long minor, long? impressions)
    {
        var table = CsvTable.Open(text);
        var row = Assert.Single(SpendFile.Read(table, SpendMapping.Guess(table), "EUR", Today));

        Assert.Equal((null, platform), (row.Problem, row.Platform));
        Assert.Equal((new DateOnly(2026, 5, 1), campaign, new Money(minor, currency), impressions), (row.Fact!.Day, row.Fact.CampaignId, row.Fact.Cost, row.Fact.Impressions));
    }

    /// <summary>5/4 is a day of April or of May: the column, its language or whoever brings it says which, and nobody guesses.</summary>
    [Theory]
    [InlineData("Day", "5/4/2026", null, null, "dayOrder")]
    [InlineData("Day", "4-3-2026", null, null, "dayOrder")]
    [InlineData("Day", "5/4/2026 00:00,4/30/2026", null, "2026-05-04", null)]
    [InlineData("Day", "5/4/2026,30/4/2026", null, "2026-04-05", null)]
    [InlineData("Jour", "5/4/2026", null, "2026-04-05", null)]
    [InlineData("Day", "5/4/2026", DayOrder.MonthFirst, "2026-05-04", null)]
    [InlineData("Day", "5/4/2026", DayOrder.DayFirst, "2026-04-05", null)]
    [InlineData("Day", "4/30/2026", DayOrder.DayFirst, null, "day")]
    [InlineData("Day", "4/4/2026", null, "2026-04-04", null)]
    [InlineData("Day", "5.4.2026", null, "2026-04-05", null)]
    public void Days_AreNeverGuessed(string heading, string days, DayOrder? chosen, string? day, string? problem)
    {
        var table = CsvTable.Open($"{heading};Campaign;Cost\n{string.Concat(days.Split(',').Select(one => $"{one};A;1\n"))}");
        var row = SpendFile.Read(table, SpendMapping.Guess(table) with { DayOrder = chosen }, "EUR", Today)[0];

        Assert.Equal((day, problem), (row.Fact?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Problem));
    }

    [Theory]
    [InlineData("12.500", "EUR", null)]
    [InlineData("0.500", "EUR", 50L)]
    [InlineData("1234.500", "EUR", 123_450L)]
    [InlineData("1.500", "TND", 1_500L)]
    [InlineData("12,500.00", "EUR", 1_250_000L)]
    [InlineData("-3.20", "EUR", null)]
    public void Amounts_ThatMayBeTwo_AreRefused(string written, string currency, long? minor) => Assert.Equal(minor, AmountText.MinorOf(written, currency));

    [Fact]
    public void RefusedRows_SayTheirLineAndWhy()
    {
        var table = CsvTable.Open("day,campaign id,campaign,cost,currency,clicks\n2026-05-01,1,A,10,EUR,1\n2026-05-01,1,A,11,EUR,1\nTotal,,,21,EUR,2\n2026-05-05,1,A,1,EUR,1\n2026-05-02,,,1,EUR,1\n2026-05-02,1,A,1.234,EUR,1\n2026-05-02,1,A,1,EURO,1\n2026-05-02,1,A,1,EUR,some\n");
        var rows = SpendFile.Read(table, SpendMapping.Guess(table), "EUR", Today);

        Assert.Equal([(2, null), (3, "twice"), (4, "day"), (5, "future"), (6, "campaign"), (7, "cost"), (8, "currency"), (9, "count")], rows.Select(row => (row.Line, row.Problem)));
        Assert.Equal(("2", "Total"), (rows[1].Found, rows[2].Found));
    }

    [Fact]
    public async Task CanBringAFile_WhichReplacesEventsAndNeverThePlatform()
    {
        await using var agency = await Agency.OpenAsync();
        var (keep, marketing) = (agency.Host.Services.GetRequiredService<KeepSpendFile>(), await agency.ApproverAsync(await agency.HireAsync("ads@agency.example", Roles.Marketing)));
        await agency.SendAsync("ad_spend", new() { ["platform"] = "other", ["account"] = "li", ["date"] = "2026-05-01", ["campaignId"] = "1", ["campaignName"] = "A", ["costMinor"] = 500, ["currency"] = "EUR" });
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            await SpendLedger.ReadAsync(db, new() { Id = Guid.NewGuid(), Platform = "google", Account = "123", Mode = Mode.Sandbox, HistoryFrom = Today, ConnectedAt = agency.Clock.GetUtcNow() }, new(new(2026, 5, 1), new(2026, 5, 2)), [SpendFact.Of(new(2026, 5, 1), "7", "Read", new(900, "EUR"))], agency.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync();
        }

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        const string Text = "platform,account,day,campaign id,campaign,cost\nother,li,2026-05-01,1,A,7.50\ngoogle,x,2026-05-01,7,Read,1\ngoogle,x,2026-05-02,7,Read,2\n";
        var plan = await keep.PlanAsync(Text, null, CancellationToken.None);
        Assert.Equal((true, 3, 1), (plan.MayTake, plan.Good.Count(), plan.Aside));
        Assert.Null(await keep.TakeAsync("a.csv", Text, plan.Mapping!, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(new LedgerChange(2, 1, 1, 0, 1), await keep.TakeAsync("a.csv", Text, plan.Mapping!, marketing, CancellationToken.None));

        await using var after = await agency.Host.OpenDatabaseAsync();
        Assert.Equal([("1", 750L, SpendSource.File), ("7", 900L, SpendSource.Import), ("7", 200L, SpendSource.File)], (await after.Set<AdSpend>().OrderBy(row => row.CampaignId).ThenBy(row => row.Day).ToListAsync()).Select(row => (row.CampaignId, row.CostMinor, row.Source)));

        // The same file again changes nothing.
        Assert.Equal(new LedgerChange(2, 0, 0, 0, 1), await keep.TakeAsync("a.csv", Text, plan.Mapping!, marketing, CancellationToken.None));
        Assert.Equal(2, (await keep.UploadsAsync(CancellationToken.None)).Count);
    }
}
