using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>
/// Reads ISO 20022 statements, camt.053.001.02 to .001.08, by the names of their elements alone: banks differ in their namespaces. Only what
/// is booked counts; a batch is split into its payments; the balances have to meet.
/// </summary>
public static class Camt053
{
    private const int MostCharacters = 100_000_000;

    public static bool Looks(string text) => text.AsSpan().TrimStart('\ufeff').TrimStart().StartsWith("<") && text.Contains("BkToCstmrStmt", StringComparison.Ordinal);

    /// <exception cref="BankFileException">No such file, or one that contradicts itself.</exception>
    public static IReadOnlyList<BankStatement> Read(string text)
    {
        var statements = Load(text).Descendants().Where(element => element.Name.LocalName == "Stmt").ToList();
        return statements.Count > 0 ? [.. statements.Select(Statement)] : throw new BankFileException(1, "noStatement", "BkToCstmrStmt");
    }

    /// <summary>A document type could make the reader fetch or swell something: none is read.</summary>
    private static XDocument Load(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters });
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException broken)
        {
            throw new BankFileException(Math.Max(1, broken.LineNumber), "xml", broken.Message);
        }
    }

    private static BankStatement Statement(XElement statement)
    {
        var account = Need(statement, "Acct");
        var (opening, closing) = (Balance(statement, "OPBD") ?? Balance(statement, "PRCD"), Balance(statement, "CLBD"));
        var currency = (Text(account, "Ccy") ?? opening?.Currency ?? closing?.Currency ?? throw Wrong(account, "currency", "Ccy")).ToUpperInvariant();
        if (!Currency.IsKnown(currency))
            throw Wrong(account, "currency", currency);
        var lines = statement.Elements().Where(element => element.Name.LocalName == "Ntry" && IsBooked(element)).SelectMany(entry => Payments(entry, currency)).Select((line, index) => line with { Position = index + 1 }).ToList();
        if (opening is { } before && closing is { } after && before.Minor + lines.Sum(line => line.AmountMinor) != after.Minor)
            throw Wrong(statement, "balance", $"{before} + {new Money(lines.Sum(line => line.AmountMinor), currency)} ≠ {after}");
        var days = lines.ConvertAll(line => line.BookedOn);
        var (from, to) = (Day(statement, "FrToDt", "FrDtTm"), Day(statement, "FrToDt", "ToDtTm"));
        return new(
            (Text(account, "Id", "IBAN") ?? Text(account, "Id", "Othr", "Id") ?? throw Wrong(account, "account", "Id")).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            currency,
            Text(statement, "Id"),
            long.TryParse(Text(statement, "ElctrncSeqNb") ?? Text(statement, "LglSeqNb"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null,
            from ?? (days.Count > 0 ? days.Min() : BalanceDay(statement) ?? throw Wrong(statement, "day", "FrToDt")),
            to ?? (days.Count > 0 ? days.Max() : BalanceDay(statement) ?? throw Wrong(statement, "day", "FrToDt")),
            opening?.Minor,
            closing?.Minor,
            lines);
    }

    /// <summary>"BOOK" stands in the element in .001.02, and in a code of its own since .001.04.</summary>
    private static bool IsBooked(XElement entry) => (Text(entry, "Sts", "Cd") ?? Text(entry, "Sts")) is "BOOK" or null;

    private static IEnumerable<StatementLine> Payments(XElement entry, string currency)
    {
        var (amount, booked) = (Amount(entry, Need(entry, "Amt"), currency), Day(entry, "BookgDt", "Dt") ?? Day(entry, "BookgDt", "DtTm") ?? throw Wrong(entry, "day", "BookgDt"));
        var value = Day(entry, "ValDt", "Dt") ?? Day(entry, "ValDt", "DtTm");
        var details = entry.Elements().Where(element => element.Name.LocalName == "NtryDtls").SelectMany(part => part.Elements()).Where(element => element.Name.LocalName == "TxDtls").ToList();

        // Of a batch without its amounts only the whole is known.
        if (details.Count < 2 || details.Exists(detail => AmountIn(detail) is null))
            return [new(0, booked, value, amount, TextOf(entry, details.Count == 1 ? details[0] : null, part: null))];

        var parts = details.Select((detail, index) => new StatementLine(0, booked, value, PartOf(entry, detail, currency), TextOf(entry, detail, index + 1))).ToList();

        // What the bank keeps of a batch is said beside its payments.
        if (amount - parts.Sum(part => part.AmountMinor) is var kept && kept != 0 && ChargesOf(entry, currency) == Math.Abs(kept))
            parts.Add(new(0, booked, value, kept, TextOf(entry, null, details.Count + 1)));
        return parts.Sum(part => part.AmountMinor) == amount ? parts : throw Wrong(entry, "batch", $"{new Money(parts.Sum(part => part.AmountMinor), currency)} ≠ {new Money(amount, currency)}");
    }

    /// <summary>A payment of a batch has the batch's side, unless it says another.</summary>
    private static long PartOf(XElement entry, XElement detail, string currency) =>
        Amount(Text(detail, "CdtDbtInd") is null ? entry : detail, AmountIn(detail) ?? throw Wrong(detail, "amount", "TxDtls"), currency);

    private static XElement? AmountIn(XElement detail) => Find(detail, "Amt") ?? Find(detail, "AmtDtls", "TxAmt", "Amt") ?? Find(detail, "AmtDtls", "InstdAmt", "Amt");

    /// <summary>The total of an entry's charges, or their sum; none where it says none.</summary>
    private static long ChargesOf(XElement entry, string currency) => Find(entry, "Chrgs") is not { } charges ? 0
        : new[] { Find(charges, "TtlChrgsAndTaxAmt") }.OfType<XElement>().DefaultIfEmpty().SelectMany(total => total is not null ? [total] : charges.Descendants().Where(element => element.Name.LocalName == "Amt"))
            .Sum(amount => decimal.TryParse(amount.Value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) ? Money.Round(given, currency).Minor : 0);

    private static long Amount(XElement side, XElement amount, string currency)
    {
        if (amount.Attribute("Ccy")?.Value is { } stated && !string.Equals(stated, currency, StringComparison.OrdinalIgnoreCase))
            throw Wrong(amount, "currency", stated);
        if (!decimal.TryParse(amount.Value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) || Money.Round(given, currency) is var money && money.Amount != given)
            throw Wrong(amount, "amount", amount.Value);
        return Text(side, "CdtDbtInd") switch { "CRDT" => money.Minor, "DBIT" => -money.Minor, var other => throw Wrong(side, "side", other ?? "CdtDbtInd") };
    }

    private static Money? Balance(XElement statement, string code)
    {
        var balance = statement.Elements().FirstOrDefault(element => element.Name.LocalName == "Bal" && Text(element, "Tp", "CdOrPrtry", "Cd") == code);
        return balance is null || Find(balance, "Amt") is not { } amount || amount.Attribute("Ccy")?.Value is not { } currency ? null : new(Amount(balance, amount, currency.ToUpperInvariant()), currency.ToUpperInvariant());
    }

    private static DateOnly? BalanceDay(XElement statement) => statement.Elements().Where(element => element.Name.LocalName == "Bal").Select(balance => Day(balance, "Dt", "Dt")).FirstOrDefault(day => day is not null);

    private static BankText TextOf(XElement entry, XElement? detail, int? part)
    {
        var (payer, account) = (Text(entry, "CdtDbtInd") == "DBIT" ? ("Cdtr", "CdtrAcct") : ("Dbtr", "DbtrAcct"));
        var parties = detail is null ? null : Find(detail, "RltdPties");
        var label = detail is null ? null : string.Join(' ', (Find(detail, "RmtInf")?.Elements() ?? []).Where(element => element.Name.LocalName == "Ustrd").Select(element => element.Value.Trim()));

        // NtryRef only counts the entries of a statement, and begins again in the next one.
        var own = Text(entry, "AcctSvcrRef");
        return new(
            label is { Length: > 0 } ? label : (detail is null ? null : Text(detail, "AddtlTxInf")) ?? Text(entry, "AddtlNtryInf") ?? "",
            parties is null ? null : Text(parties, payer, "Nm") ?? Text(parties, payer, "Pty", "Nm"),
            (parties is null ? null : Text(parties, account, "Id", "IBAN"))?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            detail is null ? null : Text(detail, "RmtInf", "Strd", "CdtrRefInf", "Ref") ?? (Text(detail, "Refs", "EndToEndId") is { } end && end != "NOTPROVIDED" ? end : null),
            (detail is null ? null : Text(detail, "Refs", "AcctSvcrRef")) ?? (own is null ? null : part is null ? own : $"{own}/{part}"))
        {
            IsReversal = Text(entry, "RvslInd") == "true",
        };
    }

    private static DateOnly? Day(XElement within, params string[] path) => Text(within, path) is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(XElement within, params string[] path) => Find(within, path)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static XElement? Find(XElement within, params string[] path) => path.Aggregate<string, XElement?>(within, (found, name) => found?.Elements().FirstOrDefault(element => element.Name.LocalName == name));

    private static XElement Need(XElement within, string name) => Find(within, name) ?? throw Wrong(within, "missing", name);

    private static BankFileException Wrong(XElement at, string reason, string found) => new(at is IXmlLineInfo place && place.HasLineInfo() ? place.LineNumber : 1, reason, found);
}
