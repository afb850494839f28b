using System.Text.Json;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Google;

/// <summary>How to reach one Google Ads account through the Data Manager API. Prints without its key.</summary>
public sealed record GoogleConnection
{
    public static readonly Uri PublicApi = new("https://datamanager.googleapis.com");
    public static readonly Uri PublicAdsApi = new("https://googleads.googleapis.com");

    /// <summary>The account that owns the conversion actions; hyphens are dropped where it is sent.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The manager account that access goes through; null: none.</summary>
    public string? LoginCustomerId { get; init; }

    public required GoogleKey Key { get; init; }

    public Uri ApiBase { get; init; } = PublicApi;

    /// <summary>Of the Google Ads API, which tells what ads cost.</summary>
    public Uri AdsApiBase { get; init; } = PublicAdsApi;

    /// <summary>Of the Google Ads API; each lives about a year.</summary>
    public string AdsVersion { get; init; } = "v26";

    /// <summary>Google has no test accounts here. Only the stand-in on loopback is not live.</summary>
    public Mode Mode => ApiBase.IsLoopback ? Mode.Sandbox : Mode.Live;

    public override string ToString() => $"Google Ads {CustomerId} ({Mode})";
}

/// <summary>A service account's key. Prints without the key itself.</summary>
public sealed record GoogleKey
{
    public required string ClientEmail { get; init; }

    /// <summary>PEM, PKCS#8.</summary>
    public required string PrivateKey { get; init; }

    public required Uri TokenUri { get; init; }
    public string? PrivateKeyId { get; init; }

    /// <summary>The Cloud project whose quota is used.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Reads the JSON file that the Google Cloud console hands out.</summary>
    /// <exception cref="FormatException">It is not such a file; the message names what is missing and never shows a value.</exception>
    public static GoogleKey Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<GoogleKey>(json, GoogleJson.SnakeCase) ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException("This is not a service account key: it needs client_email, private_key and token_uri.", unreadable);
        }
    }

    public override string ToString() => ClientEmail;
}
