using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.History;

/// <summary>Reads the rows of a file of opening balances or past deals: each as the event that it would be, or with what is wrong.</summary>
public static class HistoryFile
{
    public const int MostLines = 2_000;

    // Within what an event's id holds, with its mode.
    private const int LongestId = 180;
    private const int LongestNumber = 50;
    private static readonly IReadOnlyList<string> Buyer = ["customer", "ref", "siren", "vat", "email"];

    public static IReadOnlyList<string> ColumnsOf(HistoryFileKind kind) => kind == HistoryFileKind.Opening
        ? ["number", .. Buyer, "issued", "due", "currency", "net", "tax", "paid", "paidon"]
        : ["deal", .. Buyer, "won", "currency", "net", "description", "invoice"];

    public static SheetFile Read(HistoryFileKind kind, string text) =>
        SheetFile.Read(text, ColumnsOf(kind), kind == HistoryFileKind.Opening ? ["number", "customer", "issued", "due", "net", "tax"] : ["deal", "customer", "won", "net"], MostLines);

    /// <param name="kind">Which file.</param>
    /// <param name="row">Of it.</param>
    /// <param name="company">Whose days and currency count.</param>
    /// <param name="now">Nothing happened after it.</param>
    /// <param name="mode">Whose books it enters.</param>
    /// <param name="userId">Who enters it.</param>
    public static HistoryRow RowOf(HistoryFileKind kind, SheetRow row, CompanyVersion company, DateTimeOffset now, Mode mode, Guid userId)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new RowReader(row, company, company.DayOf(now), wrong);
        return kind == HistoryFileKind.Opening ? Opening(reader, mode, userId) : Deal(reader, mode, userId);
    }

    private static HistoryRow Opening(RowReader row, Mode mode, Guid userId)
    {
        var (number, issued, currency) = (row.Id("number", LongestNumber), row.PastDay("issued"), row.Currency());
        var (due, net, tax, paid) = (row.Day("due"), row.Minor("net", currency), row.Minor("tax", currency, empty: 0), row.Minor("paid", currency, empty: 0));
        var paidOn = row["paidon"].Length == 0 ? issued : row.PastDay("paidon");
        if (row.Reads("issued", "due") && due < issued)
            row.Wrong("due", "dueBefore");
        if (row.Reads("net", "tax", "paid") && paid > net + tax)
            row.Wrong("paid", "paidMore");
        var buyer = row.Buyer();
        if (!row.Ok)
            return row.Refused();
        HistoricLine line = new("total", "", 1, new Money(net, currency).Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), net, tax, tax == 0 ? TaxCategory.OutsideScope : TaxCategory.Standard, HistoricLine.Rate(tax, net));
        var invoice = new HistoricInvoice(number, number, currency, row.At(issued), row.At(due), null, [line]);
        return row.Taken(OpeningBalanceEntered.IdOf(mode, number), new OpeningBalanceEntered(buyer, invoice, paid, row.At(paidOn), userId), row.At(issued));
    }

    private static HistoryRow Deal(RowReader row, Mode mode, Guid userId)
    {
        var (deal, won, currency) = (row.Id("deal", LongestId), row.PastDay("won"), row.Currency());
        var (net, buyer, description) = (row.Minor("net", currency), row.Buyer(), row["description"]);
        if (description.Length > LongestId)
            row.Wrong("description", "tooLong");
        if (!row.Ok)
            return row.Refused();
        var content = new BookingContent { Currency = currency, Lines = [new() { Key = "1", Description = description, Quantity = 1, UnitAmount = new Money(net, currency).Amount }] };
        return row.Taken(PastDealEntered.IdOf(mode, deal), new PastDealEntered(deal, buyer, content, row["invoice"].Length == 0 ? null : row["invoice"], userId), row.At(won));
    }

    /// <summary>The cells of one row, read as what they should be.</summary>
    private sealed class RowReader(SheetRow row, CompanyVersion company, DateOnly today, Dictionary<string, string> wrong)
    {
        public bool Ok => wrong.Count == 0;

        public string this[string column] => row[column];

        public bool Reads(params ReadOnlySpan<string> columns)
        {
            foreach (var column in columns)
            {
                if (wrong.ContainsKey(column))
                    return false;
            }

            return true;
        }

        public void Wrong(string column, string problem) => wrong.TryAdd(column, problem);

        public string Id(string column, int longest)
        {
            if (row[column].Length == 0)
                Wrong(column, "missing");
            else if (row[column].Length > longest)
                Wrong(column, "tooLong");
            return row[column];
        }

        public DateOnly Day(string column)
        {
            if (CatalogueRules.Day(row[column]) is { } day)
                return day;
            Wrong(column, row[column].Length == 0 ? "missing" : "day");
            return today;
        }

        public DateOnly PastDay(string column)
        {
            var day = Day(column);
            if (day > today)
                Wrong(column, "ahead");
            return day;
        }

        /// <summary>Noon of the company's day: no zone moves it to another.</summary>
        public DateTimeOffset At(DateOnly day) => company.StartOf(day).AddHours(12) is var noon && day == today ? company.StartOf(day) : noon;

        public string Currency()
        {
            var code = row["currency"].Length == 0 ? company.Currency : row["currency"].ToUpperInvariant();
            if (Platform.Currency.IsKnown(code))
                return code;
            Wrong("currency", "currency");
            return company.Currency;
        }

        public long Minor(string column, string currency, long? empty = null)
        {
            if (row[column].Length == 0 && empty is { } value)
                return value;
            if (CatalogueRules.Minor(row[column], currency) is { } minor)
                return minor;
            Wrong(column, row[column].Length == 0 ? "missing" : "amount");
            return 0;
        }

        public CustomerDetails Buyer()
        {
            var entry = new CustomerEntry { LegalName = Id("customer", LongestId), Siren = row["siren"], VatNumber = row["vat"], Email = row["email"] };
            var columns = new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(entry.Siren)] = "siren", [nameof(entry.VatNumber)] = "vat", [nameof(entry.Email)] = "email" };
            foreach (var (field, problem) in CustomerRules.Check(entry, sent: null))
                Wrong(columns.GetValueOrDefault(field, "customer"), problem);

            // Without the sender's own ref it is known by its number, else by its name.
            var (siren, vat) = (Siren.Tidy(row["siren"]), VatNumber.Tidy(row["vat"]));
            var known = row["ref"] is { Length: > 0 } given ? given : $"file:{(siren.Length > 0 ? siren : vat.Length > 0 ? vat : row["customer"].ToUpperInvariant())}";
            var details = entry.ToDetails(known) ?? new CustomerDetails { Ref = known };
            return details with { IsBusiness = siren.Length + vat.Length > 0 ? true : null };
        }

        public HistoryRow Taken(string id, IncomingEvent data, DateTimeOffset at) => new(row.Number, row.Cells, id, data, at, IsKnown: false, wrong);

        public HistoryRow Refused() => new(row.Number, row.Cells, null, null, default, IsKnown: false, wrong);
    }
}
