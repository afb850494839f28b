namespace RevOps.Sandbox.HubSpot;

/// <summary>A deal that somebody enters at the stand-in, with whom it is made.</summary>
public sealed record HubSpotSale
{
    public required string Name { get; init; }
    public string Stage { get; init; } = "appointmentscheduled";
    public string Currency { get; init; } = "EUR";
    public string? Company { get; init; }
    public string? Siren { get; init; }
    public string? Address { get; init; }
    public string? Zip { get; init; }
    public string? City { get; init; }
    public string? Country { get; init; }
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public IReadOnlyList<HubSpotLine> Lines { get; init; } = [];
}

public sealed record HubSpotLine(string Name, decimal Quantity, decimal Price)
{
    public string? Sku { get; init; }
    public string? Product { get; init; }
    public decimal? Discount { get; init; }
}
