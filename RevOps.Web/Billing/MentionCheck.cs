using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Web.Billing;

/// <summary>How a mention stands on the invoice.</summary>
public enum MentionState
{
    Fine = 0,

    /// <summary>It is not known before the invoice is issued.</summary>
    AtIssue = 1,

    /// <summary>The law's own rate is printed, since Finance has entered none.</summary>
    ByLaw = 2,

    /// <summary>The law wants it and it is not there; the invoice may go all the same.</summary>
    Missing = 3,

    /// <summary>It is not there, and nothing is issued without it.</summary>
    Blocking = 4,
}

/// <param name="Name">Its text is "Mention" + name.</param>
public sealed record Mention(string Name, MentionState State)
{
    public bool IsMissing => State is MentionState.Missing or MentionState.Blocking;
}

/// <param name="Name">Its text is "Mentions" + name.</param>
public sealed record MentionGroup(string Name, IReadOnlyList<Mention> Mentions);

/// <summary>
/// Every mention that French law wants on this invoice, laid beside what is going to be printed (L441-9 Code de commerce, 242 nonies A CGI
/// annexe II, R123-237). What blocks is what <see cref="ReviewProblem"/> names, since a review is where an invoice is stopped: without the names,
/// addresses and numbers of both sides, what was sold and its tax there is no invoice. Form, capital, register and the seller's VAT number
/// depend on what kind of business it is, which nobody told; they are named as missing. A penalty rate that nobody entered blocks nothing
/// either: the law sets one, and that is printed.
/// </summary>
public static class MentionCheck
{
    public static IReadOnlyList<MentionGroup> Of(InvoicePaper paper) => paper.Company is not { } company
        ? []
        : [new("Seller", [.. Seller(company)]), new("Buyer", [.. Buyer(paper)]), new("Sale", [.. Sale(paper, company)]), new("Terms", [.. Terms(paper, company)])];

    private static IEnumerable<Mention> Seller(CompanyVersion company)
    {
        yield return Needed("SellerName", company.LegalName.Length > 0);
        yield return Wanted("SellerForm", company.LegalForm is not null);
        yield return Wanted("SellerCapital", company.Capital is not null);
        yield return Needed("SellerSiren", company.Siren is not null);
        yield return Wanted("SellerRcs", company.RcsCity is not null);
        yield return Wanted("SellerVat", company.VatNumber is not null);
        yield return Needed("SellerAddress", company is { AddressLine1: not null, City: not null });
    }

    private static IEnumerable<Mention> Buyer(InvoicePaper paper)
    {
        var buyer = paper.Buyer ?? new PaperParty(null);
        yield return Needed("BuyerName", buyer.Name is not null);
        yield return Needed("BuyerAddress", !paper.Problems.Any(code => code is ReviewProblem.AddressMissing or ReviewProblem.CountryMissing));
        if (buyer is { IsBusiness: true, Country: "FR" })
            yield return Needed("BuyerSiren", !paper.Problems.Any(code => code is ReviewProblem.SirenMissing or CustomerGap.SirenInvalid));
        if (IsOf(paper, TaxCategory.ReverseCharge))
            yield return Needed("BuyerVat", !paper.Problems.Any(code => code is ReviewProblem.VatNumberMissing or ReviewProblem.VatNumberUnverified or CustomerGap.VatNumberInvalid));
    }

    private static IEnumerable<Mention> Sale(InvoicePaper paper, CompanyVersion company)
    {
        yield return new("Number", paper.Number is null ? MentionState.AtIssue : MentionState.Fine);
        yield return new("IssueDay", paper.IssuedAt is null ? MentionState.AtIssue : MentionState.Fine);
        yield return Needed("SupplyDay", IsPrinted(paper, InvoiceMentions.Supplied) || IsPrinted(paper, InvoiceMentions.SuppliedBetween));
        yield return Needed("What", paper.Lines.Count > 0 && !paper.Problems.Contains(ReviewProblem.DescriptionMissing));

        // A business is told prices without the tax; to a consumer they hold it.
        yield return Wanted("UnitPrice", !paper.TaxInclusive || paper.Buyer?.IsBusiness == false);
        yield return Needed("VatPerRate", paper.Subtotals.Count > 0 && !paper.Problems.Any(code => code is ReviewProblem.TaxRateUnknown or ReviewProblem.TaxRateContradicts));
        if (IsOf(paper, TaxCategory.ReverseCharge))
            yield return Needed("ReverseCharge", IsPrinted(paper, InvoiceMentions.ReverseCharge));
        if (IsOf(paper, TaxCategory.OutsideScope))
            yield return Needed("OutsideScope", IsPrinted(paper, InvoiceMentions.OutsideScope));
        if (company.VatOnDebits)
            yield return Needed("OnDebits", IsPrinted(paper, InvoiceMentions.OnDebits));
        yield return Needed("Category", IsPrinted(paper, InvoiceMentions.Category));
    }

    private static IEnumerable<Mention> Terms(InvoicePaper paper, CompanyVersion company)
    {
        yield return new("DueDay", paper.DueIsAssumed ? MentionState.AtIssue : MentionState.Fine);
        yield return Needed("Discount", IsPrinted(paper, company.DiscountText ?? "escompte"));
        if (paper.Buyer?.IsBusiness != true)
            yield break;
        yield return IsPrinted(paper, InvoiceMentions.Penalty) && company.PenaltyRateBasisPoints is null ? new("Penalty", MentionState.ByLaw) : Needed("Penalty", IsPrinted(paper, InvoiceMentions.Penalty));
        yield return Needed("FlatCosts", IsPrinted(paper, InvoiceMentions.FlatCosts));
    }

    private static Mention Needed(string name, bool isThere) => new(name, isThere ? MentionState.Fine : MentionState.Blocking);

    private static Mention Wanted(string name, bool isThere) => new(name, isThere ? MentionState.Fine : MentionState.Missing);

    private static bool IsOf(InvoicePaper paper, TaxCategory category) => paper.Lines.Any(line => line.Category == category);

    /// <summary>At the foot of the invoice, by the very words that go to Stripe.</summary>
    private static bool IsPrinted(InvoicePaper paper, string words) => paper.Mentions.Any(mention => mention.Contains(words, StringComparison.Ordinal));
}
