using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Money that comes in past Stripe: recognised on the bank's statement, taken back where that was wrong, and told to Stripe.</summary>
public sealed class BankTests : IAsyncLifetime
{
    private Agency agency = null!;

    private KeepBankFiles Files => agency.Host.Services.GetRequiredService<KeepBankFiles>();

    private MatchDesk Desk => agency.Host.Services.GetRequiredService<MatchDesk>();

    private BankWorkQueries Work => agency.Host.Services.GetRequiredService<BankWorkQueries>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeATransferRecognisedAndToldToStripe()
    {
        var first = await IssuedAsync("B-1", "one");
        var second = await IssuedAsync("B-2", "two");
        await TurnAsync(3);
        var day = await TodayAsync();
        var taken = await TakeAsync(new Statement(day).With(first.GrossMinor, $"VIR SEPA {first.Number!.Replace('-', ' ')} MERCI", "COMPANY ONE SARL").With(-4_000, "LOYER").With(99, "what may this be")
            .With(second.GrossMinor, "sans référence", "somebody else", reference: CreditorReference.Of(second.Id)));
        Assert.Equal((4, 0), (taken.New, taken.Repeats));
        await agency.Host.DrainAsync();

        // By number and amount, and by the reference that is printed on it; paid on the day of the bank.
        foreach (var deal in new[] { "B-1", "B-2" })
        {
            var paid = await agency.InvoiceAsync(deal);
            Assert.Equal((InvoiceStatus.Paid, 0L, day), (paid.Status, paid.Outstanding.Minor, paid.SettledOn));
        }

        var open = await Work.ListAsync(new(), CancellationToken.None);
        Assert.Equal([99L], open.Rows.Select(row => row.Amount.Minor));
        Assert.Equal((2, 1), (open.Counts[BankLineState.Matched], open.Counts[BankLineState.SetAside]));

        // Stripe hears of it only when it may no longer be a slip; what it then tells is no second payment.
        Assert.Equal("open", (await AtStripeAsync(first)).Status);
        agency.Clock.Advance(TimeSpan.FromMinutes(11));
        await agency.DrainUntilAsync(async () => (await AtStripeAsync(first)).Status == "paid" && (await AtStripeAsync(second)).Status == "paid");
        await agency.StripeAsync($"invoices/{second.StripeInvoiceId}", ("metadata[note]", "seen"));
        await agency.DrainUntilAsync(async () => await ReadAsync(row => row.Set<OutboxRow>().CountAsync(job => job.State == OutboxState.Waiting && job.NotBefore <= agency.Clock.GetUtcNow())) == 0);
        Assert.Equal(2, await ReadAsync(row => row.Set<Payment>().CountAsync()));
        Assert.Equal(2, agency.Sandbox.Executed("POST /v1/invoices/{id}/attach_payment"));
        Assert.Equal(2, await ReadAsync(row => row.Set<Credit>().CountAsync()));
        Assert.NotEqual(0, await ReadAsync(row => row.Set<Conversion>().CountAsync(conversion => conversion.Stage == ConversionStage.Paid)));
    }

    [Fact]
    public async Task CanTakeAMatchBackAfterStripeWasTold()
    {
        var invoice = await IssuedAsync("B-3", "three");
        await TakeAsync(new Statement(await TodayAsync()).With(invoice.GrossMinor, invoice.Number!));
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromMinutes(11));
        await agency.DrainUntilAsync(async () => (await AtStripeAsync(invoice)).Status == "paid");
        var line = Assert.Single((await Work.ListAsync(new() { State = BankLineState.Matched }, CancellationToken.None)).Rows);
        Assert.True((await Desk.UndoAsync(Guid.NewGuid(), line.Id, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        await agency.DrainUntilAsync(() => Task.FromResult(agency.Sandbox.Executed("POST /v1/payment_records/{id}/report_refund") == 1));
        var open = await agency.InvoiceAsync("B-3");
        Assert.Equal((InvoiceStatus.Open, invoice.GrossMinor), (open.Status, open.Outstanding.Minor));

        // What a person took back no rule matches again; a person may.
        await RunAsync(nameof(MatchBankLines));
        var again = Assert.Single((await Work.ListAsync(new(), CancellationToken.None)).Rows);
        Assert.Equal(DecisionResult.Done, (await Desk.MatchAsync(Guid.NewGuid(), again.Best!.Match, await agency.ApproverAsync(), CancellationToken.None)).Result);
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-3")).Status);
    }

    [Fact]
    public async Task CanSplitCombineAndSettleWithAFee()
    {
        var (one, two, three) = (await IssuedAsync("B-4", "four"), await IssuedAsync("B-5", "four"), await IssuedAsync("B-6", "six"));
        var both = one.GrossMinor + two.GrossMinor;
        await TakeAsync(new Statement(await TodayAsync()).With(both + 500, "un règlement").With(three.GrossMinor - 1_500, three.Number!).With(1_000, "acompte"));
        await agency.Host.DrainAsync();
        var rows = (await Work.ListAsync(new() { Sort = BankWorkSort.Amount, Descending = true }, CancellationToken.None)).Rows;
        var (combined, fee, part) = (rows[0], rows[1], rows[2]);

        // Less than what it names: a part of it, or all of it and the bank kept the rest.
        Assert.Equal(["Fee", "NumberOnly"], (await Work.LineAsync(fee.Id, CancellationToken.None))!.Proposals.Select(proposal => proposal.Match.Rule));
        await MatchAsync(fee, new(MatchKind.Invoice, three.Id, null, three.GrossMinor), new(MatchKind.Fee, three.Id, null, -1_500));
        await MatchAsync(combined, new(MatchKind.Invoice, one.Id, null, one.GrossMinor), new(MatchKind.Invoice, two.Id, null, two.GrossMinor), new(MatchKind.Overpayment, two.Id, null, 500));
        Assert.Equal(new[] { 0L, -500L, 0L }, new[] { (await agency.InvoiceAsync("B-4")).Outstanding.Minor, (await agency.InvoiceAsync("B-5")).Outstanding.Minor, (await agency.InvoiceAsync("B-6")).Outstanding.Minor });

        // Never more than is there, than is owed, or than the limits allow; what is refused leaves nothing.
        var four = await IssuedAsync("B-7", "seven");
        foreach (var (code, parts) in new (string, MatchPart[])[]
        {
            ("tooMuch", [new(MatchKind.Invoice, four.Id, null, 2_000)]),
            ("moreThanOwed", [new(MatchKind.Invoice, one.Id, null, 1_000)]),
            ("overBeforePaid", [new(MatchKind.Invoice, four.Id, null, 500), new(MatchKind.Overpayment, four.Id, null, 500)]),
            ("feeLimit", [new(MatchKind.Invoice, four.Id, null, four.GrossMinor), new(MatchKind.Fee, four.Id, null, 1_000 - four.GrossMinor)]),
            ("missingOpen", [new(MatchKind.Invoice, four.Id, null, 1_010), new(MatchKind.WriteOff, four.Id, null, -10)]),
            ("nothing", []),
        })
            Assert.Equal(new MatchResult(DecisionResult.Blocked, code), await Desk.MatchAsync(Guid.NewGuid(), new(part.Id, LineMatch.ByHand, 0, parts), await agency.ApproverAsync(), CancellationToken.None));

        // A part of the line now, the rest of it later, on a part of the invoice each.
        await MatchAsync(part, new MatchPart(MatchKind.Invoice, four.Id, null, 400));
        Assert.Equal(600, (await Work.LineAsync(part.Id, CancellationToken.None))!.Row.Left.Minor);
        Assert.Equal(new MatchResult(DecisionResult.Outdated, "outdated"), await Desk.MatchAsync(Guid.NewGuid(), new(part.Id, LineMatch.ByHand, 0, [new(MatchKind.Invoice, four.Id, null, 600)]), await agency.ApproverAsync(), CancellationToken.None));
        Assert.True((await Desk.MatchAsync(Guid.NewGuid(), new(part.Id, LineMatch.ByHand, 400, [new(MatchKind.Invoice, four.Id, null, 600)]), await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        Assert.Equal((BankLineState.Matched, four.GrossMinor - 1_000), ((await Work.LineAsync(part.Id, CancellationToken.None))!.Row.State, (await agency.InvoiceAsync("B-7")).Outstanding.Minor));
    }

    [Fact]
    public async Task CanTakeAnyMatchBackWithoutATrace()
    {
        var invoices = new[] { await IssuedAsync("B-8", "eight"), await IssuedAsync("B-9", "nine"), await IssuedAsync("B-10", "ten") };
        await TurnAsync(5);
        var day = await TodayAsync();
        var statement = new Statement(day.AddDays(-2));
        foreach (var amount in new long[] { 150_000, 144_000, 90_000, 143_700, 300_000 })
            statement.With(amount, "x");
        await TakeAsync(statement);
        await agency.Host.DrainAsync();
        var lines = (await Work.ListAsync(new(), CancellationToken.None)).Rows;
        var random = new Random(7);
        var approver = await agency.ApproverAsync();
        for (var (round, done) = (0, 0); round < 40 && done < 15; round++)
        {
            var before = await TraceAsync();
            var line = lines[random.Next(lines.Count)];
            var match = new LineMatch(line.Id, LineMatch.ByHand, 0, [.. Some(random, invoices, line.Amount.Minor)]);
            if (!(await Desk.MatchAsync(Guid.NewGuid(), match, approver, CancellationToken.None)).IsDone)
            {
                Assert.Equal(before, await TraceAsync());
                continue;
            }

            done++;
            Assert.NotEqual(before, await TraceAsync());
            if (random.Next(2) == 0)
                await agency.Host.DrainAsync();
            Assert.True((await Desk.UndoAsync(Guid.NewGuid(), line.Id, approver, CancellationToken.None)).IsDone);
            Assert.Equal(before, await TraceAsync());
        }

        Assert.NotEqual(0, await ReadAsync(row => row.Set<BankMatch>().CountAsync(match => match.UndoneAt != null)));
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/payment_records/report_payment"));
    }

    [Fact]
    public async Task CanBringTheSameFileOrLineTwiceAndLoseNothing()
    {
        var day = new DateOnly(2026, 4, 1);
        Assert.Equal(2, (await TakeAsync(new Statement(day).With(100, "same").With(100, "same"))).New);
        var again = await Files.PlanAsync("again.xml", new Statement(day).With(100, "same").With(100, "same").ToString(), null, CancellationToken.None);
        Assert.Equal((true, false), (again.IsKnown, again.MayTake));

        // Another cut of the same days, with the bank's references: what is in already is seen, line by line.
        var longer = await TakeAsync(new Statement(day, sequence: 2).With(100, "same", bankReference: $"{day:yyyyMMdd}-1-1").With(100, "same", bankReference: $"{day:yyyyMMdd}-1-2").With(100, "same", bankReference: "new"));
        Assert.Equal((1, 2), (longer.New, longer.Repeats));

        // One of the days between is missing, and then it comes.
        await TakeAsync(new Statement(day.AddDays(3), openingMinor: 700, sequence: 4).With(50, "x"));
        var queries = agency.Host.Services.GetRequiredService<BankFileQueries>();
        Assert.Equal(["gap", "balance"], (await queries.FilesAsync(null, 1, CancellationToken.None)).Rows[0].Warnings);
        await TakeAsync(new Statement(day.AddDays(2), openingMinor: 300, sequence: 3).With(400, "y"));
        Assert.All((await queries.FilesAsync(null, 1, CancellationToken.None)).Rows, row => Assert.Empty(row.Warnings));
        Assert.Equal("sequenceTwice", (await Files.PlanAsync("other.xml", new Statement(day.AddDays(3), 700, 4).With(51, "z").ToString(), null, CancellationToken.None)).Problem?.Reason);
        Assert.Equal("ahead", (await Files.PlanAsync("ahead.xml", new Statement(await TodayAsync() is var today ? today.AddDays(30) : default).With(51, "z").ToString(), null, CancellationToken.None)).Problem?.Reason);
    }

    [Fact]
    public async Task CanBringSeveralStatementsOfADayWithoutReferences()
    {
        var day = new DateOnly(2026, 4, 1);
        await TakeAsync(new Statement(day).With(100, "morning", bankReference: "NONREF"));
        Assert.Equal(1, (await TakeAsync(new Statement(day, openingMinor: 100, sequence: 2).With(100, "evening", bankReference: "NONREF"))).New);

        // What does not go on from the balance of the other may be another cut of it.
        Assert.Equal("overlap", (await Files.PlanAsync("cut.xml", new Statement(day, sequence: 3).With(100, "morning", bankReference: "NONREF").With(50, "x", bankReference: "NONREF").ToString(), null, CancellationToken.None)).Problem?.Reason);
    }

    [Fact]
    public async Task CanReadATableByTheColumnsThatItsAccountKeeps()
    {
        const string March = "Compte 123;Solde;\nDate opération;Date de valeur;Libellé;Contrepartie;Débit;Crédit;Solde\n31/03/2026;31/03/2026;VIR \"A\";Durand SA;;1 200,50;1 700,50\n30/03/2026;30/03/2026;Loyer;SCI;500,00;;500,00\n30/03/2026;30/03/2026;Loyer;SCI;500,00;;1 000,00\n";
        var first = await Files.PlanAsync("mars.csv", March, null, CancellationToken.None);
        Assert.Equal((null, false, "Date opération"), (first.Problem?.Reason, first.MayTake, first.Csv!.Mapping[CsvField.Day]));
        var choice = new CsvChoice(null, Statement.Iban, "Qonto", first.Csv.Mapping);
        var plan = await Files.PlanAsync("mars.csv", March, choice, CancellationToken.None);
        Assert.Equal([-50_000L, -50_000L, 120_050L], plan.Statements[0].Statement.Lines.Select(line => line.AmountMinor));
        Assert.Equal((3, 150_000L, 170_050L), (plan.New, plan.Statements[0].Statement.OpeningMinor, plan.Statements[0].Statement.ClosingMinor));
        await Files.TakeAsync(plan, choice, agency.Finance, CancellationToken.None);

        // The next file is known by its headings; two lines that are alike stay two, and what both files tell is one.
        var next = await Files.PlanAsync("avril.csv", March.Replace("31/03/2026;31/03/2026;VIR", "01/04/2026;01/04/2026;VIR", StringComparison.Ordinal), null, CancellationToken.None);
        Assert.Equal((true, 1, 2), (next.Csv!.IsSaved, next.New, next.Repeats));
        Assert.Equal("balance", (await Files.PlanAsync("x.csv", March.Replace("1 700,50", "1 700,51", StringComparison.Ordinal), null, CancellationToken.None)).Problem?.Reason);
        Assert.Equal((4, "day"), (await Files.PlanAsync("x.csv", March.Replace("30/03/2026;30/03/2026;Loyer;SCI;500,00;;500,00", "30.13.2026;;Loyer;SCI;500,00;;500,00", StringComparison.Ordinal), null, CancellationToken.None)).Problem is { } wrong ? (wrong.Line, wrong.Reason) : default);
        Assert.Equal("noTable", (await Files.PlanAsync("x.csv", "hello", null, CancellationToken.None)).Problem?.Reason);
    }

    [Fact]
    public async Task CanPutStatementsIntoTheWatchedFolder()
    {
        var folder = agency.Host.Services.GetRequiredService<BankFolder>();
        Directory.CreateDirectory(folder.Path);
        Put("one.xml", new Statement(new(2026, 4, 1)).With(100, "x").ToString());
        Put("two.xml", new Statement(new(2026, 4, 2), 100).With(100, "x").ToString().Replace("1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", "1.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StringComparison.Ordinal));
        Put("three.csv", "a;b;c\n1;2;3\n");
        await folder.TakeAllAsync(CancellationToken.None);
        Assert.Equal(["one.xml"], Names("done"));
        Assert.Equal(["three.csv", "two.xml"], Names("refused"));
        Assert.Equal(["balance", "whose"], (await folder.RefusedAsync(CancellationToken.None)).Select(plan => plan.Problem!.Reason).Order(StringComparer.Ordinal));
        Assert.Equal(1, await ReadAsync(row => row.Set<BankLine>().CountAsync()));

        // Once more it is known, and kept beside the first.
        Put("one.xml", new Statement(new(2026, 4, 1)).With(100, "x").ToString());
        await folder.TakeAllAsync(CancellationToken.None);
        Assert.Equal(["one (2).xml", "one.xml"], Names("done"));
        Assert.Equal(1, await ReadAsync(row => row.Set<BankLine>().CountAsync()));

        void Put(string name, string text)
        {
            var path = Path.Combine(folder.Path, name);
            File.WriteAllText(path, text);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        }

        List<string> Names(string within) => [.. Directory.GetFiles(Path.Combine(folder.Path, within)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task CanRecogniseWhatStripePaidOut()
    {
        var day = await TodayAsync();
        await ReadAsync(async row =>
        {
            foreach (var (id, minor) in new[] { ("po_1", 95_000L), ("po_2", 40_000L), ("po_3", 40_000L) })
                row.Add(new Payout { Id = Guid.CreateVersion7(), StripePayoutId = id, Mode = Mode.Sandbox, Currency = "EUR", AmountMinor = minor, Status = "paid", ArrivesOn = day, OccurredAt = agency.Clock.GetUtcNow(), RecordedAt = agency.Clock.GetUtcNow() });
            return await row.SaveChangesAsync();
        });
        await TakeAsync(new Statement(day).With(95_000, "STRIPE TECHNOLOGY EUROPE").With(40_000, "Stripe").With(95_000, "somebody else"));
        await agency.Host.DrainAsync();

        // Of two payouts of one amount neither is sure; a person chooses, and another line cannot have the same one.
        var open = (await Work.ListAsync(new(), CancellationToken.None)).Rows;
        Assert.Equal(new[] { (40_000L, 2), (95_000L, 0) }, open.Select(row => (row.Amount.Minor, row.Proposals)).Order());
        var doubtful = open.Single(row => row.Proposals == 2);
        Assert.True((await Desk.MatchAsync(Guid.NewGuid(), doubtful.Best!.Match, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        var taken = doubtful.Best.Match with { LineId = open.Single(row => row.Proposals == 0).Id };
        Assert.Equal("payoutAmount", (await Desk.MatchAsync(Guid.NewGuid(), taken, await agency.ApproverAsync(), CancellationToken.None)).Code);
        Assert.Equal(2, (await Work.ListAsync(new(), CancellationToken.None)).Counts[BankLineState.Matched]);
    }

    [Fact]
    public async Task CanSeeThatASecondPaymentIsNobodyElses()
    {
        const string Iban = "FR1420041010050500013M02606";
        var (first, second) = (await IssuedAsync("B-11", "eleven"), await IssuedAsync("B-12", "eleven"));
        var day = await TodayAsync();
        await TakeAsync(new Statement(day).With(first.GrossMinor, first.Number!, "Company eleven", Iban).With(first.GrossMinor, first.Number!, "Company eleven", Iban));
        await agency.Host.DrainAsync();
        await RunAsync(nameof(MatchBankLines));
        Assert.Equal([InvoiceStatus.Paid, InvoiceStatus.Open], new[] { (await agency.InvoiceAsync("B-11")).Status, (await agency.InvoiceAsync("B-12")).Status });

        // Without any number the known account and the amount are enough.
        await TakeAsync(new Statement(day, 2 * first.GrossMinor, 2).With(second.GrossMinor, "virement", "C11", Iban));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-12")).Status);
    }

    [Fact]
    public async Task CanProveWhatSomebodyMarkedAsPaid()
    {
        var (before, after) = (await IssuedAsync("B-13", "thirteen"), await IssuedAsync("B-14", "fourteen"));

        // Marked first, and then the bank tells of it: the line stands behind the payment, and nothing is booked again.
        agency.Sandbox.MarkPaid(before.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-13")).Status == InvoiceStatus.Paid);
        await TakeAsync(new Statement(await TodayAsync()).With(before.GrossMinor + 1, "virement").With(before.GrossMinor, "virement").With(after.GrossMinor, after.Number!));
        await agency.Host.DrainAsync();
        var line = (await Work.ListAsync(new(), CancellationToken.None)).Rows.Single(row => row.Amount == before.Gross);
        Assert.Equal("Booked", line.Best!.Match.Rule);
        Assert.True((await Desk.MatchAsync(Guid.NewGuid(), line.Best.Match, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        Assert.Equal("paymentTaken", (await Desk.MatchAsync(Guid.NewGuid(), line.Best.Match with { LineId = (await Work.ListAsync(new(), CancellationToken.None)).Rows.Single().Id, Parts = [line.Best.Match.Parts[0]] }, await agency.ApproverAsync(), CancellationToken.None)).Code);
        Assert.True((await Desk.UndoAsync(Guid.NewGuid(), line.Id, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        Assert.Equal((InvoiceStatus.Paid, 0L), ((await agency.InvoiceAsync("B-13")).Status, (await agency.InvoiceAsync("B-13")).Outstanding.Minor));

        // The bank first, and marked before Stripe was told: one payment as well, and nothing is left to tell.
        agency.Sandbox.MarkPaid(after.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await AtStripeAsync(after)).Status == "paid");
        agency.Clock.Advance(TimeSpan.FromMinutes(11));
        await agency.Host.DrainAsync();
        Assert.Equal(0, (await agency.InvoiceAsync("B-14")).Outstanding.Minor);
        Assert.Equal(2, await ReadAsync(row => row.Set<Payment>().CountAsync()));
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/payment_records/report_payment"));
    }

    [Fact]
    public async Task CanBringOneAccountInTwoFormatsWithoutDoublingIt()
    {
        await TakeAsync(new Statement(new(2026, 4, 3)).With(100, "x"));

        // The number within a French IBAN is all that a CFONB file says of the account.
        var cfonb = string.Join('\n', Cfonb("01", "020426", "0000000000000{"), Cfonb("04", "030426", "0000000000010{"), Cfonb("07", "030426", "0000000000010{"));
        var plan = await Files.PlanAsync("cfonb.txt", cfonb, null, CancellationToken.None);
        Assert.Equal("overlap", plan.Problem?.Reason);
        var later = await Files.PlanAsync("cfonb.txt", cfonb.Replace("030426", "060426", StringComparison.Ordinal).Replace("020426", "030426", StringComparison.Ordinal), null, CancellationToken.None);
        Assert.Null(later.Problem);
        Assert.NotNull(later.Statements[0].AccountId);

        static string Cfonb(string kind, string day, string amount) => $"{kind}30006    00001EUR2 12345678901  {day}".PadRight(90) + amount + new string(' ', 16);
    }

    /// <summary>Random parts: of the right sum mostly, of all kinds.</summary>
    private static IEnumerable<MatchPart> Some(Random random, Invoice[] invoices, long amount)
    {
        var left = amount;
        foreach (var invoice in invoices.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
        {
            var pays = Math.Min(left, random.Next(3) == 0 ? random.Next(1, (int)invoice.GrossMinor) : invoice.GrossMinor);
            if (pays <= 0)
                yield break;
            var missing = invoice.GrossMinor - pays;
            if (missing is > 0 and <= 400)
            {
                yield return new(MatchKind.Invoice, invoice.Id, null, invoice.GrossMinor);
                yield return new(MatchKind.WriteOff, invoice.Id, null, -missing);
            }
            else
            {
                yield return new(MatchKind.Invoice, invoice.Id, null, pays);
            }

            left -= pays;
            if (left > 0 && pays == invoice.GrossMinor && random.Next(3) == 0)
            {
                yield return new(MatchKind.Overpayment, invoice.Id, null, left);
                yield break;
            }
        }
    }

    /// <summary>All that any figure is made of, as text; the audit and the list of matches are not in it.</summary>
    private async Task<string> TraceAsync() => await ReadAsync(async row =>
    {
        var invoices = await row.Set<Invoice>().AsNoTracking().OrderBy(invoice => invoice.Id).Select(invoice => $"{invoice.Id} {invoice.Status} {invoice.PaidMinor} {invoice.PaidAt} {invoice.MovedOn} {invoice.SettledOn}").ToListAsync();
        var lines = await row.Set<BankLine>().AsNoTracking().OrderBy(line => line.Id).Select(line => $"{line.Id} {line.State} {line.MatchedMinor} {line.Reason}").ToListAsync();
        var (payments, credits, conversions) = (await row.Set<Payment>().CountAsync(), await row.Set<Credit>().CountAsync(), await row.Set<Conversion>().CountAsync(conversion => conversion.Stage == ConversionStage.Paid && conversion.SentAt == null));
        var queries = agency.Host.Services.GetRequiredService<ReceivableQueries>();
        var evenings = new List<long>();
        for (var day = (await TodayAsync()).AddDays(-6); day <= await TodayAsync(); day = day.AddDays(2))
            evenings.Add((await queries.LoadAsync(day, null, "EUR", CancellationToken.None)).Figures.Open.Minor);
        return string.Join('\n', [.. invoices, .. lines, $"{payments} {credits} {conversions}", string.Join(' ', evenings)]);
    });

    private async Task MatchAsync(BankWorkRow row, params MatchPart[] parts) =>
        Assert.Equal(new MatchResult(DecisionResult.Done), await Desk.MatchAsync(Guid.NewGuid(), new(row.Id, LineMatch.ByHand, 0, parts), await agency.ApproverAsync(), CancellationToken.None));

    private async Task<BankFilePlan> TakeAsync(Statement statement)
    {
        var plan = await Files.PlanAsync("statement.xml", statement.ToString(), choice: null, CancellationToken.None);
        Assert.Null(plan.Problem);
        return await Files.TakeAsync(plan, choice: null, agency.Finance, CancellationToken.None);
    }

    private async Task<Invoice> IssuedAsync(string booking, string company)
    {
        var sale = Events.Sale(booking, customer: company);
        sale["customer"]!["legalName"] = $"Company {company}";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.ReadyForReview);
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Open);
        return await agency.InvoiceAsync(booking);
    }

    private async Task<StripeInvoice> AtStripeAsync(Invoice invoice) => await agency.Host.Services.GetRequiredService<StripeClient>().GetInvoiceAsync(invoice.StripeInvoiceId!);

    private async Task RunAsync(string job)
    {
        await ReadAsync(async row =>
        {
            row.Enqueue(job, "by night", agency.Clock.GetUtcNow());
            return await row.SaveChangesAsync();
        });
        await agency.Host.DrainAsync();
    }

    private async Task<DateOnly> TodayAsync() => await agency.Host.Services.GetRequiredService<ReceivableQueries>().TodayAsync(CancellationToken.None);

    private async Task TurnAsync(int days)
    {
        agency.Clock.Advance(TimeSpan.FromDays(days));
        await agency.Host.DrainAsync();
    }

    private async Task<T> ReadAsync<T>(Func<RevOpsDb, Task<T>> read)
    {
        await using var row = await agency.Host.OpenDatabaseAsync();
        return await read(row);
    }
}
