using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conversions;

/// <summary>What the page Conversions says.</summary>
public sealed class ConversionQueriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private readonly RevOpsHost host = new();
    private readonly Guid person = Guid.CreateVersion7();

    private ConversionQueries Queries => host.Services.GetRequiredService<ConversionQueries>();

    public async ValueTask InitializeAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new Person { Id = person, CanonicalId = person, CreatedAt = Noon, OwnSeenAt = Noon, LastSeenAt = Noon });
        await host.Services.GetRequiredService<Vault>().KeyAsync(db, person);
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task EachCount_EqualsTheRowsThatItsGroupShows()
    {
        foreach (var (platform, index) in Enumerable.Range(0, 60).Select(index => ((AdPlatform)(index % 2), index)))
            await AddAsync(platform, (ConversionStage)(index % 5), (ConversionStatus)(index % 5), Noon.AddDays(index % 3));
        await AddAsync(AdPlatform.Meta, ConversionStage.Paid, ConversionStatus.Delivered, Noon, Mode.Sandbox);

        ConversionFilter[] filters =
        [
            new(Mode.Live), new(Mode.Live) { Platform = AdPlatform.Google }, new(Mode.Live) { Stage = ConversionStage.Paid },
            new(Mode.Live) { From = new(2026, 5, 5), To = new(2026, 5, 5) }, new(Mode.Sandbox), new(Mode.Live) { Reason = "too_old" },
        ];
        foreach (var filter in filters)
        {
            var counts = (await Queries.ListAsync(filter)).Counts;
            Assert.Equal(counts.OfStatus.OrderBy(row => row.Key), (await Queries.CountAsync(filter)).OfStatus.OrderBy(row => row.Key));
            foreach (var group in Enum.GetValues<ConversionGroup>().Where(group => group != ConversionGroup.All))
                Assert.Equal(counts[group], (await Queries.ListAsync(filter with { Group = group })).Rows.Count);
        }

        var all = await Queries.ListAsync(filters[0]);
        Assert.Equal((60, 24, 24, 0.5), (all.Counts[ConversionGroup.All], all.Counts[ConversionGroup.Queued], all.Counts.Decided, all.Counts.DeliveryRate));
        Assert.Equal(20, (await Queries.ListAsync(filters[3])).Counts[ConversionGroup.All]);
        Assert.Equal((50, 10), (all.Rows.Count, (await Queries.ListAsync(filters[0] with { Page = 2 })).Rows.Count));
        Assert.Equal(2, (await Queries.ListAsync(filters[0] with { Page = 9 })).Page);

        // The file has the same rows in the same order, whatever its parts.
        var read = new[] { await Queries.ReadAsync(filters[0], 1, 35), await Queries.ReadAsync(filters[0], 2, 35) };
        Assert.Equal(all.Rows.Select(row => row.Id), read.SelectMany(part => part).Take(50).Select(row => row.Id));
        Assert.Equal(60, read.Sum(part => part.Count));
    }

    [Fact]
    public async Task Reasons_AreThoseThatRowsShowAndEachFindsItsOwn()
    {
        await AddAsync(AdPlatform.Meta, ConversionStage.Lead, ConversionStatus.Held, Noon, reason: "consent.unknown");
        await AddAsync(AdPlatform.Meta, ConversionStage.Qualified, ConversionStatus.Held, Noon, reason: "consent.unknown");
        await AddAsync(AdPlatform.Google, ConversionStage.Lead, ConversionStatus.Rejected, Noon, reason: "too_old");
        await AddAsync(AdPlatform.Google, ConversionStage.Paid, ConversionStatus.Delivered, Noon);

        // No platform is connected here: what waits says that, whatever an earlier try said.
        await AddAsync(AdPlatform.Meta, ConversionStage.Paid, ConversionStatus.Queued, Noon, reason: "timeout");

        var all = await Queries.ListAsync(new(Mode.Live));
        Assert.Equal(["consent.unknown", "not_connected", "too_old"], all.Reasons);
        foreach (var reason in all.Reasons)
        {
            var found = await Queries.ListAsync(new(Mode.Live) { Reason = reason });
            Assert.Equal(all.Rows.Where(row => row.Reason == reason).Select(row => row.Id).Order(), found.Rows.Select(row => row.Id).Order());
            Assert.Equal(all.Reasons, found.Reasons);
        }

        Assert.Empty((await Queries.ListAsync(new(Mode.Live) { Reason = "timeout" })).Rows);
    }

    [Fact]
    public async Task Values_SortPerCurrencyAndWhatHasNoneComesLast()
    {
        foreach (var (minor, currency) in new (long?, string?)[] { (5, "USD"), (100, "EUR"), (null, null), (300, "EUR") })
            await AddAsync(AdPlatform.Meta, ConversionStage.Paid, ConversionStatus.Delivered, Noon, value: minor, currency: currency);

        Assert.Equal([300, 100, 5, null], (await Queries.ListAsync(new(Mode.Live) { Sort = ConversionSort.Value })).Rows.Select(row => row.ValueMinor));
        Assert.Equal([100, 300, 5, null], (await Queries.ListAsync(new(Mode.Live) { Sort = ConversionSort.Value, Ascending = true })).Rows.Select(row => row.ValueMinor));
    }

    [Fact]
    public async Task Days_AreTheCompanys()
    {
        // Half past eleven in the evening of 3 May in London's summer is 4 May in Paris.
        await AddAsync(AdPlatform.Meta, ConversionStage.Lead, ConversionStatus.Held, new(2026, 5, 3, 22, 30, 0, TimeSpan.Zero));
        Assert.Empty((await Queries.ListAsync(new(Mode.Live) { To = new(2026, 5, 3) })).Rows);
        Assert.Single((await Queries.ListAsync(new(Mode.Live) { From = new(2026, 5, 4) })).Rows);
    }

    [Fact]
    public async Task WhatIsOnItsWay_SaysThatItsPlatformIsNotConnected()
    {
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        await client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-1")));
        await host.DrainAsync();

        var rows = (await Queries.ListAsync(new(Mode.Live))).Rows;
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal((ConversionStatus.Queued, "not_connected", true), (row.Status, row.Reason, row.NextTryAt is not null)));
        Assert.Equal(rows.Select(row => row.Id).Order(), (await Queries.OfPersonAsync((await Queries.FindAsync(rows[0].Id, clear: false))!.PersonId)).Select(row => row.Id).Order());
    }

    [Fact]
    public async Task Body_HidesThePersonUnlessClear()
    {
        const string Digest = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";
        var id = await AddAsync(AdPlatform.Meta, ConversionStage.Booked, ConversionStatus.Delivered, Noon);
        await SendAsync(id, $$$"""{"data":[{"event_name":"Purchase","event_id":"booked.B-1","event_source_url":"https://a.example/ann","user_data":{"em":["{{{Digest}}}"],"country":["{{{Digest}}}"],"client_ip_address":"203.0.113.7","fbc":"fb.1.1.AbCdEfGhIjKl","new_field":"who knows"},"custom_data":{"value":12.5}}]}""");

        var masked = Assert.Single((await Queries.FindAsync(id, clear: false))!.Effects);
        Assert.Equal((2, 200, "meta:booked.B-1"), (masked.Attempts, masked.HttpStatus, masked.Key));
        Assert.Contains("\"Purchase\"", masked.Body, StringComparison.Ordinal);
        Assert.Contains("12.5", masked.Body, StringComparison.Ordinal);
        Assert.Contains("\"973d…\"", masked.Body, StringComparison.Ordinal);
        foreach (var secret in new[] { Digest[..8], "203.0", "ann", "AbCd", "who knows" })
            Assert.DoesNotContain(secret, masked.Body, StringComparison.Ordinal);

        var clear = Assert.Single((await Queries.FindAsync(id, clear: true))!.Effects);
        Assert.Contains(Digest, clear.Body, StringComparison.Ordinal);
        Assert.Equal(2, (await Queries.ListAsync(new(Mode.Live))).Rows[0].Attempts);
    }

    private async Task<Guid> AddAsync(
        AdPlatform platform, ConversionStage stage, ConversionStatus status, DateTimeOffset at, Mode mode = Mode.Live, string? reason = null, long? value = null, string? currency = null)
    {
        var id = Guid.CreateVersion7();
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new Conversion
        {
            Id = id, Platform = platform, Stage = stage, Status = status, EventId = id.ToString(), TransactionId = id.ToString(), PersonId = person, SubjectId = id, Mode = mode, OccurredAt = at, RecordedAt = at,
            Reason = reason ?? (status == ConversionStatus.Rejected ? "too_old" : null), ValueMinor = value, Currency = currency,
        });
        await db.SaveChangesAsync();
        return id;
    }

    private async Task SendAsync(Guid conversion, string body)
    {
        var id = Guid.CreateVersion7();
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new OutsideEffect
        {
            Id = id, Key = "meta:booked.B-1", Target = "meta", Request = "POST events", SubjectId = conversion, OwnerId = person, Attempts = 2, HttpStatus = 200, RecordedAt = Noon,
            SealedBody = await host.Services.GetRequiredService<Vault>().SealAsync(db, person, id, body),
        });
        await db.SaveChangesAsync();
    }
}
