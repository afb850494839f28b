using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

/// <summary>Puts sales with their invoices into the database as they stand there once drafted.</summary>
internal sealed class SomeSales(RevOpsHost host)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 11, 0, 0, TimeSpan.Zero);

    public async Task<Guid> AddAsync(string bookingId, Action<Invoice>? change = null, Mode mode = Mode.Live, string currency = "EUR", DateTimeOffset? soldAt = null)
    {
        var vault = host.Services.GetRequiredService<Vault>();
        var company = await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync();
        var (id, customerId, lineId, at) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), soldAt ?? Noon);
        await using var db = await host.OpenDatabaseAsync();
        await db.BeginWorkAsync(CancellationToken.None);

        Task<byte[]> SealAsync(Guid row, string text) => vault.SealAsync(db, DataKey.Company, row, text).AsTask();
        var details = new CustomerDetails { Ref = $"ref-{bookingId}", LegalName = $"Client {bookingId}", Email = "ann@example.com" };
        db.Add(new Customer
        {
            Id = customerId,
            PersonId = DataKey.Company,
            OwnerId = DataKey.Company,
            SealedDetails = await SealAsync(customerId, JsonSerializer.Serialize(details)),
            DetailsHash = [],
            DetailsAt = at,
        });
        db.Add(new CustomerRef { Id = Guid.CreateVersion7(), RefHash = vault.LookupHash("customer", details.Ref), CustomerId = customerId });
        var content = new BookingContent { Currency = currency, Lines = [new() { Key = "1", Description = "Audit", Quantity = 1, UnitAmount = 100 }] };
        db.Add(new Booking
        {
            Id = id,
            BookingId = bookingId,
            Reference = bookingId,
            InvoiceId = id,
            CustomerId = customerId,
            PersonId = DataKey.Company,
            OccurredAt = at,
            RecordedAt = at,
            Mode = mode,
            Currency = currency,
            AmountMinor = 10_000,
            SealedContent = await SealAsync(id, JsonSerializer.Serialize(content)),
            ContentHash = [],
            ContentAt = at,
        });
        db.Add(new InvoiceLine
        {
            Id = lineId,
            InvoiceId = id,
            DraftVersion = 1,
            Position = 1,
            Key = "1",
            OwnerId = DataKey.Company,
            SealedDescription = await SealAsync(lineId, "Audit"),
            Quantity = 1,
            UnitAmount = "100",
            NetMinor = 10_000,
            TaxMinor = 2_000,
            Category = TaxCategory.Standard,
            RateBasisPoints = 2_000,
        });
        var invoice = new Invoice
        {
            Id = id,
            Reference = bookingId,
            CustomerId = customerId,
            PersonId = DataKey.Company,
            Mode = mode,
            Currency = currency,
            Status = InvoiceStatus.ReadyForReview,
            NetMinor = 10_000,
            TaxMinor = 2_000,
            GrossMinor = 12_000,
            OccurredAt = at,
            RecordedAt = at,
            ReviewHash = new byte[32],
            StripeInvoiceId = $"in_{bookingId}",
            CompanyVersionId = company.Id,
        };
        change?.Invoke(invoice);
        db.Add(invoice);
        await db.SaveChangesAsync();
        return id;
    }

    public async Task ChangeAsync(Guid id, Action<Invoice> change)
    {
        await using var db = await host.OpenDatabaseAsync();
        change(await db.Set<Invoice>().SingleAsync(invoice => invoice.Id == id));
        await db.SaveChangesAsync();
    }
}
