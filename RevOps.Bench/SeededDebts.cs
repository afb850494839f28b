using System.Globalization;
using System.Text;
using System.Text.Json;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Bench;

/// <summary>
/// 100,000 open invoices of 8,000 clients, always the same ones, made to be confused: three thousand amounts for all of them, clients called
/// alike, and some numbers that an older program gave already.
/// </summary>
internal sealed class SeededDebts : ISeed
{
    private const int Clients = 8_000;
    private const int Invoices = 100_000;
    private const int Amounts = 3_000;
    private const int TwinsInAThousand = 8;
    private static readonly string[] Stems = ["Durand", "Dupont", "Martin", "Bernard", "Petit", "Moreau", "Laurent", "Garcia", "Roux", "Fontaine", "Chevalier", "Mercier", "Blanchard", "Guérin", "Muller", "Perrin", "Morin", "Dumont", "Lefèvre", "Renard"];
    private static readonly string[] Trades = ["Conseil", "Bâtiment", "Transports", "Immobilier", "Santé", "Energie", "Logistique", "Media", "Studio", "Industrie", "Services", "Habitat", "Optique", "Paysage", "Formation", "Voyages", "Textile", "Finance", "Auto", "Bois"];
    private static readonly string[] Forms = ["SARL", "SAS", "SA", "EURL"];

#pragma warning disable CA5394 // The same debts every time are what is asked for.
    private readonly Random random = new(17);
#pragma warning restore CA5394
    private readonly List<Customer> customers = [];
    private readonly List<Invoice> invoices = [];

    public SeededDebts(CompanyVersion company, byte[] companyKey, DateTimeOffset now)
    {
        var names = new List<string>();
        for (var client = 0; client < Clients; client++)
        {
            // Towns tell apart what is called alike, not always.
            var name = $"{Stems[client % Stems.Length]} {Trades[client / Stems.Length % Trades.Length]}{(client / (Stems.Length * Trades.Length) is > 0 and var town ? $" {town}" : "")} {Forms[client % Forms.Length]}";
            var id = Guid.CreateVersion7();
            customers.Add(new() { Id = id, PersonId = DataKey.Company, OwnerId = DataKey.Company, SealedDetails = Sealer.Seal(companyKey, id, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new CustomerDetails { Ref = $"C-{client}", LegalName = name, IsBusiness = true }))), DetailsHash = [], DetailsAt = now });
            names.Add(name);
        }

        for (var number = 0; number < Invoices; number++)
            Add(number, names, company, now);
    }

    public IReadOnlyList<AuditNote> Notes => [];

    public async Task InsertAsync(RevOpsDb db)
    {
        await db.InsertAsync(customers, CancellationToken.None);
        await db.InsertAsync(invoices, CancellationToken.None);
    }

    private void Add(int number, List<string> names, CompanyVersion company, DateTimeOffset now)
    {
        var (client, issued) = (random.Next(Clients), now.AddDays(-random.Next(1, 300)));
        var (isTwin, net) = (number > 0 && random.Next(1_000) < TwinsInAThousand, (random.Next(Amounts) + 10) * 1_000L);
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(),
            Reference = $"{number.ToString(CultureInfo.InvariantCulture)}|{names[client]}",
            CustomerId = customers[client].Id,
            PersonId = DataKey.Company,
            Mode = Mode.Live,
            Status = InvoiceStatus.Open,
            Currency = company.Currency,
            NetMinor = net,
            TaxMinor = net / 5,
            GrossMinor = net + (net / 5),
            OccurredAt = issued,
            RecordedAt = issued,
            IssuedAt = issued,
            IssuedOn = company.DayOf(issued),
            DueOn = company.DayOf(issued).AddDays(30),
            Number = isTwin ? invoices[random.Next(invoices.Count)].Number : string.Create(CultureInfo.InvariantCulture, $"F-2026-{number:000000}"),
            CompanyVersionId = company.Id,
            OwnerId = DataKey.Company,
        };
        invoices.Add(invoice);
        invoice.Moved(company.DayOf(issued));
    }
}
