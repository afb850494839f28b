using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Bench;

/// <summary>
/// A statement of 10,000 lines against 100,000 open invoices, as the product does it: read, stored, matched and booked. What was matched by rule is
/// laid beside the truth. The traps: amounts that many invoices share, clients with similar names, numbers that two invoices bear, a number with
/// another's amount, payments that come twice, parts and too much. Then once more, as by night, when the accounts that paid are known.
/// </summary>
internal static class MatchingBench
{
    private const int Lines = 10_000;
    private const double MostSeconds = 20;

    public static async Task<bool> RunAsync()
    {
        var folder = await SeededFolder.Debts.CopyAsync();
        await using var services = SeededFolder.Over(folder, whole: true);
        var invoices = await InvoicesAsync(services);
        var statement = new Statement(invoices, new(23));
        var (files, clock) = (services.GetRequiredService<KeepBankFiles>(), Stopwatch.StartNew());
        var plan = await files.PlanAsync("bench.xml", statement.Text, choice: null, CancellationToken.None);
        var read = clock.Elapsed;
        await files.TakeAsync(plan, choice: null, userId: null, CancellationToken.None);
        var taken = clock.Elapsed;
        await MatchAsync(services);
        var matched = clock.Elapsed - taken;

        // The next night the accounts that paid are known.
        await MatchAsync(services);
        var again = clock.Elapsed - taken - matched;
        var (right, wrong) = await CompareAsync(services, statement.Truths);

        var known = statement.Truths.Count(truth => truth.Length > 0);
        Console.WriteLine($"{invoices.Count,9:N0} open invoices, {plan.New:N0} lines");
        Console.WriteLine($"{read.TotalSeconds,9:N1} s read, {(taken - read).TotalSeconds:N1} s stored, {matched.TotalSeconds:N1} s matched and booked (bound {MostSeconds} s for all of it); {again.TotalSeconds:N1} s once more, the next night");
        Console.WriteLine($"{right + wrong,9:N0} matched by rule, {wrong} of them wrong: precision {(right + wrong == 0 ? 0 : right / (double)(right + wrong)):P3}");
        Console.WriteLine($"{known,9:N0} lines have a true invoice: recall {right / (double)known:P1}; the others are proposed or left to a person");
        return wrong == 0 && (read + (taken - read) + matched).TotalSeconds <= MostSeconds;
    }

    private static async Task MatchAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MatchBankLines>().RunAsync(new OutboxRow { Id = Guid.NewGuid(), Job = "bench", Key = "bench", Argument = "bench", NotBefore = default, RecordedAt = default }, CancellationToken.None);
    }

    private static async Task<List<Debt>> InvoicesAsync(ServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        return await db.Set<Invoice>().AsNoTracking().OrderBy(invoice => invoice.Reference).Select(invoice => new Debt(invoice.Id, invoice.CustomerId, invoice.Number!, invoice.GrossMinor, invoice.Reference)).ToListAsync();
    }

    private static async Task<(int Right, int Wrong)> CompareAsync(ServiceProvider services, IReadOnlyList<Guid[]> truths)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var matches = await (from match in db.Set<BankMatch>()
                             join line in db.Set<BankLine>() on match.LineId equals line.Id
                             where match.InvoiceId != null && match.UserId == null
                             select new { line.Position, Invoice = match.InvoiceId!.Value }).ToListAsync();
        var (right, wrong) = (0, 0);
        foreach (var line in matches.GroupBy(match => match.Position))
        {
            if (line.Select(match => match.Invoice).ToHashSet().SetEquals(truths[line.Key - 1]))
                right++;
            else
            {
                wrong++;
                if (wrong <= 5)
                    Console.WriteLine($"          line {line.Key} was matched with {string.Join(", ", line.Select(match => match.Invoice))}, and is of {string.Join(", ", truths[line.Key - 1])}");
            }
        }

        return (right, wrong);
    }

    private sealed record Debt(Guid Id, Guid CustomerId, string Number, long Minor, string Reference)
    {
        /// <summary>The seed writes the client's name behind the number of the row.</summary>
        public string Client => Reference[(Reference.IndexOf('|', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>The bank's file, and of each line the invoices that were truly meant: none where nobody can know.</summary>
    private sealed class Statement
    {
        private readonly StringBuilder entries = new();
        private readonly List<Guid[]> truths = [];
        private readonly ILookup<string, Debt> byNumber;
        private readonly ILookup<Guid, Debt> byClient;
        private readonly List<Debt> left;
        private readonly Queue<Debt> twins;
        private readonly Random random;
        private long sum;

        public Statement(List<Debt> debts, Random random)
        {
            (this.random, byNumber, byClient) = (random, debts.ToLookup(debt => debt.Number, StringComparer.Ordinal), debts.ToLookup(debt => debt.CustomerId));
            left = [.. debts.Where(debt => byNumber[debt.Number].Count() == 1)];
            twins = new(debts.Where(debt => byNumber[debt.Number].Count() > 1).DistinctBy(debt => debt.Number));
            while (truths.Count < Lines)
                Add(truths.Count % 20);
            Text = $"""
                <?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id><Ccy>EUR</Ccy></Acct>
                {Balance("OPBD", 0)}{Balance("CLBD", sum)}{entries}</Stmt></BkToCstmrStmt></Document>
                """;
        }

        public string Text { get; }

        public IReadOnlyList<Guid[]> Truths => truths;

        private void Add(int kind)
        {
            var debt = Take();
            switch (kind)
            {
                case < 8:
                    Write(debt.Minor, Said(debt.Number), debt.Client, null, debt.Id);
                    break;
                case < 10:
                    Write(debt.Minor, "VIREMENT", debt.Client, CreditorReference.Of(debt.Id), debt.Id);
                    break;
                case < 12:
                    // Two or three of one client together, each named.
                    var others = byClient[debt.CustomerId].Where(other => other != debt && left.Contains(other)).Take(random.Next(1, 3)).ToList();
                    others.ForEach(other => left.Remove(other));
                    Write(debt.Minor + others.Sum(other => other.Minor), string.Join(" ", others.Prepend(debt).Select(one => Said(one.Number))), debt.Client, null, [debt.Id, .. others.Select(other => other.Id)]);
                    break;
                case 12:
                    // A number that two invoices bear: the amount tells which, where it is not the same as well.
                    var twin = twins.Dequeue();
                    Write(twin.Minor, Said(twin.Number), twin.Client, null, byNumber[twin.Number].Count(one => one.Minor == twin.Minor) == 1 ? [twin.Id] : []);
                    break;
                case 13:
                    // The number of one, the amount of another.
                    Write(debt.Minor, Said(Take().Number), debt.Client, null, debt.Id);
                    break;
                case 14:
                    Write(debt.Minor, "FACTURE", debt.Client, null, debt.Id);
                    break;
                case 15:
                    // Paid, and paid once more.
                    Write(debt.Minor, Said(debt.Number), debt.Client, null, debt.Id);
                    Write(debt.Minor, Said(debt.Number), debt.Client, null);
                    break;
                case 16:
                    Write(debt.Minor / 2, Said(debt.Number), debt.Client, null, debt.Id);
                    break;
                case 17:
                    Write(debt.Minor + 1_500, Said(debt.Number), debt.Client, null, debt.Id);
                    break;
                case 18:
                    // Numbers of their own: an order, a date, a telephone.
                    Write(debt.Minor, $"CDE {random.Next(1_000, 9_999)} DU {random.Next(10, 28)}/03/2026 TEL 06{random.Next(10_000_000, 99_999_999)}", debt.Client, null, debt.Id);
                    break;
                default:
                    Write(random.Next(1_000, 900_000), "VIR", "Nobody known", null);
                    break;
            }
        }

        private Debt Take()
        {
            var at = random.Next(left.Count);
            var taken = left[at];
            (left[at], left[^1]) = (left[^1], left[at]);
            left.RemoveAt(left.Count - 1);
            return taken;
        }

        /// <summary>As people write a number.</summary>
        private string Said(string number) => random.Next(5) switch
        {
            0 => number,
            1 => number.Replace("-", " ", StringComparison.Ordinal),
            2 => number.Replace("-", "", StringComparison.Ordinal),
            3 => $"Reglement facture n°{number.ToLowerInvariant()} merci",
            _ => $"VIR SEPA {number}/2",
        };

        private void Write(long minor, string label, string payer, string? reference, params Guid[] truth)
        {
            sum += minor;
            truths.Add(truth);
            entries.Append(CultureInfo.InvariantCulture, $"<Ntry><Amt Ccy=\"EUR\">{Amount(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-31</Dt></BookgDt><AcctSvcrRef>R{truths.Count}</AcctSvcrRef><NtryDtls><TxDtls>")
                .Append(reference is null ? "" : $"<Refs><EndToEndId>{reference}</EndToEndId></Refs>")
                .Append(CultureInfo.InvariantCulture, $"<RltdPties><Dbtr><Pty><Nm>{SecurityElement.Escape(payer)}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>{IbanOf(payer)}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{SecurityElement.Escape(label)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>");
        }

        /// <summary>Everybody pays from an account of their own; those who are called alike to the letter, from the same one.</summary>
        private static string IbanOf(string payer) => $"FR76{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(payer)))[..23]}";

        private static string Balance(string code, long minor) => $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{Amount(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>";

        private static string Amount(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }
}
