using Microsoft.Extensions.Options;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

public sealed class HubSpotOptions
{
    public const string Section = "HubSpot";

    public string? AccessToken { get; set; }

    /// <summary>Another address than HubSpot's: a stand-in.</summary>
    public Uri? ApiBase { get; set; }
}

/// <summary>How to reach one HubSpot account. Prints without its token.</summary>
public sealed record HubSpotConnection(string AccessToken, Uri ApiBase)
{
    public static readonly Uri PublicApi = new("https://api.hubapi.com");

    public Mode Mode => ApiBase.IsLoopback ? Mode.Sandbox : Mode.Live;

    public override string ToString() => $"HubSpot ({Mode})";
}

/// <summary>The account that is read: the settings' own, else that of the Connections page, else the sandbox's, else none. Read anew for every call.</summary>
public sealed class HubSpotAccount(IOptionsMonitor<HubSpotOptions> settings, ConnectionValues values)
{
    /// <summary>Set while the sandbox serves this platform.</summary>
    public HubSpotConnection? Sandbox { get; set; }

    public HubSpotConnection? Connection =>
        (Given(settings.CurrentValue.AccessToken) ?? values.Stored(HubSpotPlatform.AccessToken)) is { } token ? new(token, ApiBase) : Sandbox;

    internal Uri ApiBase => settings.CurrentValue.ApiBase ?? HubSpotConnection.PublicApi;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
