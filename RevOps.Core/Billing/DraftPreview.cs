using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>What a version would come to before it is saved, by the same rules as the draft that is made from it.</summary>
public sealed class DraftPreview(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Another content for an invoice that is there, with the deposits that it deducts.</summary>
    /// <returns>Null when there is no such invoice, or a person of it was erased.</returns>
    public async Task<InvoiceTotals?> OfEditAsync(Guid invoiceId, BookingContent content, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Set<Invoice>().AnyAsync(row => row.Id == invoiceId, cancel) || await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel) is not { } sale)
            return null;
        var senders = sale.Bookings.Count > 0 ? InvoiceContent.OfSenders(sale.Bookings).Lines : [];
        var suppliedOn = sale.Bookings.Count > 0 ? sale.Bookings[0].SuppliedOn : seller.DayOf(sale.Invoice.OccurredAt);
        List<BilledLine> lines = [.. InvoiceContent.OfEdit(content, senders, suppliedOn), .. sale.Lines.Where(line => line.IsDeduction)];
        var prices = await PriceList.LoadAsync(db, CodesOf(content), sale.Customer.Id, cancel, [.. lines.Select(line => line.Slot?.Start).OfType<DateTimeOffset>()], sale.Invoice.Mode);
        return (sale with { Company = seller, Content = content, Lines = lines, Prices = prices }).Assess().Totals;
    }

    /// <summary>An invoice that is not there yet. As long as nobody is chosen, a client of the seller's own country is assumed.</summary>
    public async Task<InvoiceTotals> OfNewAsync(Guid? customerId, BookingContent content, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var customer = await db.Set<Customer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == customerId, cancel);
        var details = customer is null ? null : await customer.OpenAsync(vault, cancel);
        var buyer = details is null
            ? new TaxParty(seller.Country, true, null, false)
            : new TaxParty(details.Address?.Country, details.IsBusiness, details.VatNumber, customer!.VatStatus == VatStatus.Verified);
        var day = content.ServiceDate ?? seller.DayOf(clock.GetUtcNow());
        var prices = await PriceList.LoadAsync(db, CodesOf(content), customerId ?? Guid.Empty, cancel);
        return BillableSale.Tax(seller.Country, buyer, prices, content, [.. content.Lines.Select(line => new BilledLine(line, null, day))]).Totals;
    }

    /// <summary>What a service costs a customer today; null where the catalogue has no such code.</summary>
    public async Task<ServiceQuote?> QuoteAsync(string code, Guid? customerId, string currency, bool taxInclusive, CancellationToken cancel)
    {
        var seller = await company.CurrentAsync(cancel);
        var today = seller.DayOf(clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        var list = await PriceList.LoadAsync(db, [code], customerId ?? Guid.Empty, cancel);
        if (list.ServiceOf(code) is not { } service)
            return null;
        var rate = service.TaxRateBasisPoints ?? TaxRate.StandardOn(seller.Country, today);
        return new(service.Code, service.Name, list.Of(code, currency, today)?.On(taxInclusive, rate ?? 0), service.TaxRateBasisPoints);
    }

    /// <summary>A deal or booking that is here and not issued yet, for a deposit on it; null when there is none, or it cannot be read.</summary>
    public async Task<DealSum?> DealAsync(string name, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var booking = await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(row => (row.BookingId == name || row.DealId == name) && row.InvoiceId != null, cancel);
        if (booking?.InvoiceId is not { } invoiceId || await BillableSale.LoadAsync(db, vault, invoiceId, clock.GetUtcNow(), cancel) is not { Invoice.IsDraft: true } sale)
            return null;
        var (assessment, parts) = (sale.Assess(), new List<(int? Rate, Money Net)>());
        foreach (var (index, _) in sale.Lines.Index().Where(line => line.Item.BookingId == booking.Id))
            parts.Add((assessment.Taxes[index] is { Category: TaxCategory.Standard } tax ? tax.RateBasisPoints : null, assessment.Totals.LineNets[index]));
        if (parts.Sum(part => part.Net.Minor) <= 0)
            return null;
        return new(name, sale.Customer.Id, sale.Details.LegalName,
            [.. parts.GroupBy(part => part.Rate).Select(rate => (rate.Key, rate.Aggregate(Money.Zero(sale.Content.Currency), (sum, part) => sum + part.Net)))]);
    }

    /// <summary>Why no invoice would deduct a deposit as it is being written.</summary>
    public async Task<IReadOnlyList<EditFault>> DepositFaultsAsync(string name, Guid? customerId, string currency, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Deposits.FaultsAsync(db, name, customerId, currency, cancel);
    }

    public async Task<NamedCustomer?> CustomerAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Customer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.MergedIntoId == null, cancel) is { } customer
            ? new(id, await customer.OpenAsync(vault, cancel) is { } details ? details.LegalName ?? details.Ref : null)
            : null;
    }

    private static List<string> CodesOf(BookingContent content) => [.. content.Lines.Select(line => line.ServiceCode).OfType<string>()];
}

/// <param name="UnitAmount">In whole currency units, on the asked side of the tax; null where there is no price today.</param>
/// <param name="RateBasisPoints">Null: the standard rate.</param>
public sealed record ServiceQuote(string Code, string Name, decimal? UnitAmount, int? RateBasisPoints);

/// <summary>What a deal comes to before tax.</summary>
/// <param name="Parts">Per VAT rate; a rate of null leaves it to the tax rules.</param>
public sealed record DealSum(string Name, Guid CustomerId, string? Customer, IReadOnlyList<(int? Rate, Money Net)> Parts)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public Money Net => Parts.Aggregate(Money.Zero(Parts[0].Net.Currency), (sum, part) => sum + part.Net);

    /// <summary>A share of it, per VAT rate; to the cent it is the share of the whole.</summary>
    public IReadOnlyList<(int? Rate, Money Net)> Share(int basisPoints) =>
        [.. Net.Share(basisPoints).Split([.. Parts.Select(part => (decimal)Math.Max(0, part.Net.Minor))]).Zip(Parts, (share, part) => (part.Rate, share))];

    /// <summary>Lines that ask for a share of it, before tax, in the words of the paper.</summary>
    public void Fill(InvoiceEntry entry, int basisPoints, CultureInfo culture)
    {
        entry.Lines.Clear();
        (entry.Currency, entry.Tax) = (Net.Currency, CatalogueRules.Exclusive);
        foreach (var (rate, net) in Share(basisPoints).Where(part => part.Net.Minor > 0))
        {
            var line = entry.AddLine();
            line.Description = $"Acompte de {(basisPoints / 100m).ToString("0.##", French)} % sur {Name}";
            (line.UnitAmount, line.Rate) = (LineEntry.Typed(net.Amount, culture), rate is { } known ? LineEntry.RateText(known) : "");
        }
    }
}
