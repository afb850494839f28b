using System.Text.Json;
using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>The account inside one transaction: read, put, emit. Events are committed with the change they tell of.</summary>
internal sealed class StripeSession(StripeAccount account, Documents documents, RequestTag? request)
{
    public SandboxOptions Options => account.Options;

    public Documents Documents => documents;

    public Uri Address => account.Address;

    public RateLimit Rate => account.Rate;

    public long Now { get; } = account.Options.Clock.GetUtcNow().ToUnixTimeSeconds();

    public bool HasEmitted { get; private set; }

    public T Get<T>(string id, string what, string param = "id") where T : class, IDocument =>
        documents.Find<T>(id) ?? throw StripeException.NoSuch(what, id, param);

    /// <summary>Stores and tells; with the state before, the event also says which fields had other values.</summary>
    public T Put<T>(T document, string? eventType = null, JsonObject? before = null) where T : class, IDocument
    {
        documents.Put(document);
        if (eventType is not null)
            Emit(eventType, document, before);
        return document;
    }

    public void Emit(string type, IDocument document, JsonObject? before = null)
    {
        var now = Render(document);
        StripeEvents.Store(this, type, now, before is null ? null : Changed(before, now), request);
        HasEmitted = true;
    }

    /// <summary>As the API shows it: an invoice carries its first lines and its addresses.</summary>
    public JsonObject Render(IDocument document) => document switch
    {
        Invoice invoice => InvoiceView.Render(this, invoice),
        StripeEvent e => StripeEvents.Render(this, e),
        BalanceTransaction transaction => Balance.Render(transaction),
        _ => Plain(document),
    };

    public static JsonObject Plain(IDocument document) => JsonSerializer.SerializeToNode(document, document.GetType(), Wire.Snake)!.AsObject();

    private static JsonObject Changed(JsonObject before, JsonObject now)
    {
        var changed = new JsonObject();
        foreach (var (name, value) in before)
        {
            if (!JsonNode.DeepEquals(value, now[name]))
                changed[name] = value?.DeepClone();
        }
        return changed;
    }
}
