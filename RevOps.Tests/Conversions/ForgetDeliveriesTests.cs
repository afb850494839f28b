using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Retention;
using RevOps.Core.Spend;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conversions;

/// <summary>What the feedback loop keeps is kept as long as the company's rule says, and not longer.</summary>
public sealed class ForgetDeliveriesTests
{
    [Fact]
    public async Task WhatIsOlderThanTheRule_IsDeletedAndCounted()
    {
        await using var host = new RevOpsHost();
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await host.Services.GetRequiredService<RetentionRules>().SaveAsync(new Dictionary<RetainedKind, int> { [RetainedKind.AdRequests] = 3, [RetainedKind.BrowserReports] = 6, [RetainedKind.SpendFiles] = 1 }, "user:1", CancellationToken.None);
        await using (var db = await host.OpenDatabaseAsync())
        {
            foreach (var months in new[] { 2, 4, 7 })
            {
                var (at, batch) = (now.AddMonths(-months), Guid.CreateVersion7());
                db.Add(new ConversionBatch { Id = batch, Platform = AdPlatform.Meta, Mode = Mode.Live, Count = 1, Envelope = "", SentAt = at, RecordedAt = at });
                db.Add(new ConversionPart { BatchId = batch, Position = 0, ConversionId = Guid.CreateVersion7() });
                db.Add(new BrowserEvent { Id = Guid.CreateVersion7(), EventId = $"e-{months}", SeenAt = at });
                db.Add(new PixelReport { Id = Guid.CreateVersion7(), SiteId = Guid.CreateVersion7(), TouchEventId = $"t-{months}", OccurredAt = at, Meta = true, Google = null });
                db.Add(new SpendUpload { Id = Guid.CreateVersion7(), Name = "spend.csv", From = default, To = default, Rows = 1, Aside = 0, UserId = null, RecordedAt = at });
            }

            db.Enqueue<ForgetDeliveries>("", now, key: "test");
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await host.DrainAsync();
        await using var after = await host.OpenDatabaseAsync();
        Assert.Equal((1, 1, 2, 2, 0), (await after.Set<ConversionBatch>().CountAsync(), await after.Set<ConversionPart>().CountAsync(), await after.Set<BrowserEvent>().CountAsync(), await after.Set<PixelReport>().CountAsync(), await after.Set<SpendUpload>().CountAsync()));
        Assert.Equal(1, await after.Set<AuditEntry>().CountAsync(entry => entry.Action == "retention.applied"));
    }
}
