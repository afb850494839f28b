using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard.Notes;

/// <summary>What charts should remember: what somebody wrote, and what the product noted by itself. Who wrote, corrected and removed what is audited.</summary>
public sealed class Annotations(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, LeverStarts levers, TwoFactorRule rule, AuditTrail audit, ActorNames names)
{
    public const int Longest = 200;

    /// <summary>Everything of a time, the oldest first: once for a page, for all its charts.</summary>
    public Task<IReadOnlyList<AnnotationView>> OfAsync(AnnotationTopic topic, DateOnly from, DateOnly to, CancellationToken cancel) => OfAsync(topic, stripe.Connection?.Mode ?? Mode.Live, from, to, cancel);

    /// <param name="topic">Management sees all.</param>
    /// <param name="mode">Whose first effects and rules are noted: those of the rows that the chart shows.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyList<AnnotationView>> OfAsync(AnnotationTopic topic, Mode mode, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var (start, end) = (owner.StartOf(from), owner.StartOf(to.AddDays(1)));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var written = await db.Set<Annotation>().AsNoTracking().Where(one => one.Day >= from && one.Day <= to && (topic == AnnotationTopic.Management || one.Topic == topic)).OrderBy(one => one.Day).ThenBy(one => one.Id).ToListAsync(cancel);
        var actions = NotedActions.All.Keys.ToList();
        var changes = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.OccurredAt >= start && entry.OccurredAt < end && actions.Contains(entry.Action))
            .Select(entry => new { entry.OccurredAt, entry.Action, entry.SubjectId }).ToListAsync(cancel);
        var called = await names.OfAsync(written.Select(one => ActorOf(one.UserId)), cancel);

        var own = written.Select(one => new AnnotationView(one.Id, one.Day, one.Text, called.GetValueOrDefault(ActorOf(one.UserId))) { Topic = one.Topic });
        var noted = changes.Select(change => (Day: owner.DayOf(change.OccurredAt), change.Action, Of: NotedActions.NameOf(change.Action, change.SubjectId), Topic: NotedActions.TopicOf(change.Action, change.SubjectId)))
            .GroupBy(change => change).Select(group => AnnotationView.Of(group.Key.Day, group.Key.Topic, new(group.Key.Action, group.Key.Of, group.Count())));
        var rules = (await RuleChanges.OfAsync(db, mode, from, to, cancel)).Select(change => AnnotationView.Of(change.Day, AnnotationTopic.Management, new(AutomaticNote.ScoreRules, CheckBook.NameOf(change.Version), 1)));
        var starts = (await levers.OfAsync(mode, cancel)).Select(lever =>
            AnnotationView.Of(owner.DayOf(lever.Value), TopicOf(lever.Key), new(AutomaticNote.LeverLive, lever.Key.ToString(), 1)));
        return [.. own.Concat(noted).Concat(rules).Concat(starts).Where(note => note.Day >= from && note.Day <= to && (topic == AnnotationTopic.Management || note.Topic == topic)).OrderBy(note => note.Day)];
    }

    /// <summary>False when whoever asks may not.</summary>
    /// <exception cref="ArgumentException">Nothing was written, or more than <see cref="Longest"/> characters.</exception>
    public async Task<bool> AddAsync(AnnotationTopic topic, DateOnly day, string text, Approver approver, CancellationToken cancel)
    {
        Check(text);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.HoldsAsync(db, RoleOf(topic), rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var added = new Annotation { Id = Guid.CreateVersion7(), Day = day, Text = text.Trim(), Topic = topic, UserId = approver.UserId, RecordedAt = TimeProvider.System.GetUtcNow() };
        db.Add(added);
        await audit.WriteAsync(db, new(approver.Actor, "annotation.added", nameof(Annotation), added.Id.ToString()) { After = new { added.Day, added.Text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>False when whoever asks may not, or it is gone.</summary>
    /// <exception cref="ArgumentException">Nothing was written, or more than <see cref="Longest"/> characters.</exception>
    public async Task<bool> CorrectAsync(Guid id, DateOnly day, string text, Approver approver, CancellationToken cancel)
    {
        Check(text);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Annotation>().SingleOrDefaultAsync(one => one.Id == id, cancel) is not { } found || !await approver.HoldsAsync(db, RoleOf(found.Topic), rule, cancel))
            return false;
        var before = new { found.Day, found.Text };
        (found.Day, found.Text) = (day, text.Trim());
        await audit.WriteAsync(db, new(approver.Actor, "annotation.corrected", nameof(Annotation), id.ToString()) { Before = before, After = new { found.Day, found.Text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>False when whoever asks may not. One that is gone already is gone.</summary>
    public async Task<bool> RemoveAsync(Guid id, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Annotation>().SingleOrDefaultAsync(one => one.Id == id, cancel) is not { } found)
            return true;
        if (!await approver.HoldsAsync(db, RoleOf(found.Topic), rule, cancel))
            return false;
        db.Remove(found);
        await audit.WriteAsync(db, new(approver.Actor, "annotation.removed", nameof(Annotation), id.ToString()) { Before = new { found.Day, found.Text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    public static string RoleOf(AnnotationTopic topic) => topic switch
    {
        AnnotationTopic.Finance => Roles.Finance,
        AnnotationTopic.Marketing => Roles.Marketing,
        _ => Roles.Management,
    };

    private static AnnotationTopic TopicOf(Simulation.Levers lever) => lever switch
    {
        Simulation.Levers.Billing or Simulation.Levers.Pricing => AnnotationTopic.Finance,
        Simulation.Levers.Forecasting => AnnotationTopic.Management,
        _ => AnnotationTopic.Marketing,
    };

    private static void Check(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Trim().Length, Longest);
    }

    private static string ActorOf(Guid userId) => $"user:{userId}";
}

/// <param name="Id">Null for what the product noted by itself.</param>
/// <param name="Text">Empty for that.</param>
/// <param name="Author">What to call them; null when they are gone.</param>
public sealed record AnnotationView(Guid? Id, DateOnly Day, string Text, string? Author)
{
    public AnnotationTopic Topic { get; init; }

    /// <summary>Null for what somebody wrote.</summary>
    public AutomaticNote? Automatic { get; init; }

    internal static AnnotationView Of(DateOnly day, AnnotationTopic topic, AutomaticNote note) => new(null, day, "", null) { Topic = topic, Automatic = note };
}
