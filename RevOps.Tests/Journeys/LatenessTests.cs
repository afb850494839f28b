using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Lateness;
using RevOps.Tests.Testing;
using RevOps.Web.Platform.Engine;

namespace RevOps.Tests.Journeys;

/// <summary>From the due date on: reminders, disputes, promises, calls, and the claim of what it cost; the clock in the test's hand.</summary>
public sealed class LatenessTests : IAsyncLifetime
{
    private Agency agency = null!;

    private LateDesk Desk => agency.Host.Services.GetRequiredService<LateDesk>();

    private LateQueries Late => agency.Host.Services.GetRequiredService<LateQueries>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanRemindByRuleOnceEachInTheClientsLanguage()
    {
        var french = await IssuedAsync("B-1", "one");
        var german = await IssuedAsync("B-2", "two", country: "DE");

        // Off until somebody turns it on.
        await TurnToAsync(french.DueOn!.Value.AddDays(-5));
        await MorningAsync();
        Assert.Empty(await RemindersAsync());
        Assert.Equal(SettingChange.Done, await agency.Host.Services.GetRequiredService<ReminderRules>().SwitchAsync(reminds: true, await agency.ApproverAsync(), CancellationToken.None));
        await MorningAsync();
        await MorningAsync();
        Assert.Equal([(french.Id, -5), (german.Id, -5)], await RemindersAsync());
        var mails = await MailsAsync();
        Assert.Contains(mails, mail => mail.Contains("arrivera", StringComparison.Ordinal) && mail.Contains(french.Number!, StringComparison.Ordinal));
        Assert.Contains(mails, mail => mail.Contains("will be due", StringComparison.Ordinal) && mail.Contains(german.Number!, StringComparison.Ordinal));

        // On the day, and a week later; repeat runs change nothing.
        foreach (var (days, sent) in new[] { (0, 4), (3, 4), (7, 6), (8, 6) })
        {
            await TurnToAsync(french.DueOn.Value.AddDays(days));
            await MorningAsync();
            await MorningAsync();
            Assert.Equal(sent, (await RemindersAsync()).Count);
        }

        // The job was away while +15 and +30 came due: only the latest is sent, and never the one before.
        await TurnToAsync(french.DueOn.Value.AddDays(40));
        await MorningAsync();
        await MorningAsync();
        Assert.Equal([(french.Id, 30), (german.Id, 30)], (await RemindersAsync()).Skip(6));

        // Each is audited, and the log says what became of its mail.
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(8, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "invoice.reminded"));
        var log = await agency.Host.Services.GetRequiredService<ReminderQueries>().LogAsync(1, CancellationToken.None);
        Assert.All(log.Rows, row => Assert.Equal((MailState.Sent, MailSender.File), (row.State, row.Way)));
        Assert.Equal(OutboxState.Done, await db.Set<OutboxRow>().Where(row => row.Job == nameof(SendReminders)).Select(row => row.State).Distinct().SingleAsync());
    }

    [Fact]
    public async Task CanStopRemindersByPaymentDisputeOrPromise()
    {
        var (paid, disputed, promised) = (await IssuedAsync("B-1", "one"), await IssuedAsync("B-2", "two"), await IssuedAsync("B-3", "three"));
        var approver = await agency.ApproverAsync();
        await agency.Host.Services.GetRequiredService<ReminderRules>().SwitchAsync(reminds: true, approver, CancellationToken.None);
        var due = paid.DueOn!.Value;
        agency.Sandbox.Pay(paid.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Paid);
        await TurnToAsync(due);
        Assert.Equal(LateResult.Done, await Desk.DisputeAsync(disputed.Id, new(DisputeReason.Price, agency.Finance, "Says it was agreed at 1,000"), approver, CancellationToken.None));
        Assert.Equal(LateResult.WrongDay, await Desk.PromiseAsync(promised.Id, due.AddDays(-1), approver, CancellationToken.None));
        Assert.Equal(LateResult.Done, await Desk.PromiseAsync(promised.Id, due.AddDays(8), approver, CancellationToken.None));
        Assert.Equal(LateResult.Done, await Desk.PromiseAsync(promised.Id, due.AddDays(10), approver, CancellationToken.None));
        foreach (var days in new[] { 0, 7, 10 })
        {
            await TurnToAsync(due.AddDays(days));
            await MorningAsync();
        }

        Assert.Empty(await RemindersAsync());
        Assert.Equal((LateResult.NotOwed, LateResult.Disputed, LateResult.Promised), (await RemindAsync(paid.Id), await RemindAsync(disputed.Id), await RemindAsync(promised.Id)));

        // Both are seen where invoices are: beside each, and in the lists.
        Assert.Equal((DisputeReason.Price, "Says it was agreed at 1,000", ReminderStop.Disputed), (await Late.FindAsync(disputed.Id, CancellationToken.None)) is { } card ? (card.Row.Standing.Dispute!.Reason, card.DisputeNote, card.Stop!.Value) : default);
        var open = await agency.Host.Services.GetRequiredService<ReceivableQueries>().RowsAsync(new(due.AddDays(10)), CancellationToken.None);
        Assert.Equal((due.AddDays(10), true), (open.Rows.Single(row => row.Id == promised.Id).Standing.Promise!.PromisedOn, open.Rows.Single(row => row.Id == disputed.Id).Standing.Dispute is not null));
        Assert.Equal([disputed.Id], (await Late.ListAsync(new() { Standing = LateStanding.Disputed }, CancellationToken.None)).Rows.Select(row => row.Id));

        // The day is over and the dispute closed: the latest rule's turn.
        Assert.Equal(LateResult.Done, await Desk.CloseDisputeAsync(disputed.Id, approver, CancellationToken.None));
        Assert.Equal(LateResult.NothingNew, await Desk.CloseDisputeAsync(disputed.Id, approver, CancellationToken.None));
        await TurnToAsync(due.AddDays(11));
        await MorningAsync();
        Assert.Equal([(disputed.Id, 7), (promised.Id, 7)], (await RemindersAsync()).OrderBy(one => one.Invoice != disputed.Id));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(["invoice.disputeClosed", "invoice.disputed", "invoice.promised", "invoice.promised"],
            await db.Set<AuditEntry>().Where(entry => entry.Action.StartsWith("invoice.dispute") || entry.Action == "invoice.promised").Select(entry => entry.Action).Order().ToListAsync());

        // What the call list makes of it: the promise that broke first, then the answer.
        var calls = await agency.Host.Services.GetRequiredService<CallQueries>().TodayAsync(null, null, null, clear: true, CancellationToken.None);
        Assert.Equal([(promised.Id, CallReason.PromiseBroken), (disputed.Id, CallReason.DisputeAnswered)], calls.Rows.Select(row => (row.Late.Id, row.Reasons[0])));
        Assert.Equal(LateResult.Done, await Desk.CalledAsync(promised.Id, approver, CancellationToken.None));
        Assert.Equal([disputed.Id], (await agency.Host.Services.GetRequiredService<CallQueries>().TodayAsync(null, null, null, clear: true, CancellationToken.None)).Rows.Select(row => row.Late.Id));
    }

    [Fact]
    public async Task CanSendOneNowAndNeverTwoInADay()
    {
        var late = await IssuedAsync("B-1", "one");
        var silent = await IssuedAsync("B-2", "two");
        await TurnToAsync(late.DueOn!.Value.AddDays(20));
        Assert.Equal((LateResult.Done, LateResult.SentToday), (await RemindAsync(late.Id), await RemindAsync(late.Id)));
        await agency.Host.DrainAsync();
        Assert.Contains("Deuxième rappel", Assert.Single(await MailsAsync()), StringComparison.Ordinal);

        // A rule whose day was before says nothing more; the next one does.
        await agency.Host.Services.GetRequiredService<ReminderRules>().SwitchAsync(reminds: true, await agency.ApproverAsync(), CancellationToken.None);
        await MorningAsync();
        Assert.Equal([(late.Id, 20), (silent.Id, 15)], await RemindersAsync());
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(agency.Finance, (await db.Set<Reminder>().SingleAsync(reminder => reminder.InvoiceId == late.Id)).UserId);

        // Whoever has lost the role does nothing any more.
        Assert.Equal(LateResult.NotAllowed, await Desk.RemindAsync(silent.Id, new(agency.Finance, "another stamp"), CancellationToken.None));
    }

    [Fact]
    public async Task CanClaimInterestAndIndemnityOnceThroughApproval()
    {
        var late = await IssuedAsync("B-1", "one");
        var approver = await agency.ApproverAsync();
        await TurnToAsync(late.DueOn!.Value.AddDays(30));

        // Without a rate nothing is counted, and the page says so.
        Assert.Equal((ClaimBar.RateMissing, null), (await RowAsync(late.Id)) is var unrated ? (unrated.Cost.Bar, unrated.Interest) : default);
        Assert.Empty(await agency.Host.Services.GetRequiredService<LateRates>().SaveAsync(new() { From = "2026-01-01", Percent = "12,15", Source = "ECB 2.15 % + 10" }, approver, CancellationToken.None));
        var row = await RowAsync(late.Id);
        Assert.Equal((1_438L, 4_000L), (row.Cost.Claimable.Minor, row.Cost.ClaimableIndemnityMinor)); // 1,440 € × 12.15 % × 30 ÷ 365.

        var (seen, click) = (SeenOf(row), Guid.NewGuid());
        Assert.Equal(DecisionResult.Outdated, await ClaimAsync(Guid.NewGuid(), seen with { InterestMinor = 9_999 }));
        Assert.Equal((DecisionResult.Done, DecisionResult.Outdated, DecisionResult.Outdated), (await ClaimAsync(click, seen), await ClaimAsync(click, seen), await ClaimAsync(Guid.NewGuid(), seen)));
        await agency.Host.DrainAsync();

        // The same walk as any invoice: drafted, equal to the cent, waiting; outside VAT, and saying what it is for.
        var claim = await ClaimAsync(late.Id);
        Assert.Equal((InvoiceStatus.ReadyForReview, 5_438L, 0L, "", InvoiceOrigin.LateClaim), (claim.Status, claim.GrossMinor, claim.TaxMinor, claim.Problems, claim.Origin));
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            Assert.All(await db.Set<InvoiceLine>().Where(line => line.InvoiceId == claim.Id).ToListAsync(), line => Assert.Equal((TaxCategory.OutsideScope, 0), (line.Category, line.RateBasisPoints)));
            var paper = await agency.Host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync(claim.Id, true, CancellationToken.None);
            Assert.Contains($"Intérêts de retard, facture {late.Number}", paper!.Lines[0].Description, StringComparison.Ordinal);
            Assert.Contains("12,15", paper.Lines[0].Description, StringComparison.Ordinal);
            Assert.Contains(paper.Mentions, mention => mention.Contains("hors du champ", StringComparison.Ordinal));
        }

        Assert.Equal(ClaimBar.Claimed, (await RowAsync(late.Id)).Cost.Bar);
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(async decide => await decide.ApproveAsync(claim.Id, approver, claim.ReviewHash!, CancellationToken.None)));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await ClaimAsync(late.Id)).Status);

        // Ten days later only those ten days, and no second indemnity; the claim bears no interest itself.
        await TurnToAsync(late.DueOn.Value.AddDays(40));
        var later = await RowAsync(late.Id);
        Assert.Equal((10, 479L, 0L, late.DueOn.Value.AddDays(31)), (later.Cost.Claimable.Days, later.Cost.Claimable.Minor, later.Cost.ClaimableIndemnityMinor, later.Cost.ClaimDays!.Value.From));
        await TurnToAsync(late.DueOn.Value.AddDays(100));
        Assert.Equal(ClaimBar.IsClaim, (await RowAsync(claim.Id)).Cost.Bar);
    }

    [Fact]
    public async Task CanClaimAgainWhatFinanceRefused()
    {
        var late = await IssuedAsync("B-1", "one");
        var approver = await agency.ApproverAsync();
        await TurnToAsync(late.DueOn!.Value.AddDays(30));
        await agency.Host.Services.GetRequiredService<LateRates>().SaveAsync(new() { From = "2026-01-01", Percent = "10", Source = "Contract" }, approver, CancellationToken.None);
        Assert.Equal(DecisionResult.Done, await ClaimAsync(Guid.NewGuid(), SeenOf(await RowAsync(late.Id))));
        await agency.Host.DrainAsync();
        var refused = await ClaimAsync(late.Id);
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(async decide => await decide.RejectAsync(refused.Id, approver, refused.ReviewHash!, "Not now", CancellationToken.None)));
        var again = await RowAsync(late.Id);
        Assert.Equal((null, 4_000L, 30), (again.Cost.Bar, again.Cost.ClaimableIndemnityMinor, again.Cost.Claimable.Days));
        Assert.Equal(DecisionResult.Done, await ClaimAsync(Guid.NewGuid(), SeenOf(again)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.NotEqual(refused.Id, (await db.Set<LateClaim>().SingleAsync()).ClaimInvoiceId);
    }

    [Fact]
    public async Task CanRemindOfMoneyThatWentBack()
    {
        var (byRule, byHand) = (await PaidAsync("B-1", "one"), await PaidAsync("B-2", "two"));
        foreach (var (booking, invoice) in new[] { ("B-1", byRule), ("B-2", byHand) })
        {
            agency.Sandbox.Dispute(invoice.StripeInvoiceId!, returnedDebit: true);
            await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Outstanding.Minor == 144_000);
        }

        await TurnToAsync(byRule.DueOn!.Value.AddDays(7));
        Assert.Equal(LateResult.Done, await RemindAsync(byHand.Id));
        await agency.Host.Services.GetRequiredService<ReminderRules>().SwitchAsync(reminds: true, await agency.ApproverAsync(), CancellationToken.None);
        await MorningAsync();
        Assert.Equal([(byHand.Id, 7), (byRule.Id, 7)], await RemindersAsync());

        // At Stripe it is paid: its page there would say so, and take nothing.
        Assert.All(await MailsAsync(), mail => Assert.DoesNotContain("http", mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CanRecallAReminderThatHasNotLeft()
    {
        await using var server = new SmtpStandIn { Refusal = "450 later" };
        var options = agency.Host.Services.GetRequiredService<IOptions<MailOptions>>().Value;
        (options.Host, options.Port, options.Security) = ("127.0.0.1", server.Port, MailSecurity.None);
        var (owed, paid, disputed, partly) = (await IssuedAsync("B-1", "one"), await IssuedAsync("B-2", "two"), await IssuedAsync("B-3", "three"), await IssuedAsync("B-4", "four"));
        var approver = await agency.ApproverAsync();
        await agency.Host.Services.GetRequiredService<ReminderRules>().SwitchAsync(reminds: true, approver, CancellationToken.None);
        await TurnToAsync(owed.DueOn!.Value);
        await MorningAsync();
        Assert.Equal(4, (await RemindersAsync()).Count);

        // While nobody takes mails, one is paid, one contested, and of one a part is paid.
        agency.Sandbox.Pay(paid.StripeInvoiceId!);
        agency.Sandbox.Pay(partly.StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-2")).Status == InvoiceStatus.Paid && (await agency.InvoiceAsync("B-4")).PaidMinor == 44_000);
        Assert.Equal(LateResult.Done, await Desk.DisputeAsync(disputed.Id, new(DisputeReason.Price, agency.Finance, ""), approver, CancellationToken.None));
        server.Refusal = null;
        agency.Clock.Advance(TimeSpan.FromHours(2));
        await agency.Host.DrainAsync();
        Assert.Contains(owed.Number!, Decoded(Assert.Single(server.Taken)), StringComparison.Ordinal);
        Assert.Equal([(owed.Id, 0)], await RemindersAsync());
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(["amountChanged", "disputed", "notOwed"], await db.Set<StoredMail>().Where(mail => mail.State == MailState.GivenUp).Select(mail => mail.Error!).Order().ToListAsync());
        Assert.Equal(3, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "invoice.reminderRecalled"));

        // What was recalled was never said: the rule says it once it may, with what is owed then.
        await Desk.CloseDisputeAsync(disputed.Id, approver, CancellationToken.None);
        await MorningAsync();
        Assert.Equal([(partly.Id, 0), (disputed.Id, 0)], (await RemindersAsync()).Skip(1).OrderBy(one => one.Invoice != partly.Id));
        Assert.Equal(3, server.Taken.Count);
        Assert.Contains(server.Taken, mail => Decoded(mail).Contains("1\u202f000,00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CanRefuseAClaimForDaysThatWerePaid()
    {
        var (late, claim) = await ClaimedAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            // As if it had come in between the last look and the click: nobody was told.
            var owner = await agency.Host.Services.GetRequiredService<CompanyProfile>().CurrentAsync();
            var at = owner.StartOf(late.DueOn!.Value.AddDays(9)).AddHours(8);
            db.Add(new Payment { Id = Guid.NewGuid(), InvoiceId = late.Id, Kind = PaymentKind.Payment, StripePaymentId = "py_late", Mode = late.Mode, Currency = "EUR", AmountMinor = 144_000, OccurredAt = at, RecordedAt = at });
            await db.SaveChangesAsync();
        }

        Assert.Equal(DecisionResult.Blocked, await ApproveAsync(claim));
        var blocked = await ClaimAsync(late.Id);
        Assert.Equal((InvoiceStatus.ReadyForReview, ReviewProblem.ClaimTooHigh), (blocked.Status, blocked.Problems));
        Assert.Equal(DecisionResult.Blocked, await ApproveAsync(blocked));

        // Refused, it gives its days back, and only those that were late are claimed.
        Assert.Equal(DecisionResult.Done, await agency.DecideAsync(async decide => await decide.RejectAsync(blocked.Id, await agency.ApproverAsync(), blocked.ReviewHash!, "Paid on the ninth day", CancellationToken.None)));
        var again = await RowAsync(late.Id);
        Assert.Equal((null, 9, 4_000L), (again.Cost.Bar, again.Cost.Claimable.Days, again.Cost.ClaimableIndemnityMinor));
        Assert.Equal(DecisionResult.Done, await ClaimAsync(Guid.NewGuid(), SeenOf(again)));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await ApproveAsync(await ClaimAsync(late.Id)));
    }

    [Fact]
    public async Task CanSeeAPaymentOvertakeAClaimAndBeTakenBack()
    {
        var (late, claim) = await ClaimedAsync();
        var statement = new Statement(late.DueOn!.Value.AddDays(9)).With(late.GrossMinor, late.Number!);
        var files = agency.Host.Services.GetRequiredService<KeepBankFiles>();
        await files.TakeAsync(await files.PlanAsync("statement.xml", statement.ToString(), choice: null, CancellationToken.None), choice: null, agency.Finance, CancellationToken.None);
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Paid, (await agency.InvoiceAsync("B-1")).Status);
        Assert.Equal(ReviewProblem.ClaimTooHigh, (await ClaimAsync(late.Id)).Problems);

        var line = Assert.Single((await agency.Host.Services.GetRequiredService<BankWorkQueries>().ListAsync(new() { State = BankLineState.Matched }, CancellationToken.None)).Rows);
        Assert.True((await agency.Host.Services.GetRequiredService<MatchDesk>().UndoAsync(Guid.NewGuid(), line.Id, await agency.ApproverAsync(), CancellationToken.None)).IsDone);
        await agency.Host.DrainAsync();
        Assert.Equal("", (await ClaimAsync(late.Id)).Problems);
        Assert.Equal(DecisionResult.Done, await ApproveAsync(claim));
    }

    [Fact]
    public async Task CanSeeHowLongEachClientTakes()
    {
        foreach (var (booking, customer, days) in new[] { ("B-1", "one", 10), ("B-2", "one", 40), ("B-3", "two", 5) })
        {
            var invoice = await IssuedAsync(booking, customer);
            agency.Clock.Advance(TimeSpan.FromDays(days));
            if (booking == "B-2")
            {
                // In two parts: the day of the last one counts.
                agency.Sandbox.Pay(invoice.StripeInvoiceId!, 44_000);
                await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).PaidMinor == 44_000);
                agency.Clock.Advance(TimeSpan.FromDays(5));
            }

            agency.Sandbox.Pay(invoice.StripeInvoiceId!);
            await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
        }

        var found = await agency.Host.Services.GetRequiredService<DaysToPayQueries>().ListAsync(new() { Sort = DaysToPaySort.Median }, CancellationToken.None);
        Assert.Equal([("Company one", 2, 27.5, 1L), ("Company two", 1, 5.0, 0L)], found.Rows.Select(row => (row.Name!, row.Days.Count, row.Days.FromIssue.Median, row.Days.Late.Hits)));
        Assert.Equal((3, 10.0), (found.Drawn!.Count, found.Drawn.FromIssue.Median));
        Assert.Equal(45, found.Rows[0].Days.FromIssue.Most);
    }

    private static LateClaimed SeenOf(LateRow row) => new(row.Id, row.Cost.ClaimDays!.Value.From, row.Cost.ClaimDays.Value.Until, row.Cost.Claimable.Minor, row.Cost.ClaimableIndemnityMinor, default);

    private async Task<DecisionResult> ClaimAsync(Guid click, LateClaimed seen) => await agency.Host.Services.GetRequiredService<ClaimLateness>().ClaimAsync(click, seen, await agency.ApproverAsync(), CancellationToken.None);

    private async Task<Invoice> ClaimAsync(Guid late)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await (from claim in db.Set<LateClaim>() join invoice in db.Set<Invoice>() on claim.ClaimInvoiceId equals invoice.Id where claim.InvoiceId == late select invoice).AsNoTracking().SingleAsync();
    }

    /// <summary>Thirty days late, and claimed at a rate.</summary>
    private async Task<(Invoice Late, Invoice Claim)> ClaimedAsync()
    {
        var late = await IssuedAsync("B-1", "one");
        await TurnToAsync(late.DueOn!.Value.AddDays(30));
        await agency.Host.Services.GetRequiredService<LateRates>().SaveAsync(new() { From = "2026-01-01", Percent = "10", Source = "Contract" }, await agency.ApproverAsync(), CancellationToken.None);
        Assert.Equal(DecisionResult.Done, await ClaimAsync(Guid.NewGuid(), SeenOf(await RowAsync(late.Id))));
        await agency.Host.DrainAsync();
        return (late, await ClaimAsync(late.Id));
    }

    private Task<DecisionResult> ApproveAsync(Invoice draft) =>
        agency.DecideAsync(async decide => await decide.ApproveAsync(draft.Id, await agency.ApproverAsync(), draft.ReviewHash!, CancellationToken.None));

    private async Task<LateRow> RowAsync(Guid id) => (await Late.FindAsync(id, CancellationToken.None))!.Row;

    private async Task<LateResult> RemindAsync(Guid id) => await Desk.RemindAsync(id, await agency.ApproverAsync(), CancellationToken.None);

    /// <summary>In the order in which they were written.</summary>
    private async Task<List<(Guid Invoice, int Days)>> RemindersAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return (await db.Set<Reminder>().OrderBy(reminder => reminder.Id).ToListAsync()).ConvertAll(reminder => (reminder.InvoiceId, reminder.OffsetDays));
    }

    /// <summary>The files in the outbox folder.</summary>
    private async Task<List<string>> MailsAsync()
    {
        var mails = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(agency.Host.DataFolder, "mail"), "*-reminder-*.eml"))
        {
            using var mail = await MimeKit.MimeMessage.LoadAsync(file);
            mails.Add($"{mail.Subject}\n{mail.TextBody}");
        }

        return mails;
    }

    /// <summary>As the client reads it.</summary>
    private static string Decoded(string mail)
    {
        using var message = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)));
        return $"{message.Subject}\n{message.TextBody}";
    }

    private async Task TurnToAsync(DateOnly day)
    {
        var morning = (await agency.Host.Services.GetRequiredService<CompanyProfile>().CurrentAsync()).StartOf(day).AddHours(8);
        agency.Clock.TurnTo(morning);
        await agency.Host.DrainAsync();
    }

    /// <summary>The schedule asks, and what is due runs.</summary>
    private async Task MorningAsync()
    {
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = new AskAgain<SendReminders>(agency.Host.Services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), agency.Clock);
        Assert.True(await again.AskAsync(agency.Clock.GetUtcNow(), CancellationToken.None));
        await agency.Host.DrainAsync();
    }

    private async Task<Invoice> PaidAsync(string booking, string customer)
    {
        agency.Sandbox.Pay((await IssuedAsync(booking, customer)).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
        return await agency.InvoiceAsync(booking);
    }

    private async Task<Invoice> IssuedAsync(string booking, string customer, string country = "FR")
    {
        var sale = Events.Sale(booking, customer: customer);
        sale["customer"]!["legalName"] = $"Company {customer}";
        if (country != "FR")
        {
            // A company abroad that is taxed at home would need a verified number; a private person would not be reminded of interest.
            sale["customer"]!["kind"] = "consumer";
            sale["customer"]!["address"]!["country"] = country;
        }

        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
        return await agency.InvoiceAsync(booking);
    }
}
