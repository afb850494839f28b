using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;

namespace RevOps.Tests.Receivables;

public sealed class CashForecastTests
{
    // A Thursday; its week began on the 23rd.
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly Guid Client = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();
    private static readonly Dictionary<Guid, DateOnly> NoPromises = [];
    private static readonly HashSet<Guid> NoDisputes = [];

    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("2026-11-26", "2026-11-23")]
    [InlineData("2026-11-29", "2026-11-23")]
    [InlineData("2027-01-01", "2026-12-28")]
    public void Week_BeginsOnMonday(string day, string monday) => Assert.Equal(Day(monday), Period.MondayOf(Day(day)));

    [Fact]
    public void Quantile_IsTheClientsOwnWhereItHasPaidOften()
    {
        var delays = Delays([.. Enumerable.Repeat((Client, 20), 45), .. Enumerable.Repeat((Other, 0), 455)]);
        Assert.Equal((20, 0), (delays.Quantile(Client, 0.5, int.MinValue), delays.Quantile(Other, 0.5, int.MinValue)));
        Assert.Equal((500, 45, 0), (delays.Count, delays.CountOf(Client), delays.CountOf(Guid.NewGuid())));

        // Who never paid goes by the company's habits; who paid twice, mostly.
        Assert.Equal(0, delays.Quantile(Guid.NewGuid(), 0.5, int.MinValue));
        Assert.Equal(0, Delays([(Client, 20), (Client, 20), .. Enumerable.Repeat((Other, 0), 498)]).Quantile(Client, 0.5, int.MinValue));
        Assert.Equal(20, Delays([.. Enumerable.Repeat((Client, 20), 6), .. Enumerable.Repeat((Other, 0), 494)]).Quantile(Client, 0.5, int.MinValue));
    }

    [Fact]
    public void Quantile_LeavesOutWhatIsRuledOut()
    {
        var delays = Delays([(Client, 0), (Client, 0), (Client, 10), (Client, 20), (Client, 40)]);
        Assert.Equal([0, 10, 20], new[] { 0.25, 0.5, 0.75 }.Select(share => delays.Quantile(Client, share, int.MinValue)!.Value));
        Assert.Equal(20, delays.Quantile(Client, 0.5, 1));
        Assert.Equal(40, delays.Quantile(Client, 0.5, 21));
        Assert.Null(delays.Quantile(Client, 0.5, 41));
    }

    [Fact]
    public void Invoice_IsExpectedWhenItsClientUsuallyPays()
    {
        var delays = Delays([.. Enumerable.Repeat((Client, 5), 3), .. Enumerable.Repeat((Client, 10), 4), .. Enumerable.Repeat((Client, 15), 3)]);
        var expected = One(Open("2026-12-01", 100), delays);
        Assert.Equal((CashBasis.Habit, Day("2026-12-11"), Day("2026-12-06"), Day("2026-12-16")), (expected.Basis, expected.On!.Value, expected.Early!.Value, expected.Late!.Value));
    }

    [Fact]
    public void Invoice_LateBeyondTheUsualIsNotExpectedToday()
    {
        var delays = Delays([.. Enumerable.Repeat((Client, 5), 9), (Client, 60)]);
        Assert.Equal(Day("2026-12-30"), One(Open("2026-10-31", 100), delays).On);
        Assert.Equal((CashBasis.Beyond, (DateOnly?)null), (One(Open("2026-08-01", 100), delays).Basis, One(Open("2026-08-01", 100), delays).On));
    }

    [Fact]
    public void Promise_CountsUntilItsDayIsOver()
    {
        var (invoice, delays) = (Open("2026-11-20", 100), Delays([(Client, 30)]));
        Assert.Equal((CashBasis.Promise, (DateOnly?)Day("2026-12-02")), One(invoice, delays, Day("2026-12-02")) is var kept ? (kept.Basis, kept.On) : default);
        Assert.Equal((CashBasis.Promise, (DateOnly?)Today), One(invoice, delays, Today) is var last ? (last.Basis, last.On) : default);
        Assert.Equal((CashBasis.Habit, (DateOnly?)Day("2026-12-20")), One(invoice, delays, Today.AddDays(-1)) is var broken ? (broken.Basis, broken.On) : default);
    }

    [Fact]
    public void DisputedAndOverpaidInvoices_AreNotExpected()
    {
        var (contested, credit) = (Open("2026-12-01", 100), Open("2026-12-01", -40));
        var forecast = CashForecast.Of(Today, [contested, credit], Delays([]), new Dictionary<Guid, DateOnly> { [contested.InvoiceId] = Today }, new HashSet<Guid> { contested.InvoiceId });
        Assert.Equal([CashBasis.Disputed, CashBasis.Overpaid], forecast.Invoices.Select(invoice => invoice.Basis));
        Assert.Equal((60L, 60L, 0L), (forecast.TotalMinor, forecast.NotExpectedMinor, forecast.WithinMinor));
    }

    [Fact]
    public void Terms_AreAllThatIsKnownBeforeAnybodyPaid()
    {
        var expected = One(Open("2026-12-01", 100), Delays([]));
        Assert.Equal((CashBasis.Terms, (DateOnly?)Day("2026-12-01")), (expected.Basis, expected.On));
        Assert.Equal(CashBasis.Beyond, One(Open("2026-11-25", 100), Delays([])).Basis);
    }

    [Fact]
    public void Weeks_HoldWhatIsDueFromMondayToSunday()
    {
        var forecast = CashForecast.Of(Today, [Open("2026-11-26", 1), Open("2026-11-29", 2), Open("2026-11-30", 4), Open("2027-02-21", 8), Open("2027-02-22", 16)], Delays([(Other, 0)]), NoPromises, NoDisputes);
        Assert.Equal((13, Day("2026-11-23"), Day("2027-02-15")), (forecast.Weeks.Count, forecast.Weeks[0].Monday, forecast.Weeks[^1].Monday));
        Assert.Equal((3L, 2, 4L, 7L), (forecast.Weeks[0].Minor, forecast.Weeks[0].Invoices, forecast.Weeks[1].Minor, forecast.Weeks[1].SoFarMinor));
        Assert.Equal((8L, 15L, 16L), (forecast.Weeks[^1].Minor, forecast.WithinMinor, forecast.LaterMinor));
    }

    [Fact]
    public void Backtest_SaysByHowMuchTheSumAndTheWeeksWereWrong()
    {
        var then = CashForecast.Of(Day("2026-11-02"), [Open("2026-11-04", 100), Open("2026-11-11", 100), Open("2026-12-24", 100)], Delays([(Other, 0)]), NoPromises, NoDisputes);
        var test = CashBacktest.Of(then, 3, [(Day("2026-11-01"), 999), (Day("2026-11-10"), 100), (Day("2026-11-22"), 150), (Day("2026-11-23"), 999)]);
        Assert.Equal([(100L, 0L), (100L, 100L), (0L, 150L)], test.Weeks.Select(week => (week.ExpectedMinor, week.CameMinor)));
        Assert.Equal((200L, 250L, 0.2, 1d), (test.ExpectedMinor, test.CameMinor, test.Error!.Value, test.WeeklyError!.Value));
        Assert.Null(CashBacktest.Of(then, 3, []).Error);
    }

    [Fact]
    public void EveryOpenCent_IsInAWeekLaterOrNotExpected()
    {
#pragma warning disable CA5394 // The same cases every time are what is asked for.
        var random = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            Guid[] clients = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];
            var delays = Delays([.. Enumerable.Range(0, random.Next(60)).Select(_ => (clients[random.Next(6)], random.Next(-20, 90)))]);
            OpenReceivable[] open = [.. Enumerable.Range(0, random.Next(50)).Select(_ => new OpenReceivable(Guid.NewGuid(), clients[random.Next(6)], Today.AddDays(-random.Next(200)), Today.AddDays(random.Next(-150, 150)), random.Next(-5_000, 500_000)))];
            var promises = open.Where(_ => random.Next(4) == 0).ToDictionary(invoice => invoice.InvoiceId, _ => Today.AddDays(random.Next(-30, 120)));
            var disputed = open.Where(_ => random.Next(5) == 0).Select(invoice => invoice.InvoiceId).ToHashSet();
            var forecast = CashForecast.Of(Today, open, delays, promises, disputed);

            Assert.Equal(open.Sum(invoice => invoice.OpenMinor), forecast.Weeks.Sum(week => week.Minor) + forecast.LaterMinor + forecast.NotExpectedMinor);
            Assert.Equal(forecast.TotalMinor, forecast.WithinMinor + forecast.LaterMinor + forecast.NotExpectedMinor);
            Assert.All(forecast.Weeks, week => Assert.InRange(week.SoFarMinor, week.LateMinor, week.EarlyMinor));
            Assert.All(forecast.Invoices.Where(invoice => invoice.On is not null), invoice => Assert.True(invoice.Early >= Today && invoice.On >= invoice.Early && invoice.Late >= invoice.On));
            Assert.Equal(open.Where(invoice => invoice.OpenMinor > 0 && disputed.Contains(invoice.InvoiceId)).Sum(invoice => invoice.OpenMinor), forecast.Invoices.Where(invoice => invoice.Basis == CashBasis.Disputed).Sum(invoice => invoice.Invoice.OpenMinor));
        }
#pragma warning restore CA5394
    }

    private static DelayHistory Delays(params IEnumerable<(Guid, int)> paid) => new(paid);

    private static CashExpectation One(OpenReceivable invoice, DelayHistory delays, DateOnly? promise = null) =>
        Assert.Single(CashForecast.Of(Today, [invoice], delays, promise is { } day ? new() { [invoice.InvoiceId] = day } : NoPromises, NoDisputes).Invoices);

    private static OpenReceivable Open(string due, long minor) => new(Guid.NewGuid(), Client, Day(due).AddDays(-30), Day(due), minor);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
