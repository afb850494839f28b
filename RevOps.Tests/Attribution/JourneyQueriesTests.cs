using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Tests.People;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>What the pages Journeys and Journey say, from events that came in by the front door.</summary>
public sealed class JourneyQueriesTests(IdentityGraphTests.OneHost one) : IClassFixture<IdentityGraphTests.OneHost>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly RevOpsHost host = one.Host;
    private HttpClient client = null!;

    private JourneyQueries Journeys => host.Services.GetRequiredService<JourneyQueries>();

    private TimelineQueries Timelines => host.Services.GetRequiredService<TimelineQueries>();

    public async ValueTask InitializeAsync()
    {
        await host.ForgetAsync();
        client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task TouchesWithoutConsent_AreANumberAndNothingElse()
    {
        await SendAsync("touch", Events.Touch("allowed"), hoursAgo: 3);
        await SendAsync("touch", Events.Touch("allowed", gclid: "G-1"), hoursAgo: 2);
        await SendAsync("consent", Events.Consent("allowed"), hoursAgo: 2);
        await SendAsync("touch", Events.Touch("silent"), hoursAgo: 1);
        await SendAsync("touch", Events.Touch("refused"), hoursAgo: 1);
        await SendAsync("consent", Events.Consent("refused", measurement: "denied"), hoursAgo: 1);
        await SendAsync("voice_session", Events.Voice("S-1", "refused", "bob@example.com", Now), hoursAgo: 0);

        var list = await Journeys.ListAsync(new(), clear: false);

        Assert.Equal((2, false), (list.Rows.Count, list.HasMore));
        var (caller, visitor) = (list.Rows[0], list.Rows[1]);
        Assert.Equal((false, 0, null, 1, true), (caller.Measured, caller.Touches, caller.FirstChannel, caller.VoiceSessions, caller.Qualified));
        Assert.Equal((true, 2, Channel.PaidSocial, Channel.PaidSearch), (visitor.Measured, visitor.Touches, visitor.FirstChannel, visitor.LastChannel));
        Assert.Equal(2, await Journeys.CountAnonymousAsync());
        Assert.DoesNotContain((await Timelines.FindAsync(caller.Id, clear: true))!.Steps, step => step is TouchStep);
    }

    [Fact]
    public async Task NewestAnswerOfAllWhoAreOnePerson_Decides()
    {
        await SendAsync("touch", Events.Touch("phone"), hoursAgo: 9);
        await SendAsync("consent", Events.Consent("phone", measurement: "denied"), hoursAgo: 8);
        await SendAsync("touch", Events.Touch("desk"), hoursAgo: 7);
        await SendAsync("consent", Events.Consent("desk"), hoursAgo: 6);
        Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);

        await SendAsync("voice_session", Events.Voice("S-1", "phone", "ann@example.com", Now), hoursAgo: 5);
        await SendAsync("voice_session", Events.Voice("S-2", "desk", "ann@example.com", Now), hoursAgo: 4);

        // What was refused on the phone was refused there; the desk has an answer of its own.
        var row = Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);
        Assert.Equal((true, 1, 2), (row.Measured, row.Touches, row.VoiceSessions));
        Assert.Equal(1, await Journeys.CountAnonymousAsync());
    }

    [Fact]
    public async Task VisitThatComesInLate_ReachesTheCallThatItsClickLedTo()
    {
        // Of two visits with the click of a call, the one eight days off is told of first and the one three days off last.
        var call = Events.Voice("S-1", "v-1", "ann@example.com", Now);
        call.Remove("visitorId");
        call["clickIds"] = new JsonObject { ["gclid"] = "G-1" };
        await SendAsync("voice_session", call, hoursAgo: 20 * 24);
        await SendAsync("touch", Events.Touch("v-1", gclid: "G-1"), hoursAgo: 12 * 24);
        await SendAsync("consent", Events.Consent("v-1"), hoursAgo: 12 * 24);
        Assert.Equal(2, (await Journeys.ListAsync(new(), clear: false)).Rows.Count);

        await SendAsync("touch", Events.Touch("v-1", gclid: "G-1"), hoursAgo: 17 * 24);
        var row = Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);
        Assert.Equal((2, 1), (row.Touches, row.VoiceSessions));
    }

    [Fact]
    public async Task Alias_LeadsToThePersonWhoStandsForIt()
    {
        await SendAsync("touch", Events.Touch("v-1"), hoursAgo: 3);
        await SendAsync("consent", Events.Consent("v-1"), hoursAgo: 3);
        await SendAsync("lead_stage", new JsonObject { ["contact"] = new JsonObject { ["email"] = "ann@example.com" }, ["stage"] = "lead" }, hoursAgo: 2);
        await SendAsync("lead_stage", new JsonObject { ["contact"] = new JsonObject { ["email"] = "ann@example.com" }, ["visitorId"] = "v-1", ["stage"] = "meeting" }, hoursAgo: 1);

        await using var db = await host.OpenDatabaseAsync();
        var merge = await db.Set<PersonAlias>().SingleAsync();
        var timeline = await Timelines.FindAsync(merge.PersonId, clear: false);

        Assert.Equal(merge.CanonicalId, timeline!.Id);
        Assert.Equal(timeline.Steps.OrderBy(step => step.At), timeline.Steps);
        Assert.Equal(merge.PersonId, Assert.Single(timeline.Steps.OfType<MergeStep>()).PersonId);
        Assert.Equal(["lead", "meeting"], timeline.Steps.OfType<StageStep>().Select(step => step.Stage));
        Assert.Single(timeline.Steps.OfType<TouchStep>());
    }

    [Theory]
    [InlineData("Ann@Example.com ", true)]
    [InlineData("+33 6 12 34 56 78", true)]
    [InlineData("C-1", true)]
    [InlineData("c-1", false)]
    [InlineData("ann", false)]
    [InlineData("Ann", false)]
    public async Task Person_IsFoundByAWholeKeyOnly(string text, bool found)
    {
        var voice = Events.Voice("S-1", "v-1", "ann@example.com", Now);
        voice["contact"]!["ref"] = "C-1";
        await SendAsync("voice_session", voice, hoursAgo: 1);

        var row = Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);
        Assert.Equal(found ? row.Id : null, await Journeys.FindAsync(text.Trim()));
    }

    [Fact]
    public async Task PersonalValues_AreOpenedOnlyWhenAskedFor()
    {
        var voice = Events.Voice("S-1", "v-1", "ann@example.com", Now);
        voice["bant"]!["budget"]!["evidence"] = "ten thousand";
        await SendAsync("voice_session", voice, hoursAgo: 1);

        var masked = Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);
        var clear = Assert.Single((await Journeys.ListAsync(new(), clear: true)).Rows);
        Assert.Equal((null, "Ann"), (masked.Name, clear.Name));

        var hidden = await Timelines.FindAsync(masked.Id, clear: false);
        var opened = await Timelines.FindAsync(masked.Id, clear: true);
        Assert.Equal((null, "ann@example.com"), (hidden!.Contact?.Email, opened!.Contact?.Email));
        Assert.Equal(new BantAnswer(true, null), Assert.Single(hidden.Steps.OfType<VoiceStep>()).Budget);
        Assert.Equal(new BantAnswer(true, "ten thousand"), Assert.Single(opened.Steps.OfType<VoiceStep>()).Budget);
    }

    [Fact]
    public async Task MoneyStandsPerCurrency_AndItsCreditAtTheTouch()
    {
        await SendAsync("touch", Events.Touch("v-1"), hoursAgo: 3);
        await SendAsync("consent", Events.Consent("v-1"), hoursAgo: 3);
        var (euros, dollars) = (Events.Sale("B-1"), Events.Sale("B-2"));
        (euros["visitorId"], dollars["currency"]) = ("v-1", "USD");
        await SendAsync("booking_confirmed", euros, hoursAgo: 2);
        await SendAsync("booking_confirmed", dollars, hoursAgo: 1);
        await PayAsync();

        var row = Assert.Single((await Journeys.ListAsync(new(), clear: false)).Rows);
        Assert.Equal(2, row.Bookings);
        Assert.Equal([new Money(120_000, "EUR"), new Money(120_000, "USD")], row.Booked);
        Assert.Equal([new Money(144_000, "EUR")], row.Paid);

        var timeline = await Timelines.FindAsync(row.Id, clear: false);
        Assert.Equal(new Money(144_000, "EUR"), Assert.Single(Assert.Single(timeline!.Steps.OfType<TouchStep>()).Credits).Amount);
        Assert.False(Assert.Single(timeline.Steps.OfType<PaymentStep>()).Unexplained);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task Filters_ShowWhomTheirRowsAgreeWithAndNobodyElse(int touchesMore)
    {
        await SomePeopleAsync();
        await PayAsync();
        await AddTouchesAsync(touchesMore);
        var all = (await Journeys.ListAsync(new(), clear: false)).Rows;
        Assert.Equal(6, all.Count);

        (JourneyFilter Filter, Func<JourneyRow, bool> Agrees)[] filters =
        [
            (new() { FirstChannel = Channel.PaidSocial }, row => row.FirstChannel == Channel.PaidSocial),
            (new() { LastChannel = Channel.PaidSearch }, row => row.LastChannel == Channel.PaidSearch),
            (new() { FirstChannel = Channel.PaidSocial, LastChannel = Channel.PaidSearch, Measured = true }, row => (row.FirstChannel, row.LastChannel) == (Channel.PaidSocial, Channel.PaidSearch)),
            (new() { Measured = false }, row => !row.Measured),
            (new() { Qualified = true }, row => row.Qualified), (new() { Qualified = false }, row => !row.Qualified),
            (new() { Booked = true }, row => row.Bookings > 0), (new() { Booked = false, Qualified = true }, row => row is { Bookings: 0, Qualified: true }),
            (new() { Paid = true }, row => row.Paid.Count > 0), (new() { Paid = false, Booked = true }, row => row is { Paid.Count: 0, Bookings: > 0 }),
        ];
        foreach (var (filter, agrees) in filters)
        {
            var expected = all.Where(agrees).Select(row => row.Id).ToList();
            Assert.NotEmpty(expected);
            Assert.True(expected.Count < all.Count, $"{filter} lets everybody through.");
            Assert.Equal(expected, (await Journeys.ListAsync(filter, clear: false)).Rows.Select(row => row.Id));
        }

        Assert.Empty((await Journeys.ListAsync(new() { FirstChannel = Channel.Affiliate }, clear: false)).Rows);
        Assert.Empty((await Journeys.ListAsync(new() { FirstChannel = Channel.PaidSocial, Measured = false }, clear: false)).Rows);
    }

    [Fact]
    public async Task LastSeen_IsADayOfTheCompanyAndSortsBothWays()
    {
        await SomePeopleAsync();
        var all = (await Journeys.ListAsync(new(), clear: false)).Rows;
        Assert.Equal(all.OrderByDescending(row => row.LastSeenAt).Select(row => row.Id), all.Select(row => row.Id));
        Assert.Equal(all.Select(row => row.Id).Reverse(), (await Journeys.ListAsync(new() { Ascending = true }, clear: false)).Rows.Select(row => row.Id));

        var owner = await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync();
        var (first, last) = (owner.DayOf(all[^1].LastSeenAt), owner.DayOf(all[0].LastSeenAt));
        Assert.Equal(all.Count, (await Journeys.ListAsync(new() { From = first, To = last }, clear: false)).Rows.Count);
        Assert.Empty((await Journeys.ListAsync(new() { From = last.AddDays(1) }, clear: false)).Rows);
        Assert.Empty((await Journeys.ListAsync(new() { To = first.AddDays(-1) }, clear: false)).Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadOnFromARow_EverybodyComesOnce(bool ascending)
    {
        await SomePeopleAsync();

        // Two of them were seen at the same instant: their ids decide.
        await using (var db = await host.OpenDatabaseAsync())
        {
            foreach (var person in db.Set<Person>())
                person.LastSeenAt = new(person.LastSeenAt.UtcTicks / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay, TimeSpan.Zero);
            await db.SaveChangesAsync();
        }

        var filter = new JourneyFilter { Ascending = ascending };
        var all = (await Journeys.ListAsync(filter, clear: false)).Rows.Select(row => row.Id).ToList();
        var (read, part) = (new List<Guid>(), new JourneyList([], HasMore: true));
        while (part.HasMore)
        {
            part = await Journeys.ListAsync(filter with { Size = 2, After = part.Rows.Count == 0 ? null : new(part.Rows[^1].LastSeenAt, part.Rows[^1].Id) }, clear: false);
            read.AddRange(part.Rows.Select(row => row.Id));
        }

        Assert.Equal(all, read);
    }

    /// <summary>Six people: two channels, one channel, no consent, qualified only, booked only, booked in dollars.</summary>
    private async Task SomePeopleAsync()
    {
        await SendAsync("touch", Events.Touch("both", fbclid: "F-1"), hoursAgo: 90);
        await SendAsync("touch", Events.Touch("both", gclid: "G-1"), hoursAgo: 80);
        await SendAsync("touch", Events.Touch("social", fbclid: "F-2"), hoursAgo: 70);
        await SendAsync("touch", Events.Touch("silent", fbclid: "F-3"), hoursAgo: 60);
        await SendAsync("touch", Events.Touch("caller", gclid: "G-2"), hoursAgo: 50);
        foreach (var visitor in new[] { "both", "social", "caller" })
            await SendAsync("consent", Events.Consent(visitor), hoursAgo: 50);
        await SendAsync("voice_session", Events.Voice("S-1", "silent", "silent@example.com", Now), hoursAgo: 40);

        var caller = Events.Voice("S-2", "caller", "caller@example.com", Now);
        caller["contact"]!["phone"] = null;
        await SendAsync("voice_session", caller, hoursAgo: 30);
        var (euros, dollars, other) = (Events.Sale("B-1"), Events.Sale("B-2", customer: "C-2"), Events.Sale("B-3", customer: "C-3"));
        (euros["visitorId"], dollars["currency"], other["currency"]) = ("both", "USD", "USD");
        await SendAsync("booking_confirmed", euros, hoursAgo: 20);
        await SendAsync("booking_confirmed", dollars, hoursAgo: 10);
        await SendAsync("booking_confirmed", other, hoursAgo: 5);
    }

    /// <summary>So many that the channel is a common one, all of one person who has it first and last already.</summary>
    private async Task AddTouchesAsync(int count)
    {
        await using var db = await host.OpenDatabaseAsync();
        var template = await db.Set<Touch>().AsNoTracking().OrderBy(touch => touch.OccurredAt).Skip(2).FirstAsync();
        for (var index = 0; index < count; index++)
            db.Add(new Touch { Id = Guid.CreateVersion7(), PersonId = template.PersonId, OccurredAt = template.OccurredAt, Channel = template.Channel, SealedDetails = [] });
        await db.SaveChangesAsync();
    }

    private async Task SendAsync(string type, JsonObject data, double hoursAgo)
    {
        await client.SendAsync(Events.Of(type, data, time: Now.AddHours(-hoursAgo)));
        await host.DrainAsync();
    }

    private async Task PayAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.Currency == "EUR");
        var touch = await db.Set<Touch>().OrderBy(row => row.OccurredAt).FirstAsync();
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(), InvoiceId = invoice.Id, StripePaymentId = "inpay_1", Mode = invoice.Mode, Currency = "EUR", AmountMinor = 144_000, OccurredAt = Now, RecordedAt = Now,
        };
        db.Add(payment);
        db.Add(new Credit
        {
            Id = Guid.CreateVersion7(), PaymentId = payment.Id, InvoiceId = invoice.Id, Model = CreditTouches.LastNonDirect, TouchId = touch.Id, PaidAt = Now, Mode = invoice.Mode, Currency = "EUR", AmountMinor = 144_000,
        });
        await db.SaveChangesAsync();
    }
}
