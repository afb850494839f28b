using System.Linq.Expressions;
using RevOps.Core.Catalogue;

namespace RevOps.Core.Billing;

public enum CatalogueGroup
{
    /// <summary>Still sold.</summary>
    Sold = 0,

    Retired = 1,
    All = 2,
}

public enum CatalogueSort
{
    Code = 0,
    Name = 1,
    Cost = 2,
    Rate = 3,
}

/// <summary>Which services a list shows, and in which order; carried out by the database.</summary>
public sealed record CatalogueFilter
{
    public CatalogueGroup Group { get; init; }

    /// <summary>Beginning of a code or a name.</summary>
    public string? Text { get; init; }

    public CatalogueSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<Service> Apply(IQueryable<Service> services)
    {
        var found = Group == CatalogueGroup.All ? services : services.Where(service => service.RetiredAt == null == (Group == CatalogueGroup.Sold));
        return Text is { Length: > 0 } text ? found.Where(service => service.Code.StartsWith(text) || service.Name.StartsWith(text)) : found;
    }

    /// <summary>What has no cost or rate of its own stands last; costs of two currencies do not compare, and ties go by code.</summary>
    internal IQueryable<Service> Sorted(IQueryable<Service> services) => (Sort switch
    {
        CatalogueSort.Cost => Then(services.OrderBy(service => service.CostMinor == null).ThenBy(service => service.CostCurrency), service => service.CostMinor),
        CatalogueSort.Rate => Then(services.OrderBy(service => service.TaxRateBasisPoints == null), service => service.TaxRateBasisPoints),
        CatalogueSort.Name => Descending ? services.OrderByDescending(service => service.Name) : services.OrderBy(service => service.Name),
        _ => Descending ? services.OrderByDescending(service => service.Code) : services.OrderBy(service => service.Code),
    }).ThenBy(service => service.Code);

    private IOrderedQueryable<Service> Then<T>(IOrderedQueryable<Service> sorted, Expression<Func<Service, T>> key) => Descending ? sorted.ThenByDescending(key) : sorted.ThenBy(key);
}
