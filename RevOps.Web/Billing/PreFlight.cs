using RevOps.Core.Billing;
using RevOps.Core.Bookings;

namespace RevOps.Web.Billing;

/// <param name="Name">Its text is "Check" + name.</param>
/// <param name="Missing">Codes of <see cref="ReviewProblem"/> that stand in the way; none when it is in order.</param>
public sealed record PreFlightCheck(string Name, IReadOnlyList<string> Missing);

/// <summary>What is looked at before a draft may leave the house, in the order in which somebody would read an invoice.</summary>
public static class PreFlight
{
    private static readonly (string Name, string[] Codes, Func<PaperParty, bool> Matters)[] Checks =
    [
        ("Company", [ReviewProblem.CompanyIncomplete], _ => true),
        ("LegalName", [ReviewProblem.LegalNameMissing], _ => true),
        ("Email", [ReviewProblem.EmailMissing], _ => true),
        ("Address", [ReviewProblem.AddressMissing, ReviewProblem.CountryMissing], _ => true),
        ("Kind", [ReviewProblem.KindMissing], _ => true),
        ("Siren", [ReviewProblem.SirenMissing, CustomerGap.SirenInvalid], buyer => buyer is { IsBusiness: true, Country: "FR" }),
        ("VatNumber", [ReviewProblem.VatNumberMissing, ReviewProblem.VatNumberUnverified, CustomerGap.VatNumberInvalid], buyer => buyer is { IsBusiness: true, VatNumber: not null } and not { Country: "FR" }),
        ("Twin", [CustomerGap.Twin], _ => false),
        ("TaxRate", [ReviewProblem.TaxRateUnknown, ReviewProblem.TaxRateContradicts], _ => true),
        ("Lines", [ReviewProblem.DescriptionMissing], _ => true),
        ("Prices", [ReviewProblem.PriceDiffers], _ => true),
        ("Version", [ReviewProblem.EditStale], _ => false),
        ("Deposit", [ReviewProblem.DepositPending], _ => false),
        ("Gathering", [ReviewProblem.Gathering], _ => false),
        ("Total", [ReviewProblem.TotalNegative], _ => false),
        ("Claim", [ReviewProblem.ClaimTooHigh], _ => false),
        ("Sale", [ReviewProblem.SaleConflict], _ => true),
        ("Foreign", [ReviewProblem.ForeignInvoice], _ => false),
        ("Stripe", [ReviewProblem.StripeDiffers], _ => true),
    ];

    /// <summary>What is mended on the customer's own page.</summary>
    public static bool IsOfCustomer(string code) => code is ReviewProblem.LegalNameMissing or ReviewProblem.EmailMissing or ReviewProblem.AddressMissing or ReviewProblem.CountryMissing or ReviewProblem.KindMissing
        or ReviewProblem.SirenMissing or ReviewProblem.VatNumberMissing or ReviewProblem.VatNumberUnverified or CustomerGap.SirenInvalid or CustomerGap.VatNumberInvalid or CustomerGap.Twin;

    /// <summary>Those that matter for this customer, and every problem there is: one that no check knows is shown by its own name.</summary>
    public static IReadOnlyList<PreFlightCheck> Of(InvoicePaper paper)
    {
        var buyer = paper.Buyer ?? new PaperParty(null);
        var checks = Checks.Select(check => (Check: new PreFlightCheck(check.Name, [.. paper.Problems.Intersect(check.Codes)]), Matters: check.Matters(buyer)))
            .Where(one => one.Matters || one.Check.Missing.Count > 0).Select(one => one.Check);
        var unknown = paper.Problems.Except(Checks.SelectMany(check => check.Codes)).Select(code => new PreFlightCheck("Other", [code]));
        return [.. checks, .. unknown];
    }
}
