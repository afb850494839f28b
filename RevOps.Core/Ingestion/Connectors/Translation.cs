using System.Text.Json.Nodes;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>What lacks before a delivery can become an event, by name; pages translate the code.</summary>
public static class DeliveryGap
{
    public const string Type = "type.unmapped";
    public const string Stage = "stage.unmapped";
    public const string Price = "price.missing";

    /// <summary>Prices with and without tax meet in one sale, and nothing says how much of the former is tax.</summary>
    public const string TaxRate = "taxRate.missing";

    public const string Ref = "ref.missing";
    public const string LegalName = "legalName.missing";
    public const string Address = "address.missing";
    public const string Country = "country.missing";

    /// <summary>The deal is won again, and the sale that it was is cancelled.</summary>
    public const string SaleCancelled = "sale.cancelled";

    public const string Contact = "contact.missing";

    public static readonly IReadOnlyList<string> All = [Type, Stage, Price, TaxRate, Ref, LegalName, Address, Country, Contact, SaleCancelled];
}

/// <summary>What a delivery becomes: an event, or why none yet.</summary>
public sealed record Translation
{
    /// <summary>Of the event; null where none comes of it.</summary>
    public string? Type { get; init; }

    public JsonObject? Data { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Of the event where several deliveries tell the same: a deal is told at its making and at its move, and is at one stage. Null: the delivery's own.</summary>
    public string? EventId { get; init; }

    public string? TypeKey { get; init; }
    public string? TypeName { get; init; }
    public string? BookingId { get; init; }

    /// <summary>Codes of <see cref="DeliveryGap"/>.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>A code: nothing is to become of it.</summary>
    public string? Ignored { get; init; }

    /// <summary>A code: it cannot be read.</summary>
    public string? Failed { get; init; }
}

/// <summary>A delivery that cannot be read as what its connector sends.</summary>
public sealed class UnreadableHookException(string code) : Exception(code)
{
    public string Code => Message;
}
