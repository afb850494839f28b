using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Core.Billing;

/// <summary>Everything that a draft is made of, in clear.</summary>
public sealed record BillableSale(Invoice Invoice, BookingContent Content, Customer Customer, CustomerDetails Details, CompanyVersion Company)
{
    /// <summary>None on what Finance wrote by hand.</summary>
    public required IReadOnlyList<BilledBooking> Bookings { get; init; }

    /// <summary>Those of <see cref="Content"/>, with the deposits that are deducted.</summary>
    public required IReadOnlyList<BilledLine> Lines { get; init; }

    public required PriceList Prices { get; init; }

    /// <summary>What classes of buyers pay.</summary>
    public FareBook Fares { get; init; } = new([]);

    /// <summary>What the senders say; null on what Finance wrote by hand.</summary>
    public BookingContent? Sent { get; init; }

    /// <summary>Finance's version was written over another content than the senders have now.</summary>
    public bool EditIsStale { get; init; }

    /// <summary>A deposit of the same deal is not issued yet.</summary>
    public bool DepositPending { get; init; }

    /// <summary>Still gathering on this day, in the company's zone.</summary>
    public bool Gathers { get; init; }

    /// <summary>
    /// Loads it into the context; null when a person of it was erased, for history, whose words are not ours, and where its sales have moved
    /// on to another invoice.
    /// </summary>
    /// <exception cref="InvalidOperationException">No such invoice.</exception>
    public static async Task<BillableSale?> LoadAsync(RevOpsDb db, Vault vault, Guid invoiceId, DateTimeOffset now, CancellationToken cancel)
    {
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Id == invoiceId, cancel);
        if (invoice.IsHistory)
            return null;
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == invoice.CustomerId, cancel);
        var company = await db.Set<CompanyVersion>().SingleAsync(row => row.Id == invoice.CompanyVersionId, cancel);
        if (await customer.OpenAsync(vault, cancel) is not { } details || await BookingsAsync(db, vault, invoice, company, cancel) is not { } bookings)
            return null;

        var edit = invoice.EditId is { } editId ? await db.Set<InvoiceEdit>().AsNoTracking().SingleAsync(row => row.Id == editId, cancel) : null;
        var own = edit is null ? null : await vault.OpenAsync(edit.OwnerId, edit.Id, edit.SealedContent, cancel);
        if ((edit is not null && own is null) || (edit is null && bookings.Count == 0))
            return null;

        var (sent, lines) = bookings.Count > 0 ? InvoiceContent.OfSenders(bookings) : (null, []);
        var content = own is null ? sent! : JsonSerializer.Deserialize<BookingContent>(own)!;
        if (own is not null)
            lines = InvoiceContent.OfEdit(content, lines, bookings.Count > 0 ? bookings[0].SuppliedOn : company.DayOf(invoice.OccurredAt));

        var (deducted, pending) = await Deposits.OfAsync(db, invoice, bookings, content.TaxInclusive, cancel);
        lines = [.. lines, .. deducted.Select(line => new BilledLine(line, null, lines[0].SuppliedOn))];
        var prices = await PriceList.LoadAsync(db, [.. lines.Select(line => line.Line.ServiceCode).OfType<string>()], customer.Id, cancel, [.. lines.Select(line => line.Slot?.Start).OfType<DateTimeOffset>()], invoice.Mode);
        return new(invoice, content, customer, details, company)
        {
            Bookings = bookings,
            Lines = lines,
            Prices = prices,
            Fares = await FareBook.LoadAsync(db, [.. lines.Where(line => line.Slot?.Fare is not null).Select(line => prices.ServiceOf(line.Line.ServiceCode)?.Id).OfType<Guid>().Distinct()], cancel),
            Sent = sent,
            EditIsStale = edit is not null && sent is not null && !edit.OverHash.AsSpan().SequenceEqual(sent.ComputeHash()),
            DepositPending = pending,
            Gathers = invoice.GathersUntil >= company.DayOf(now),
        };
    }

    /// <summary>Tax per line, totals per EN 16931, and what is missing before it may be approved.</summary>
    public Assessment Assess()
    {
        var buyer = new TaxParty(Details.Address?.Country, Details.IsBusiness, Details.VatNumber, Customer.VatStatus == VatStatus.Verified);
        var (taxes, totals) = Tax(Company.Country, buyer, Prices, Content, Lines, Invoice.Origin == InvoiceOrigin.LateClaim);
        var assessment = new Assessment(totals, taxes) { Prices = [.. Lines.Zip(taxes, PriceOf)], Differences = [.. Lines.Zip(taxes, DifferenceOf).OfType<PriceDifference>()] };
        return assessment with { Problems = [.. taxes.Select(decision => decision.Problem).Concat(Missing()).Concat(Open(assessment)).OfType<string>().Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>The tax of each line, and the totals.</summary>
    internal static (IReadOnlyList<TaxDecision> Taxes, InvoiceTotals Totals) Tax(string seller, TaxParty buyer, PriceList prices, BookingContent content, IReadOnlyList<BilledLine> lines, bool isLateClaim = false)
    {
        var taxes = lines.Select(line => isLateClaim ? TaxRule.OfLateness : TaxRule.Decide(seller, buyer, line.Line.TaxRateBasisPoints ?? prices.ServiceOf(line.Line.ServiceCode)?.TaxRateBasisPoints, line.SuppliedOn)).ToList();
        var amounts = lines.Zip(taxes, (line, tax) => new TaxedAmount(line.Line.Amount(content.Currency), tax.Category, tax.RateBasisPoints)).ToList();
        return (taxes, InvoiceTotals.Of(content.Currency, amounts, content.TaxInclusive));
    }

    /// <summary>The catalogue's unit price on the line's side of the tax; null where it has none.</summary>
    private decimal? PriceOf(BilledLine line, TaxDecision tax) => InForce(line, tax)?.On(Content.TaxInclusive, tax.RateBasisPoints);

    /// <summary>A contract goes before all; a fare before the slot's price, while it is the cheaper of them.</summary>
    private CataloguePrice? InForce(BilledLine line, TaxDecision tax)
    {
        var price = Prices.Of(line.Line.ServiceCode, Content.Currency, line.SuppliedOn, line.Slot);
        return price is { IsContract: false } && line.Slot is { } slot && Fares.Of(Prices.ServiceOf(line.Line.ServiceCode)!.Id, slot.Fare, Content.Currency, slot.At) is { } fare
            ? price with { UnitAmount = Math.Min(price.UnitAmount, fare.On(price.TaxInclusive, tax.RateBasisPoints)) }
            : price;
    }

    private PriceDifference? DifferenceOf(BilledLine line, TaxDecision tax) => InForce(line, tax) is { } price
        ? PriceCheck.Of(line.Line, price, Content.Currency, Content.TaxInclusive, tax.RateBasisPoints, withDiscount: Invoice.EditId is null)
        : null;

    private IEnumerable<string?> Missing()
    {
        foreach (var gap in CustomerGap.Of(Details))
            yield return gap;
        yield return Customer.MissingList.Contains(CustomerGap.Twin) ? CustomerGap.Twin : null;
        yield return Lines.Any(line => line.Line.Description.Length == 0) ? ReviewProblem.DescriptionMissing : null;
        yield return Company is { LegalName.Length: > 0, Siren: not null, AddressLine1: not null, City: not null } ? null : ReviewProblem.CompanyIncomplete;
    }

    /// <summary>What is not missing, and still for somebody to decide.</summary>
    private IEnumerable<string?> Open(Assessment assessment)
    {
        var accepted = Invoice.PricesAcceptedFor is { } hash && hash.AsSpan().SequenceEqual(Content.ComputeHash());
        yield return assessment.Differences.Count > 0 && !accepted ? ReviewProblem.PriceDiffers : null;
        yield return EditIsStale ? ReviewProblem.EditStale : null;
        yield return DepositPending ? ReviewProblem.DepositPending : null;
        yield return Gathers ? ReviewProblem.Gathering : null;
        yield return assessment.Totals.Gross.Minor < 0 ? ReviewProblem.TotalNegative : null;

        // Found by what stands to the right of here, and lifted there only.
        yield return Invoice.ProblemList.Contains(ReviewProblem.ClaimTooHigh) ? ReviewProblem.ClaimTooHigh : null;
    }

    /// <summary>In the order of the sales; a cancelled one is on no invoice. Null when one cannot be read any more.</summary>
    private static async Task<IReadOnlyList<BilledBooking>?> BookingsAsync(RevOpsDb db, Vault vault, Invoice invoice, CompanyVersion company, CancellationToken cancel)
    {
        var found = new List<BilledBooking>();
        foreach (var booking in await db.Set<Booking>().AsNoTracking().Where(row => row.InvoiceId == invoice.Id).OrderBy(row => row.OccurredAt).ThenBy(row => row.Id).ToListAsync(cancel))
        {
            if (await vault.OpenAsync(booking.PersonId, booking.Id, booking.SealedContent, cancel) is not { } json)
                return null;
            var content = JsonSerializer.Deserialize<BookingContent>(json)!;
            found.Add(new(booking, content, content.ServiceDate ?? company.DayOf(content.SlotStart ?? booking.OccurredAt)));
        }

        return found;
    }
}

/// <summary>What the rules make of a sale.</summary>
/// <param name="Taxes">One per line.</param>
public sealed record Assessment(InvoiceTotals Totals, IReadOnlyList<TaxDecision> Taxes)
{
    /// <summary>The catalogue's unit price per line, on the line's side of the tax; null where it has none.</summary>
    public IReadOnlyList<decimal?> Prices { get; init; } = [];

    /// <summary>Lines that do not cost what the catalogue says.</summary>
    public IReadOnlyList<PriceDifference> Differences { get; init; } = [];

    /// <summary>Codes of <see cref="ReviewProblem"/>.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Of a VAT number, as Stripe reports its check against VIES.</summary>
public static class VatStatus
{
    public const string Pending = "pending";
    public const string Verified = "verified";
    public const string Unverified = "unverified";
}
