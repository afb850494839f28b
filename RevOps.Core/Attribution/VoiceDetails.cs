using System.Text.Json;
using System.Text.Json.Serialization;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Attribution;

/// <summary>The personal part of a conversation, in clear only while it is read.</summary>
public sealed record VoiceDetails
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The words that show each of the four.</summary>
    public string? Budget { get; init; }

    public string? Authority { get; init; }
    public string? Need { get; init; }
    public string? Timeline { get; init; }

    /// <summary>Of the click that led to the call, as the browser or the call extension handed them to the voice AI.</summary>
    public ClickIds? ClickIds { get; init; }

    public AdIds? Ad { get; init; }

    /// <summary>Null where nothing was kept, and where the key is gone.</summary>
    public static async Task<VoiceDetails?> OpenAsync(Vault vault, Guid owner, Guid sessionId, byte[]? sealedBytes, CancellationToken cancel) =>
        Read(await vault.OpenAsync(owner, sessionId, sealedBytes, cancel));

    /// <summary>Null of nothing.</summary>
    public static VoiceDetails? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<VoiceDetails>(json, Json);

    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <summary>From the URL template of an ad: a click id does not reveal its campaign.</summary>
public sealed record AdIds(string? Platform, string? CampaignId, string? AdsetId, string? AdId);
