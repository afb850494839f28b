using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>Every list filters, sorts and pages in SQL Server as well as in SQLite: nothing is left to do in memory.</summary>
public sealed class SqlServerQueriesTests
{
    [Fact]
    public async Task Lists_AreAskedInTransactSql()
    {
        await using var host = new RevOpsHost();
        var (paper, services) = (new SqlServerOnPaper(), host.Services);
        var (company, stripe) = (services.GetRequiredService<CompanyProfile>(), services.GetRequiredService<StripeAccount>());

        var journeys = new JourneyQueries(paper, services.GetRequiredService<IdentityGraph>(), company, stripe);
        await journeys.ListAsync(new() { Page = 2 }, clear: false);
        await journeys.ListAsync(
            new() { FirstChannel = Channel.Email, LastChannel = Channel.Direct, Measured = true, Qualified = true, Booked = false, Paid = true, From = new(2026, 5, 1), To = new(2026, 5, 31), Ascending = true }, clear: false);
        await journeys.ListAsync(new() { After = new(DateTimeOffset.UnixEpoch, Guid.CreateVersion7()), Size = 200 }, clear: false);
        await journeys.CountAnonymousAsync();
        await journeys.FindAsync("ann@example.com");

        var conversions = new ConversionQueries(paper, services.GetServices<IConversionChannel>(), company, stripe, services.GetRequiredService<Vault>());
        var some = new ConversionFilter(Mode.Live) { Platform = AdPlatform.Meta, Stage = ConversionStage.Paid, From = new(2026, 5, 1), To = new(2026, 5, 31), Page = 2 };
        foreach (var group in Enum.GetValues<ConversionGroup>())
            await conversions.ListAsync(some with { Group = group, Reason = "consent.denied" });
        foreach (var sort in Enum.GetValues<ConversionSort>())
            await conversions.ListAsync(some with { Sort = sort, Ascending = sort == ConversionSort.Value, Reason = "not_connected" });
        await conversions.CountAsync(some);
        await conversions.OfPersonAsync(Guid.CreateVersion7());

        var invoices = new InvoiceQueries(paper, services.GetRequiredService<Vault>(), company, stripe, services.GetRequiredService<TimeProvider>());
        foreach (var sort in Enum.GetValues<InvoiceSort>())
            await invoices.ListAsync(new() { Group = InvoiceGroup.Overdue, Text = "INV", From = new(2026, 5, 1), To = new(2026, 5, 31), By = InvoiceDay.Payment, Sort = sort }, CancellationToken.None);
        foreach (var sort in Enum.GetValues<WaitingSort>())
        {
            await invoices.WaitingAsync(new() { Group = WaitingGroup.Blocked, Text = "B-", Sort = sort }, CancellationToken.None);
            await invoices.ReadyAsync(new() { Sort = sort }, CancellationToken.None);
        }

        await invoices.CountWaitingAsync(CancellationToken.None);

        var vault = services.GetRequiredService<Vault>();
        var customers = new CustomerQueries(paper, vault, company, stripe, services.GetRequiredService<TimeProvider>());
        foreach (var sort in Enum.GetValues<CustomerSort>())
        {
            await customers.ListAsync(new() { Completeness = Completeness.Incomplete, Vat = VatCheck.Unverified, Text = "732829320", Sort = sort, Page = 2 }, CancellationToken.None);
            await customers.ListAsync(new() { Sort = sort, Ascending = true }, CancellationToken.None);
        }

        await new CustomerCardQueries(paper, vault, company, stripe).FindAsync(Guid.CreateVersion7(), clear: false, CancellationToken.None);
        await new LookAlikeQueries(paper, vault, company, stripe).ListAsync(2, clear: false, CancellationToken.None);

        var events = new EventQueries(paper, company);
        foreach (var origin in Enum.GetValues<EventOrigin>())
        {
            var filter = new EventFilter("stripe.*", null, 2) { Origin = origin, EventId = "e-1", From = new(2026, 5, 1), To = new(2026, 5, 31), Ascending = origin == EventOrigin.All };
            await events.CountAsync(filter);
            await events.AcceptedAsync(filter with { Source = "stripe" });
            await events.ParkedAsync(filter);
            await events.RejectedAsync(filter);
            await events.ChoicesAsync(origin);
        }

        await new EventStoryQueries(paper, services.GetRequiredService<Vault>()).FindAsync(Guid.CreateVersion7(), clear: false);
        await new EventStoryQueries(paper, services.GetRequiredService<Vault>()).FindRejectedAsync(Guid.CreateVersion7());

        var subjects = new SubjectQueries(paper);
        await subjects.NamesAsync(new[] { "Invoice", "Booking", "ApiKey", "ReceivedEvent", "User" }.Select(type => new Subject(type, Guid.CreateVersion7().ToString())));
        foreach (var job in new[] { "RefreshInvoice", "CreditTouches" })
            await subjects.OfJobAsync(job, Guid.CreateVersion7().ToString());

        var (feed, clock, period) = (services.GetRequiredService<ChangeFeed>(), services.GetRequiredService<TimeProvider>(), new Period(new(2026, 5, 1), new(2026, 5, 31)));
        await new OverviewQueries(paper, company, stripe, new ScorecardQueries(paper, company, clock), feed, clock).OfAsync(period, period.Previous, TimeSpan.Zero, CancellationToken.None);
        await new PrefillQueries(paper, company, stripe, feed, clock).NowAsync(TimeSpan.Zero, CancellationToken.None);
        await new CashOutlookQueries(paper, company, stripe, vault, clock).OfAsync(CashScenario.None, CancellationToken.None);
        await new WaitingWorkQueries(paper, company, stripe, services.GetServices<IConversionChannel>(), feed, clock).NowAsync(TimeSpan.Zero, CancellationToken.None);
        await new ArrivalQueries(paper, feed).NowAsync(TimeSpan.Zero, CancellationToken.None);
        var rows = new FigureRowQueries(paper, services.GetRequiredService<Vault>(), company, stripe);
        foreach (var order in Enum.GetValues<RowSort>().Select(sort => new RowOrder(sort, sort == RowSort.Amount, Page: 2)))
        {
            foreach (var which in Enum.GetValues<ReceivableRows>())
                await rows.ReceivablesAsync(which, period.To, order, CancellationToken.None);
            foreach (var by in Enum.GetValues<CreditDay>())
                await rows.CreditsAsync(by, period, order, CancellationToken.None);
            await rows.PaymentsAsync(period, "EUR", order, CancellationToken.None);
            await rows.SpendAsync(period, order, CancellationToken.None);
            await rows.IncompleteAsync(order, CancellationToken.None);
        }

        await new ConnectionQueries(paper).LastStripeHookAsync(Mode.Test);
        await new ConnectionQueries(paper).CountWaitingAsync("Google");
        var bant = new BantRules(paper, services.GetRequiredService<RevOps.Core.Platform.Audit.AuditTrail>(), TimeProvider.System);

        // There is no rule on paper, which is noticed once the conversations were asked for.
        await Assert.ThrowsAsync<InvalidOperationException>(() => bant.PreviewAsync(2, []));
        Assert.Contains(paper.Commands, command => command.Contains("VoiceSessions", StringComparison.Ordinal) && command.Contains("GROUP BY", StringComparison.Ordinal));

        foreach (var tab in Enum.GetValues<JobTab>())
            await new OutboxQueries(paper).ListAsync(new(tab) { Job = "SendInvoice", Text = "inv", Sort = JobSort.Attempts, Page = 2 });

        await new ActorNames(paper).OfAsync([$"user:{Guid.CreateVersion7()}"]);
        var audit = new AuditQueries(paper, services.GetRequiredService<Vault>(), company, new ActorNames(paper));
        await audit.ListAsync(new("invoice.approved", "system", "Invoice", "I-1", new(2026, 5, 1), new(2026, 5, 31), 2), CancellationToken.None);
        await audit.FindAsync(7, clear: false, CancellationToken.None);
        await audit.ChoicesAsync(CancellationToken.None);
        await audit.NewestAsync(ChainCheck.Verified, CancellationToken.None);

        Assert.Contains(paper.Commands, command => command.Contains("OFFSET", StringComparison.Ordinal));
        foreach (var command in paper.Commands)
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(command), out var errors);
            Assert.Empty(errors.Select(error => $"{error.Message} in {command}"));
        }
    }

    /// <summary>What a check counts, and the rows that whoever opens it reads.</summary>
    [Fact]
    public async Task Checks_AreAskedInTransactSql()
    {
        await using var host = new RevOpsHost();
        var (paper, owner) = (new SqlServerOnPaper(), await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync());
        foreach (var check in host.Services.GetServices<Check>())
        {
            await using var db = paper.CreateDbContext();
            var rows = check.Rows(new(db, Mode.Live, owner, DateTimeOffset.UnixEpoch.AddYears(50)));
            await rows.OrderBy(row => row.Holds).ThenByDescending(row => row.Id).Skip(5).Take(5).ToListAsync(TestContext.Current.CancellationToken);
            await rows.GroupBy(row => row.Holds).Select(group => new { group.Key, Count = group.LongCount(), Newest = group.Max(row => row.At) }).ToListAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(paper.Commands);
        foreach (var command in paper.Commands)
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(command), out var errors);
            Assert.Empty(errors.Select(error => $"{error.Message} in {command}"));
        }
    }
}
