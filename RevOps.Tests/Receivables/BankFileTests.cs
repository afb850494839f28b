using System.Globalization;
using RevOps.Core.Platform;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Tests.Receivables;

/// <summary>Statements as banks write them, read to the cent, and those that contradict themselves refused with line and reason.</summary>
public sealed class BankFileTests
{
    private const string Iban = "FR7630006000011234567890189";

    [Theory]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "<Sts>BOOK</Sts>", "<Sts>PDNG</Sts>", "<Nm>Durand SA</Nm>")]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", "<Sts><Cd>BOOK</Cd></Sts>", "<Sts><Cd>PDNG</Cd></Sts>", "<Pty><Nm>Durand SA</Nm></Pty>")]
    public void Camt053_OfBothVersions_IsReadWithItsBatchesSplit(string space, string booked, string pending, string payer)
    {
        var statement = Assert.Single(Camt053.Read(Camt(space, booked, pending, payer)));
        Assert.Equal((Iban, "EUR", 7L, 100_000L, 360_000L, new DateOnly(2026, 3, 2)), (statement.Account, statement.Currency, statement.Sequence, statement.OpeningMinor, statement.ClosingMinor, statement.To));
        Assert.Equal([144_000L, 100_000L, 20_000L, -4_000L], statement.Lines.Select(line => line.AmountMinor));
        Assert.Equal([1, 2, 3, 4], statement.Lines.Select(line => line.Position));
        Assert.Equal(new BankText("Facture F-2026-0042", "Durand SA", "FR1420041010050500013M02606", "RF18539007547034", "B-1"), statement.Lines[0].Text);
        Assert.Equal(("BATCH/1", "BATCH/2"), (statement.Lines[1].Text.BankReference, statement.Lines[2].Text.BankReference));
    }

    [Theory]
    [InlineData("<Amt Ccy=\"EUR\">3600.00</Amt>", "<Amt Ccy=\"EUR\">3600.01</Amt>", "balance")]
    [InlineData("<Amt Ccy=\"EUR\">200.00</Amt>", "<Amt Ccy=\"EUR\">200.50</Amt>", "batch")]
    [InlineData("<Amt Ccy=\"EUR\">40.00</Amt>", "<Amt Ccy=\"EUR\">40.001</Amt>", "amount")]
    [InlineData("<Amt Ccy=\"EUR\">40.00</Amt>", "<Amt Ccy=\"USD\">40.00</Amt>", "currency")]
    [InlineData("</Document>", "", "xml")]
    [InlineData("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>", "xml")]
    public void Camt053_ThatContradictsItself_IsRefusedWithItsLine(string from, string to, string reason)
    {
        var text = Camt("urn:x", "<Sts>BOOK</Sts>", "<Sts>PDNG</Sts>", "<Nm>Durand SA</Nm>");
        Assert.Contains(from, text, StringComparison.Ordinal);
        var refused = Assert.Throws<BankFileException>(() => Camt053.Read(text.Replace(from, to, StringComparison.Ordinal)));
        Assert.Equal(reason, refused.Reason);
        Assert.True(refused.Line >= 1);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void Cfonb120_WithOrWithoutLineBreaks_IsRead(string end)
    {
        var text = string.Join(end, Cfonb());
        Assert.True(Cfonb120.Looks(text));
        var statement = Assert.Single(Cfonb120.Read(text));
        Assert.Equal(("300060000112345678901", "EUR", 100_000L, 240_000L), (statement.Account, statement.Currency, statement.OpeningMinor, statement.ClosingMinor));
        Assert.Equal([144_000L, -4_000L], statement.Lines.Select(line => line.AmountMinor));
        Assert.Equal(new BankText("VIR SEPA DURAND FACTURE F-2026-0042 MERCI", "DURAND SA", null, "NOTRE-REF-1", null), statement.Lines[0].Text);
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3)), (statement.Lines[0].BookedOn, statement.Lines[0].ValueOn));
    }

    [Theory]
    [InlineData(5, "0000000024000A", "balance")]
    [InlineData(1, "000000001440X{", "amount")]
    [InlineData(1, "00000000014400", "amount")]
    public void Cfonb120_ThatContradictsItself_IsRefusedWithItsLine(int record, string amount, string reason)
    {
        var records = Cfonb();
        records[record] = records[record][..90] + amount + records[record][104..];
        var refused = Assert.Throws<BankFileException>(() => Cfonb120.Read(string.Join('\n', records)));
        Assert.Equal((reason, record + 1), (refused.Reason, refused.Line));
    }

    [Fact]
    public void Cfonb120_ThatEndsInTheMiddle_IsRefused() =>
        Assert.Equal("unfinished", Assert.Throws<BankFileException>(() => Cfonb120.Read(string.Join('\n', Cfonb().SkipLast(1)))).Reason);

    [Theory]
    [InlineData(0, '{')]
    [InlineData(1, 'A')]
    [InlineData(9, 'I')]
    [InlineData(-1, 'J')]
    [InlineData(-9, 'R')]
    public void Cfonb120_TellsTheSideByTheLastSign(long minor, char last)
    {
        List<string> records = [Record("01", minor: 0), Record("04", minor), Record("07", minor)];
        Assert.Equal(last, records[1][103]);
        Assert.Equal(minor, Cfonb120.Read(string.Join('\n', records))[0].Lines[0].AmountMinor);
    }

    [Fact]
    public void Camt053_ReadsWhatBanksDoWithBatchesAndReversals()
    {
        const string Head = "<?xml version=\"1.0\"?><Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>FR76</IBAN></Id><Ccy>EUR</Ccy></Acct>";

        // Net of the bank's charge, in amounts that were instructed; without amounts at all; and taken back.
        var charged = Read("<Ntry><Amt Ccy=\"EUR\">98.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt><Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt></Chrgs><NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">60.00</Amt></InstdAmt></AmtDtls></TxDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"EUR\">40.00</Amt></InstdAmt></AmtDtls></TxDtls></NtryDtls></Ntry>");
        Assert.Equal([6_000L, 4_000L, -200L], charged.Lines.Select(line => line.AmountMinor));
        var whole = Read("<Ntry><Amt Ccy=\"EUR\">98.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls><TxDtls/><TxDtls/></NtryDtls></Ntry>");
        Assert.Equal(9_800, Assert.Single(whole.Lines).AmountMinor);
        var back = Read("<Ntry><Amt Ccy=\"EUR\">98.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry>");
        Assert.True(Assert.Single(back.Lines).Text.IsReversal);
        Assert.Equal("currency", Assert.Throws<BankFileException>(() => Camt053.Read(Head.Replace("EUR", "XXX", StringComparison.Ordinal) + "</Stmt></BkToCstmrStmt></Document>")).Reason);

        static BankStatement Read(string entry) => Assert.Single(Camt053.Read(Head + entry + "</Stmt></BkToCstmrStmt></Document>"));
    }

    [Theory]
    [InlineData("1 234,50", ',', 123_450L)]
    [InlineData("1.234,50", ',', 123_450L)]
    [InlineData("-1,234.50", '.', -123_450L)]
    [InlineData("12", ',', 1_200L)]
    [InlineData("1234.50", ',', null)]
    [InlineData("1,5", '.', null)]
    public void AnAmountOfATable_IsNeverAHundredfold(string written, char sign, long? minor)
    {
        var table = CsvTable.Open($"Date;Label;Amount\n2026-03-02;x;{written}\n");
        var mapping = CsvMapping.Guess(table.Heading, table.Rows) with { DecimalSign = sign };
        if (minor is { } known)
            Assert.Equal(known, BankCsv.Read(table, mapping, "A", "EUR").Lines[0].AmountMinor);
        else
            Assert.Equal((2, "amount"), Assert.Throws<BankFileException>(() => BankCsv.Read(table, mapping, "A", "EUR")) is var refused ? (refused.Line, refused.Reason) : default);
    }

    [Fact]
    public void ATable_LeavesOutWhatIsNotBookedAndRefusesAnotherCurrency()
    {
        var table = CsvTable.Open("Date;Label;Amount;Currency;State\n2026-03-02;x;1.00;EUR;COMPLETED\n2026-03-02;y;2.00;EUR;PENDING\n");
        var mapping = CsvMapping.Guess(table.Heading, table.Rows);
        Assert.Equal([100L], BankCsv.Read(table, mapping, "A", "EUR").Lines.Select(line => line.AmountMinor));
        Assert.Equal("currency", Assert.Throws<BankFileException>(() => BankCsv.Read(table, mapping, "A", "USD")).Reason);
    }

    private static string Camt(string space, string booked, string pending, string payer) => $"""
        <?xml version="1.0"?>
        <Document xmlns="{space}"><BkToCstmrStmt><Stmt>
        <Id>S-7</Id><ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id><IBAN>FR76 3000 6000 0112 3456 7890 189</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">3600.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
        <Ntry><Amt Ccy="EUR">1440.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{booked}<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt><AcctSvcrRef>B-1</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>{payer}</Dbtr><DbtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></DbtrAcct></RltdPties>
        <RmtInf><Ustrd>Facture F-2026-0042</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">1200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{booked}<BookgDt><Dt>2026-03-02</Dt></BookgDt><AcctSvcrRef>BATCH</AcctSvcrRef>
        <NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">1000.00</Amt></TxAmt></AmtDtls></TxDtls>
        <TxDtls><Amt Ccy="EUR">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">40.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>{booked}<BookgDt><Dt>2026-03-02</Dt></BookgDt><AddtlNtryInf>FRAIS</AddtlNtryInf></Ntry>
        <Ntry><Amt Ccy="EUR">9.99</Amt><CdtDbtInd>CRDT</CdtDbtInd>{pending}<BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    private static List<string> Cfonb() =>
    [
        Record("01", 100_000),
        Record("04", 144_000, "VIR SEPA DURAND"),
        Said("LCC", "FACTURE F-2026-0042 MERCI"),
        Said("NPY", "DURAND SA"),
        Record("04", -4_000, "FRAIS"),
        Record("07", 240_000),
    ];

    private static string Record(string code, long minor, string label = "") => string.Create(CultureInfo.InvariantCulture,
        $"{code}30006    00001EUR2 12345678901  020326  {(code == "04" ? "030326" : "      ")}{label,-31}  0000000  {Overpunched(minor)}{(label.StartsWith("VIR", StringComparison.Ordinal) ? "NOTRE-REF-1" : ""),-16}");

    private static string Said(string qualifier, string text) => $"0530006    00001EUR2 12345678901  020326     {qualifier}{text,-70}  ";

    private static string Overpunched(long minor) => Math.Abs(minor).ToString("00000000000000", CultureInfo.InvariantCulture)[..13] + (minor >= 0 ? "{ABCDEFGHI" : "}JKLMNOPQR")[(int)(Math.Abs(minor) % 10)];
}
