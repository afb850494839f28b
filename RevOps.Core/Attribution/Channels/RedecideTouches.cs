using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution.Channels;

/// <summary>
/// Decides touches that are there by another version of the rules, a portion in each commit: other work goes between, and a crash costs one
/// portion. Payments of whoever has a touch that changed are credited anew.
/// </summary>
public sealed class RedecideTouches(IDbContextFactory<RevOpsDb> databases, ChannelBook book, Vault vault, ChangeFeed feed, TimeProvider clock) : IOutboxJob
{
    /// <summary>One at a time: two versions saved one after the other would overtake each other.</summary>
    public const string Lane = "channels";

    internal const int Portion = 2_000;
    private const int PerUpdate = 500;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var id = Guid.Parse(row.Argument);
        while (await PortionAsync(id, cancel))
        {
            // Until none is left.
        }

        return OutboxResult.Done;
    }

    private async Task<bool> PortionAsync(Guid id, CancellationToken cancel)
    {
        var history = await book.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Set<ChannelRuleSet>().SingleOrDefaultAsync(one => one.Id == id, cancel) is not { EndedAt: null } set)
            return false;

        set.StartedAt ??= TimeProvider.System.GetUtcNow();
        var touches = await NextAsync(db, set, cancel);
        var decided = await DecideAsync(db, history, touches, cancel);
        await UpdateAsync(db, decided.FindAll(one => one.IsOther), cancel);
        var changed = decided.FindAll(one => one.Then != one.Touch.Now);
        await CreditAgainAsync(db, set, changed, cancel);
        (set.Redecided, set.Changed) = (set.Redecided + touches.Count, set.Changed + changed.Count);
        if (touches.Count > 0)
            (set.CursorAt, set.CursorId) = (touches[^1].OccurredAt, touches[^1].Id);
        if (touches.Count < Portion)
            set.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (changed.Count > 0)
            feed.Publish(nameof(Touch));
        return set.EndedAt is null;
    }

    private static async Task<List<Stored>> NextAsync(RevOpsDb db, ChannelRuleSet set, CancellationToken cancel)
    {
        var touches = db.Set<Touch>().Where(touch => touch.OccurredAt >= set.ValidFrom);
        if (set is { CursorAt: { } at, CursorId: { } last })
            touches = touches.Where(touch => touch.OccurredAt >= at && (touch.OccurredAt > at || touch.Id.CompareTo(last) > 0));
        return await touches.OrderBy(touch => touch.OccurredAt).ThenBy(touch => touch.Id).Take(Portion).Select(touch => new Stored(
            touch.Id, touch.PersonId, touch.OccurredAt, touch.Source, touch.Medium, touch.ClickIdKinds, touch.ReferrerHost, touch.AdPlatform, touch.Channel, touch.Platform)).ToListAsync(cancel);
    }

    private async Task<List<Decided>> DecideAsync(RevOpsDb db, ChannelHistory history, List<Stored> touches, CancellationToken cancel)
    {
        var hosts = await SealedHostsAsync(db, touches.FindAll(touch => touch.ReferrerHost is null), cancel);
        return touches.ConvertAll(touch =>
        {
            var kind = TouchFacts.FirstKind(touch.ClickIdKinds);
            var (host, ad) = (touch.ReferrerHost, touch.AdPlatform);
            if (host is null)
            {
                // Written before these two were kept: the platform was the ad's, or followed from the click id.
                host = hosts[touch.Id];
                ad ??= touch.Platform == TouchFacts.PlatformOf(kind) ? null : touch.Platform;
            }

            return new Decided(touch, host, ad, history.Of(new(touch.Source, touch.Medium, kind, host, ad), touch.OccurredAt));
        });
    }

    /// <summary>The page before, of touches that were written before its host was kept in clear.</summary>
    private async Task<Dictionary<Guid, string>> SealedHostsAsync(RevOpsDb db, List<Stored> touches, CancellationToken cancel)
    {
        var ids = touches.ConvertAll(touch => touch.Id);
        var rows = ids.Count == 0 ? [] : await db.Set<Touch>().Where(touch => ids.Contains(touch.Id)).Select(touch => new { touch.Id, touch.PersonId, touch.SealedDetails }).ToListAsync(cancel);
        var ring = new KeyRing(vault);
        await ring.LoadAsync(db, rows.Select(row => row.PersonId), cancel);
        var hosts = new Dictionary<Guid, string>();
        foreach (var row in rows)
        {
            // Whoever was erased has no page before that anybody could read.
            var json = ring.Open(row.PersonId, row.Id, row.SealedDetails);
            hosts[row.Id] = json is null ? "" : TouchFacts.HostOf(JsonSerializer.Deserialize<TouchDetails>(json)?.Referrer);
        }

        return hosts;
    }

    private static async Task UpdateAsync(RevOpsDb db, List<Decided> others, CancellationToken cancel)
    {
        foreach (var alike in others.GroupBy(one => (one.Then, one.Host, one.Ad)))
        {
            var ((channel, platform), host, ad) = alike.Key;
            foreach (var ids in alike.Select(one => one.Touch.Id).Chunk(PerUpdate))
            {
                await db.WriteAsync(() => db.Set<Touch>().Where(touch => ids.Contains(touch.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(touch => touch.Channel, channel).SetProperty(touch => touch.Platform, platform)
                    .SetProperty(touch => touch.ReferrerHost, host).SetProperty(touch => touch.AdPlatform, ad), cancel), cancel);
            }
        }
    }

    /// <summary>Not only where the touch has the credit: one that is no longer direct may take it.</summary>
    private async Task CreditAgainAsync(RevOpsDb db, ChannelRuleSet set, List<Decided> changed, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var people in changed.Select(one => one.Touch.PersonId).Distinct().Chunk(PerUpdate))
        {
            var canonical = db.Set<Person>().Where(person => people.Contains(person.Id)).Select(person => person.CanonicalId);
            var payments = await (from payment in db.Set<Payment>()
                                  join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
                                  join person in db.Set<Person>() on invoice.PersonId equals person.Id
                                  where canonical.Contains(person.CanonicalId)
                                  select payment.Id).Distinct().ToListAsync(cancel);
            foreach (var payment in payments)
            {
                var key = $"{payment}/{set.Id}/{set.Redecided}";
                if (!db.Set<OutboxRow>().Local.Any(row => row.Key == key))
                    db.Enqueue<CreditTouches>(payment.ToString(), now, key);
            }
        }
    }

    private sealed record Stored(Guid Id, Guid PersonId, DateTimeOffset OccurredAt, string? Source, string? Medium, string? ClickIdKinds, string? ReferrerHost, string? AdPlatform, string Channel, string? Platform)
    {
        public Placed Now => new(Channel, Platform);
    }

    private sealed record Decided(Stored Touch, string Host, string? Ad, Placed Then)
    {
        /// <summary>Something is to be written.</summary>
        public bool IsOther => Then != Touch.Now || Host != Touch.ReferrerHost || Ad != Touch.AdPlatform;
    }
}
