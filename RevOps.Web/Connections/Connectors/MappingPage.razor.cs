using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections.Connectors;

/// <summary>What a connector's words mean here. What waits for details is translated again whenever this changes.</summary>
public sealed partial class MappingPage(
    DeliveryQueries queries, ConnectorDesk desk, HubSpotClient hubSpot, CompanyProfile company, IStringLocalizer<ConnectorsTexts> text)
{
    private static readonly string[] OurStages = ["lead", "qualified", "meeting", "proposal", "won", "lost", "nothing"];

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal), chosen = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> problems = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlyList<SeenType>? types;
    private IReadOnlyList<HubSpotStage>? stages;
    private IReadOnlyList<(string Code, string Name)> services = [];
    private Connector? connector;
    private TypeEntry? entry;
    private string currency = "";
    private string? said;
    private bool busy;

    [Parameter]
    public string Name { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ConnectorsTexts> Text => text;

    protected override async Task OnParametersSetAsync()
    {
        if (connector?.Id == Name)
            return;
        (connector, types, stages, entry, said) = (Connector.Find(Name) is { HasTypes: true } found ? found : null, null, null, null, null);
        if (connector is null)
            return;
        (services, currency) = (await queries.ServicesAsync(), (await company.CurrentAsync()).Currency);
        var mapping = await queries.MappingAsync(connector);
        fields.Clear();
        chosen.Clear();
        foreach (var row in mapping.All.Where(row => row.Kind != MappingKind.Type))
            (row.Kind == MappingKind.Field ? fields : chosen)[row.Key] = row.Target;
        await LoadTypesAsync();
        if (connector.HasStages)
            stages = await StagesAsync();
    }

    private async Task LoadTypesAsync()
    {
        if (connector is { } asked && await queries.TypesAsync(asked) is var found && asked == connector)
            types = found;
    }

    private async Task<IReadOnlyList<HubSpotStage>?> StagesAsync()
    {
        try
        {
            return await hubSpot.StagesAsync(CancellationToken.None);
        }
        catch (HubSpotException)
        {
            // The page says so, and where it is mended.
            return null;
        }
    }

    private void Edit(SeenType? type)
    {
        problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var mapping = type?.Mapping;
        entry = new()
        {
            Key = mapping?.Key ?? type?.Key ?? "",
            Name = mapping?.Name ?? type?.Name ?? "",
            Target = mapping?.Target ?? ConnectorMapping.Sale,
            ServiceCode = mapping?.ServiceCode ?? "",
            Price = mapping?.UnitAmount is { } amount ? decimal.Parse(amount, CultureInfo.InvariantCulture).ToString(CultureInfo.CurrentCulture) : "",
            Currency = mapping?.Currency ?? "",
            TaxRate = mapping?.TaxRateBasisPoints is { } rate ? (rate / 100m).ToString(CultureInfo.CurrentCulture) : "",
            TaxInclusive = mapping?.TaxInclusive ?? false,
        };
    }

    private async Task SaveTypeAsync(TypeEntry typed)
    {
        if (busy || await ActorAsync() is not { } actor)
            return;
        busy = true;
        var (wrong, asked) = await desk.SaveTypeAsync(connector!, typed, CultureInfo.CurrentCulture, actor, CancellationToken.None);
        (busy, problems) = (false, wrong);
        if (wrong.Count > 0)
            return;
        entry = null;
        Say(asked);
        await LoadTypesAsync();
    }

    private async Task RemoveAsync(SeenType type)
    {
        if (await ActorAsync() is not { } actor)
            return;
        Say(await desk.RemoveTypeAsync(connector!, type.Mapping!.Key, actor, CancellationToken.None));
        await LoadTypesAsync();
    }

    private Task SaveFieldsAsync() => SaveAsync(MappingKind.Field, fields);

    private Task SaveStagesAsync() => SaveAsync(MappingKind.Stage, chosen);

    private async Task SaveAsync(MappingKind kind, Dictionary<string, string> targets)
    {
        if (busy || await ActorAsync() is not { } actor)
            return;
        busy = true;
        Say(await desk.SaveAsync(connector!, kind, targets, actor, CancellationToken.None));
        busy = false;
    }

    private void Say(int asked) => said = asked == 0 ? text["Saved"] : text.Counted("SavedAndAsked", asked);

    private IEnumerable<(string Value, string Text)> OptionsOf(HubSpotStage stage) =>
        OurStages.Select(ours => (ours, text["Stage." + ours].Value)).Prepend(("", stage.Usual is { } usual ? text["AsUsual", text["Stage." + usual]].Value : text["NotChosen"].Value));

    private string SoldAs(ConnectorMapping mapping)
    {
        if (mapping.Target != ConnectorMapping.Sale)
            return "";
        var price = mapping.UnitAmount is { } amount ? Culture.Text(Money.Round(decimal.Parse(amount, CultureInfo.InvariantCulture), mapping.Currency ?? currency)) : text["CataloguePrice"].Value;
        return string.Join(" · ", new[] { mapping.ServiceCode, price }.OfType<string>());
    }

    private async Task<string?> ActorAsync()
    {
        var user = (await SignedIn).User;
        return user.May(Policies.Administration) ? user.Actor() : null;
    }
}
