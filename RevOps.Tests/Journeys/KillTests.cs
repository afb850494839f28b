namespace RevOps.Tests.Journeys;

/// <summary>
/// The product is killed at every stop of the walk and started again: still one invoice, one payment, one conversion per platform. The
/// platforms run on in a process of their own.
/// </summary>
public sealed class KillTests(KillWalks walks) : IClassFixture<KillWalks>
{
    [Theory]
    [MemberData(nameof(KillStops.All), MemberType = typeof(KillStops))]
    public async Task DoesEverythingOnceWhenKilled(string stop)
    {
        var end = await walks.OfAsync(stop);
        Assert.Equal(KillOutcome.Once(end.Clients, end.Stops), end.Outcome);
    }
}
