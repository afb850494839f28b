namespace RevOps.Tests.Journeys;

/// <summary>One agency with its demo users for what Marketing and Privacy do: a host takes longer to start than the tests to run.</summary>
public sealed class AttributionAgency : IAsyncLifetime
{
    public const string Name = "attribution agency";

    public Agency Agency { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Agency = await Agency.OpenAsync(demo: true);

    public ValueTask DisposeAsync() => Agency.DisposeAsync();

    /// <summary>Runs one class after the other on it.</summary>
    [CollectionDefinition(Name)]
    public sealed class Shared : ICollectionFixture<AttributionAgency>;
}
