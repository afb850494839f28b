using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Reads a draft at Stripe again and lays it beside what was sent, for whoever has to find out what somebody changed there.</summary>
public sealed class CompareDraft(IDbContextFactory<RevOpsDb> databases, Vault vault, StripeClient stripe, TimeProvider clock)
{
    /// <returns>Null when it was never made at Stripe, or its person was erased.</returns>
    public async Task<DraftComparison?> OfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel) is not { Invoice.StripeInvoiceId: { } stripeId, Customer.StripeCustomerId: not null } sale)
            return null;
        try
        {
            var review = await StripeReview.ReadAsync(stripe, stripeId, cancel);
            return review.Invoice switch
            {
                { Deleted: true } => new(DraftAtStripe.Gone, []),
                { Status: "draft" } => new(DraftAtStripe.Draft, [.. Differences(sale, review)]),
                _ => new(DraftAtStripe.Issued, [.. Differences(sale, review)]),
            };
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return new(DraftAtStripe.Gone, []);
        }
        catch (StripeException)
        {
            return new(DraftAtStripe.Unreachable, []);
        }
    }

    private static IEnumerable<DraftDifference> Differences(BillableSale sale, StripeReview review)
    {
        var assessment = sale.Assess();
        var (ours, theirs) = (StripeDraftOf.Lines(sale, assessment), review.Lines);
        foreach (var line in ours)
        {
            var found = theirs.FirstOrDefault(one => one.Key == line.Key);
            if (Amounts(DraftPart.Line, line.Description, line.Amount, found is null ? null : StripeAmount.Read(found.Amount, found.Currency)) is { } amount)
                yield return amount;
            if (found is not null && Texts(DraftPart.LineText, line.Key, line.Printed, found.Description) is { } text)
                yield return text;
        }

        foreach (var added in theirs.Where(one => ours.All(line => line.Key != one.Key)))
            yield return new(DraftPart.Line, added.Description) { TheirAmount = StripeAmount.Read(added.Amount, added.Currency) };
        var invoice = review.Invoice;
        foreach (var difference in new[]
        {
            Amounts(DraftPart.Net, null, assessment.Totals.Net, StripeAmount.Read(invoice.TotalExcludingTax ?? invoice.Total, invoice.Currency)),
            Amounts(DraftPart.Gross, null, assessment.Totals.Gross, StripeAmount.Read(invoice.Total, invoice.Currency)),
            Texts(DraftPart.Footer, null, StripeDraftOf.Invoice(sale).Footer, invoice.Footer),
            Texts(DraftPart.Memo, null, null, invoice.Description),
        }.OfType<DraftDifference>())
            yield return difference;
    }

    private static DraftDifference? Amounts(DraftPart part, string? line, Money ours, Money? theirs) =>
        ours == theirs ? null : new(part, line) { OurAmount = ours, TheirAmount = theirs };

    private static DraftDifference? Texts(DraftPart part, string? line, string? ours, string? theirs) =>
        string.Equals(ours ?? "", theirs ?? "", StringComparison.Ordinal) ? null : new(part, line) { OurText = ours, TheirText = theirs };
}

public enum DraftAtStripe
{
    Draft = 0,

    /// <summary>Somebody finalised it there: it is no draft any more.</summary>
    Issued = 1,

    Gone = 2,

    /// <summary>Stripe could not be asked.</summary>
    Unreachable = 3,
}

public enum DraftPart
{
    Line = 0,
    LineText = 1,
    Net = 2,
    Gross = 3,
    Footer = 4,
    Memo = 5,
}

public sealed record DraftComparison(DraftAtStripe State, IReadOnlyList<DraftDifference> Differences);

/// <summary>One value of the draft that is not the same on both sides; a side that lacks it is null.</summary>
/// <param name="Line">Which line, where it is about one.</param>
public sealed record DraftDifference(DraftPart Part, string? Line)
{
    public Money? OurAmount { get; init; }
    public Money? TheirAmount { get; init; }
    public string? OurText { get; init; }
    public string? TheirText { get; init; }
}
