namespace RevOps.Tests.Journeys;

/// <summary>One agency for all tests of a class, since a host takes longer to start than most of them to run. Each test brings companies and deals of its own.</summary>
public sealed class OneAgency : IAsyncLifetime
{
    public Agency Agency { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => Agency.DisposeAsync();
}
