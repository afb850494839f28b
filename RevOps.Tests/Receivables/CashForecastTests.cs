using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;

namespace RevOps.Tests.Receivables;

public sealed class CashForecastTests
{
    // A Thursday; its week began on the 23rd.
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly Guid Client = Guid.NewGuid();

    // Everybody pays on the due day.
    private static readonly PaymentHazard OnTime = new([new(Guid.NewGuid(), 0, IsPaid: true)]);

    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("2026-11-26", "2026-11-23")]
    [InlineData("2026-11-29", "2026-11-23")]
    [InlineData("2027-01-01", "2026-12-28")]
    public void Week_BeginsOnMonday(string day, string monday) => Assert.Equal(Day(monday), Period.MondayOf(Day(day)));

    [Fact]
    public void Invoice_IsSpreadOverTheDaysOnWhichItsClientPays()
    {
        var hazard = new PaymentHazard([.. Enumerable.Range(1, 10).Select(late => new WaitedInvoice(Client, late, IsPaid: true))]);
        var spread = Assert.Single(Forecast(Today, hazard, Open("2026-11-26", 1_000)).Invoices);
        Assert.Equal((CashBasis.Habit, Day("2026-11-27"), Day("2026-12-05")), (spread.Basis, spread.Early, spread.Late));
        Assert.Equal([300, 700], spread.Minor.Take(2));

        // What has passed is ruled out: an invoice nine days late comes today or tomorrow.
        var late = Assert.Single(Forecast(Today, hazard, Open("2026-11-17", 1_000)).Invoices);
        Assert.Equal((1_000L, Today, Today.AddDays(1)), (late.Minor[0], late.Early, late.Late));
    }

    [Fact]
    public void DisputedAndOverpaidInvoices_AreNotExpected()
    {
        var contested = CashSpread.Of(Today, Open("2026-12-01", 100), OnTime, Today, isDisputed: true);
        var forecast = new CashForecast(Today, [contested, Spread(Today, OnTime, Open("2026-12-01", -40))]);
        Assert.Equal([CashBasis.Disputed, CashBasis.Overpaid], forecast.Invoices.Select(invoice => invoice.Basis));
        Assert.Equal((60L, 60L, 0L, 0L), (forecast.TotalMinor, forecast.NotExpectedMinor, forecast.WithinMinor, forecast.LaterMinor));
    }

    [Fact]
    public void Weeks_HoldWhatIsDueFromMondayToSunday()
    {
        var forecast = Forecast(Today, OnTime, Open("2026-11-26", 1), Open("2026-11-29", 2), Open("2026-11-30", 4), Open("2027-02-21", 8), Open("2027-02-22", 16));
        Assert.Equal((13, Day("2026-11-23"), Day("2027-02-15")), (forecast.Weeks.Count, forecast.Weeks[0].Monday, forecast.Weeks[^1].Monday));
        Assert.Equal((3L, 2, 4L, 7L), (forecast.Weeks[0].Minor, forecast.Weeks[0].Invoices, forecast.Weeks[1].Minor, forecast.Weeks[1].SoFarMinor));
        Assert.Equal((8L, 15L, 16L), (forecast.Weeks[^1].Minor, forecast.WithinMinor, forecast.LaterMinor));

        // Where every day is certain, so is the sum.
        Assert.Equal((15L, 15L), (forecast.Weeks[^1].Low95, forecast.Weeks[^1].High95));
    }

    [Fact]
    public void Backtest_SaysByHowMuchTheSumAndTheWeeksWereWrong()
    {
        var then = Forecast(Day("2026-11-02"), OnTime, Open("2026-11-04", 100), Open("2026-11-11", 100), Open("2026-12-24", 100));
        var test = CashBacktest.Of(then, 3, [(Day("2026-11-01"), 999), (Day("2026-11-10"), 100), (Day("2026-11-22"), 150), (Day("2026-11-23"), 999)]);
        Assert.Equal([(100L, 0L), (100L, 100L), (0L, 150L)], test.Weeks.Select(week => (week.ExpectedMinor, week.CameMinor)));
        Assert.Equal((200L, 250L, 0.2, 1d), (test.ExpectedMinor, test.CameMinor, test.Error!.Value, test.WeeklyError!.Value));
        Assert.Null(CashBacktest.Of(then, 3, []).Error);
        Assert.Equal((0, 2), (test.Held95, CashBacktest.Of(then, 3, [(Day("2026-11-04"), 100), (Day("2026-11-11"), 100), (Day("2026-11-17"), 1)]).Held95));
    }

    [Fact]
    public void EveryOpenCent_IsInAWeekLaterOrNotExpected()
    {
#pragma warning disable CA5394 // The same cases every time are what is asked for.
        var random = new Random(7);
        for (var run = 0; run < 100; run++)
        {
            Guid[] clients = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];
            var hazard = new PaymentHazard([.. Enumerable.Range(0, random.Next(60)).Select(_ => new WaitedInvoice(clients[random.Next(6)], random.Next(-20, 90), random.Next(4) > 0))]);
            OpenReceivable[] open = [.. Enumerable.Range(0, random.Next(50)).Select(_ => new OpenReceivable(Guid.NewGuid(), clients[random.Next(6)], Today.AddDays(-random.Next(200)), Today.AddDays(random.Next(-150, 150)), random.Next(-5_000, 500_000)))];
            var forecast = new CashForecast(Today, [.. open.Select(invoice => CashSpread.Of(Today, invoice, hazard, random.Next(4) == 0 ? Today.AddDays(random.Next(-30, 120)) : null, random.Next(5) == 0))]);

            Assert.Equal(open.Sum(invoice => invoice.OpenMinor), forecast.Weeks.Sum(week => week.Minor) + forecast.LaterMinor + forecast.NotExpectedMinor);
            Assert.Equal(forecast.TotalMinor, forecast.WithinMinor + forecast.LaterMinor + forecast.NotExpectedMinor);
            Assert.All(forecast.Weeks, week => Assert.True(week.Low95 <= week.Low80 && week.Low80 <= week.High80 && week.High80 <= week.High95));
            Assert.All(forecast.Invoices.Where(invoice => invoice.IsExpected), invoice => Assert.True(invoice.LaterMinor >= 0 && !(invoice.Early < Today) && !(invoice.Late < invoice.Early)));
        }
#pragma warning restore CA5394
    }

    private static CashForecast Forecast(DateOnly from, PaymentHazard hazard, params OpenReceivable[] open) => new(from, [.. open.Select(invoice => Spread(from, hazard, invoice))]);

    private static CashSpread Spread(DateOnly from, PaymentHazard hazard, OpenReceivable invoice) => CashSpread.Of(from, invoice, hazard, null, isDisputed: false);

    private static OpenReceivable Open(string due, long minor) => new(Guid.NewGuid(), Client, Day(due).AddDays(-30), Day(due), minor);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
