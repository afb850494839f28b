using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What no platform takes any more is ended and says why; what may have arrived is not sent a second time when it would count twice.</summary>
public sealed class LateTests
{
    private const string ToMeta = "POST /{version}/{dataset}/events";

    [Fact]
    public async Task WhatWasHeldUntilItsWindowPassed_EndsWithItsReason()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met: 0));
        await agency.SendAsync("voice_session", Events.Voice("S-2", "v-2", "bob@acme.example", agency.Clock.GetUtcNow(), met: 0));
        await agency.SendAsync("consent", Events.Consent("v-2", "denied"));
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromDays(8));
        await EndLateAsync(agency);

        // Google remembers a click for 90 days: an answer may still come in time.
        Assert.Equal(
            [("Meta", "lead.S-1", ConversionStatus.Rejected, "late.consent.unknown"), ("Meta", "lead.S-2", ConversionStatus.Rejected, "late.consent.denied"), ("Google", "lead.S-1", ConversionStatus.Held, "consent.unknown"), ("Google", "lead.S-2", ConversionStatus.Held, "consent.denied")],
            await ShortAsync(agency));
        agency.Clock.Advance(TimeSpan.FromDays(90));
        await EndLateAsync(agency);
        Assert.All(await ShortAsync(agency), row => Assert.Equal(ConversionStatus.Rejected, row.Item3));

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(4, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "conversion.lapsed"));
        var mode = (await db.Set<Conversion>().FirstAsync()).Mode;
        var quality = await agency.Host.Services.GetRequiredService<QualityQueries>().OfAsync(new(mode));
        Assert.Equal((4, 0, 4), (quality.Whole.Created, quality.Whole.Eligible, quality.Whole.Lapsed));

        // Nobody could mend that they did not agree.
        Assert.All(quality.Delivery, row => Assert.Equal(0, row.Decided));
    }

    [Fact]
    public async Task WhatWaitedForAPlatformUntilItsWindowPassed_SaysSo()
    {
        await using var agency = await Agency.OpenAsync();
        var account = agency.Host.Services.GetRequiredService<MetaAccount>();
        account.Sandbox = account.Sandbox! with { AccessToken = "bad" };
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met: 0));
        await agency.Host.DrainAsync();
        Assert.Contains(("Meta", "lead.S-1", ConversionStatus.Queued, "190"), await ShortAsync(agency));
        agency.Clock.Advance(TimeSpan.FromDays(8));
        await EndLateAsync(agency);

        Assert.Contains(("Meta", "lead.S-1", ConversionStatus.Rejected, "late.waited"), await ShortAsync(agency));
    }

    /// <summary>Meta knows a repeat for 48 hours. Before, it goes again under the same id; after, it would count twice.</summary>
    [Theory]
    [InlineData(40, ConversionStatus.Delivered, null)]
    [InlineData(49, ConversionStatus.Rejected, "answer_lost")]
    public async Task LostAnswer_IsRepeatedOnlyWhileMetaKnowsTheRepeat(int hours, ConversionStatus status, string? reason)
    {
        await using var agency = await Agency.OpenAsync();
        agency.Sandbox.Faults.Add(new Fault { Route = ToMeta, Kind = FaultKind.Drop, Count = 2 });
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met: 0));
        await agency.Host.DrainAsync();
        Assert.Single(await ShortAsync(agency), row => row is ("Meta", _, ConversionStatus.Queued, _));
        agency.Sandbox.Faults.Clear();
        agency.Clock.Advance(TimeSpan.FromHours(hours));
        await agency.Host.DrainAsync();

        Assert.Contains(("Meta", "lead.S-1", status, reason), await ShortAsync(agency));
        Assert.Equal(1, (int)agency.Sandbox.MetaEffects()["counted"]!);
    }

    private static async Task EndLateAsync(Agency agency)
    {
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<EndLateConversions>("", agency.Clock.GetUtcNow(), key: Guid.CreateVersion7().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }

    private static async Task<List<(string, string, ConversionStatus, string?)>> ShortAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return [.. (await db.Set<Conversion>().AsNoTracking().OrderBy(row => row.Platform).ThenBy(row => row.EventId).ToListAsync()).Select(row => (row.Platform.ToString(), row.EventId, row.Status, row.Reason))];
    }
}
