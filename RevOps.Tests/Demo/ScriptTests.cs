using System.Text.Json;
using System.Text.Json.Nodes;
using RevOps.Core.Ingestion;
using RevOps.Web.Demo;

namespace RevOps.Tests.Demo;

/// <summary>The story itself, before anybody hears it.</summary>
public sealed class ScriptTests
{
    private static readonly Story Usual = new(
        2026, new(2026, 9, 1), Story.UsualDays, Story.UsualPeople, Story.UsualBookings, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

    private static readonly IReadOnlyList<ToldEvent> Told = Script.Write(Usual);

    private static DateTimeOffset End => Usual.At(Usual.Days, TimeSpan.Zero);

    [Fact]
    public void SameSeed_TellsTheSame()
    {
        Assert.Equal(Texts(Told), Texts(Script.Write(Usual)));
        Assert.NotEqual(Texts(Told), Texts(Script.Write(Usual with { Seed = 7 })));
    }

    [Fact]
    public void EveryEvent_IsOneThatTheFrontDoorTakes()
    {
        foreach (var told in Told)
        {
            using var data = JsonDocument.Parse(told.Data.ToJsonString());
            var errors = new List<FieldError>();
            EventTypes.Read($"revops.{told.Type}.v1", data.RootElement, errors);
            Assert.True(errors.Count == 0, $"{told.Id} {told.Type}: {string.Join(", ", errors)}");
        }
    }

    [Fact]
    public void Story_HasWhatAnAgencyHas()
    {
        var within = Told.Where(told => told.Time < End).ToList();
        Assert.All(within, told => Assert.True(told.Time >= Usual.At(0, TimeSpan.Zero), told.Id));
        Assert.InRange(Distinct(within, "touch", "visitorId"), 400, Usual.People);
        Assert.Equal(6, Agency.Ways.Count);
        Assert.Equal(Agency.Campaigns.Count * Usual.Days, within.Count(told => told.Type == "ad_spend"));
        Assert.InRange(Distinct(within, "booking_confirmed", "bookingId") + Distinct(within, "deal_won", "bookingId"), 120, Usual.Bookings);
        Assert.Contains(within, told => told.Type == "booking_changed");
        Assert.True(within.Count(told => told.Type == "booking_cancelled") >= 4);
        Assert.Contains(within, told => told.Type == "voice_session" && (string?)told.Data["outcome"] == "qualified");

        var denied = within.Count(told => told.Type == "consent" && (string?)told.Data["purposes"]!["ads"] == "denied");
        Assert.InRange(denied, 20, 120);
        Assert.True(Distinct(within, "consent", "visitorId") < Usual.People, "Some never answer.");
    }

    [Fact]
    public void WeekOfTheLoss_BringsNoClickIds()
    {
        var lost = Told.Where(told => told.Type == "touch" && told.Time >= Usual.At(Agency.LossFrom, TimeSpan.Zero) && told.Time < Usual.At(Agency.LossUntil, TimeSpan.Zero)).ToList();
        Assert.NotEmpty(lost);
        Assert.DoesNotContain(lost, told => told.Data.ContainsKey("clickIds"));
        Assert.Contains(Told, told => told.Data.ContainsKey("clickIds"));
    }

    [Fact]
    public void Prices_RiseOnce()
    {
        var audit = Agency.Services[0];
        Assert.Equal(audit.Price, Agency.PriceOn(audit, Agency.PriceRiseDay - 1));
        Assert.InRange(Agency.PriceOn(audit, Agency.PriceRiseDay) / audit.Price, 1.05m, 1.12m);
    }

    [Fact]
    public void Clients_PayEarlyOnTimeLateOrNever()
    {
        var days = Enumerable.Range(0, Usual.Bookings).Select(DemoClients.DaysToPay).ToList();
        Assert.Single(days, day => day is null);
        Assert.Contains(days, day => day < 15);
        Assert.Contains(days, day => day > 40);
    }

    private static int Distinct(IEnumerable<ToldEvent> told, string type, string field) => told.Where(one => one.Type == type).Select(one => (string?)one.Data[field]).Distinct().Count();

    private static string[] Texts(IEnumerable<ToldEvent> told) => [.. told.Select(one => one.Envelope().ToJsonString())];
}
