using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Bench;

/// <summary>Who buys what, and what becomes of the invoice.</summary>
internal sealed partial class SeededYear
{
    private void AddCustomer(int number)
    {
        var (id, details) = (Guid.CreateVersion7(), DetailsOf(number));
        var json = JsonSerializer.Serialize(details);
        customers.Add(new()
        {
            Id = id,
            PersonId = people[number].Id,
            OwnerId = DataKey.Company,
            SealedDetails = Seal(companyKey, id, json),
            DetailsHash = vault.LookupHash("details", json),
            DetailsAt = Ago(Days),
            StripeCustomerId = $"cus_{number}",
            StripeMode = Mode.Live,
        });
        customerRefs.Add(new() { Id = Guid.CreateVersion7(), RefHash = vault.LookupHash("customer", details.Ref), CustomerId = id });
    }

    private void AddSale(int number)
    {
        // The newest ones are drafts still: everything older has gone its way.
        var age = Days * (double)(Sales - number) / Sales;
        var (client, at, net) = (random.Next(Clients), Ago(age), 50_000L + (random.Next(400) * 1_000L));
        var (customer, person, reference) = (customers[client], people[client], $"B-{number}");
        var content = new BookingContent
        {
            Currency = company.Currency,
            Lines = [new() { Key = "audit", Description = "Audit", Quantity = 1, UnitAmount = net / 200m }, new() { Key = "advice", Description = "Advice", Quantity = 2, UnitAmount = net / 400m }],
        };
        var id = AddEvent(BookingConfirmed.Type, person.Id, keys[client], JsonSerializer.Serialize(new { bookingId = reference, currency = company.Currency }), at);
        bookings.Add(new()
        {
            Id = id,
            BookingId = reference,
            Reference = reference,
            CustomerId = customer.Id,
            PersonId = person.Id,
            OccurredAt = at,
            RecordedAt = at,
            Mode = Mode.Live,
            Currency = company.Currency,
            AmountMinor = net,
            SealedContent = Seal(keys[client], id, JsonSerializer.Serialize(content)),
            ContentHash = content.ComputeHash(),
            ContentAt = at,
        });
        AddConversions(ConversionStage.Booked, reference, id, person.Id, at, net);
        AddInvoice(number, age, bookings[^1], content, client);
    }

    private void AddInvoice(int number, double age, Booking booking, BookingContent content, int client)
    {
        var (id, at, tax) = (Guid.CreateVersion7(), booking.OccurredAt, booking.AmountMinor / 5);
        var (status, paidAfter) = StatusOf(number, age);
        var gone = status is InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Void;
        var issued = at.AddHours(20);
        var invoice = new Invoice
        {
            Id = id,
            Reference = booking.Reference,
            CustomerId = booking.CustomerId,
            PersonId = booking.PersonId,
            Mode = Mode.Live,
            Status = status,
            Currency = company.Currency,
            NetMinor = booking.AmountMinor,
            TaxMinor = tax,
            GrossMinor = booking.AmountMinor + tax,
            OccurredAt = at,
            RecordedAt = at,
            DraftedAt = at.AddMinutes(1),
            ApprovedAt = gone ? issued.AddMinutes(-1) : null,
            IssuedAt = gone ? issued : null,
            IssuedOn = gone ? company.DayOf(issued) : null,
            SentAt = gone ? issued : null,
            CancelledAt = status == InvoiceStatus.Cancelled ? issued : null,
            DueOn = gone ? company.DayOf(issued).AddDays(30) : null,
            Number = gone ? $"INV-{number:000000}" : null,
            StripeInvoiceId = $"in_{number}",
            HostedUrl = gone ? $"https://invoice.stripe.com/i/{number}" : null,
            ReviewHash = SHA256.HashData(id.ToByteArray()),
            Problems = status == InvoiceStatus.Held ? ReviewProblem.StripeDiffers : status == InvoiceStatus.ReadyForReview && number % 10 == 0 ? ReviewProblem.SirenMissing : "",
            CompanyVersionId = company.Id,
            OwnerId = DataKey.Company,
            SealedBuyer = Seal(companyKey, id, JsonSerializer.Serialize(DetailsOf(client))),
        };
        booking.InvoiceId = id;
        invoices.Add(invoice);
        foreach (var (index, line) in content.Lines.Index())
            AddLine(invoice, line, index + 1);
        AddJob(nameof(DraftInvoice), id, at);
        if (gone || status == InvoiceStatus.Rejected)
            Decide(invoice, issued.AddMinutes(-1), gone);
        if (status == InvoiceStatus.Paid)
            Pay(invoice, booking, journeys[client], issued.AddDays(paidAfter));
    }

    /// <summary>Three clients in a hundred never pay, the others after 5 to 45 days.</summary>
    private (InvoiceStatus Status, double PaidAfter) StatusOf(int number, double age)
    {
        var paidAfter = 5 + (random.NextDouble() * 40);
        var status = age switch
        {
            < 7.3 => number % 20 == 0 ? InvoiceStatus.Held : InvoiceStatus.ReadyForReview,
            _ when number % 200 == 1 => InvoiceStatus.Cancelled,
            _ when number % 200 == 2 => InvoiceStatus.Rejected,
            _ when number % 200 == 3 => InvoiceStatus.Void,
            _ => paidAfter + 1 < age && random.Next(100) < 97 ? InvoiceStatus.Paid : InvoiceStatus.Open,
        };
        return (status, paidAfter);
    }

    private void AddLine(Invoice invoice, BookingLine line, int position)
    {
        var (id, net) = (Guid.CreateVersion7(), line.Amount(invoice.Currency).Minor);
        lines.Add(new()
        {
            Id = id,
            InvoiceId = invoice.Id,
            DraftVersion = 1,
            Position = position,
            Key = line.Key,
            OwnerId = DataKey.Company,
            SealedDescription = Seal(companyKey, id, line.Description),
            Quantity = line.Quantity,
            UnitAmount = line.UnitAmount.ToString(CultureInfo.InvariantCulture),
            NetMinor = net,
            TaxMinor = net / 5,
            Category = TaxCategory.Standard,
            RateBasisPoints = 2_000,
        });
    }

    private void Decide(Invoice invoice, DateTimeOffset at, bool approved)
    {
        var (id, user) = (Guid.CreateVersion7(), Guid.Empty);
        decisions.Add(new()
        {
            Id = id,
            InvoiceId = invoice.Id,
            DraftVersion = 1,
            Approved = approved,
            UserId = user,
            ReviewHash = invoice.ReviewHash!,
            SealedReason = approved ? null : Seal(companyKey, id, "Not what was agreed"),
            OccurredAt = at,
            RecordedAt = at,
        });
        Notes.Add(new($"user:{user}", approved ? "invoice.approved" : "invoice.rejected", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { Status = InvoiceStatus.ReadyForReview },
            After = new { invoice.Status, invoice.DraftVersion, invoice.GrossMinor, invoice.Currency, invoice.DueOn },
        });
        if (approved)
            AddJob(nameof(SendInvoice), invoice.Id, at);
    }

    private void Pay(Invoice invoice, Booking booking, List<Touch> journey, DateTimeOffset at)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoice.Id,
            StripePaymentId = $"inpay_{invoice.StripeInvoiceId}",
            Mode = Mode.Live,
            Currency = invoice.Currency,
            AmountMinor = invoice.GrossMinor,
            OccurredAt = at,
            RecordedAt = at,
        };
        (invoice.PaidAt, invoice.PaidMinor) = (at, invoice.GrossMinor);
        invoice.Moved(company.DayOf(at));
        payments.Add(payment);
        var touch = CreditTouches.LastNonDirectOf([.. journey.Where(touch => touch.OccurredAt <= booking.OccurredAt && touch.OccurredAt >= booking.OccurredAt - CreditTouches.LookBack)]);
        credits.Add(new()
        {
            Id = Guid.CreateVersion7(),
            PaymentId = payment.Id,
            InvoiceId = invoice.Id,
            Model = CreditTouches.LastNonDirect,
            TouchId = touch?.Id,
            Channel = touch?.Channel,
            Platform = touch?.Platform,
            CampaignId = touch?.CampaignId,
            TouchedAt = touch?.OccurredAt,
            PaidAt = at,
            Mode = Mode.Live,
            Currency = invoice.Currency,
            AmountMinor = payment.AmountMinor,
        });
        AddJob(nameof(CreditTouches), payment.Id, at);
        AddEvent("stripe.invoice.paid", DataKey.Company, companyKey, JsonSerializer.Serialize(new { id = invoice.StripeInvoiceId }), at);
        AddConversions(ConversionStage.Paid, booking.Reference, invoice.Id, invoice.PersonId, at, invoice.GrossMinor);
    }
}
