using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Platform.Live;
using RevOps.Web.Shared;

namespace RevOps.Tests.Shell;

public sealed class LiveTests : BunitContext
{
    private readonly ChangeFeed feed = new();
    private int calls;

    public LiveTests() => Services.AddSingleton(feed);

    [Fact]
    public async Task Live_CallsForItsKindsOnly()
    {
        Listen("Invoice, Payment");
        feed.Publish("Booking");
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        Assert.Equal(0, calls);

        feed.Publish("Payment");
        await UntilAsync(calls: 1);
    }

    [Fact]
    public async Task Live_MakesManyChangesOneCallAndOneMoreAfterTheLast()
    {
        Listen("Invoice");
        feed.Publish("Invoice");
        await UntilAsync(calls: 1);
        for (var change = 0; change < 100; change++)
            feed.Publish("Invoice");

        await UntilAsync(calls: 2);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Live_IsSilentOnceThePageIsLeft()
    {
        Listen("Invoice");
        await DisposeComponentsAsync();
        feed.Publish("Invoice");
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Equal(0, calls);
    }

    private void Listen(string kinds) =>
        Render<Live>(live => live.Add(it => it.Of, kinds).Add(it => it.Changed, EventCallback.Factory.Create(this, () => calls++)));

    // Nothing is drawn, so there is no render to wait for.
    private async Task UntilAsync(int calls)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (this.calls < calls)
            await Task.Delay(10, patience.Token);
        Assert.Equal(calls, this.calls);
    }
}
