using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Ingestion;

namespace RevOps.Bench;

/// <summary>A line of a sale, and what it comes to by our own reckoning here, which knows nothing of the product's.</summary>
internal sealed record OnceLine(int Quantity, long UnitMinor, int RatePercent)
{
    public long NetMinor => Quantity * UnitMinor;

    /// <summary>Tax per rate on the sum of its lines, half cents away from zero.</summary>
    public static long GrossOf(IReadOnlyList<OnceLine> lines) => lines.Sum(line => line.NetMinor)
        + lines.GroupBy(line => line.RatePercent).Sum(rate => (long)Math.Round(rate.Sum(line => line.NetMinor) * rate.Key / 100m, MidpointRounding.AwayFromZero));
}

/// <summary>What is sold, and what the world says of it afterwards.</summary>
/// <param name="Number">From 1; everything of the sale bears it.</param>
/// <param name="Company">Whom it is sold to; a company is known to its senders under two names.</param>
/// <param name="Changed">The lines that count in the end, where they change.</param>
internal sealed record OnceSale(int Number, int Company, DateTimeOffset At, IReadOnlyList<OnceLine> Lines, IReadOnlyList<OnceLine>? Changed, bool IsCancelled)
{
    public string BookingId => $"B{Number}";

    public string DealId => $"D{Number}";

    public long FirstMinor => OnceLine.GrossOf(Lines);

    public long LastMinor => OnceLine.GrossOf(Changed ?? Lines);

    /// <summary>Seeded: one in five changes, one in twenty is cancelled, most companies buy several times.</summary>
    public static OnceSale Draw(Random random, int number, int companies, DateTimeOffset at) =>
        new(number, random.Next(companies), at, DrawLines(random), random.Next(5) == 0 ? DrawLines(random) : null, random.Next(20) == 0);

    /// <summary>A sale that nothing more is said of.</summary>
    public static OnceSale DrawPlain(Random random, int number, int companies, DateTimeOffset at) =>
        Draw(random, number, companies, at) with { Changed = null, IsCancelled = false };

    /// <summary>Everything that is said of it, in its own order; one sale in ten is also told as a won deal.</summary>
    public IEnumerable<JsonObject> Events()
    {
        yield return Event("confirmed", BookingConfirmed.Type, At, Sold());
        if (Number % 10 == 3)
            yield return Event("won", DealWon.Type, At, Sold());
        if (Changed is not null)
            yield return Event("changed", BookingChanged.Type, At.AddMinutes(1), new() { ["bookingId"] = BookingId, ["lines"] = Sold(Changed) });
        if (IsCancelled)
            yield return Event("cancelled", BookingCancelled.Type, At.AddMinutes(2), new() { ["bookingId"] = BookingId, ["reason"] = "bench" });
    }

    private static List<OnceLine> DrawLines(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new OnceLine(random.Next(1, 6), random.Next(1_001, 99_999), random.Next(4) == 0 ? 10 : 20))];

    private static JsonArray Sold(IReadOnlyList<OnceLine> lines) => new([.. lines.Select((line, index) => (JsonNode)new JsonObject
    {
        ["key"] = $"l{index + 1}",
        ["description"] = $"Service {index + 1}",
        ["quantity"] = line.Quantity,
        ["unitAmountMinor"] = line.UnitMinor,
        ["taxRatePercent"] = line.RatePercent,
    })]);

    private JsonObject Sold() => new()
    {
        ["bookingId"] = BookingId,
        ["dealId"] = DealId,
        ["currency"] = "EUR",
        ["customer"] = Buyer(),
        ["lines"] = Sold(Lines),
    };

    private JsonObject Buyer() => new()
    {
        ["ref"] = $"C{Company}{(Number % 2 == 0 ? "" : "-crm")}",
        ["legalName"] = $"Client {Company} SARL",
        ["email"] = $"accounts@client-{Company}.example",
        ["siren"] = EventFlow.SirenOf(Company),
        ["kind"] = "business",
        ["address"] = new JsonObject { ["line1"] = "1 rue de la Paix", ["postalCode"] = "75002", ["city"] = "Paris", ["country"] = "FR" },
    };

    private JsonObject Event(string what, string type, DateTimeOffset time, JsonObject data) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = $"{what}-{Number}",
        ["source"] = "bench-once",
        ["type"] = type,
        ["time"] = time.ToString("O", CultureInfo.InvariantCulture),
        ["data"] = data,
    };
}
