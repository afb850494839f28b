using Microsoft.Extensions.Options;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Meta;

public sealed class MetaOptions
{
    public const string Section = "Meta";

    public string? DatasetId { get; set; }
    public string? AccessToken { get; set; }

    /// <summary>Of the account whose spend is read, with act_ before it or without.</summary>
    public string? AdAccountId { get; set; }

    /// <summary>Another address than Meta's: a stand-in.</summary>
    public Uri? ApiBase { get; set; }
}

/// <summary>
/// The dataset that events go to: the settings' own, else that of the Connections page, else the sandbox's, else none. Read anew for every
/// call.
/// </summary>
public sealed class MetaAccount(IOptionsMonitor<MetaOptions> settings, ConnectionValues values)
{
    /// <summary>Set while the sandbox serves this platform.</summary>
    public MetaConnection? Sandbox { get; set; }

    public MetaConnection? Connection
    {
        get
        {
            var options = settings.CurrentValue;
            return (Given(options.DatasetId) ?? values.Stored(MetaPlatform.DatasetId)) is { } dataset && (Given(options.AccessToken) ?? values.Stored(MetaPlatform.AccessToken)) is { } token
                ? new() { DatasetId = dataset, AccessToken = token, AdAccountId = (Given(options.AdAccountId) ?? values.Stored(MetaPlatform.AdAccountId)) is { } account ? MetaPlatform.WithoutPrefix(account) : null, ApiBase = ApiBase }
                : Sandbox;
        }
    }

    internal Uri ApiBase => settings.CurrentValue.ApiBase ?? MetaConnection.PublicApi;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
