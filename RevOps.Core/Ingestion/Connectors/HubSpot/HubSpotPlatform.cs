using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>HubSpot on the Connections page: the token that deals are read back with, and whether it may read them.</summary>
public sealed class HubSpotPlatform(HubSpotAccount account, HubSpotClient client) : IPlatformConnection
{
    public const string AccessToken = "HubSpot:AccessToken";

    public string Name => "HubSpot";

    public Mode? Mode => account.Connection?.Mode;

    public IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(AccessToken) { IsSecret = true, Check = text => text.Length >= 3 && text.All(sign => sign is > ' ' and <= '~') ? null : "hubspot.accessToken", Hint = ConnectionHint.Ending },
    ];

    /// <summary>HubSpot's test accounts look like any other; only a stand-in holds nobody's data.</summary>
    public bool IsLive(ConnectionField field, string value) => !account.ApiBase.IsLoopback;

    public async Task<CheckReport> CheckAsync(CancellationToken cancel)
    {
        if (account.Connection is null)
            return new(CheckOutcome.NotConnected);
        try
        {
            var stages = await client.StagesAsync(cancel);
            var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["stages"] = stages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            if (await client.PortalAsync(cancel) is { } portal)
                facts["portal"] = portal;
            return new(CheckOutcome.Works) { Facts = facts };
        }
        catch (HubSpotException refused)
        {
            return new(OutcomeOf(refused), refused.Category);
        }
    }

    private static CheckOutcome OutcomeOf(HubSpotException refused) => refused.Status switch
    {
        null => CheckOutcome.NoNetwork,
        401 => CheckOutcome.WrongKey,
        403 => CheckOutcome.NoRights,
        429 or >= 500 => CheckOutcome.Failing,
        _ => CheckOutcome.Refused,
    };
}
