using RevOps.Tests.Conventions;
using RevOps.Tests.Testing;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

// Half of what a journey takes is waiting for a webhook, a browser or another process: with as many tests as processors these stand idle meanwhile.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace RevOps.Tests.Testing;

/// <summary>What takes minutes starts first, so that the run does not end with one test and an idle machine.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [nameof(Journeys.KillTests), EveryPage.Name, nameof(Shell.StylePageTests), nameof(Shell.VerbTests), nameof(Journeys.HookOrderTests), nameof(Demo.DemoRunTests), nameof(Journeys.ClickToCashBrowserTests)];

    // xunit hands each collection to the thread pool, which takes the first ones up as they come and what has piled up meanwhile from behind.
    private const int TakenAsTheyCome = 2;

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection
    {
        var ordered = testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is var place and >= 0 ? place : Long.Length).ToList();
        return [.. ordered.Take(TakenAsTheyCome), .. ordered.Skip(TakenAsTheyCome).Reverse()];
    }
}
