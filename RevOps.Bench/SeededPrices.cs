using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Bench;

/// <summary>Ten services with two hundred slots a week, sold for a month at prices that moved, advised for 90 days, answered and studied.</summary>
internal static class SeededPrices
{
    public const string Service = "SLOTS-1";
    private const int Services = 10;
    private const int PerDay = 4;
    private const int Ahead = 90;
    private const int Past = 30;

    /// <param name="folder">A data folder; rows are of live business.</param>
    public static async Task AddAsync(string folder)
    {
        await using var services = SeededFolder.Over(folder);
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var (random, now) = (new Random(1), DateTimeOffset.UtcNow);
        var bookings = await db.Set<Booking>().Where(booking => booking.Mode == Mode.Live).OrderBy(booking => booking.Id).Select(booking => booking.Id).ToListAsync();
        if (bookings.Count == 0)
            return;

        var (first, today) = (new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), DateOnly.FromDateTime(now.UtcDateTime));
        for (var number = 1; number <= Services; number++)
        {
            var id = Guid.CreateVersion7();
            db.Add(new Service { Id = id, Code = $"SLOTS-{number}", Name = $"Service with slots {number}", RecordedAt = now });
            db.Add(new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = id, Currency = "EUR", UnitAmount = "100", ValidFrom = today.AddYears(-1), UserId = id, RecordedAt = now });
            db.Add(new PricingSetting
            {
                Id = Guid.CreateVersion7(), ServiceId = id, Number = 1, At = now.AddDays(-60), UserId = id, Currency = "EUR", FloorMinor = 7_000, CeilingMinor = 15_000, StepMinor = 100, MostDailyChange = 1_000, Attitude = PriceAttitude.Advised,
                ApprovalAbove = 300, AcceptsByRule = false, IsPaused = false, FareList = """[{"Code":"full","Name":"Full fare","PriceMinor":10000},{"Code":"member","Name":"Members","PriceMinor":9000}]""",
            });
            for (var day = -Past; day < Ahead; day++)
            {
                for (var hour = 0; hour < PerDay && first.AddDays(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday); hour++)
                {
                    var start = first.AddDays(day).AddHours(8 + (2 * hour));
                    db.Add(new SlotAvailability { Id = Guid.CreateVersion7(), ServiceCode = $"SLOTS-{number}", SlotStart = start, SlotEnd = start.AddHours(2), Capacity = 12, OccurredAt = now });
                    var raised = hour % 2 == 1 ? start.AddDays(-10) : (DateTimeOffset?)null;
                    if (raised <= now)
                        db.Add(new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = id, SlotStart = start, Mode = Mode.Live, Currency = "EUR", UnitAmount = "110", ValidFrom = DateOnly.FromDateTime(raised.Value.UtcDateTime), BeganAt = raised, UserId = id, RecordedAt = raised.Value });
                    db.AddRange(Sold($"SLOTS-{number}", start, raised, now, bookings, random));
                    db.AddRange(Advised(id, start, today, day < 0 ? 3 : Math.Min(8, (day / 8) + 2), random));
                }
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        CompanyVersion owner = new() { Id = Guid.Empty, ValidFrom = default, FromSettings = false, LegalName = "Seeded", Country = "FR", Currency = "EUR", TimeZone = "UTC" };
        foreach (var service in await new SlotReader(db, owner, Mode.Live, 2_000, now).ReadAsync(CancellationToken.None))
        {
            var found = FindService.Of(service, new(0, 0, 0, 0));
            foreach (var day in new[] { today.AddDays(-30), today })
                db.Add(new PricingStudy { Id = Guid.CreateVersion7(), Mode = Mode.Live, ServiceId = service.Service.Id, Day = day, MadeAt = now, Advised = 1, HasGain = found.Backtest is not null, Found = JsonSerializer.Serialize(found) });
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Some six of twelve places, booked by whoever is in the ledger.</summary>
    private static IEnumerable<SlotSale> Sold(string code, DateTimeOffset start, DateTimeOffset? raised, DateTimeOffset now, List<Guid> bookings, Random random)
    {
        for (var place = random.Next(13); place > 0; place--)
        {
            var at = start.AddDays(-20 * random.NextDouble());
            if (at > now || random.NextDouble() > (at < raised ? 1 : 0.8))
                continue;
            yield return new() { Id = Guid.CreateVersion7(), BookingId = bookings[random.Next(bookings.Count)], ServiceCode = code, SlotStart = start, Places = 1, PriceMinor = at >= raised ? 11_000 : 10_000, Currency = "EUR", TaxInclusive = false, TaxRateBasisPoints = 2_000, BookedAt = at, Mode = Mode.Live };
        }
    }

    private static IEnumerable<SlotAdvice> Advised(Guid service, DateTimeOffset start, DateOnly today, int days, Random random)
    {
        for (var ago = days - 1; ago >= 0; ago--)
        {
            var (booked, advised) = (random.Next(13), 10_000 + (random.Next(-8, 9) * 100));
            var state = ago == 0 ? advised == 10_000 ? AdviceState.Kept : AdviceState.Awaiting : random.Next(3) == 0 ? AdviceState.Refused : AdviceState.Accepted;
            yield return new()
            {
                Id = Guid.CreateVersion7(), Mode = Mode.Live, ServiceId = service, SlotStart = start, SlotEnd = start.AddHours(2), Day = today.AddDays(-ago), MadeAt = DateTimeOffset.UtcNow.AddDays(-ago), IsNewest = ago == 0, Currency = "EUR", TaxInclusive = false,
                BaseMinor = 10_000, PriceMinor = 10_000, AdvisedMinor = state == AdviceState.Kept ? null : advised, Outcome = state == AdviceState.Kept ? AdviceOutcome.TooSmall : AdviceOutcome.Advised, LeadDays = 10, Capacity = 12, Booked = booked, UsualLoad = 0.5,
                FloorMinor = 7_000, CeilingMinor = 15_000, MostDailyChange = 1_000, FloorDays = 0, ByRule = false, State = state, DecidedAt = ago == 0 ? null : DateTimeOffset.UtcNow.AddDays(-ago), DecidedBy = ago == 0 ? null : $"user:{service}",
                Why = JsonSerializer.Serialize(new[] { new AdvicePart(advised > 10_000 ? AdviceReason.LoadAhead : AdviceReason.LoadBehind, booked / 12.0, 0.5, advised - 10_000) }),
            };
        }
    }
}
