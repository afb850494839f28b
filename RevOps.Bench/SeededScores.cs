using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Bench;

/// <summary>A year of what was measured: every check and claim of each day, and an alert every other day.</summary>
internal static class SeededScores
{
    private const int Days = 365;

    /// <param name="folder">A data folder; rows are of live business.</param>
    public static async Task AddAsync(string folder)
    {
        await using var services = SeededFolder.Over(folder);
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var now = DateTimeOffset.UtcNow;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var random = new Random(1);
        for (var ago = Days - 1; ago >= 0; ago--)
        {
            var (day, at) = (today.AddDays(-ago), now.AddDays(-ago));
            db.Add(new ScoreDay { Id = Guid.CreateVersion7(), Mode = Mode.Live, Day = day, RevEng = 60 + random.Next(20), MarEng = 60 + random.Next(20), RevEngOpen = 15, MarEngOpen = 10, RulesVersion = CheckBook.Version });
            db.AddRange(CheckBook.All.Select(rule => new CheckResult { Id = Guid.CreateVersion7(), CheckId = rule.Id, Mode = Mode.Live, Day = day, MeasuredAt = at, Parts = PartsOf(random.NextDouble()) }));
            db.AddRange(ClaimBook.All.Select(claim => new ClaimResult { Id = Guid.CreateVersion7(), ClaimId = claim.Id, Mode = Mode.Live, Day = day, MeasuredAt = at, Found = FoundOf(random.NextDouble()) }));
            if (ago % 2 == 0)
                db.Add(AlertOf(at, isOver: ago > 10));
        }

        await db.SaveChangesAsync();
    }

    private static string PartsOf(double share) => JsonSerializer.Serialize(new[] { Part.Share("share", (long)(share * 1_000), 1_000, new(0.2, 0.95)) });

    private static string FoundOf(double value) => JsonSerializer.Serialize(new ClaimFinding(value, value - 0.1, value + 0.1, 1_000, null, null));

    private static Alert AlertOf(DateTimeOffset at, bool isOver)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            Mode = Mode.Live,
            Figure = AlertFigure.Dso,
            OpenKey = isOver ? null : $"rule:{id}",
            IsAbove = true,
            Threshold = 60,
            Roles = AlertRoles.Management,
            OpenedAt = at,
            OpenedValue = 63,
            Value = 61,
            ValueAt = at,
            ClosedAt = isOver ? at.AddHours(5) : null,
        };
    }
}
