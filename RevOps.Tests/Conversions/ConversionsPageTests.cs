using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace RevOps.Tests.Conversions;

/// <summary>The figures, the list that each of them opens, and one conversion beside it: as the server sends them.</summary>
public sealed class ConversionsPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(Noon.AddDays(1)), Settings = { ["Demo:Enabled"] = "true" } };
    private readonly Guid person = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new Person { Id = person, CanonicalId = person, CreatedAt = Noon, OwnSeenAt = Noon, LastSeenAt = Noon });
        await host.Services.GetRequiredService<Vault>().KeyAsync(db, person);
        await db.SaveChangesAsync();
        for (var index = 0; index < 24; index++)
            await AddAsync((ConversionStage)(index % 4), (ConversionStatus)(index % 7 % 5), Noon.AddDays(-index * 3));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/conversions")]
    [InlineData("/conversions?stage=lead&from=2026-03-01&to=2026-05-04")]
    public async Task EachFigure_CountsTheRowsThatItOpens(string path)
    {
        using var client = await host.SignedInAsync(Roles.Marketing);
        var figures = (await ReadAsync(client, path)).QuerySelectorAll(".figures .value a").ToList();
        Assert.Equal(4, figures.Count);
        foreach (var figure in figures)
        {
            var opened = await ReadAsync(client, figure.GetAttribute("href")!);
            Assert.Equal(int.Parse(figure.TextContent, CultureInfo.InvariantCulture), opened.QuerySelectorAll("tbody tr").Length);
        }

        Assert.True(figures.Sum(figure => int.Parse(figure.TextContent, CultureInfo.InvariantCulture)) > 0);
    }

    [Fact]
    public async Task Row_SaysWhatItIsAndOpensBesideTheList()
    {
        var id = await AddAsync(ConversionStage.Qualified, ConversionStatus.Held, Noon, "consent.unknown");
        using var client = await host.SignedInAsync(Roles.Marketing);
        const string Chosen = "?status=held&reason=consent.unknown";
        var row = Assert.Single((await ReadAsync(client, "/conversions" + Chosen)).QuerySelectorAll("tbody a.open"));
        Assert.Equal(("Meta: Qualified lead", $"/conversions/{id}{Chosen}"), (row.TextContent.Trim(), row.GetAttribute("href")));

        var opened = await ReadAsync(client, row.GetAttribute("href")!);
        Assert.Equal("/conversions" + Chosen, opened.QuerySelector(".side-panel a.close")!.GetAttribute("href"));
        Assert.Contains("The person agrees to ads", opened.QuerySelector(".side-panel .why")!.TextContent, StringComparison.Ordinal);
        Assert.Single(opened.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task WhatWasSent_IsClearForPrivacyAndTheLookIsOnRecord()
    {
        var id = await AddAsync(ConversionStage.Booked, ConversionStatus.Delivered, Noon);
        await using (var db = await host.OpenDatabaseAsync())
        {
            var (effect, vault) = (Guid.CreateVersion7(), host.Services.GetRequiredService<Vault>());
            db.Add(new OutsideEffect
            {
                Id = effect, Key = "meta:x", Target = "meta", Request = "POST events", SubjectId = id, OwnerId = person, Attempts = 1, HttpStatus = 200, RecordedAt = Noon,
                SealedBody = await vault.SealAsync(db, person, effect, """{"client_ip_address":"203.0.113.7"}"""),
                SealedAnswer = await vault.SealAsync(db, person, effect, """{"events_received":1,"fbtrace_id":"T-1","echo":"203.0.113.7"}"""),
            });
            await db.SaveChangesAsync();
        }

        using var marketing = await host.SignedInAsync(Roles.Marketing);
        var masked = (await ReadAsync(marketing, $"/conversions/{id}")).Body!.TextContent;
        Assert.Contains("\"T-1\"", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.7", masked, StringComparison.Ordinal);
        Assert.Equal(0, await LooksAsync());

        using var privacy = await host.SignedInAsync(Roles.Privacy);
        Assert.Contains("203.0.113.7", (await ReadAsync(privacy, $"/conversions/{id}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await LooksAsync());
    }

    private async Task<int> LooksAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<AuditEntry>().CountAsync(entry => entry.Action == PersonViews.Viewed && entry.SubjectId == person.ToString());
    }

    private async Task<Guid> AddAsync(ConversionStage stage, ConversionStatus status, DateTimeOffset at, string? reason = null)
    {
        var id = Guid.CreateVersion7();
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new Conversion
        {
            Id = id, Platform = AdPlatform.Meta, Stage = stage, Status = status, Reason = reason, EventId = id.ToString(), TransactionId = id.ToString(), PersonId = person, SubjectId = id, Mode = Mode.Live, OccurredAt = at, RecordedAt = at,
        });
        await db.SaveChangesAsync();
        return id;
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }
}
