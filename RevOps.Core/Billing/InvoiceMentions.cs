using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>
/// What a French invoice must say beside its amounts (Code de commerce L441-9, D441-5; CGI annexe II 242 nonies A). In French whoever
/// reads it: it is the law's wording.
/// </summary>
public static class InvoiceMentions
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public const string ReverseCharge = "Autoliquidation";
    public const string OutsideScope = "TVA non applicable";
    public const string OnDebits = "Option pour le paiement de la taxe d'après les débits";
    public const string Category = "Prestation de services";
    public const string Supplied = "Date de la prestation";
    public const string SuppliedBetween = "Prestations du";
    public const string Penalty = "Pénalités de retard";
    public const string FlatCosts = "Indemnité forfaitaire pour frais de recouvrement";

    /// <param name="company">Who sends it.</param>
    /// <param name="toBusiness">Penalties at the law's rate and the flat 40 € concern businesses only.</param>
    /// <param name="sale">What depends on the sale; null leaves it out.</param>
    public static IReadOnlyList<string> Of(CompanyVersion company, bool toBusiness, SaleMentions? sale = null)
    {
        List<string?> parts =
        [
            Joined(" ", company.LegalName, company.LegalForm, company.Capital is null ? null : $"au capital de {company.Capital}"),
            company.Siren is null ? null : $"SIREN {company.Siren}{(company.RcsCity is null ? "" : $" RCS {company.RcsCity}")}",
            company.VatNumber is null ? null : $"TVA {company.VatNumber}",
            Address(company) is { Length: > 0 } address ? $"Siège : {address}" : null,
            .. OfSale(sale),
            company.VatOnDebits ? $"{OnDebits}." : null,
            company.DiscountText ?? "Pas d'escompte pour paiement anticipé.",
            PenaltyOf(company, toBusiness),
            toBusiness ? $"{FlatCosts} : 40 €." : null,
        ];
        return [.. parts.OfType<string>().Where(part => part.Length > 0)];
    }

    private static IEnumerable<string> OfSale(SaleMentions? sale)
    {
        if (sale is null)
            yield break;
        if (sale.SuppliedOn is [var day])
            yield return $"{Supplied} : {Day(day)}.";
        else if (sale.SuppliedOn.Count > 1)
            yield return $"{SuppliedBetween} {Day(sale.SuppliedOn.Min())} au {Day(sale.SuppliedOn.Max())}.";
        yield return $"{Category}.";
        if (sale.Categories.Contains(TaxCategory.ReverseCharge))
            yield return $"{ReverseCharge} (article 196 de la directive 2006/112/CE).";
        if (sale.Categories.Contains(TaxCategory.OutsideScope))
            yield return sale.IsLateClaim ? $"{OutsideScope} : pénalités de retard et indemnité forfaitaire, hors du champ d'application de la taxe." : $"{OutsideScope}, article 259-1 du CGI.";
    }

    /// <summary>Where Finance has entered none, what the law itself sets between businesses (L441-10 II): the mention is never left out.</summary>
    private static string? PenaltyOf(CompanyVersion company, bool toBusiness) => (company.PenaltyRateBasisPoints, toBusiness) switch
    {
        ({ } rate, _) => string.Create(French, $"{Penalty} : {rate / 100m:0.##} % par an."),
        (null, true) => $"{Penalty} : taux de refinancement de la Banque centrale européenne majoré de 10 points.",
        _ => null,
    };

    private static string Day(DateOnly day) => day.ToString("d", French);

    private static string Address(CompanyVersion company) => Joined(", ", company.AddressLine1, company.AddressLine2, Joined(" ", company.PostalCode, company.City));

    /// <summary>Names of the fields of <see cref="CompanyVersion"/> that the law wants on every invoice and that say nothing.</summary>
    public static IReadOnlyList<string> Missing(CompanyVersion company)
    {
        var fields = new (string Name, bool IsThere)[]
        {
            (nameof(company.LegalName), company.LegalName.Length > 0),
            (nameof(company.LegalForm), company.LegalForm is not null),
            (nameof(company.Capital), company.Capital is not null),
            (nameof(company.AddressLine1), company.AddressLine1 is not null),
            (nameof(company.City), company.City is not null),
            (nameof(company.Siren), company.Siren is not null),
            (nameof(company.RcsCity), company.RcsCity is not null),
            (nameof(company.VatNumber), company.VatNumber is not null),
            (nameof(company.PenaltyRateBasisPoints), company.PenaltyRateBasisPoints is not null),
        };
        return [.. fields.Where(field => !field.IsThere).Select(field => field.Name)];
    }

    private static string Joined(string separator, params string?[] parts) => string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>What the mentions of one sale depend on.</summary>
/// <param name="Categories">Of its taxes.</param>
/// <param name="SuppliedOn">The days of supply, each once.</param>
public sealed record SaleMentions(IReadOnlyCollection<TaxCategory> Categories, IReadOnlyList<DateOnly> SuppliedOn)
{
    /// <summary>It claims interest and indemnity for another invoice.</summary>
    public bool IsLateClaim { get; init; }

    public static SaleMentions Of(BillableSale sale) =>
        new([.. sale.Assess().Taxes.Select(tax => tax.Category).Distinct()], [.. sale.Lines.Where(line => !line.IsDeduction).Select(line => line.SuppliedOn).Distinct().Order()]) { IsLateClaim = sale.Invoice.Origin == InvoiceOrigin.LateClaim };
}
