using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>Whatever happened and in whatever order it was told, credited and unattributed money is what was paid, to the cent.</summary>
public sealed class SnapshotSumTests(StandingHost standing) : IClassFixture<StandingHost>, IAsyncLifetime
{
    private static readonly AttributionQuestion Asked = StandingHost.Asked;
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
    private readonly RevOpsHost host = standing.Host;

    private AttributionQueries Queries => standing.Queries;

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void EveryModelAndLookBack_AddUpToWhatWasPaid_AndSoDoesWhateverIsOpened() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), Prop.ForAll(Seeds, seed => Ended(AddsUpAsync(seed))));

    [Fact]
    public void OrderOfArrival_ChangesNothing_NotEvenAmongVisitsOfOneInstant() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(6), Prop.ForAll(Seeds, seed => Ended(IsTheSameShuffledAsync(seed))));

    [Fact]
    public void WhateverIsPaidOrGoesBackAfterTheSnapshot_IsCountedInPlace() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(6), Prop.ForAll(Seeds, seed => Ended(IsTheSameInPlaceAsync(seed))));

    [Fact]
    public async Task LastNonDirect_IsWhatTheCreditsSay()
    {
        var world = new SeededJourneys(host);
        foreach (var seed in Enumerable.Range(1, 4))
            world.DrawMore(new(seed));
        await world.SaveAsync();
        await world.CreditAsync();
        await world.ComputeAsync();
        await using var read = await host.OpenDatabaseAsync();
        var (from, until) = (SeededJourneys.Chosen.From.ToDateTime(default).AddHours(-2), SeededJourneys.Chosen.To.AddDays(1).ToDateTime(default).AddHours(-2));
        var credits = (await read.Set<Credit>().Where(credit => credit.Currency == "EUR").ToListAsync()).Where(credit => credit.PaidAt.UtcDateTime >= from && credit.PaidAt.UtcDateTime < until)
            .GroupBy(credit => credit.Channel ?? "").ToDictionary(group => group.Key, group => group.Sum(credit => credit.AmountMinor));
        var report = (await Queries.CompareAsync(Asked))!;

        Assert.True(credits.Count > 4);
        Assert.Equal(credits.GetValueOrDefault(""), report.Unattributed.Minor);
        foreach (var channel in Channel.All)
            Assert.Equal(credits.GetValueOrDefault(channel), report.Rows.SingleOrDefault(row => row.Channel == channel)?.Models[AttributionModel.LastNonDirect].Minor ?? 0);
    }

    /// <summary>A property is asked by whoever draws, who waits for nothing.</summary>
    private static bool Ended(Task<bool> asked) => asked.GetAwaiter().GetResult();

    private async Task<bool> AddsUpAsync(int seed)
    {
        await host.ForgetAsync();
        var world = SeededJourneys.Draw(host, new(seed));
        await world.SaveAsync();
        await world.ComputeAsync();
        foreach (var (days, currency) in AttributionQuestion.LookBacks.SelectMany(days => new[] { (days, "EUR"), (days, "USD") }))
        {
            var question = Asked with { LookBackDays = days, Currency = currency };
            var report = (await Queries.CompareAsync(question))!;
            Assert.Equal(world.PaidMinor(currency), report.Minor);
            Assert.Equal(report.Unattributed.Minor, report.Unattributed.Parts.Sum(part => part.Minor));
            foreach (var model in report.Models.Where(model => model.IsAdditive))
            {
                Assert.Equal(report.Minor, report.Unattributed.Minor + report.Rows.Sum(row => row.Models[model].Minor));
                if (report.Rows.Any(row => row.Models[model].Conversions != 0))
                    Assert.Equal(report.Conversions, report.Unattributed.Conversions + report.Rows.Sum(row => row.Models[model].Conversions), 6);
            }

            // A filter takes rows away and moves no total.
            var filtered = (await Queries.CompareAsync(question with { Channel = Channel.Email }))!;
            Assert.Equal((report.Minor, report.Conversions, report.Unattributed.Minor), (filtered.Minor, filtered.Conversions, filtered.Unattributed.Minor));
            Assert.Equal(report.Rows.Select(row => row.Channel).Order(), filtered.AllRows.Select(row => row.Channel).Order());
            Assert.Equal(report.Minor, filtered.Unattributed.Minor + filtered.AllRows.Sum(row => row.Models[AttributionModel.Linear].Minor));
            // Nor does what the reader leaves out of journeys.
            foreach (var other in days != 30 ? [] : new[] { question with { WithoutDirect = true }, question with { WithoutOpen = true } })
            {
                var left = (await Queries.CompareAsync(other))!;
                Assert.Equal((report.Minor, report.Conversions), (left.Minor, left.Conversions));
                Assert.All(new[] { AttributionModel.Linear, AttributionModel.Markov2 }, model => Assert.Equal(left.Minor, left.Unattributed.Minor + left.Rows.Sum(row => row.Models[model].Minor)));
                Assert.Equal(other.WithoutOpen ? report.NullPaths - report.OpenPaths : left.NullPaths, left.NullPaths);
            }

            foreach (var model in new[] { AttributionModel.Position, AttributionModel.Markov1, AttributionModel.Shapley })
                await OpensAsync(question with { Model = model }, report);
        }

        return true;
    }

    /// <summary>Campaigns, journeys and reasons under a channel add up to it; what one sale has under all channels, and in its own panel, is that sale.</summary>
    private async Task OpensAsync(AttributionQuestion question, ComparisonReport report)
    {
        var (sales, money) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        foreach (var row in report.Rows.Where(row => row.Influenced > 0))
        {
            var figure = row.Models[question.Model];
            var campaigns = (await Queries.CampaignsAsync(question, row.Channel))!;
            Assert.Equal((figure.Minor, figure.Minor), (campaigns.Minor, campaigns.Rows.Sum(campaign => campaign.Minor) + (campaigns.Across?.Minor ?? 0)));
            Assert.Equal(figure.Conversions, campaigns.Rows.Sum(campaign => campaign.Conversions) + (campaigns.Across?.Conversions ?? 0), 6);
            var journeys = (await Queries.JourneysAsync(question, new() { Channel = row.Channel, Size = 10_000 }))!;
            Assert.Equal(figure.Minor, journeys.Rows.Sum(journey => journey.Minor) + (journeys.Across?.Minor ?? 0));
            foreach (var campaign in campaigns.Rows)
                Assert.Equal(campaign.Minor, (await Queries.JourneysAsync(question, new() { Channel = row.Channel, Campaign = campaign.Key, Size = 10_000 }))!.Rows.Sum(journey => journey.Minor));
            var why = (await Queries.WhyAsync(question, row.Channel))!;
            Assert.Equal(figure.Minor, why.Paths.Sum(path => path.Minor) + (why.OtherPaths?.Minor ?? 0) + (why.Across?.Minor ?? 0));
            Assert.Equal(report.Minor == report.Unattributed.Minor ? 0 : (double)figure.Minor! / (report.Minor - report.Unattributed.Minor)!.Value, why.Share, 9);
            var one = (await Queries.JourneyAsync(question, journeys.Rows[0].Id))!;
            Assert.Equal((one.ValueMinor, 1.0), (one.Steps.Sum(step => step.Minor ?? 0), Math.Round(one.Steps.Sum(step => step.Weight ?? 0), 9)));
            Assert.Equal(journeys.Rows[0].Minor, one.Steps.Where(step => step.Channel == row.Channel).Sum(step => step.Minor ?? 0));
            foreach (var journey in journeys.Rows)
                (sales[journey.Id], money[journey.Id]) = (journey.ValueMinor!.Value, money.GetValueOrDefault(journey.Id) + journey.Minor!.Value);
        }

        Assert.Equal(sales, money);
    }

    private async Task<bool> IsTheSameShuffledAsync(int seed)
    {
        var told = new List<string>();
        foreach (var order in new[] { null, new Random(1), new Random(2) })
        {
            await host.ForgetAsync();
            var world = SeededJourneys.Draw(host, new(seed));
            await world.SaveAsync(order);
            await world.CreditAsync();
            await world.ComputeAsync();
            var report = (await Queries.CompareAsync(Asked))!;
            await using var db = await host.OpenDatabaseAsync();
            var credits = (await db.Set<Credit>().ToListAsync()).Select(credit => $"{credit.PaidAt:O} {credit.AmountMinor} {credit.Channel} {credit.Platform} {credit.CampaignId}").Order(StringComparer.Ordinal);
            told.Add(StandingHost.LinesOf(report) + string.Join('|', credits));
        }

        return told.Distinct().Count() == 1;
    }

    /// <summary>Questions asked before, during and after: the counts that went along say what counting from the beginning says.</summary>
    private async Task<bool> IsTheSameInPlaceAsync(int seed)
    {
        await host.ForgetAsync();
        var random = new Random(seed);
        var world = SeededJourneys.Draw(host, random);
        await world.SaveAsync();
        await world.ComputeAsync();
        AttributionQuestion[] questions = [Asked, Asked with { LookBackDays = 14 }, Asked with { Kind = ConversionKind.Lead }, Asked with { WithoutOpen = true, WithoutDirect = true }];
        for (var time = 0; time < 3; time++)
        {
            foreach (var question in questions)
                Assert.NotEmpty(await SaidAsync(question));
            world.PayMore(random);
            await world.SaveAsync();
            standing.Told();
        }

        var inPlace = new List<string>();
        foreach (var question in questions)
            inPlace.Add(await SaidAsync(question));
        Assert.Equal(world.PaidMinor(), (await Queries.CompareAsync(Asked))!.Minor);
        await world.ComputeAsync();
        foreach (var (index, question) in questions.Index())
            Assert.Equal(await SaidAsync(question), inPlace[index]);
        return true;
    }

    /// <summary>All models, and the order that was chosen with what it was chosen by.</summary>
    private async Task<string> SaidAsync(AttributionQuestion question) =>
        StandingHost.LinesOf((await Queries.CompareAsync(question))!) + string.Join('|', (await Queries.OrdersAsync(question))!.Orders) + await Queries.BestChainAsync(question);
}
