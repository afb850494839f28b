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

    /// <param name="company">Who sends it.</param>
    /// <param name="toBusiness">The flat 40 € concern businesses only.</param>
    public static IReadOnlyList<string> Of(CompanyVersion company, bool toBusiness)
    {
        var parts = new List<string?>
        {
            Joined(" ", company.LegalName, company.LegalForm, company.Capital is null ? null : $"au capital de {company.Capital}"),
            company.Siren is null ? null : $"SIREN {company.Siren}{(company.RcsCity is null ? "" : $" RCS {company.RcsCity}")}",
            company.VatNumber is null ? null : $"TVA {company.VatNumber}",
            company.VatOnDebits ? "Option pour le paiement de la taxe d'après les débits." : null,
            company.DiscountText ?? "Pas d'escompte pour paiement anticipé.",
            company.PenaltyRateBasisPoints is { } rate ? string.Create(French, $"Pénalités de retard : {rate / 100m:0.##} % par an.") : null,
            toBusiness ? "Indemnité forfaitaire pour frais de recouvrement : 40 €." : null,
        };
        return [.. parts.OfType<string>().Where(part => part.Length > 0)];
    }

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
