using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record StripeEvent(string Id, long Created, string Type, JsonObject Data, JsonObject Request) : IDocument
{
    public string Object => "event";
    public string ApiVersion => StripeAccountRoute.ApiVersion;
    public bool Livemode => false;
}

/// <summary>A delivery that has not succeeded yet; the last one done, the row goes. Times in milliseconds of real time.</summary>
internal sealed record Delivery(string Id, long Created, int Attempts, long NextAt, int? LastStatus) : IDocument;

/// <summary>What happened, as snapshots; readable for thirty days, and each delivered to the webhook.</summary>
internal static class StripeEvents
{
    private const long Kept = 30 * Balance.DaySeconds;

    public static JsonObject List(StripeCall call)
    {
        var types = call.Form.Texts("types");
        if (types.Count > 0 && call.Form.Has("type"))
            throw StripeException.Invalid("types", "You may only specify one of these parameters: type, types.");
        return Listing.Page<StripeEvent>(call, "event", filters:
        [
            Filter.Created(">=", call.Now - Kept),
            TypeFilter(call.Form),
            types.Count == 0 ? null : OneOf(types),
            Delivered(call.Form),
        ]);
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<StripeEvent>(call.Id, "event"));

    public static void Store(StripeSession session, string type, JsonObject now, JsonObject? changed, RequestTag? request)
    {
        var data = new JsonObject { ["object"] = now };
        if (changed is not null)
            data["previous_attributes"] = changed;
        var tag = new JsonObject { ["id"] = request?.Id, ["idempotency_key"] = request?.IdempotencyKey };
        var stored = new StripeEvent(Wire.NewId("evt_"), session.Now, type, data, tag);
        session.Documents.Put(stored);
        Deliver(session, stored.Id);
    }

    public static void Deliver(StripeSession session, string id)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        session.Documents.Put(new Delivery(id, now, 0, now, null));
    }

    public static JsonObject Render(StripeSession session, StripeEvent e)
    {
        var view = StripeSession.Plain(e);
        view["pending_webhooks"] = session.Documents.Find<Delivery>(e.Id) is null ? 0 : 1;
        return view;
    }

    /// <summary>"invoice.paid", or "invoice.*" for all of a family.</summary>
    private static Filter? TypeFilter(FormBody form) => form.Text("type") is not { } type ? null
        : new Filter("json_extract(json, '$.type') GLOB $value", type);

    private static Filter OneOf(IReadOnlyList<string> types) =>
        new("json_extract(json, '$.type') IN (SELECT value FROM json_each($value))", System.Text.Json.JsonSerializer.Serialize(types));

    private static Filter? Delivered(FormBody form) => form.Flag("delivery_success") switch
    {
        null => null,
        var success => new Filter("(id NOT IN (SELECT id FROM documents WHERE kind = 'Delivery')) = $value", success.Value ? 1 : 0),
    };
}
