using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Journeys;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>What is kept of calls that became nothing, and for how long.</summary>
public sealed class HookCountsTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    [Fact]
    public async Task Refused_IsCountedLaterWhenTheDatabaseRefuses()
    {
        var services = Agency.Host.Services;
        var databases = new FailingOnce(services.GetRequiredService<IDbContextFactory<RevOpsDb>>());
        await using var refused = new RefusedHooks(databases, services.GetRequiredService<CompanyProfile>(), Agency.Clock, NullLogger<RefusedHooks>.Instance);
        await refused.CountAsync("calendly", CancellationToken.None);
        Assert.True(databases.HasFailed);
        Assert.Equal(1, (await refused.TodayAsync(CancellationToken.None))["calendly"]);
    }

    [Fact]
    public async Task Refused_IsWrittenWhenTheProcessEnds()
    {
        var services = Agency.Host.Services;
        RefusedHooks Counter() => new(services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), services.GetRequiredService<CompanyProfile>(), Agency.Clock, NullLogger<RefusedHooks>.Instance);
        var refused = Counter();
        await refused.CountAsync("hubspot", CancellationToken.None);
        await refused.CountAsync("hubspot", CancellationToken.None);
        await refused.CountAsync("hubspot", CancellationToken.None);
        await refused.DisposeAsync();
        await using var next = Counter();
        Assert.Equal(3, (await next.TodayAsync(CancellationToken.None))["hubspot"]);
    }

    [Theory]
    [InlineData(89, DeliveryStatus.NeedsDetails, true)]
    [InlineData(91, DeliveryStatus.Ignored, false)]
    [InlineData(121, null, false)]
    public async Task NeedsDetails_LosesWhatItSaidAfterNinetyDays(int days, DeliveryStatus? status, bool isKept)
    {
        var (services, id) = (Agency.Host.Services, Guid.CreateVersion7());
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            db.Add(new HookDelivery
            {
                Id = id, Connector = "calcom", VendorId = $"old-{days}", Trigger = "BOOKING_CREATED", RecordedAt = DateTimeOffset.UtcNow.AddDays(-days), Status = DeliveryStatus.NeedsDetails, Gaps = "type.unmapped",
                OwnerId = DataKey.Company, SealedBody = await services.GetRequiredService<Vault>().SealAsync(db, DataKey.Company, id, Agency.CalComBody("BOOKING_CREATED", $"old-{days}", "old-type").ToJsonString(), CancellationToken.None),
            });
            await db.SaveChangesAsync();
        }

        var forget = new ForgetHooks(services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), services.GetRequiredService<ChangeFeed>());
        await forget.RunAsync(null!, CancellationToken.None);
        await forget.RunAsync(null!, CancellationToken.None);
        var story = await services.GetRequiredService<DeliveryQueries>().FindAsync(id, clear: true);
        Assert.Equal((status, isKept), (story?.Row.Status, story?.Body is not null));
        if (status == DeliveryStatus.Ignored)
            Assert.Equal(("expired", ""), (story!.Row.Error, story.Row.GapText));

        // Asked for again, it stays what it is.
        if (story is not null)
        {
            await services.GetRequiredService<ConnectorDesk>().TranslateAsync(new() { Id = id }, "system:test", CancellationToken.None);
            await Agency.Host.DrainAsync();
            Assert.Equal(status, (await Agency.DeliveryAsync($"old-{days}")).Status);
        }
    }

    private sealed class FailingOnce(IDbContextFactory<RevOpsDb> real) : IDbContextFactory<RevOpsDb>
    {
        public bool HasFailed { get; private set; }

        public RevOpsDb CreateDbContext()
        {
            if (HasFailed)
                return real.CreateDbContext();
            HasFailed = true;
            throw new DbUpdateException("busy");
        }

        public async Task<RevOpsDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => HasFailed ? await real.CreateDbContextAsync(cancellationToken) : CreateDbContext();
    }
}
