namespace RevOps.Tests.Conventions;

/// <summary>The classes share one host, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EveryPage : ICollectionFixture<FilledHost>
{
    public const string Name = "every page";
}
