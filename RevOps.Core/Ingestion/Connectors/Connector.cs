using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>
/// A system whose signed calls are taken at <c>/hooks/{name}</c>. Its signing secrets are entered and kept as the keys of platforms are; while one
/// is changed for another, both stand there, separated by a blank.
/// </summary>
public sealed class Connector : IPlatformConnection
{
    public const int MostSecrets = 3;

    public static readonly Connector Standard = new("standard", "Standard Webhooks", "Standard:WebhookSecret", HookSignature.Standard);
    public static readonly Connector CalCom = new("calcom", "Cal.com", "CalCom:WebhookSecret", (call, secrets, _) => HookSignature.CalCom(call, secrets)) { HasTypes = true };
    public static readonly Connector Calendly = new("calendly", "Calendly", "Calendly:WebhookSecret", HookSignature.Calendly) { HasTypes = true };
    public static readonly Connector HubSpot = new("hubspot", "HubSpot", "HubSpot:WebhookSecret", HookSignature.HubSpot) { HasTypes = true, HasStages = true };

    public static readonly IReadOnlyList<Connector> All = [Standard, CalCom, Calendly, HubSpot];

    private Connector(string id, string name, string secret, Func<SignedCall, IReadOnlyCollection<string>, DateTimeOffset, HookVerdict> verify)
    {
        (Id, Name, Verify) = (id, name, verify);
        Secret = new(secret) { IsSecret = true, IsRequired = false, Check = Problem, Hint = HintOf };
        Fields = [Secret];
    }

    /// <summary>In the address, and the source of the events that its calls become.</summary>
    public string Id { get; }

    public string Name { get; }

    public ConnectionField Secret { get; }

    public IReadOnlyList<ConnectionField> Fields { get; }

    /// <summary>What it sends has to be mapped to services or prices.</summary>
    public bool HasTypes { get; private init; }

    /// <summary>Its deals move through stages of its own.</summary>
    public bool HasStages { get; private init; }

    public Func<SignedCall, IReadOnlyCollection<string>, DateTimeOffset, HookVerdict> Verify { get; }

    /// <summary>It belongs to the world of the account that invoices what it sends.</summary>
    public Mode? Mode => null;

    public static Connector? Find(string? id) => All.FirstOrDefault(connector => connector.Id == id);

    /// <summary>Those that count now, the newest first.</summary>
    public static IReadOnlyList<string> Split(string? secrets) => secrets?.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool IsLive(ConnectionField field, string value) => false;

    public Task<CheckReport> CheckAsync(CancellationToken cancel) => Task.FromResult(new CheckReport(CheckOutcome.NotConnected));

    private static string? Problem(string text) => Split(text) switch
    {
        { Count: > MostSecrets } => "connector.secrets",
        var secrets when secrets.Any(secret => secret.Length < 8) => "connector.secret",
        _ => null,
    };

    private static string HintOf(string text) => string.Join(", ", Split(text).Select(ConnectionHint.Ending));
}

/// <summary>The signing secrets of the connectors that count now: the configuration's, else those of the page, else the stand-in's.</summary>
public sealed class ConnectorSecrets(ConnectionValues values)
{
    /// <summary>Set while the sandbox plays HubSpot.</summary>
    public string? Sandbox { get; set; }

    public IReadOnlyList<string> Of(Connector connector) =>
        Connector.Split(values.ValueOf(connector.Secret)) is { Count: > 0 } given ? given : connector == Connector.HubSpot && Sandbox is { } played ? [played] : [];

    public bool IsPlayed(Connector connector) => connector == Connector.HubSpot && Sandbox is not null && Connector.Split(values.ValueOf(connector.Secret)).Count == 0;
}
