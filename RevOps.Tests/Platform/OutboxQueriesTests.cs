using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

/// <summary>What the Jobs page says, and what its two buttons do.</summary>
public sealed class OutboxQueriesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private readonly RevOpsHost host = new();

    private OutboxQueries Queries => host.Services.GetRequiredService<OutboxQueries>();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task EveryRow_StandsUnderOneHeading()
    {
        var everywhere = from state in Enum.GetValues<OutboxState>() from error in new[] { null, "too early" } from held in new[] { false, true } select (state, error, held);
        await AddAsync([.. everywhere.Select((row, index) => Job(index, row.state, row.error, row.held))]);

        var seen = new List<Guid>();
        foreach (var tab in Enum.GetValues<JobTab>())
        {
            var list = await Queries.ListAsync(new(tab));
            Assert.Equal(list.Counts[tab], list.Rows.Count);
            seen.AddRange(list.Rows.Select(row => row.Id));
        }

        Assert.Equal(16, seen.Count);
        Assert.Equal(16, seen.Distinct().Count());
    }

    [Fact]
    public async Task WhatIsToCome_StandsNextFirst_AndWhatIsOver_LastFirst()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(minute => Job(minute, OutboxState.Waiting)), .. Enumerable.Range(60, 60).Select(minute => Job(minute, OutboxState.Done))]);

        var (waiting, rest, done) = (await Queries.ListAsync(new(JobTab.Waiting)), await Queries.ListAsync(new(JobTab.Waiting) { Page = 2 }), await Queries.ListAsync(new(JobTab.Done)));
        Assert.Equal(["0", "1"], waiting.Rows.Take(2).Select(row => row.Key));
        Assert.Equal(("50", 10), (rest.Rows[0].Key, rest.Rows.Count));
        Assert.Equal(["119", "118"], done.Rows.Take(2).Select(row => row.Key));
    }

    [Fact]
    public async Task CancelAndRetry_MoveARowAndBack_AndLeaveWhatIsOver()
    {
        var (failing, done) = (Job(0, OutboxState.Waiting, "refused"), Job(1, OutboxState.Done));
        await AddAsync(failing, done);
        var desk = host.Services.GetRequiredService<OutboxDesk>();

        Assert.True(Assert.Single((await Queries.ListAsync(new(JobTab.Failing))).Rows).CanCancel);
        Assert.Equal(1, await desk.CancelAsync([failing.Id], "user:test", CancellationToken.None));
        var cancelled = Assert.Single((await Queries.ListAsync(new(JobTab.Cancelled))).Rows);
        Assert.Equal((true, false), (cancelled.CanRetry, cancelled.CanCancel));

        Assert.Equal(1, await desk.RetryAsync([failing.Id], "user:test", CancellationToken.None));
        Assert.Equal(failing.Id, Assert.Single((await Queries.ListAsync(new(JobTab.Failing))).Rows).Id);
        Assert.Equal(0, await desk.RetryAsync([done.Id], "user:test", CancellationToken.None));
        Assert.Equal(0, await desk.CancelAsync([done.Id], "user:test", CancellationToken.None));
    }

    [Fact]
    public async Task Selection_IsRetriedTogether_AndEachRowIsAudited()
    {
        var rows = Enumerable.Range(0, 3).Select(minute => Job(minute, OutboxState.Waiting, "refused")).Append(Job(3, OutboxState.Cancelled)).Append(Job(4, OutboxState.Done)).ToArray();
        foreach (var row in rows)
            row.NotBefore = TimeProvider.System.GetUtcNow().AddHours(1);
        await AddAsync(rows);

        // What is done stays done; the four others are due now.
        Assert.Equal(4, await host.Services.GetRequiredService<OutboxDesk>().RetryAsync([.. rows.Select(row => row.Id)], "user:test", CancellationToken.None));

        await using var db = await host.OpenDatabaseAsync();
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(4, await db.Set<OutboxRow>().CountAsync(row => row.State == OutboxState.Waiting && row.NotBefore <= now));
        var written = (await host.Services.GetRequiredService<AuditQueries>().ListAsync(new(Action: "job.retried"), CancellationToken.None)).Rows;
        Assert.Equal(rows.Take(4).Select(row => row.Id.ToString()).Order(), written.Select(row => row.SubjectId).Order());
        Assert.All(written, row => Assert.Equal("user:test", row.Actor.Text));
    }

    [Fact]
    public async Task Filters_TakeAKindAndAText()
    {
        var mail = new OutboxRow { Id = Guid.CreateVersion7(), Job = "Mail", Key = "m-1", Argument = "A-7", Lane = "lane:9", LastError = "Stripe answered 402: card_declined", NotBefore = Noon, RecordedAt = Noon };
        await AddAsync(Job(1, OutboxState.Waiting, "refused"), Job(2, OutboxState.Done), mail);

        var kind = await Queries.ListAsync(new(JobTab.Failing) { Job = "Mail" });
        Assert.Equal((1, 0), (kind.Counts[JobTab.Failing], kind.Counts[JobTab.Done]));
        foreach (var text in new[] { "m-1", "A-7", "lane:", "card_decl" })
            Assert.Equal(mail.Id, Assert.Single((await Queries.ListAsync(new(JobTab.Failing) { Text = text })).Rows).Id);
        Assert.Empty((await Queries.ListAsync(new(JobTab.Failing) { Text = "answered nothing" })).Rows);
        Assert.Equal([0, 0], (await Queries.ListAsync(new(JobTab.Failing) { Sort = JobSort.Attempts, Upwards = false })).Rows.Select(row => row.Attempts));
        Assert.Equal((JobTab.Failing, "A-7"), ((await Queries.FindAsync(mail.Id))!.Tab, (await Queries.FindAsync(mail.Id))!.Argument));
    }

    private async Task AddAsync(params OutboxRow[] rows)
    {
        await using var db = await host.OpenDatabaseAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static OutboxRow Job(int minute, OutboxState state, string? error = null, bool held = false) => new()
    {
        Id = Guid.CreateVersion7(), Job = "Work", Key = $"{minute}", Argument = "", State = state, LastError = error, Held = held, NotBefore = Noon.AddMinutes(minute), RecordedAt = Noon,
    };
}
