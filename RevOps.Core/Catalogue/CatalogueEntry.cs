namespace RevOps.Core.Catalogue;

/// <summary>A service as somebody types it, or as a row of a file says it.</summary>
public sealed record ServiceEntry
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Per cent, with a comma or a point; empty: the standard rate.</summary>
    public string Rate { get; set; } = "";

    public string Cost { get; set; } = "";
    public string CostCurrency { get; set; } = "";

    /// <summary>Only what <see cref="CatalogueRules"/> find nothing wrong with.</summary>
    public ServiceTerms ToTerms()
    {
        var currency = CostCurrency.Trim().ToUpperInvariant();
        return Cost.Trim().Length == 0
            ? new(Code.Trim(), Name.Trim(), CatalogueRules.Rate(Rate), null, null)
            : new(Code.Trim(), Name.Trim(), CatalogueRules.Rate(Rate), CatalogueRules.Minor(Cost, currency), currency);
    }
}

/// <summary>A price as somebody types it, or as a row of a file says it.</summary>
public sealed record PriceEntry
{
    /// <summary>In whole currency units, with a comma or a point.</summary>
    public string Amount { get; set; } = "";

    public string Currency { get; set; } = "";

    /// <summary>HT or TTC.</summary>
    public string Tax { get; set; } = CatalogueRules.Exclusive;

    public string From { get; set; } = "";
    public string Until { get; set; } = "";

    /// <summary>Only what <see cref="CatalogueRules"/> find nothing wrong with.</summary>
    public PriceVersion ToVersion(Guid serviceId, Guid? customerId, Guid userId) => new()
    {
        Id = Guid.CreateVersion7(),
        ServiceId = serviceId,
        CustomerId = customerId,
        Currency = Currency.Trim().ToUpperInvariant(),
        UnitAmount = CatalogueRules.Text(CatalogueRules.Amount(Amount)!.Value),
        TaxInclusive = CatalogueRules.IsInclusive(Tax)!.Value,
        ValidFrom = CatalogueRules.Day(From)!.Value,
        ValidUntil = CatalogueRules.Day(Until),
        UserId = userId,
        RecordedAt = TimeProvider.System.GetUtcNow(),
    };
}

/// <summary>What a service is called, taxed at and costs the company.</summary>
/// <param name="TaxRateBasisPoints">Null: the standard rate.</param>
public sealed record ServiceTerms(string Code, string Name, int? TaxRateBasisPoints, long? CostMinor, string? CostCurrency)
{
    public static ServiceTerms Of(Service service) => new(service.Code, service.Name, service.TaxRateBasisPoints, service.CostMinor, service.CostCurrency);
}
