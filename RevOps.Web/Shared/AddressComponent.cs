using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace RevOps.Web.Shared;

/// <summary>Draws links that change one choice of the address and keep the others: it draws again whenever the address changes.</summary>
public abstract class AddressComponent : ComponentBase, IDisposable
{
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Navigation.LocationChanged += Redraw;

    void IDisposable.Dispose() => Navigation.LocationChanged -= Redraw;

    private void Redraw(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(StateHasChanged);
}
