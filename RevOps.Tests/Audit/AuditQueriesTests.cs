using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Audit;

/// <summary>What the Audit page lists, and whose values it opens.</summary>
public sealed class AuditQueriesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private readonly TurnableClock clock = new(Noon);
    private readonly RevOpsHost host;

    public AuditQueriesTests() => host = new() { Clock = clock };

    private AuditQueries Queries => host.Services.GetRequiredService<AuditQueries>();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Filters_TakeActionWhoSubjectAndDays()
    {
        await WriteAsync(new("user:1", "invoice.approved", "Invoice", "I-1"));
        await WriteAsync(new("user:2", "invoice.approved", "Invoice", "I-2"));
        clock.Advance(TimeSpan.FromDays(2));
        await WriteAsync(new("user:1", "job.retried", "OutboxRow", "J-1"));

        Assert.Equal([3, 2, 1], await ListAsync(new()));
        Assert.Equal([1, 2, 3], await ListAsync(new() { Ascending = true }));
        Assert.Equal([2, 1], await ListAsync(new(Action: "invoice.approved")));
        Assert.Equal([3, 1], await ListAsync(new(Actor: "user:1")));
        Assert.Equal([2], await ListAsync(new(SubjectType: "Invoice", SubjectId: "I-2")));
        Assert.Equal([3], await ListAsync(new(From: new(2026, 5, 5))));
        Assert.Equal([2, 1], await ListAsync(new(To: new(2026, 5, 4))));
        Assert.Equal([1], await ListAsync(new(Page: 3) { Size = 1 }));

        var choices = await Queries.ChoicesAsync(CancellationToken.None);
        Assert.Equal(["invoice.approved", "job.retried"], choices.Actions.Order());
        Assert.Equal(["Invoice", "OutboxRow"], choices.SubjectTypes.Order());
    }

    [Fact]
    public async Task Change_IsSaidFieldByField_WhatChangedFirst()
    {
        await WriteAsync(new("user:1", "invoice.approved", "Invoice", "I-1") { Before = new { Mode = "Live", Status = "ReadyForReview" }, After = new { Mode = "Live", Status = "Approved", Lines = new[] { 1, 2 } }, Reason = "asked for" });

        var detail = await Queries.FindAsync(1, clear: false, CancellationToken.None);
        Assert.Equal(("asked for", false, true, null, null), (detail!.Reason, detail.IsPersonal, detail.Fits, detail.Previous, detail.Next));
        Assert.Equal(
            [new("status", "ReadyForReview", "Approved") { IsChange = true }, new("mode", "Live", "Live"), new("lines", null, "1, 2")],
            detail.Changes);
    }

    [Fact]
    public async Task ValuesOfAPerson_AreMaskedUnlessTheReaderMaySeeThem_AndGoneOnceErased()
    {
        var person = Guid.CreateVersion7();
        await WriteAsync(new("user:1", "test.noted", "Person", person.ToString()) { Owner = person, Before = new { Email = "old@example.com" }, After = new { Email = "ann@example.com" }, Reason = "Ann asked" });

        var masked = await Queries.FindAsync(1, clear: false, CancellationToken.None);
        Assert.Equal([new("email", AuditChange.Mask, AuditChange.Mask) { IsChange = true }], masked!.Changes);
        Assert.Equal((true, AuditChange.Mask), (masked.IsPersonal, masked.Reason));
        var clear = await Queries.FindAsync(1, clear: true, CancellationToken.None);
        Assert.Equal("ann@example.com", Assert.Single(clear!.Changes).After);

        await using var db = await host.OpenDatabaseAsync();
        (await db.Set<DataKey>().SingleAsync(key => key.OwnerId == person)).Erase(Noon);
        await db.SaveChangesAsync();
        host.Services.GetRequiredService<Vault>().ForgetAll();
        var gone = await Queries.FindAsync(1, clear: true, CancellationToken.None);
        Assert.Equal((true, true, 0), (gone!.IsErased, gone.Fits, gone.Changes.Count));
    }

    private async Task WriteAsync(AuditNote note)
    {
        await using var db = await host.OpenDatabaseAsync();
        await host.Services.GetRequiredService<AuditTrail>().WriteAsync(db, note);
        await db.SaveChangesAsync();
    }

    private async Task<IEnumerable<long>> ListAsync(AuditFilter filter) => (await Queries.ListAsync(filter, CancellationToken.None)).Rows.Select(row => row.Sequence);
}
