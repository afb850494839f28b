using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conversions;

/// <summary>How far conversions come, what they match by, and what only the server tells.</summary>
public sealed class QualityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly ConversionQuality Nothing = new([], [], [], []);

    [Fact]
    public async Task EachStep_IsPartOfTheOneBefore_AndASignalIsCountedWhereABrowserSpoke()
    {
        await using var host = new RevOpsHost();
        await using var db = await host.OpenDatabaseAsync();
        var (reported, silent) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        db.AddRange(PersonOf(reported), PersonOf(silent));
        db.Add(new PixelReport { Id = Guid.CreateVersion7(), SiteId = Guid.CreateVersion7(), TouchEventId = "t-1", OccurredAt = Noon, PersonId = reported, Meta = false, Google = null });
        db.Add(new BrowserEvent { Id = Guid.CreateVersion7(), EventId = "twin", Meta = true, SeenAt = Noon });
        db.AddRange(
            Of("twin", silent, ConversionStatus.Delivered, MatchKeys.Email | MatchKeys.Click), Of("alone", reported, ConversionStatus.Delivered, MatchKeys.Email), Of("unknown", silent, ConversionStatus.Delivered, MatchKeys.Country),
            Of("refused", reported, ConversionStatus.Rejected, MatchKeys.Email), Of("kept", reported, ConversionStatus.Rejected, null, reason: "cannot_restate"), Of("ours", reported, ConversionStatus.Rejected, null), Of("held", silent, ConversionStatus.Held, null), Of("waits", silent, ConversionStatus.Queued, null),
            Of("google", reported, ConversionStatus.Delivered, MatchKeys.Phone, AdPlatform.Google), Of("taken", reported, ConversionStatus.Received, MatchKeys.Phone, AdPlatform.Google));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var found = await host.Services.GetRequiredService<QualityQueries>().OfAsync(new(Mode.Live) { From = new(2026, 5, 1), To = new(2026, 5, 31) }, TestContext.Current.CancellationToken);
        Assert.Equal([(AdPlatform.Meta, new Funnel(8, 5, 4, 3, null)), (AdPlatform.Google, new Funnel(2, 2, 2, 2, 1))], found.Stages.Select(row => (row.Platform, row.Funnel)));
        Assert.Equal(new Funnel(10, 7, 6, 5, 1), found.Whole);

        // That Meta takes nothing back is nobody's fault; what should have left long ago is lost as far as anybody knows.
        Assert.Equal([new(AdPlatform.Meta, 3, 6), new(AdPlatform.Google, 1, 1)], found.Delivery);
        var days = await host.Services.GetRequiredService<QualityQueries>().DaysAsync(new(Mode.Live) { From = new(2026, 5, 1), To = new(2026, 5, 31), Page = 2 }, 20, TestContext.Current.CancellationToken);

        // The newest first, eleven of them left for the second page.
        Assert.Equal((2, 31, 11, new DateOnly(2026, 5, 11)), (days.Page, days.Total, days.Rows.Count, days.Rows[0].Day));
        Assert.Equal(found.Whole, days.Rows.Single(row => row.Funnel.Created > 0) is var row && row.Day == new DateOnly(2026, 5, 4) ? row.Funnel : default);

        var meta = found.Keys[0];
        Assert.Equal((4, 3, 1, 0), (meta.Sent, meta.Of[MatchKeys.Email], meta.Of[MatchKeys.Click], meta.Of[MatchKeys.Phone]));
        Assert.Equal(0.75, meta.StrongShare);

        // One twin, one that the browser says Meta never heard of, one of whom nobody knows. Nobody spoke of Google's pixel.
        Assert.Equal([new(AdPlatform.Meta, 3, 2, 1), new(AdPlatform.Google, 1, 0, 0)], found.Signals);
        Assert.Equal((0.5, null), (found.Signals[0].RecoveredShare, found.Signals[1].RecoveredShare));
    }

    [Fact]
    public void Alerts_SpeakOfWhatCostsConversions()
    {
        var before = Nothing with { Keys = [KeyCoverage.From(AdPlatform.Meta, [(MatchKeys.Email, 90), (MatchKeys.Country, 10)])] };
        var now = Nothing with { Keys = [KeyCoverage.From(AdPlatform.Meta, [(MatchKeys.Email, 80), (MatchKeys.Country, 20)])], Delivery = [new(AdPlatform.Meta, 95, 100), new(AdPlatform.Google, 94, 100)] };
        var tokens = new Dictionary<AdPlatform, DateTimeOffset?> { [AdPlatform.Meta] = Noon.AddDays(13) };
        Assert.Equal([(AlertKind.Token, AdPlatform.Meta), (AlertKind.Match, AdPlatform.Meta), (AlertKind.Delivery, AdPlatform.Google)], QualityAlert.Of(now, before, tokens, Noon).Select(alert => (alert.Kind, alert.Platform)));

        // One that is refused already is worse than one that ends.
        Assert.Equal([AlertKind.Token], QualityAlert.Of(Nothing, Nothing, new Dictionary<AdPlatform, DateTimeOffset?> { [AdPlatform.Google] = null }, Noon).Select(alert => alert.Kind));

        // Of a few nobody can say that a share fell, and a token that lives on needs nobody.
        var few = Nothing with { Delivery = [new(AdPlatform.Google, 1, 10)], Keys = [KeyCoverage.From(AdPlatform.Meta, [(MatchKeys.Country, 20)])] };
        Assert.Empty(QualityAlert.Of(few, before, new Dictionary<AdPlatform, DateTimeOffset?> { [AdPlatform.Meta] = Noon.AddDays(15) }, Noon));
    }

    private static Person PersonOf(Guid id) => new() { Id = id, CanonicalId = id, CreatedAt = Noon, OwnSeenAt = Noon, LastSeenAt = Noon };

    private static Conversion Of(string eventId, Guid person, ConversionStatus status, MatchKeys? keys, AdPlatform platform = AdPlatform.Meta, string? reason = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Platform = platform,
        Stage = ConversionStage.Lead,
        EventId = eventId,
        TransactionId = eventId,
        PersonId = person,
        SubjectId = Guid.CreateVersion7(),
        Mode = Mode.Live,
        OccurredAt = Noon,
        RecordedAt = Noon,
        Status = status,
        Reason = reason,
        DueAt = status == ConversionStatus.Queued ? Noon : null,
        MatchKeys = keys,
        SentAt = status is ConversionStatus.Delivered or ConversionStatus.Received ? Noon : null,
    };
}
