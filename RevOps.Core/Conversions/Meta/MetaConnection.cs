using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Meta;

/// <summary>How to reach one dataset (pixel) of Meta. Prints without its token.</summary>
public sealed record MetaConnection
{
    public static readonly Uri PublicApi = new("https://graph.facebook.com");

    /// <summary>Digits.</summary>
    public required string DatasetId { get; init; }

    public required string AccessToken { get; init; }

    /// <summary>Digits, of the account whose spend is read; null: none.</summary>
    public string? AdAccountId { get; init; }

    public Uri ApiBase { get; init; } = PublicApi;

    /// <summary>Of the Graph API; each lives about two years.</summary>
    public string Version { get; init; } = "v26.0";

    /// <summary>Meta has no test mode: even test events count for targeting. Only the stand-in on loopback is not live.</summary>
    public Mode Mode => ApiBase.IsLoopback ? Mode.Sandbox : Mode.Live;

    public override string ToString() => $"Meta dataset {DatasetId} ({Mode})";
}
