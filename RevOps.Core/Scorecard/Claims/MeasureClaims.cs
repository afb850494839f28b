using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>Measures every claim that can be, each with a context of its own: one that fails is not known, and takes no other with it.</summary>
public sealed partial class MeasureClaims(IDbContextFactory<RevOpsDb> databases, IEnumerable<ClaimMeasure> measures, CompanyProfile company, StripeAccount stripe, TimeProvider clock, ILogger<MeasureClaims> log) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var mode in new[] { Mode.Live, stripe.Connection?.Mode ?? Mode.Live }.Distinct())
        {
            foreach (var measure in measures)
                await KeepAsync(measure.Id, mode, await MeasureAsync(measure, mode, cancel), cancel);
        }

        return OutboxResult.Done;
    }

    private async Task<ClaimFinding?> MeasureAsync(ClaimMeasure measure, Mode mode, CancellationToken cancel)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            return await measure.MeasureAsync(new(db, mode, await company.CurrentAsync(cancel), clock.GetUtcNow()), cancel);
        }
#pragma warning disable CA1031 // Whatever a query throws, the other claims go on and the page says that this one failed.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailure(measure.Id, failure);
            return null;
        }
    }

    private async Task KeepAsync(string claim, Mode mode, ClaimFinding? found, CancellationToken cancel)
    {
        var (now, owner) = (clock.GetUtcNow(), await company.CurrentAsync(cancel));
        var today = owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var result = await db.Set<ClaimResult>().SingleOrDefaultAsync(known => known.Mode == mode && known.ClaimId == claim && known.Day == today, cancel);
        if (result is null)
            db.Add(result = new() { Id = Guid.CreateVersion7(), ClaimId = claim, Mode = mode, Day = today, MeasuredAt = now });
        (result.MeasuredAt, result.Found) = (now, found is null ? null : JsonSerializer.Serialize(found));
        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(LogLevel.Error, "Claim {ClaimId} could not be measured")]
    private partial void LogFailure(string claimId, Exception failure);
}
