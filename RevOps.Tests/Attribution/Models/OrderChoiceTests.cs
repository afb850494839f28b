using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

public sealed class OrderChoiceTests
{
    /// <summary>Where the next touch hangs on the last one only, more memory is no help; where it hangs on the last two, it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheMemoryThatJourneysHave_IsFound(int memory)
    {
        var (counts, random) = (new PathCounts(3), new Random(memory));
        for (var journey = 0; journey < 20_000; journey++)
        {
            var path = new List<byte> { (byte)random.Next(3) };
            while (path.Count < 12 && random.NextDouble() < 0.8)
            {
                var seen = path[^1] + (memory == 2 && path.Count > 1 ? path[^2] : 0);
                path.Add((byte)(random.NextDouble() < 0.6 ? (seen + 1) % 3 : random.Next(3)));
            }

            counts.Add([.. path], random.Next(4) == 0 ? PathOutcome.Converted(100) : PathOutcome.Null);
        }

        var choice = OrderChoice.Of(counts);

        Assert.Equal(memory, choice.Order);
        Assert.Equal(memory, OrderChoice.Of(counts.ToTable(), most: 8_000).Order);
        Assert.Equal([1, 2, 3, 4], choice.Figures.Select(figure => figure.Order));
        Assert.All(choice.Figures, figure => Assert.InRange(figure.LogLikelihood, -20, 0));
    }
}
