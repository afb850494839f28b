using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing.Processes;

namespace RevOps.Tests.Journeys;

/// <summary>What a walk left behind: executed at the platforms, shown in our figures, kept in our database. Two walks compare as values.</summary>
internal sealed record KillOutcome
{
    /// <summary>Everything once for each client, however often the product died.</summary>
    public static KillOutcome Once(int clients, int deaths)
    {
        var numbers = Enumerable.Range(1, clients).ToList();
        return new()
        {
            Deaths = deaths,
            AtStripe = $"{clients} customers, {clients} drafts, {clients} sets of lines, {clients} due dates, {clients} finalised, {clients} sent, {string.Join('+', numbers.Select(_ => $"paid of {KillWalkEvents.GrossMinor}"))}, {clients} payments",
            AtMeta = Sorted(numbers.SelectMany(number => new[] { $"booked.B{number}", $"lead.S{number}", $"paid.B{number}", $"qualified.S{number}" })),
            AtGoogle = Sorted(numbers.SelectMany(number => new[] { $"booked.B{number}=1919.99", $"lead.S{number}", $"qualified.S{number}" })),
            Figures = $"0 to approve, 0 open, {clients} paid; 0 queued, {8 * clients} delivered, 0 rejected, 0 held; 0 pending, 0 failing",
            InDatabase = $"{clients} paid invoices, {clients} decisions, {clients} payments of {clients * KillWalkEvents.GrossMinor}, {8 * clients} conversions; 0 unknown effects, 0 open jobs",
        };
    }

    public required int Deaths { get; init; }

    /// <summary>Executed calls, by Stripe's own count, and what is there.</summary>
    public required string AtStripe { get; init; }

    /// <summary>Events by their id. The same one again is the same one to Meta.</summary>
    public required string AtMeta { get; init; }

    /// <summary>Conversions by their transaction, and the value that each ended with. The same one again is the same one to Google.</summary>
    public required string AtGoogle { get; init; }

    public required string Figures { get; init; }

    public required string InDatabase { get; init; }

    /// <summary>Reads it all, while the product has nothing to do.</summary>
    public static async Task<KillOutcome> ReadAsync(int deaths, JsonElement metrics, SandboxProcess sandbox, string dataFolder) => new()
    {
        Deaths = deaths,
        AtStripe = OfStripe(await sandbox.EffectsAsync(sandbox.Stripe)),
        AtMeta = Sorted((await sandbox.EffectsAsync(sandbox.Meta))["events"]!.AsArray().Select(sent => (string)sent!["eventId"]!)),
        AtGoogle = Sorted((await sandbox.EffectsAsync(sandbox.Google))["conversions"]!.AsArray().Select(OfGoogle)),
        Figures = OfMetrics(metrics),
        InDatabase = OfDatabase(new(dataFolder)),
    };

    private static string OfStripe(JsonObject effects)
    {
        var paid = string.Join('+', effects["invoices"]!.AsArray().Select(invoice => $"{invoice!["status"]} of {invoice["amount_paid"]}"));
        return $"{Executed("POST /v1/customers")} customers, {Executed("POST /v1/invoices")} drafts, {Executed("POST /v1/invoices/{id}/add_lines")} sets of lines, "
            + $"{Executed("POST /v1/invoices/{id}")} due dates, {Executed("POST /v1/invoices/{id}/finalize")} finalised, {Executed("POST /v1/invoices/{id}/send")} sent, "
            + $"{paid}, {effects["payments"]!.AsArray().Count} payments";

        long Executed(string route) => (long?)effects["executed"]![route] ?? 0;
    }

    private static string OfGoogle(JsonNode? conversion) =>
        conversion!["transactionId"] + (conversion["value"] is { } value ? string.Create(CultureInfo.InvariantCulture, $"={(decimal)value}") : "");

    private static string OfMetrics(JsonElement metrics)
    {
        return $"{Of("invoices", "awaitingApproval")} to approve, {Of("invoices", "open")} open, {Of("invoices", "paid")} paid; "
            + $"{Of("conversions", "queued")} queued, {Of("conversions", "delivered")} delivered, {Of("conversions", "rejected")} rejected, {Of("conversions", "held")} held; "
            + $"{Of("outbox", "pending")} pending, {Of("outbox", "failing")} failing";

        long Of(string group, string name) => metrics.GetProperty(group).GetProperty(name).GetInt64();
    }

    private static string OfDatabase(KillDatabase database) =>
        $"{database.Count($"Invoices WHERE Status = {(int)InvoiceStatus.Paid}")} paid invoices, {database.Count("InvoiceDecisions")} decisions, "
        + $"{database.Count("Payments")} payments of {database.Number("COALESCE(SUM(AmountMinor), 0) FROM Payments")}, {database.Count($"Conversions WHERE Status = {(int)ConversionStatus.Delivered}")} conversions; "
        + $"{database.Count($"OutsideEffects WHERE State <> {(int)EffectState.Done}")} unknown effects, {database.Count($"Outbox WHERE State <> {(int)OutboxState.Done}")} open jobs";

    private static string Sorted(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));
}
