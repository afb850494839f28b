using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace RevOps.Web.Shared.Charts;

/// <summary>
/// <c>&lt;Chart Title="Cash" X="ChartX.Days(days)" Series="cash" Unit="euros"&gt;&lt;Empty&gt;…&lt;/Empty&gt;&lt;/Chart&gt;</c>
/// </summary>
public sealed partial class Chart : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string id = $"chart-{Guid.NewGuid():N}";
    private ElementReference plot;
    private IJSObjectReference? module, drawing;

    // Where something is drawn and what it is: in the browser now, and in the end. Between the two lie a download and a round trip.
    private (string Place, string Drawing)? shown, wanted;
    private bool asTable, failed, busy;

    /// <summary>What it shows, in a few words.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public ChartKind Kind { get; set; }

    [Parameter, EditorRequired]
    public ChartX X { get; set; } = null!;

    /// <summary>Null while they are loading.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries>? Series { get; set; }

    [Parameter, EditorRequired]
    public ChartUnit Unit { get; set; } = null!;

    /// <summary>For lines.</summary>
    [Parameter]
    public ChartBand? Band { get; set; }

    /// <summary>A narrower one within <see cref="Band"/>, drawn upon it.</summary>
    [Parameter]
    public ChartBand? Inner { get; set; }

    /// <summary>For lines and columns: numbered markers, told below.</summary>
    [Parameter]
    public IReadOnlyList<ChartAnnotation> Annotations { get; set; } = [];

    /// <summary>The chart in sentences, where the page knows better ones than <see cref="ChartSummary"/>.</summary>
    [Parameter]
    public string? Summary { get; set; }

    /// <summary>What stands here without data: why, and what to do. An <see cref="EmptyState"/>.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Empty { get; set; } = null!;

    /// <summary>Of the drawing, in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 280;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private bool HasData => Series is not null && Series.Any(series => series.Values.Any(value => value is not null));

    private string Said => Summary ?? ChartSummary.Of(Text, Kind, X, Series!, Unit, Band);

    public async ValueTask DisposeAsync()
    {
        wanted = null;
        await TryAsync(async () =>
        {
            await EraseAsync();
            if (module is not null)
                await module.DisposeAsync();
        });
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        wanted = HasData && !asTable ? (plot.Id, JsonSerializer.Serialize(ChartDrawing.Of(Kind, X, Series!, Unit, Band, Inner, Annotations), Json)) : null;
        if (busy)
            return;
        busy = true;
        await TryAsync(async () =>
        {
            while (wanted != shown)
                await ShowAsync();
        });
        busy = false;
    }

    private async Task ShowAsync()
    {
        var next = wanted;
        if (next is null || next.Value.Place != shown?.Place)
            await EraseAsync();
        if (next is { } known)
        {
            module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Shared/Charts/Chart.razor.js"]);
            if (drawing is null)
                drawing = await module.InvokeAsync<IJSObjectReference>("draw", plot, Assets["lib/apexcharts/apexcharts.esm.js"], Assets["lib/apexcharts/apexcharts.css"], known.Drawing);
            else
                await drawing.InvokeVoidAsync("update", known.Drawing);
        }

        shown = next;
    }

    private async Task EraseAsync()
    {
        (var erased, drawing, shown) = (drawing, null, null);
        if (erased is null)
            return;
        await erased.InvokeVoidAsync("dispose");
        await erased.DisposeAsync();
    }

    private async Task TryAsync(Func<Task> talk)
    {
        try
        {
            await talk();
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its drawing with it.
        }
        catch (JSException)
        {
            // An old browser, a blocked script: the figures can still be read.
            (drawing, shown, failed, asTable) = (null, null, true, true);
            StateHasChanged();
        }
    }
}
