namespace RevOps.Core.Catalogue;

/// <summary>A service to save.</summary>
/// <param name="BasedOn">The version that was looked at; null: it is new.</param>
public sealed record SavedService(Guid Id, ServiceTerms Terms, int? BasedOn);

/// <summary>What a row of a file would do to its service.</summary>
public enum PlannedService
{
    Same = 0,
    Added = 1,
    Changed = 2,
}

/// <summary>What a row of a file would do to the prices.</summary>
public enum PlannedPrice
{
    None = 0,
    Same = 1,
    Added = 2,
}

/// <param name="Problems">By field; the row would do nothing then.</param>
public sealed record PlannedLine(CatalogueLine Line, PlannedService Service, PlannedPrice Price, IReadOnlyDictionary<string, string> Problems);

/// <summary>What a file would do to the catalogue as it stands: looked at first, then carried out whole or not at all.</summary>
public sealed record CataloguePlan(IReadOnlyList<PlannedLine> Lines)
{
    /// <summary>A code of what is wrong with the file as a whole.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<SavedService> Services { get; init; } = [];
    public IReadOnlyList<PriceVersion> Prices { get; init; } = [];

    public int Wrong => Lines.Count(line => line.Problems.Count > 0);

    public bool MaySave => Problem is null && Wrong == 0 && Services.Count + Prices.Count > 0;

    /// <param name="lines">Of the file.</param>
    /// <param name="services">Those that there are, by code.</param>
    /// <param name="prices">List prices of those.</param>
    /// <param name="userId">Whose prices they become.</param>
    /// <param name="isRate">Whether the seller's country knows a rate.</param>
    public static CataloguePlan Of(IReadOnlyList<CatalogueLine> lines, IReadOnlyList<Service> services, IReadOnlyList<PriceVersion> prices, Guid userId, Func<int, bool> isRate)
    {
        var known = services.ToDictionary(service => service.Code, StringComparer.OrdinalIgnoreCase);
        var saved = new Dictionary<string, SavedService>(StringComparer.OrdinalIgnoreCase);
        var (planned, added) = (new List<PlannedLine>(), new List<PriceVersion>());
        foreach (var given in lines)
        {
            var service = known.GetValueOrDefault(given.Service.Code.Trim());
            var line = given with { Service = Filled(given.Service, service) };
            var problems = new Dictionary<string, string>(CatalogueRules.Check(line.Service, isRate), StringComparer.Ordinal);
            foreach (var (field, problem) in line.Price is null ? new Dictionary<string, string>(StringComparer.Ordinal) : CatalogueRules.Check(line.Price))
                problems.TryAdd(field, problem);
            planned.Add(problems.Count > 0 ? new(line, default, default, problems) : Decide(line, service, saved, [.. prices, .. added], added, userId));
        }

        return new(planned) { Services = [.. saved.Values.Where(one => one.BasedOn is null || one.Terms != ServiceTerms.Of(known[one.Terms.Code]))], Prices = added };
    }

    /// <summary>What a row leaves empty stays as it is.</summary>
    private static ServiceEntry Filled(ServiceEntry entry, Service? service) => service is null ? entry : entry with
    {
        Code = service.Code,
        Name = entry.Name.Length > 0 ? entry.Name : service.Name,
        Rate = entry.Rate.Length > 0 || service.TaxRateBasisPoints is not { } rate ? entry.Rate : CatalogueRules.Text(rate / 100m),
        Cost = entry.Cost.Length > 0 || service.CostMinor is not { } minor ? entry.Cost : CatalogueRules.Text(new Platform.Money(minor, service.CostCurrency!).Amount),
        CostCurrency = entry.Cost.Length > 0 ? entry.CostCurrency : service.CostCurrency ?? "",
    };

    private static PlannedLine Decide(CatalogueLine line, Service? service, Dictionary<string, SavedService> saved, List<PriceVersion> prices, List<PriceVersion> added, Guid userId)
    {
        var (terms, repeats) = (line.Service.ToTerms(), saved.GetValueOrDefault(line.Service.Code.Trim()));
        if (repeats is not null && repeats.Terms != terms with { Code = repeats.Terms.Code })
            return Refused(line, nameof(ServiceEntry.Code), "codeTwice");
        var target = repeats ?? new(service?.Id ?? Guid.CreateVersion7(), terms, service?.Version);
        var price = line.Price?.ToVersion(target.Id, null, userId);
        var twin = price is null ? null : prices.Find(other => (other.ServiceId, other.Currency, other.ValidFrom) == (price.ServiceId, price.Currency, price.ValidFrom));
        if (twin is not null && (twin.UnitAmount, twin.TaxInclusive) != (price!.UnitAmount, price.TaxInclusive))
            return Refused(line, nameof(PriceEntry.From), "fromTaken");
        if (price is not null && twin is null)
            added.Add(price);
        saved.TryAdd(terms.Code, target);
        var does = repeats is not null ? PlannedService.Same : service is null ? PlannedService.Added : terms == ServiceTerms.Of(service) ? PlannedService.Same : PlannedService.Changed;
        return new(line, does, price is null ? PlannedPrice.None : twin is null ? PlannedPrice.Added : PlannedPrice.Same, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static PlannedLine Refused(CatalogueLine line, string field, string problem) => new(line, default, default, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = problem });
}
