using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Google;

/// <summary>A conversion, known by its transaction id within a conversion action; sent again, its value is overwritten.</summary>
internal sealed record Conversion : IDocument
{
    public required string Id { get; init; }
    public required long Created { get; init; }
    public required string AccountId { get; init; }
    public required string ProductDestinationId { get; init; }
    public string? TransactionId { get; init; }
    public decimal? Value { get; init; }
    public string? Currency { get; init; }
    public int Adjustments { get; init; }
    public IReadOnlyList<long> ReceivedAt { get; init; } = [];
    public required JsonObject Event { get; init; }
}

internal static class Conversions
{
    private static readonly TimeSpan WithClick = TimeSpan.FromDays(90);
    private static readonly TimeSpan WithPersonOnly = TimeSpan.FromDays(63);

    /// <summary>Takes what it can into account; for each record that it cannot, the reason.</summary>
    public static IReadOnlyList<string?> Apply(Documents documents, JsonObject destination, JsonObject request, SandboxOptions options, DateTimeOffset now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var events = request["events"]!.AsArray().Select(e => e!.AsObject());
        return [.. events.Where(e => IsFor(e, destination)).Select(e =>
        {
            var reason = Refusal(e, request.Object("consent"), options, now);
            if (reason is null && e.Text("transactionId") is { } id && !seen.Add(id))
                reason = "DUPLICATE_TRANSACTION_ID";
            if (reason is null)
                Count(documents, destination, e, now.ToUnixTimeSeconds());
            return reason;
        })];
    }

    private static bool IsFor(JsonObject e, JsonObject destination) =>
        Json.Texts(e["destinationReferences"]) is not { Count: > 0 } references || references.Contains(destination.Text("reference") ?? "");

    private static string? Refusal(JsonObject e, JsonObject? consentOfAll, SandboxOptions options, DateTimeOffset now)
    {
        var click = e.Object("adIdentifiers")?.FirstOrDefault(i => i.Key is "gclid" or "gbraid" or "wbraid").Value?.ToString();
        var age = now - EventRules.Time(e, "eventTimestamp")!.Value;
        return (e.Object("consent") ?? consentOfAll)?.Text("adUserData") switch
        {
            "CONSENT_DENIED" => "DENIED_CONSENT",
            "CONSENT_GRANTED" when age > (click is null ? WithPersonOnly : WithClick) => "EVENT_TOO_OLD",
            "CONSENT_GRANTED" when click?.StartsWith("unknown", StringComparison.Ordinal) == true => "CLICK_NOT_FOUND",
            "CONSENT_GRANTED" when options.RefuseRecentClicks && click?.StartsWith("recent", StringComparison.Ordinal) == true => "TOO_RECENT_CLICK",
            "CONSENT_GRANTED" => null,
            null => "NO_CONSENT",
            _ => "UNKNOWN_CONSENT",
        };
    }

    private static void Count(Documents documents, JsonObject destination, JsonObject e, long now)
    {
        var (account, action) = (destination.Object("operatingAccount")!.Text("accountId")!, destination.Text("productDestinationId")!);
        var id = $"{account}|{action}|{e.Text("transactionId") ?? Wire.NewId("")}";
        var known = documents.Find<Conversion>(id);
        documents.Put(known is null
            ? new Conversion
            {
                Id = id,
                Created = now,
                AccountId = account,
                ProductDestinationId = action,
                TransactionId = e.Text("transactionId"),
                Value = e.Number("conversionValue"),
                Currency = e.Text("currency"),
                ReceivedAt = [now],
                Event = e.DeepClone().AsObject(),
            }
            // Only value and currency follow; whatever else the later event says is ignored.
            : known with
            {
                Value = e.Number("conversionValue"),
                Currency = e.Text("currency"),
                Adjustments = known.Adjustments + 1,
                ReceivedAt = [.. known.ReceivedAt, now],
            });
    }
}
