using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Web.Demo;

/// <summary>
/// The demo's bank: a statement a week, with what Stripe paid out, what clients transferred, and what the agency paid. It comes in as the file
/// that a real bank would write.
/// </summary>
public sealed class DemoBank(IDbContextFactory<RevOpsDb> databases, KeepBankFiles files, Vault vault)
{
    private const string Iban = "FR7630006000011234567890189";
    private const string File = "demo-{0:yyyy-MM-dd}.xml";
    private const long FirstBalance = 4_250_000;

    /// <summary>Writes and brings the statement up to a day; false where it is in already.</summary>
    public async Task<bool> BringAsync(DateOnly firstDay, DateOnly until, CancellationToken cancel)
    {
        var name = string.Format(CultureInfo.InvariantCulture, File, until);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await db.Set<BankFile>().AsNoTracking().OrderByDescending(file => file.To).FirstOrDefaultAsync(cancel);
        var from = last is null ? firstDay : last.To.AddDays(1);
        if (from > until)
            return false;
        var statement = new Statement(from, until, last?.ClosingMinor ?? FirstBalance, (last?.Sequence ?? 0) + 1);
        await PaidOutAsync(db, statement, cancel);
        await TransferredAsync(db, statement, cancel);
        foreach (var fifth in statement.Days.Where(day => day.Day == 5))
            statement.Add(fifth, -185_000, "LOYER BUREAUX", "SCI Les Tilleuls", null);
        var plan = await files.PlanAsync(name, statement.ToString(), choice: null, cancel);
        return plan.MayTake && (await files.TakeAsync(plan, choice: null, userId: null, cancel)).MayTake;
    }

    private static async Task PaidOutAsync(RevOpsDb db, Statement statement, CancellationToken cancel)
    {
        foreach (var payout in await db.Set<Payout>().AsNoTracking().Where(row => row.Status == "paid" && row.ArrivesOn >= statement.From && row.ArrivesOn <= statement.To).OrderBy(row => row.ArrivesOn).ToListAsync(cancel))
            statement.Add(payout.ArrivesOn, payout.AmountMinor, "STRIPE PAYOUT", "Stripe Technology Europe Ltd", null);
    }

    /// <summary>Most name the invoice in some way; some forget to, and a few cents or a part get lost: those wait for a person.</summary>
    private async Task TransferredAsync(RevOpsDb db, Statement statement, CancellationToken cancel)
    {
        var open = await (from invoice in db.Set<Invoice>().AsNoTracking()
                          join booking in db.Set<Booking>() on (Guid?)invoice.Id equals booking.InvoiceId
                          join customer in db.Set<Customer>().AsNoTracking() on invoice.CustomerId equals customer.Id
                          where invoice.Status == InvoiceStatus.Open && invoice.Correction == InvoiceCorrection.None
                          orderby invoice.IssuedAt
                          select new { invoice, booking.BookingId, customer }).ToListAsync(cancel);
        foreach (var row in open)
        {
            if (DemoClients.SaleOf(row.BookingId) is not { } sale || !DemoClients.PaysAtBank(sale) || DemoClients.DaysToPay(sale) is not { } days)
                continue;
            var day = row.invoice.IssuedOn!.Value.AddDays(days);
            if (day < statement.From || day > statement.To)
                continue;
            var (name, number) = ((await row.customer.OpenAsync(vault, cancel))?.LegalName ?? "Client", row.invoice.Number ?? "");
            var (amount, label) = (sale / 10 % 5) switch
            {
                0 => (row.invoice.Outstanding.Minor, $"VIR SEPA {number}"),
                1 => (row.invoice.Outstanding.Minor, $"REGLEMENT FACTURE {number.Replace('-', ' ')}"),
                2 => (row.invoice.Outstanding.Minor, "VIREMENT"),
                3 => (row.invoice.Outstanding.Minor - 3, $"{number} MERCI"),
                _ => (row.invoice.Outstanding.Minor / 2, $"ACOMPTE {number}"),
            };
            statement.Add(day, amount, label, name, row.customer.Id);
        }
    }

    /// <summary>As a bank writes it: CAMT.053.</summary>
    private sealed class Statement(DateOnly from, DateOnly to, long opening, long sequence)
    {
        private readonly List<(DateOnly Day, string Entry)> entries = [];
        private long moved;

        public DateOnly From => from;

        public DateOnly To => to;

        public IEnumerable<DateOnly> Days => Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);

        public void Add(DateOnly day, long minor, string label, string other, Guid? client)
        {
            moved += minor;
            var (party, account) = minor < 0 ? ("Cdtr", "CdtrAcct") : ("Dbtr", "DbtrAcct");
            var iban = client is { } id ? $"<{account}><Id><IBAN>{IbanOf(id)}</IBAN></Id></{account}>" : "";
            entries.Add((day, string.Create(CultureInfo.InvariantCulture, $"<Ntry><Amt Ccy=\"EUR\">{Math.Abs(minor) / 100m:0.00}</Amt><CdtDbtInd>{Side(minor)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day:yyyy-MM-dd}</Dt></BookgDt><AcctSvcrRef>D{sequence}-{entries.Count + 1}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><{party}><Pty><Nm>{SecurityElement.Escape(other)}</Nm></Pty></{party}>{iban}</RltdPties><RmtInf><Ustrd>{SecurityElement.Escape(label)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>")));
        }

        public override string ToString() => new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>")
            .Append(CultureInfo.InvariantCulture, $"<Id>DEMO-{sequence}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb><FrToDt><FrDtTm>{from:yyyy-MM-dd}T00:00:00</FrDtTm><ToDtTm>{to:yyyy-MM-dd}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>{Iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>")
            .Append(Balance("OPBD", opening)).Append(Balance("CLBD", opening + moved)).AppendJoin("", entries.OrderBy(entry => entry.Day).Select(entry => entry.Entry)).Append("</Stmt></BkToCstmrStmt></Document>").ToString();

        private static string Balance(string code, long minor) => string.Create(CultureInfo.InvariantCulture, $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{Math.Abs(minor) / 100m:0.00}</Amt><CdtDbtInd>{Side(minor)}</CdtDbtInd></Bal>");

        private static string Side(long minor) => minor < 0 ? "DBIT" : "CRDT";

        /// <summary>Each client pays from an account of their own.</summary>
        private static string IbanOf(Guid client) => $"FR76{Math.Abs(client.GetHashCode()) % 100_000:00000}{new string([.. client.ToString("N").Where(char.IsAsciiDigit).Take(18)]).PadRight(18, '0')}";
    }
}
