using Microsoft.Extensions.Options;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Google;

public sealed class GoogleOptions
{
    public const string Section = "Google";

    public string? CustomerId { get; set; }
    public string? LoginCustomerId { get; set; }

    /// <summary>Path of the service account's key file.</summary>
    public string? ServiceAccountKeyFile { get; set; }

    /// <summary>Another address than Google's: a stand-in.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>The same for the Google Ads API, where spend is read.</summary>
    public Uri? AdsApiBase { get; set; }

    /// <summary>Number of the conversion action per stage: Lead, Qualified, Meeting, Booked. A payment restates the booking's.</summary>
    public Dictionary<ConversionStage, string> ConversionActions { get; set; } = [];
}

/// <summary>
/// The account that conversions go to: the settings' own, else that of the Connections page, else the sandbox's, else none. Read anew for
/// every call.
/// </summary>
public sealed class GoogleAdsAccount(IOptionsMonitor<GoogleOptions> settings, ConnectionValues values)
{
    // The stand-in takes any numeric action.
    private static readonly Dictionary<ConversionStage, string> SandboxActions = new()
    {
        [ConversionStage.Lead] = "1001",
        [ConversionStage.Qualified] = "1002",
        [ConversionStage.Booked] = "1003",
        [ConversionStage.Meeting] = "1004",
    };

    private ReadFile? file;
    private ReadText? text;

    /// <summary>Set while the sandbox serves this platform.</summary>
    public GoogleConnection? Sandbox { get; set; }

    public GoogleConnection? Connection
    {
        get
        {
            var options = settings.CurrentValue;
            if ((Given(options.CustomerId) ?? values.Stored(GooglePlatform.CustomerId)) is not { } customer || KeyOf(options) is not { } key)
                return Sandbox;
            return new() { CustomerId = customer, LoginCustomerId = Given(options.LoginCustomerId) ?? values.Stored(GooglePlatform.LoginCustomerId), Key = key, ApiBase = ApiBase, AdsApiBase = settings.CurrentValue.AdsApiBase ?? GoogleConnection.PublicAdsApi };
        }
    }

    internal Uri ApiBase => settings.CurrentValue.ApiBase ?? GoogleConnection.PublicApi;

    /// <summary>Number of the conversion action that the configuration chooses for a stage; it wins over the Settings page.</summary>
    internal string? ConfiguredActionOf(ConversionStage stage) => Given(settings.CurrentValue.ConversionActions.GetValueOrDefault(stage));

    /// <summary>What the stand-in calls it, while it is connected.</summary>
    internal string? SandboxActionOf(ConversionStage stage) => Sandbox is not null && Connection == Sandbox ? SandboxActions.GetValueOrDefault(stage) : null;

    private GoogleKey? KeyOf(GoogleOptions options)
    {
        if (Given(options.ServiceAccountKeyFile) is { } path)
            return KeyOfFile(path);
        if (values.Stored(GooglePlatform.ServiceAccountKey) is not { } json)
            return null;
        if (text is not { } known || known.Json != json)
            text = known = new(json, GoogleKey.Parse(json));
        return known.Key;
    }

    private GoogleKey KeyOfFile(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (file is not { } known || known.Path != path || known.Written != written)
            file = known = new(path, written, GoogleKey.Parse(File.ReadAllText(path)));
        return known.Key;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private sealed record ReadFile(string Path, DateTime Written, GoogleKey Key);

    private sealed record ReadText(string Json, GoogleKey Key);
}
