using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

/// <summary>Many readers, one reading; and nobody is shown what was true before a commit that they may know of.</summary>
public sealed class SharedReadTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly ChangeFeed feed = new();
    private int readings;

    [Fact]
    public async Task Readers_ShareAReadingUntilItsKindChanges()
    {
        var shared = Of(_ => Task.FromResult(++readings));
        Assert.Equal(new[] { 1, 1 }, await Task.WhenAll(shared.OfAsync("a"), shared.OfAsync("a")));
        Assert.Equal(1, await shared.OfAsync("a"));

        feed.Publish("Payment");
        Assert.Equal(1, await shared.OfAsync("a"));
        feed.Publish("Invoice");
        Assert.Equal(2, await shared.OfAsync("a"));
        Assert.Equal(3, await shared.OfAsync("b"));
    }

    [Fact]
    public async Task ReadingThatACommitOvertook_IsNotForWhoeverAsksAfterIt()
    {
        var gates = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var begun = new SemaphoreSlim(0);
        var shared = Of(async _ =>
        {
            var number = ++readings;
            begun.Release();
            await gates[number - 1].Task;
            return number;
        });

        var first = shared.OfAsync("a");
        await begun.WaitAsync();
        feed.Publish("Invoice");
        var second = shared.OfAsync("a");

        // It has not begun, so it will see whatever is committed until then.
        feed.Publish("Invoice");
        var third = shared.OfAsync("a");
        gates[0].SetResult();
        gates[1].SetResult();
        Assert.Equal((1, 2, 2), (await first, await second, await third));
    }

    [Fact]
    public async Task FirstView_TakesWhatIsAtHandWhileANewReadingGoesOn()
    {
        var slow = new TaskCompletionSource();
        var shared = Of(async _ =>
        {
            if (++readings > 1)
                await slow.Task;
            return readings;
        });

        await shared.OfAsync("a");
        feed.Publish("Invoice");
        Assert.Equal(1, await shared.OfAsync("a", Long));
        var fresh = shared.OfAsync("a");
        Assert.Equal(1, await shared.OfAsync("a", Long));
        Assert.False(fresh.IsCompleted);
        slow.SetResult();
        Assert.Equal(2, await fresh);
    }

    /// <summary>Else a page that is content with a minute would read a large ledger after each commit.</summary>
    [Fact]
    public async Task WhatMayBeOld_IsNotReadAnewWithEveryLook()
    {
        var shared = Of(_ => Task.FromResult(++readings));
        await shared.OfAsync("a");
        for (var look = 0; look < 5; look++)
        {
            feed.Publish("Invoice");
            Assert.Equal(1, await shared.OfAsync("a", Long));
        }

        Assert.Equal(2, await shared.OfAsync("a"));
    }

    [Fact]
    public async Task ReadingThatFailed_IsTriedAgain()
    {
        var shared = Of(_ => ++readings == 1 ? Task.FromException<int>(new IOException("gone")) : Task.FromResult(readings));
        await Assert.ThrowsAsync<IOException>(() => shared.OfAsync("a"));
        Assert.Equal(2, await shared.OfAsync("a"));
    }

    [Fact]
    public async Task ReadingThatSaysTheSame_IsTheSameObject()
    {
        var shared = new SharedRead<string, int[]>(feed, ["Invoice"], _ => Task.FromResult<int[]>([++readings / 3])) { KeepsEqual = true };
        var first = await shared.OfAsync("a");
        feed.Publish("Invoice");
        Assert.Same(first, await shared.OfAsync("a"));
        feed.Publish("Invoice");
        Assert.Equal(1, Assert.Single(await shared.OfAsync("a")));
    }

    /// <summary>Whoever looks on waits for nothing, and finds what was changed unheard the time after.</summary>
    [Fact]
    public async Task WhatMovesByChangesAlone_IsReadAnewBehindWhoeverAsks()
    {
        var (clock, slow) = (new TurnableClock(DateTimeOffset.UnixEpoch), new TaskCompletionSource());
        var shared = new SharedRead<string, int>(feed, ["Invoice"], async _ =>
        {
            if (++readings == 2)
                await slow.Task;
            return readings;
        }) { MovesByChangesAlone = true, Clock = clock };
        await shared.OfAsync("a");
        clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(1, await shared.OfAsync("a"));
        Assert.Equal(1, await shared.OfAsync("a"));
        slow.SetResult();
        while (await shared.OfAsync("a") == 1)
            await Task.Yield();

        feed.Publish("Invoice");
        Assert.Equal(3, await shared.OfAsync("a"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, await shared.OfAsync("a"));
    }

    private SharedRead<string, int> Of(Func<string, Task<int>> read) => new(feed, ["Invoice"], read);
}
