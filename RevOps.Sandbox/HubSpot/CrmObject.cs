using System.Globalization;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.HubSpot;

/// <summary>A deal, company, contact or line item. Id is "deals:1": HubSpot counts each type by itself.</summary>
internal sealed record CrmObject(string Id, long Created, string Type, long Updated, Dictionary<string, string?> Properties) : IDocument
{
    public static readonly IReadOnlyList<string> Types = ["deals", "companies", "contacts", "line_items"];

    public string? Parent => Type;

    public string Number => Id[(Id.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static string IdOf(string type, string number) => $"{type}:{number}";

    public JsonObject Render(IReadOnlyCollection<string> asked)
    {
        var shown = new JsonObject();

        // These come whether they were asked for or not; what an object does not have is null.
        foreach (var name in asked.Concat(["hs_object_id", "createdate", "hs_lastmodifieddate"]).Distinct(StringComparer.Ordinal))
            shown[name] = name switch { "hs_object_id" => Number, "createdate" => Text(Created), "hs_lastmodifieddate" => Text(Updated), _ => Properties.GetValueOrDefault(name) };
        return new JsonObject { ["id"] = Number, ["properties"] = shown, ["createdAt"] = Text(Created), ["updatedAt"] = Text(Updated), ["archived"] = false };
    }

    internal static string Text(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One object belongs to another; stands under the first.</summary>
internal sealed record Association(string Id, long Created, string From, string To) : IDocument
{
    public string? Parent => From;

    public string ToType => To[..To.IndexOf(':', StringComparison.Ordinal)];

    public string ToNumber => To[(To.IndexOf(':', StringComparison.Ordinal) + 1)..];
}

/// <summary>A notice that is to be sent.</summary>
internal sealed record Notice(string Id, long Created, string Trigger, long ObjectId, string? Property, string? Value, int Attempt) : IDocument
{
    public JsonObject Render() => new()
    {
        ["eventId"] = long.Parse(Id, CultureInfo.InvariantCulture),
        ["subscriptionId"] = Trigger switch { "deal.creation" => 101, "deal.deletion" => 103, _ => 102 },
        ["portalId"] = HubSpotServer.Portal,
        ["appId"] = 1_001,
        ["occurredAt"] = Created,
        ["subscriptionType"] = Trigger,
        ["attemptNumber"] = Attempt,
        ["objectId"] = ObjectId,
        ["changeSource"] = "CRM_UI",
        ["propertyName"] = Property,
        ["propertyValue"] = Value,
    };
}

/// <summary>Every account begins with this pipeline; a second one shows that ids of stages may be numbers.</summary>
internal static class Pipelines
{
    private static readonly (string Id, string Label, (string Id, string Label, string Chance)[] Stages)[] All =
    [
        ("default", "Sales Pipeline",
        [
            ("appointmentscheduled", "Appointment Scheduled", "0.2"), ("qualifiedtobuy", "Qualified To Buy", "0.4"), ("presentationscheduled", "Presentation Scheduled", "0.6"),
            ("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"), ("contractsent", "Contract Sent", "0.9"), ("closedwon", "Closed Won", "1.0"), ("closedlost", "Closed Lost", "0.0"),
        ]),
        ("20001", "Missions", [("30001", "À qualifier", "0.1"), ("30002", "Devis envoyé", "0.5"), ("30003", "Signé", "1.0"), ("30004", "Perdu", "0.0")]),
    ];

    public static bool IsWon(string? stage) => All.SelectMany(pipeline => pipeline.Stages).Any(known => known.Id == stage && known.Chance == "1.0");

    public static bool IsKnown(string? stage) => All.SelectMany(pipeline => pipeline.Stages).Any(known => known.Id == stage);

    public static JsonObject Render() => new()
    {
        ["results"] = new JsonArray([.. All.Select(pipeline => new JsonObject
        {
            ["id"] = pipeline.Id,
            ["label"] = pipeline.Label,
            ["displayOrder"] = 0,
            ["stages"] = new JsonArray([.. pipeline.Stages.Select((stage, index) => new JsonObject
            {
                ["id"] = stage.Id,
                ["label"] = stage.Label,
                ["displayOrder"] = index,
                ["metadata"] = new JsonObject { ["isClosed"] = stage.Chance is "1.0" or "0.0" ? "true" : "false", ["probability"] = stage.Chance },
            })]),
        })]),
    };
}
