using System.Net.Mail;
using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

/// <summary>What is wrong with what was entered of a customer: the field's name and a code that the page puts into words.</summary>
public static class CustomerRules
{
    private const int LongestText = 300;
    private const int LongestCode = 60;
    private const int ShortestPhone = 6;
    private const int LongestPhone = 50;
    private const int LongestEInvoicingAddress = 125;

    /// <param name="entry">As it was typed.</param>
    /// <param name="sent">What stands where a field is left empty.</param>
    public static IReadOnlyDictionary<string, string> Check(CustomerEntry entry, CustomerDetails? sent)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, problem) in Texts(entry).Concat(Numbers(entry, sent)).Concat(AddressParts(entry)))
        {
            if (problem is not null)
                wrong.TryAdd(field, problem);
        }

        return wrong;
    }

    private static IEnumerable<(string Field, string? Problem)> Texts(CustomerEntry entry)
    {
        var (email, phone) = (entry.Email.Trim(), entry.Phone.Trim());
        yield return (nameof(entry.LegalName), entry.LegalName.Length > LongestText ? "tooLong" : null);
        yield return (nameof(entry.Email), email.Length > 0 && !IsEmail(email) ? "email" : null);
        yield return (nameof(entry.Phone), phone.Length > LongestPhone || (phone.Length > 0 && phone.Count(char.IsAsciiDigit) < ShortestPhone) ? "phone" : null);
        yield return (nameof(entry.EInvoicingAddress), entry.EInvoicingAddress.Trim() is var address && (address.Length > LongestEInvoicingAddress || address.Any(char.IsWhiteSpace)) ? "eInvoicing" : null);
        yield return (nameof(entry.Kind), entry.Kind is "" or CustomerEntry.Business or CustomerEntry.Consumer ? null : "kind");
        yield return (nameof(entry.Gather), entry.Gather.Length == 0 || entry.ToGather() is not null ? null : "gather");
    }

    private static IEnumerable<(string Field, string? Problem)> Numbers(CustomerEntry entry, CustomerDetails? sent)
    {
        var (siren, vat) = (Siren.Tidy(entry.Siren), VatNumber.Tidy(entry.VatNumber));
        yield return (nameof(entry.Siren), siren.Length > 0 && !Siren.IsValid(siren) ? "siren" : null);
        yield return (nameof(entry.VatNumber), vat.Length > 0 && !VatNumber.IsValid(vat) ? "vatNumber" : null);

        // A French VAT number ends with the SIREN of its company.
        var (sirenThen, vatThen) = (siren.Length > 0 ? siren : Siren.Tidy(sent?.Siren ?? ""), vat.Length > 0 ? vat : VatNumber.Tidy(sent?.VatNumber ?? ""));
        var contradicts = VatNumber.SirenOf(vatThen) is { } inside && Siren.IsValid(inside) && Siren.IsValid(sirenThen) && inside != sirenThen;
        yield return (nameof(entry.VatNumber), contradicts && vat.Length > 0 ? "vatNumber.siren" : null);
        yield return (nameof(entry.Siren), contradicts && vat.Length == 0 && siren.Length > 0 ? "siren.vatNumber" : null);
    }

    /// <summary>An address counts whole: half of one would be put together with half of the sender's.</summary>
    private static IEnumerable<(string Field, string? Problem)> AddressParts(CustomerEntry entry)
    {
        if (!entry.HasAddress)
            yield break;
        var code = entry.PostalCode.Trim();
        yield return (nameof(entry.Line1), Part(entry.Line1));
        yield return (nameof(entry.Line2), entry.Line2.Length > LongestText ? "tooLong" : null);
        yield return (nameof(entry.PostalCode), code.Length == 0 ? "address.whole" : code.Length > LongestCode ? "tooLong" : null);
        yield return (nameof(entry.PostalCode), entry.Country == "FR" && (code.Length != 5 || !code.All(char.IsAsciiDigit)) ? "postalCode.french" : null);
        yield return (nameof(entry.City), Part(entry.City));
        yield return (nameof(entry.Country), Country.IsKnown(entry.Country) ? null : "country");
    }

    private static string? Part(string text) => string.IsNullOrWhiteSpace(text) ? "address.whole" : text.Length > LongestText ? "tooLong" : null;

    private static bool IsEmail(string text) => text.Length <= 320 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
