using RevOps.Core.Ingestion;
using RevOps.Web.Billing;

namespace RevOps.Tests.Billing;

public sealed class DecisionBatchTests
{
    private readonly DecisionBatch batch = new();

    [Fact]
    public async Task Batch_DecidesEachOnceAndSaysHowFarItIs()
    {
        var open = new TaskCompletionSource();
        var running = batch.RunAsync(Drafts(20), async draft =>
        {
            await open.Task;
            return Done(draft);
        });
        Assert.Equal((true, 20, 0), (batch.IsRunning, batch.Total, batch.Results.Count));

        // A second batch while the first is under way decides nothing.
        await batch.RunAsync(Drafts(1), _ => throw new InvalidOperationException("Decided by a second batch."));
        open.SetResult();
        await running;

        Assert.False(batch.IsRunning);
        Assert.Equal(20, batch.Results.Select(decided => decided.Draft.Id).Distinct().Count());
    }

    [Fact]
    public async Task Stop_LeavesTheRestUntouched()
    {
        var touched = 0;
        await batch.RunAsync(Drafts(100), draft =>
        {
            Interlocked.Increment(ref touched);
            batch.Stop();
            return Task.FromResult(Done(draft));
        });

        Assert.Equal((true, touched), (batch.WasStopped, batch.Results.Count));
        Assert.InRange(touched, 1, 20);
    }

    private static Decided Done(SeenDraft draft) => new(draft, DecisionKind.Approve, DecisionResult.Done);

    private static List<SeenDraft> Drafts(int count) => [.. Enumerable.Range(0, count).Select(number => new SeenDraft(Guid.CreateVersion7(), [], $"Client {number}", new(100, "EUR")))];
}
