using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>One invoice as its client will see it, and what stands between it and approval.</summary>
public sealed class InvoicePaperQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, TimeProvider clock)
{
    /// <param name="invoiceId">Whose paper.</param>
    /// <param name="emailInClear">False masks the e-mail address, for readers whose work does not need it.</param>
    /// <returns>Null when there is no such invoice.</returns>
    public async Task<InvoicePaper?> OfAsync(Guid invoiceId, bool emailInClear, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { } invoice)
            return null;

        var bookings = await db.Set<Booking>().AsNoTracking().Where(row => row.InvoiceId == invoice.Id).OrderBy(row => row.OccurredAt).ThenBy(row => row.Id).ToListAsync(cancel);
        var company = await db.Set<CompanyVersion>().AsNoTracking().SingleAsync(row => row.Id == invoice.CompanyVersionId, cancel);
        var sale = await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel);
        return new()
        {
            Id = invoice.Id,
            Status = invoice.Status,
            Correction = invoice.Correction,
            Mode = invoice.Mode,
            Number = invoice.Number,
            StripeInvoiceId = invoice.StripeInvoiceId,
            HostedUrl = invoice.HostedUrl,
            ReviewHash = invoice.ReviewHash,
            DraftVersion = invoice.DraftVersion,
            Prices = sale is { Invoice.IsDraft: true } ? PaperPrice.Of(sale) : [],
            Problems = invoice.ProblemList,
            PersonId = invoice.PersonId,
            CustomerId = invoice.CustomerId,
            Origin = invoice.Origin,
            Reference = invoice.Reference,
            Bookings = bookings.ConvertAll(booking => new PaperBooking(booking.Id, booking.BookingId, booking.DealId, booking.Amount, booking.OccurredAt)),
            GathersUntil = invoice.GathersUntil,
            OccurredAt = invoice.OccurredAt,
            IssuedAt = invoice.IssuedAt,
            DueOn = invoice.DueOn ?? company.DayOf(clock.GetUtcNow()).AddDays(invoice.PaymentTermsDays),
            DueIsAssumed = invoice.DueOn is null,
            IsOverdue = invoice.IsIssued && invoice.Outstanding.Minor > 0 && invoice.DueOn < company.DayOf(clock.GetUtcNow()),
            Company = company,
            Seller = SellerOf(company),
            Buyer = await BuyerAsync(db, invoice, sale, bookings.Count > 0, cancel) is { } buyer ? BuyerOf(buyer, emailInClear) : null,
            Lines = await LinesAsync(db, invoice, sale, cancel),
            TaxInclusive = sale?.Content.TaxInclusive ?? false,
            ServiceDate = sale?.Content.ServiceDate,
            PurchaseOrder = sale?.Content.PurchaseOrder,
            Mentions = sale is { Customer.StripeCustomerId: not null } ? StripeDraftOf.Invoice(sale).Footer!.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [],
            Net = invoice.Net,
            Tax = invoice.Tax,
            Gross = invoice.Gross,
            Paid = new(invoice.PaidMinor, invoice.Currency),
            Credited = new(invoice.CreditedMinor, invoice.Currency),
        };
    }

    /// <summary>The lines of the draft, not of the booking: what was issued stays what it was when the booking changes.</summary>
    private async Task<IReadOnlyList<PaperLine>> LinesAsync(RevOpsDb db, Invoice invoice, BillableSale? sale, CancellationToken cancel)
    {
        var rows = await db.Set<InvoiceLine>().AsNoTracking().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).OrderBy(line => line.Position).ToListAsync(cancel);
        var lines = new List<PaperLine>(rows.Count);
        foreach (var row in rows)
        {
            lines.Add(new(await vault.OpenAsync(row.OwnerId, row.Id, row.SealedDescription, cancel), row.Quantity, decimal.Parse(row.UnitAmount, CultureInfo.InvariantCulture))
            {
                Key = row.Key,
                BookingId = row.BookingId,
                Net = new(row.NetMinor, invoice.Currency),
                Tax = new(row.TaxMinor, invoice.Currency),
                Category = row.Category,
                RateBasisPoints = row.RateBasisPoints,
                Discount = sale is null || row.NetMinor < 0 ? null : DiscountOf(row, invoice.Currency, sale.Content.TaxInclusive),
            });
        }

        return lines;
    }

    /// <summary>What is missing from quantity times price, on the side of the tax on which the price stands.</summary>
    private static Money? DiscountOf(InvoiceLine line, string currency, bool taxInclusive)
    {
        var off = Money.Round(line.Quantity * decimal.Parse(line.UnitAmount, CultureInfo.InvariantCulture), currency) - new Money(taxInclusive ? line.NetMinor + line.TaxMinor : line.NetMinor, currency);
        return off.Minor > 0 ? off : null;
    }

    /// <summary>The buyer as drafted; as known now while there is no draft yet, or never was one.</summary>
    private async Task<CustomerDetails?> BuyerAsync(RevOpsDb db, Invoice invoice, BillableSale? sale, bool hasSales, CancellationToken cancel)
    {
        if (await vault.OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel) is { } json)
            return JsonSerializer.Deserialize<CustomerDetails>(json);
        if (sale is not null || hasSales)
            return sale?.Details;
        return await (await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == invoice.CustomerId, cancel)).OpenAsync(vault, cancel);
    }

    internal static PaperParty SellerOf(CompanyVersion company) => new(company.LegalName.Length > 0 ? company.LegalName : null)
    {
        Address = Address(company.AddressLine1, company.AddressLine2, company.PostalCode, company.City),
        Country = company.Country,
        Siren = company.Siren,
        VatNumber = company.VatNumber,
    };

    internal static PaperParty BuyerOf(CustomerDetails details, bool emailInClear)
    {
        var address = details.Address;
        return new(details.LegalName)
        {
            Address = Address(address?.Line1, address?.Line2, address?.PostalCode, address?.City),
            Country = address?.Country,
            IsBusiness = details.IsBusiness,
            Siren = details.Siren,
            VatNumber = details.VatNumber,
            Email = emailInClear ? details.Email : CustomerDetails.MaskEmail(details.Email),
        };
    }

    private static IReadOnlyList<string> Address(string? line1, string? line2, string? postalCode, string? city) =>
        [.. new[] { line1, line2, $"{postalCode} {city}".Trim() }.OfType<string>().Where(part => part.Length > 0)];
}

/// <summary>An invoice as on paper.</summary>
public sealed record InvoicePaper
{
    public required Guid Id { get; init; }
    public required InvoiceStatus Status { get; init; }
    public required InvoiceCorrection Correction { get; init; }
    public required Mode Mode { get; init; }
    public string? Number { get; init; }
    public string? StripeInvoiceId { get; init; }
    public string? HostedUrl { get; init; }

    /// <summary>What a decision made from this paper must send back.</summary>
    public byte[]? ReviewHash { get; init; }

    public int DraftVersion { get; init; }

    /// <summary>While it is a draft: lines that do not cost what the catalogue says.</summary>
    public IReadOnlyList<PaperPrice> Prices { get; init; } = [];

    public required IReadOnlyList<string> Problems { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid CustomerId { get; init; }
    public required InvoiceOrigin Origin { get; init; }

    /// <summary>What it is called before it has a number.</summary>
    public required string Reference { get; init; }

    /// <summary>The sales on it, the oldest first; none on what Finance wrote.</summary>
    public required IReadOnlyList<PaperBooking> Bookings { get; init; }

    /// <summary>Last day on which bookings are gathered on it.</summary>
    public DateOnly? GathersUntil { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }
    public required DateOnly DueOn { get; init; }

    /// <summary>Not approved yet: the due day is the one that approval today would give.</summary>
    public required bool DueIsAssumed { get; init; }

    /// <summary>As the list says it: issued, and something is owed since before today.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>From before RevOps: what is known of it, not the paper that its client has.</summary>
    public bool IsHistory => Origin is InvoiceOrigin.Imported or InvoiceOrigin.OpeningBalance;

    /// <summary>The version of the company's data that it was drafted with.</summary>
    public CompanyVersion? Company { get; init; }

    public required PaperParty Seller { get; init; }

    /// <summary>Null when its person was erased.</summary>
    public PaperParty? Buyer { get; init; }

    public required IReadOnlyList<PaperLine> Lines { get; init; }

    /// <summary>Unit prices hold the tax.</summary>
    public bool TaxInclusive { get; init; }

    public DateOnly? ServiceDate { get; init; }
    public string? PurchaseOrder { get; init; }

    /// <summary>What must stand at the foot of it.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    public required Money Net { get; init; }
    public required Money Tax { get; init; }
    public required Money Gross { get; init; }
    public required Money Paid { get; init; }

    /// <summary>Taken back by issued credit notes.</summary>
    public required Money Credited { get; init; }

    public Money Outstanding => Gross - Credited - Paid;

    public string? BookingId => Bookings.Count > 0 ? Bookings[0].BookingId : null;
    public string? DealId => Bookings.Count > 0 ? Bookings[0].DealId : null;
    public string? Sale => BookingId ?? DealId ?? Reference;

    /// <summary>Something is still to be paid: it is issued, and neither void nor paid in full.</summary>
    public bool IsOwed => Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible or InvoiceStatus.Paid && Outstanding.Minor > 0;

    /// <summary>It left the house and stands at Stripe, and credit notes have not taken all of it back.</summary>
    public bool MayBeCredited => Status is InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Uncollectible && StripeInvoiceId is not null && Lines.Count > 0 && Credited.Minor < Gross.Minor;

    /// <summary>What waits for a decision; two sales under one deal would stay two whatever is written.</summary>
    public bool MayBeEdited => Status is InvoiceStatus.ReadyForReview or InvoiceStatus.Held && !Problems.Contains(ReviewProblem.SaleConflict);

    public bool MayBeApproved => Status == InvoiceStatus.ReadyForReview && Problems.Count == 0;
    public bool MayBeRejected => Status == InvoiceStatus.ReadyForReview;

    /// <summary>VAT per category and rate; the lines' shares add up to it.</summary>
    public IReadOnlyList<TaxSubtotal> Subtotals =>
        [.. Lines.GroupBy(line => (line.Category, line.RateBasisPoints)).Select(group => new TaxSubtotal(
            group.Key.Category, group.Key.RateBasisPoints, group.Aggregate(Money.Zero(Net.Currency), (sum, line) => sum + line.Net), group.Aggregate(Money.Zero(Net.Currency), (sum, line) => sum + line.Tax)))];
}

/// <param name="Id">Our own id of the booking.</param>
public sealed record PaperBooking(Guid Id, string? BookingId, string? DealId, Money Amount, DateTimeOffset OccurredAt);

/// <param name="Name">Legal name.</param>
public sealed record PaperParty(string? Name)
{
    public IReadOnlyList<string> Address { get; init; } = [];
    public string? Country { get; init; }
    public bool? IsBusiness { get; init; }
    public string? Siren { get; init; }
    public string? VatNumber { get; init; }
    public string? Email { get; init; }
}

/// <param name="Description">Null when it cannot be read any more.</param>
/// <param name="UnitAmount">In whole currency units, up to 6 decimals.</param>
public sealed record PaperLine(string? Description, decimal Quantity, decimal UnitAmount)
{
    /// <summary>Tells the lines of an invoice apart.</summary>
    public string? Key { get; init; }

    /// <summary>The booking that it is of; null on what Finance wrote, and on a deposit that is deducted.</summary>
    public Guid? BookingId { get; init; }

    public required Money Net { get; init; }
    public required Money Tax { get; init; }
    public required TaxCategory Category { get; init; }
    public required int RateBasisPoints { get; init; }

    /// <summary>Taken off quantity times price; null: nothing.</summary>
    public Money? Discount { get; init; }
}
