using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Bench;

/// <summary>
/// A large ledger: 100,000 invoices of two years to 3,000 clients, six in a hundred open, with 250,000 payments and as many lines of a bank
/// account, always the same ones. Each client has a delay of its own.
/// </summary>
internal sealed class SeededLedger : ISeed
{
    public const int Clients = 3_000;
    public const int Invoices = 100_000;
    public const int Payments = 250_000;
    public const int Lines = 250_000;
    private const int LateInAHundred = 8;
    private const int Days = 730;
    private const int CreditedInAThousand = 8;
    private const int VoidInAThousand = 4;

#pragma warning disable CA5394 // The same ledger every time is what is asked for.
    private readonly Random random = new(11);
#pragma warning restore CA5394
    private readonly Vault vault;
    private readonly CompanyVersion company;
    private readonly byte[] companyKey;
    private readonly DateTimeOffset now;
    private readonly List<Customer> customers = [];
    private readonly List<CustomerRef> refs = [];
    private readonly List<int> delays = [];
    private readonly List<Invoice> invoices = [];
    private readonly List<Payment> payments = [];
    private readonly List<CreditNote> credits = [];
    private readonly List<BankLine> lines = [];
    private readonly List<byte[]> buyers = [];

    public SeededLedger(Vault vault, CompanyVersion company, byte[] companyKey, DateTimeOffset now)
    {
        (this.vault, this.company, this.companyKey, this.now) = (vault, company, companyKey, now);
        for (var client = 0; client < Clients; client++)
            AddClient(client);
        for (var number = 0; number < Invoices; number++)
            AddInvoice(number);
        for (var number = 0; number < Lines; number++)
            AddLine(number);
    }

    public IReadOnlyList<AuditNote> Notes => [];

    public async Task InsertAsync(RevOpsDb db)
    {
        await db.InsertAsync(customers, CancellationToken.None);
        await db.InsertAsync(refs, CancellationToken.None);
        await db.InsertAsync(invoices, CancellationToken.None);
        await db.InsertAsync(payments, CancellationToken.None);
        await db.InsertAsync(credits, CancellationToken.None);
        await db.InsertAsync([Account], CancellationToken.None);
        await db.InsertAsync(lines, CancellationToken.None);
    }

    private BankAccount Account { get; } = new() { Id = new("01980000-0000-7000-8000-00000000ba01"), NumberHash = new byte[32], SealedNumber = [], Name = "Account", Currency = "EUR" };

    private void AddClient(int number)
    {
        var (id, details) = (Guid.CreateVersion7(), new CustomerDetails { Ref = $"C-{number}", LegalName = $"Client {number} SARL", Siren = "552100554", IsBusiness = true });
        var json = JsonSerializer.Serialize(details);
        customers.Add(new() { Id = id, PersonId = DataKey.Company, OwnerId = DataKey.Company, SealedDetails = Seal(id, json), DetailsHash = [], DetailsAt = now.AddDays(-Days) });
        refs.Add(new() { Id = Guid.CreateVersion7(), RefHash = vault.LookupHash("customer", details.Ref), CustomerId = id });
        delays.Add(random.Next(-22, 8));
        buyers.Add(Encoding.UTF8.GetBytes(json));
    }

    private void AddInvoice(int number)
    {
        // Older ones first, as a series of numbers is. Of those not due yet most are open; others are late, among the last half year.
        var (id, client, issued) = (Guid.CreateVersion7(), random.Next(Clients), now.AddDays(-Days * (1 - ((number + 1d) / Invoices))));
        var (net, recent) = (random.Next(100, 9_000) * 100L, number >= Invoices * 3 / 4);
        var open = recent && random.Next(100) < LateInAHundred;
        var isVoid = !open && random.Next(1_000) < VoidInAThousand;
        var invoice = new Invoice
        {
            Id = id,
            Reference = $"D-{number}",
            CustomerId = customers[client].Id,
            PersonId = DataKey.Company,
            Mode = Mode.Live,
            Status = isVoid ? InvoiceStatus.Void : InvoiceStatus.Open,
            Currency = company.Currency,
            NetMinor = net,
            TaxMinor = net / 5,
            GrossMinor = net + (net / 5),
            OccurredAt = issued,
            RecordedAt = issued,
            DraftedAt = issued,
            ApprovedAt = issued,
            IssuedAt = issued,
            SentAt = issued,
            IssuedOn = company.DayOf(issued),
            DueOn = company.DayOf(issued).AddDays(30),
            Number = string.Create(CultureInfo.InvariantCulture, $"INV-{number:000000}"),
            StripeInvoiceId = $"in_{number}",
            CompanyVersionId = company.Id,
            OwnerId = DataKey.Company,
            SealedBuyer = Sealer.Seal(companyKey, id, buyers[client]),
        };
        invoices.Add(invoice);
        invoice.Moved(company.DayOf(issued));
        if (!isVoid && random.Next(1_000) < CreditedInAThousand)
            Credit(invoice, issued.AddDays(random.Next(1, 20)));
        if (!isVoid)
            Pay(invoice, number, open, issued.AddDays(30 + delays[client] + random.Next(-5, 6)));
    }

    /// <summary>Several times in parts, the last one settling it; of an open one only a first part now and then.</summary>
    private void Pay(Invoice invoice, int number, bool open, DateTimeOffset last)
    {
        var (owed, parts) = (invoice.Outstanding.Minor, (number % 3) switch { 0 => 2, 1 => 3, _ => 3 });
        if (open || last >= now)
            parts = number % 4 == 0 ? 1 : 0;
        for (var part = parts; part > 0 && payments.Count < Payments; part--)
        {
            var settles = part == 1 && !open && last < now;
            var (amount, at) = (settles ? owed : owed / 4, settles || last < now ? last.AddDays(-(part - 1) * 3) : now.AddDays(-1));
            payments.Add(new() { Id = Guid.CreateVersion7(), InvoiceId = invoice.Id, StripePaymentId = $"inpay_{number}_{part}", Mode = Mode.Live, Currency = invoice.Currency, AmountMinor = amount, OccurredAt = at, RecordedAt = at });
            (owed, invoice.PaidMinor) = (owed - amount, invoice.PaidMinor + amount);
            invoice.Moved(company.DayOf(at));
        }

        if (invoice.Outstanding.Minor == 0)
            (invoice.Status, invoice.PaidAt) = (InvoiceStatus.Paid, last);
    }

    private void Credit(Invoice invoice, DateTimeOffset at)
    {
        var net = invoice.NetMinor / 10;
        credits.Add(new()
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            Mode = Mode.Live,
            Status = CreditNoteStatus.Issued,
            Number = string.Create(CultureInfo.InvariantCulture, $"AV-{credits.Count:00000}"),
            Reason = credits.Count % 2 == 0 ? CreditReason.BillingError : CreditReason.Goodwill,
            Currency = invoice.Currency,
            NetMinor = net,
            TaxMinor = net / 5,
            GrossMinor = net + (net / 5),
            OccurredAt = at,
            RecordedAt = at,
            ApprovedAt = at,
            IssuedAt = at,
            OwnerId = DataKey.Company,
        });
        invoice.CreditedMinor += net + (net / 5);
        invoice.Moved(company.DayOf(at));
    }

    private void AddLine(int number)
    {
        var (id, payment) = (Guid.CreateVersion7(), payments[number % payments.Count]);
        lines.Add(new()
        {
            Id = id,
            AccountId = Account.Id,
            FileId = Account.Id,
            Mode = Mode.Live,
            Position = number + 1,
            KeyHash = KeyOf(number),
            BookedOn = company.DayOf(payment.OccurredAt),
            Currency = payment.Currency,
            AmountMinor = payment.AmountMinor,
            MatchedMinor = payment.AmountMinor,
            State = BankLineState.Matched,
            SealedText = Seal(id, JsonSerializer.Serialize(new BankText($"VIR {number}", "Client", null, null, null))),
        });
    }

    private static byte[] KeyOf(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return SHA256.HashData(bytes);
    }

    private byte[] Seal(Guid row, string text) => Sealer.Seal(companyKey, row, Encoding.UTF8.GetBytes(text));
}
