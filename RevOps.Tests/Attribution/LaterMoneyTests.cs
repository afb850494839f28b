using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>Later parts of a sale, and what goes back of it, belong to the channels of its own journey and to one conversion, whatever the model and the period.</summary>
public sealed class LaterMoneyTests(StandingHost standing) : IClassFixture<StandingHost>, IAsyncLifetime
{
    private static readonly AttributionModel[] Models = [AttributionModel.Linear, AttributionModel.Markov1, AttributionModel.Markov2, AttributionModel.Markov4, AttributionModel.Shapley];
    private readonly RevOpsHost host = standing.Host;

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task ALaterPart_GoesToTheChannelsOfItsSale()
    {
        var world = new SeededJourneys(host);
        Buy(world, Channel.Email, 12, (10, 1_000));
        Buy(world, Channel.Affiliate, 100, (95, 1_000), (10, 99_000));
        Assert.All(await OfModelsAsync(world), money => Assert.Equal((1_000, 99_000), (money[Channel.Email], money[Channel.Affiliate])));

        // By a way that nobody took in the period: there are intervals all the same.
        foreach (var model in Models.Append(AttributionModel.TimeDecay))
        {
            var cell = (await standing.Queries.CompareDrawnAsync(StandingHost.Asked with { Model = model }, CancellationToken.None))!.Rows.Single(row => row.Channel == Channel.Affiliate).Models[model];
            Assert.True(cell.LowMinor <= 99_000 && cell.HighMinor >= 99_000);
        }
    }

    [Fact]
    public async Task WhatGoesBackOfAnOlderSale_IsTakenFromItsOwnChannel()
    {
        var world = new SeededJourneys(host);
        Buy(world, Channel.Email, 12, (10, 100_000));
        Buy(world, Channel.PaidSocial, 100, (95, 50_000), (10, -5_000));
        world.Touch(world.Person(), 20, Channel.PaidSocial);
        var found = await OfModelsAsync(world);

        // Shapley lets a channel that came to nothing pay for it, whoever paid: the last.
        Assert.All(found.SkipLast(1), money => Assert.Equal((100_000, -5_000), (money[Channel.Email], money[Channel.PaidSocial])));
        Assert.Equal(95_000, found[^1].Values.Sum());

        // The intervals are of the same money.
        var drawn = (await standing.Queries.CompareDrawnAsync(StandingHost.Asked with { Model = AttributionModel.Markov1 }, CancellationToken.None))!;
        var social = drawn.Rows.Single(row => row.Channel == Channel.PaidSocial).Models[AttributionModel.Markov1];
        Assert.True(social.LowMinor <= -5_000 && social.HighMinor >= -5_000);
    }

    /// <summary>A debit that is returned and paid again, a dispute that is won: the months and the quarter count one sale.</summary>
    [Theory]
    [InlineData(85, 75, 20)]
    [InlineData(85, 50, 20)]
    [InlineData(85, 50, 45)]
    public async Task WhatWentBackAndCameAgain_IsOneConversion(int paid, int back, int again)
    {
        var world = new SeededJourneys(host);
        Buy(world, Channel.Email, 90, (paid, 10_000), (back, -10_000), (again, 10_000));
        await world.SaveAsync();
        await world.ComputeAsync();
        var months = 0.0;
        foreach (var month in new[] { 4, 5, 6 })
            months += (await standing.Queries.CompareAsync(StandingHost.Asked with { Period = new(new(2026, month, 1), new DateOnly(2026, month, 1).AddMonths(1).AddDays(-1)) }))!.Conversions;
        Assert.Equal((1, 1), (months, (await standing.Queries.CompareAsync(StandingHost.Asked))!.Conversions));
    }

    private static void Buy(SeededJourneys world, string channel, int daysAgo, params (int DaysAgo, long Minor)[] payments)
    {
        var person = world.Person();
        world.Touch(person, daysAgo + 5, channel);
        var sale = world.Sale(person, daysAgo);
        foreach (var (ago, minor) in payments)
            world.Pay(sale, ago, minor);
    }

    private async Task<List<Dictionary<string, long>>> OfModelsAsync(SeededJourneys world)
    {
        await world.SaveAsync();
        await world.ComputeAsync();
        var report = (await standing.Queries.CompareAsync(StandingHost.Asked))!;
        return [.. Models.Select(model => report.Rows.ToDictionary(row => row.Channel, row => row.Models[model].Minor!.Value))];
    }
}
