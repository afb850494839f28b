using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using RevOps.Core.Platform.Live;

namespace RevOps.Web.Shared;

/// <summary>
/// Draws nothing; calls back when rows of the named kinds have been committed, at most once in a pause and once more after the last change:
/// <c>&lt;Live Of="Invoice,Payment" Changed="LoadAsync" /&gt;</c>.
/// </summary>
public sealed class Live : ComponentBase, IDisposable
{
    // One ring is kept while nobody listens or the page is loading: changes in between are never missed, and many are one.
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource ended = new();
    private IDisposable[] listening = [];

    /// <summary>Entity type names, separated by commas.</summary>
    [Parameter, EditorRequired]
    public string Of { get; set; } = "";

    /// <summary>Reads again what the page shows.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [Parameter]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(200);

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    // Before the first render, so that nothing is missed between the page's first load and its first look at the feed.
    protected override void OnInitialized() =>
        listening = [.. Of.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(kind => Feed.Listen(kind, () => bell.Writer.TryWrite(true)))];

    // Not reached while prerendering, where nobody is there to be told.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = TellAsync();
    }

    public void Dispose()
    {
        foreach (var one in listening)
            one.Dispose();
        ended.Cancel();
        ended.Dispose();
    }

    private async Task TellAsync()
    {
        var cancel = ended.Token;
        try
        {
            while (await bell.Reader.ReadAsync(cancel))
            {
                await InvokeAsync(Changed.InvokeAsync);
                await Task.Delay(Pause, TimeProvider.System, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The page was left.
        }
#pragma warning disable CA1031 // What the page throws while loading belongs to the page's error boundary.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(error);
        }
    }
}
