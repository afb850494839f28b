namespace RevOps.Core.Catalogue;

/// <summary>What has to be named beside a price that was lowered: the lowest of the 30 days before it (directive 98/6/EC, article 6a).</summary>
public static class LowestPrice
{
    public const int Days = 30;

    /// <param name="prices">With the slot's own.</param>
    /// <param name="code">Of the service.</param>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="day">Of the slot.</param>
    /// <param name="slot">The slot, and the instant from which on it costs less.</param>
    /// <param name="own">The slot's versions in that currency.</param>
    /// <param name="asked">What is asked from then on.</param>
    /// <param name="rateBasisPoints">Of the tax, where an earlier price was on the other side of it.</param>
    /// <returns>On the asked price's side of the tax; null where the price does not go down.</returns>
    public static decimal? Before(PriceList prices, string code, string currency, DateOnly day, BookedSlot slot, IEnumerable<PriceVersion> own, CataloguePrice asked, int rateBasisPoints)
    {
        decimal? At(DateTimeOffset instant) => prices.Of(code, currency, day, new(slot.Start, instant))?.On(asked.TaxInclusive, rateBasisPoints);
        var (first, last) = (slot.At.AddDays(-Days), slot.At.AddTicks(-1));
        if (!(asked.UnitAmount < At(last)))
            return null;
        return own.SelectMany(version => new[] { version.BeganAt, version.EndedAt }).OfType<DateTimeOffset>().Where(moved => moved > first && moved < slot.At).Append(first).Append(last).Min(At);
    }
}
