using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard.Digest;

/// <summary>The five figures of a week, in the order of the page.</summary>
public enum DigestKind
{
    /// <summary>Payments that came in, in minor units of the company's currency.</summary>
    Cash,

    /// <summary>On the evening of the last day.</summary>
    Dso,

    /// <summary>By click date.</summary>
    Roas,

    /// <summary>Of the conversions of the week that may be sent.</summary>
    Delivery,

    /// <summary>Verified points, as of the last day that was measured.</summary>
    Score,
}

/// <param name="Now">Null where it cannot be known.</param>
/// <param name="Before">Of the week before, up to the same weekday.</param>
public sealed record DigestFigure(DigestKind Kind, double? Now, double? Before);

/// <summary>A week: what came of it, what waits, and what to do next. Read from what is stored, so that a past one can be read again.</summary>
public sealed record DigestView
{
    /// <summary>From Monday to Sunday, or to today while it lasts.</summary>
    public required Period Days { get; init; }

    /// <summary>The same days of the week before.</summary>
    public required Period Compared { get; init; }

    public required bool IsOver { get; init; }
    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required IReadOnlyList<DigestFigure> Figures { get; init; }

    /// <summary>Of the scorecard on that evening: the most points first.</summary>
    public required IReadOnlyList<CheckLine> Next { get; init; }

    /// <summary>Open on that evening, and not put off.</summary>
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    /// <summary>Since then it stays as it was told; null while it lasts, or where it was not told and is worked out from what is known now.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

/// <summary>Reads digests, who asked for them, and what became of their mails.</summary>
public sealed class DigestQueries(OverviewQueries overview, ScorecardQueries scorecard, AlertQueries alerts, IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, AuditTrail audit, MailQueries mails, TimeProvider clock)
{
    /// <summary>Of what to do next.</summary>
    public const int Most = 5;

    internal const int WeekDays = 7;

    private const string Subject = "Digest";

    // A week is nothing that has to be true to the second, and reading it anew after each commit would keep a large ledger busy.
    private static readonly TimeSpan MayBeOld = TimeSpan.FromMinutes(1);

    /// <summary>False while mails are written as files.</summary>
    public bool HasServer => mails.HasServer;

    /// <summary>The last week that is over, and the one that lasts.</summary>
    public async Task<(DateOnly Last, DateOnly Running)> WeeksAsync(CancellationToken cancel)
    {
        var monday = Period.MondayOf((await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()));
        return (monday.AddDays(-WeekDays), monday);
    }

    /// <summary>As it was told, where it was; else as it is known now.</summary>
    /// <param name="monday">Any day of the week.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null where it has not begun.</returns>
    public async Task<DigestView?> OfAsync(DateOnly monday, CancellationToken cancel)
    {
        monday = Period.MondayOf(monday);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ToldAsync(db, monday, cancel) ?? await ReadAsync(monday, cancel);
    }

    /// <summary>Takes down the digest of a week that is over, once: from then on it stays as it is.</summary>
    public async Task KeepAsync(DateOnly monday, CancellationToken cancel)
    {
        monday = Period.MondayOf(monday);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await EntriesOf(db, monday).AnyAsync(cancel) || await ReadAsync(monday, cancel) is not { IsOver: true } view)
            return;
        await db.BeginWorkAsync(cancel);
        if (await EntriesOf(db, monday).AnyAsync(cancel))
            return;
        await audit.WriteAsync(db, new(AuditTrail.System, "digest.told", Subject, NameOf(monday)) { After = new { Told = JsonSerializer.Serialize(ToldDigest.Of(view)) } }, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<DigestView?> ToldAsync(RevOpsDb db, DateOnly monday, CancellationToken cancel)
    {
        if (await EntriesOf(db, monday).OrderBy(entry => entry.Sequence).FirstOrDefaultAsync(cancel) is not { } entry || await vault.OpenAsync(entry.OwnerId, entry.Id, entry.SealedChange, cancel) is not { } change)
            return null;
        using var json = JsonDocument.Parse(change);
        return JsonSerializer.Deserialize<ToldDigest>(json.RootElement.GetProperty("after").GetProperty("told").GetString()!)!.View(entry.OccurredAt);
    }

    private IQueryable<AuditEntry> EntriesOf(RevOpsDb db, DateOnly monday)
    {
        var name = NameOf(monday);
        return db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == Subject && entry.SubjectId == name);
    }

    // Of the mode that works now: another's week is another digest.
    private string NameOf(DateOnly monday) => $"{stripe.Connection?.Mode ?? Mode.Live}/{monday:yyyy-MM-dd}";

    private async Task<DigestView?> ReadAsync(DateOnly monday, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        if (monday > today)
            return null;
        var sunday = monday.AddDays(WeekDays - 1);
        var days = new Period(monday, sunday < today ? sunday : today);
        var compared = new Period(days.From.AddDays(-WeekDays), days.To.AddDays(-WeekDays));
        var figures = await overview.OfAsync(days, compared, MayBeOld, cancel);
        var score = await scorecard.OfAsync(figures.Mode, days.To, cancel);
        var (now, before) = (figures.Chosen, figures.Compared!);
        return new()
        {
            Days = days,
            Compared = compared,
            IsOver = sunday < today,
            Mode = figures.Mode,
            Currency = figures.Currency,
            Figures =
            [
                new(DigestKind.Cash, now.Cash[0].Minor, before.Cash[0].Minor),
                new(DigestKind.Dso, now.Dso.SimpleDays, before.Dso.SimpleDays),
                new(DigestKind.Roas, now.Ads.ByClickDate, before.Ads.ByClickDate),
                new(DigestKind.Delivery, now.Conversions.DeliveryRate, before.Conversions.DeliveryRate),
                new(DigestKind.Score, ScoreOf(score, days), ScoreOf(score, compared)),
            ],
            Next = [.. score.MeasuredAt is null ? [] : score.Next.Take(Most)],
            Alerts = await alerts.OnAsync(figures.Mode, days.To, cancel),
        };
    }

    /// <summary>Whether somebody asked for it by mail.</summary>
    public async Task<bool> IsReaderAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<DigestReader>().AnyAsync(reader => reader.UserId == userId, cancel);
    }

    /// <summary>The mails of a week, and what became of each; null once the mail itself was forgotten.</summary>
    public async Task<IReadOnlyList<DigestLetterView>> LettersAsync(DateOnly monday, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (from letter in db.Set<DigestLetter>().AsNoTracking()
                      where letter.Week == monday
                      join mail in db.Set<StoredMail>() on letter.MailId equals mail.Id into own
                      from mail in own.DefaultIfEmpty()
                      orderby letter.RecordedAt, letter.Id
                      select new DigestLetterView(letter.UserId, letter.RecordedAt, mail == null ? null : mail.State, mail == null ? 0 : mail.Attempts, mail == null ? null : mail.Way)).ToListAsync(cancel);
    }

    private static double? ScoreOf(ScorecardView score, Period days) =>
        score.Days.LastOrDefault(day => day.Day >= days.From && day.Day <= days.To) is { } last ? (last.RevEng + last.MarEng) / 2 : null;
}

/// <param name="State">Null once the mail was forgotten.</param>
/// <param name="Way">"smtp" or "file".</param>
public sealed record DigestLetterView(Guid UserId, DateTimeOffset RecordedAt, MailState? State, int Attempts, string? Way);
