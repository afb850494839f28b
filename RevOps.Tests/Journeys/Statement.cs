using System.Globalization;
using System.Security;
using System.Text;

namespace RevOps.Tests.Journeys;

/// <summary>Writes a bank's statement (CAMT.053), line by line.</summary>
public sealed class Statement(DateOnly day, long openingMinor = 0, int sequence = 1)
{
    public const string Iban = "FR7630006000011234567890189";
    private readonly StringBuilder entries = new();
    private long moved;
    private int count;

    /// <param name="minor">Negative when it went out.</param>
    /// <param name="reference">End-to-end or structured reference.</param>
    /// <param name="bankReference">The bank's own; null: counted.</param>
    public Statement With(long minor, string label, string payer = "Somebody", string? iban = null, string? reference = null, string? bankReference = null)
    {
        moved += minor;
        var side = minor < 0 ? "DBIT" : "CRDT";
        entries.Append(CultureInfo.InvariantCulture, $"<Ntry><Amt Ccy=\"EUR\">{Amount(Math.Abs(minor))}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{day:yyyy-MM-dd}</Dt></BookgDt>")
            .Append(CultureInfo.InvariantCulture, $"<AcctSvcrRef>{bankReference ?? $"{day:yyyyMMdd}-{sequence}-{++count}"}</AcctSvcrRef><NtryDtls><TxDtls>")
            .Append(reference is null ? "" : $"<Refs><EndToEndId>{reference}</EndToEndId></Refs>")
            .Append(CultureInfo.InvariantCulture, $"<RltdPties><Dbtr><Nm>{SecurityElement.Escape(payer)}</Nm></Dbtr>{(iban is null ? "" : $"<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct>")}</RltdPties><RmtInf><Ustrd>{SecurityElement.Escape(label)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>");
        return this;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S-{sequence}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb>
        <FrToDt><FrDtTm>{day:yyyy-MM-dd}T00:00:00</FrDtTm><ToDtTm>{day:yyyy-MM-dd}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>{Iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
        {Balance("OPBD", openingMinor)}{Balance("CLBD", openingMinor + moved)}{entries}</Stmt></BkToCstmrStmt></Document>
        """);

    private static string Balance(string code, long minor) => $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{Amount(Math.Abs(minor))}</Amt><CdtDbtInd>{(minor < 0 ? "DBIT" : "CRDT")}</CdtDbtInd></Bal>";

    private static string Amount(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
