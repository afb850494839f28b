using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Attribution.Channels;

/// <summary>The versions of the rules, remembered: thousands of touches a second are decided by them.</summary>
public sealed class ChannelBook : IDisposable
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly IDisposable listening;
    private readonly Lock gate = new();
    private ChannelHistory? known;
    private int changes;

    public ChannelBook(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed)
    {
        this.databases = databases;
        listening = feed.Listen(nameof(ChannelRuleSet), Forget);
    }

    public async ValueTask<ChannelHistory> CurrentAsync(CancellationToken cancel = default)
    {
        int seen;
        lock (gate)
        {
            if (known is { } remembered)
                return remembered;
            seen = changes;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        var history = new ChannelHistory(await db.Set<ChannelRuleSet>().AsNoTracking().OrderByDescending(set => set.Number).ToListAsync(cancel));
        lock (gate)
        {
            // What was read before a change must not be remembered after it.
            if (seen == changes)
                known = history;
        }

        return history;
    }

    public void Dispose() => listening.Dispose();

    private void Forget()
    {
        lock (gate)
            (known, changes) = (null, changes + 1);
    }
}

/// <summary>All versions, newest first: a touch is judged by the newest that covers its instant.</summary>
public sealed record ChannelHistory(IReadOnlyList<ChannelRuleSet> Sets)
{
    public ChannelRuleSet Newest => Sets[0];

    public Placed Of(in TouchFacts facts, DateTimeOffset at)
    {
        foreach (var set in Sets)
        {
            if (set.ValidFrom <= at)
                return ChannelRules.Of(set.Rules, facts);
        }

        return ChannelRules.Of(Sets[^1].Rules, facts);
    }
}
