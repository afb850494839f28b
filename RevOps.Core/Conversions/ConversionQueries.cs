using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Conversions;

/// <summary>What was told to the ad platforms, what is held back, and why.</summary>
public sealed class ConversionQueries(
    IDbContextFactory<RevOpsDb> databases, IEnumerable<IConversionChannel> channels, CompanyProfile company, StripeAccount stripe, Vault vault)
{
    public const int PageSize = 50;
    private const int MostOfAPerson = 200;
    private const string NotConnected = "not_connected";

    /// <summary>The mode that figures are about while nobody asks for another one.</summary>
    public Mode CurrentMode => stripe.Connection?.Mode ?? Mode.Live;

    /// <summary>A page of rows, how many there are per status under the same filters, and for which reasons.</summary>
    public async Task<ConversionList> ListAsync(ConversionFilter filter, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = filter.Apply(db.Set<Conversion>(), await company.CurrentAsync(cancel));
        var found = WithReason(all, filter.Reason);
        var counts = await CountAsync(found, cancel);
        var reasons = await ReasonsAsync(filter.OfGroup(all), cancel);

        // A page that was emptied meanwhile, or never was, is the last one there is.
        var page = Math.Clamp(filter.Page, 1, Math.Max(1, (counts[filter.Group] + PageSize - 1) / PageSize));
        return new(await RowsAsync(db, filter, found, page, PageSize, cancel), page, counts, reasons);
    }

    /// <summary>A part of the rows and nothing else: for reading a long list to its end.</summary>
    /// <param name="filter">Its own page does not matter.</param>
    /// <param name="part">From 1 on.</param>
    /// <param name="size">Rows of a part.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyList<ConversionRow>> ReadAsync(ConversionFilter filter, int part, int size, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await RowsAsync(db, filter, WithReason(filter.Apply(db.Set<Conversion>(), await company.CurrentAsync(cancel)), filter.Reason), part, size, cancel);
    }

    /// <summary>How many there are per status: the figures of a period that another one is compared with.</summary>
    public async Task<ConversionCounts> CountAsync(ConversionFilter filter, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await CountAsync(WithReason(filter.Apply(db.Set<Conversion>(), await company.CurrentAsync(cancel)), filter.Reason), cancel);
    }

    /// <summary>The newest conversions of a person, oldest first.</summary>
    public async Task<IReadOnlyList<ConversionRow>> OfPersonAsync(Guid personId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var group = IdentityGraph.GroupOf(db, personId);
        var rows = await db.Set<Conversion>().Where(conversion => group.Contains(conversion.PersonId))
            .OrderByDescending(conversion => conversion.OccurredAt).Take(MostOfAPerson).Select(Row(db)).ToListAsync(cancel);
        rows.Reverse();
        return await ExplainAsync(db, rows, cancel);
    }

    /// <summary>One conversion with what went over the wire; null when there is none of this id.</summary>
    /// <param name="id">The conversion.</param>
    /// <param name="clear">Bodies as they were sent, for whoever may see them; else masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ConversionStory?> FindAsync(Guid id, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var conversion = await db.Set<Conversion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (conversion is null)
            return null;

        var row = await db.Set<Conversion>().Where(one => one.Id == id).Select(Row(db)).SingleAsync(cancel);
        var requests = await RequestsAsync(db, id, cancel);
        var effects = await db.Set<OutsideEffect>().AsNoTracking().Where(effect => effect.SubjectId == id).OrderBy(effect => effect.RecordedAt).ToListAsync(cancel);
        return new()
        {
            Row = (await ExplainAsync(db, [row], cancel))[0],
            TransactionId = conversion.TransactionId,
            RequestId = conversion.RequestId,
            RecordedAt = conversion.RecordedAt,
            InvoiceId = await InvoiceOfAsync(db, conversion, cancel),
            PersonId = await db.Set<Person>().Where(person => person.Id == conversion.PersonId).Select(person => person.CanonicalId).SingleAsync(cancel),
            Effects = [.. await Task.WhenAll(effects.Select(effect => ShowAsync(effect, requests.LastOrDefault(), clear, cancel)))],
            Requests = requests,
            Gates = await db.Set<AuditEntry>().Where(entry => entry.SubjectType == nameof(Conversion) && entry.SubjectId == id.ToString()).OrderBy(entry => entry.Sequence).Select(entry => new GateView(entry.Action, entry.OccurredAt)).ToListAsync(cancel),
        };
    }

    private async Task<List<ConversionRow>> RowsAsync(RevOpsDb db, ConversionFilter filter, IQueryable<Conversion> found, int page, int size, CancellationToken cancel) =>
        await ExplainAsync(db, await filter.Sorted(filter.OfGroup(found)).Skip((page - 1) * size).Take(size).Select(Row(db)).ToListAsync(cancel), cancel);

    private List<AdPlatform> Unconnected => [.. channels.Where(channel => channel.Mode is null).Select(channel => channel.Platform)];

    private static async Task<ConversionCounts> CountAsync(IQueryable<Conversion> found, CancellationToken cancel) =>
        new(await found.GroupBy(conversion => conversion.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel));

    /// <summary>The reasons that rows show, the commonest first.</summary>
    private async Task<List<string>> ReasonsAsync(IQueryable<Conversion> found, CancellationToken cancel)
    {
        var unconnected = Unconnected;
        var reasons = await found.Select(conversion => conversion.Status == ConversionStatus.Queued && unconnected.Contains(conversion.Platform) ? NotConnected : conversion.Reason)
            .Where(reason => reason != null).GroupBy(reason => reason!).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        return [.. reasons.OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => reason.Key)];
    }

    /// <summary>By the reason that a row shows: of what waits for its platform to be connected that is not the one in the table.</summary>
    private IQueryable<Conversion> WithReason(IQueryable<Conversion> all, string? reason)
    {
        var unconnected = Unconnected;
        return reason switch
        {
            null => all,
            NotConnected => all.Where(conversion => conversion.Status == ConversionStatus.Queued && unconnected.Contains(conversion.Platform)),
            _ => all.Where(conversion => conversion.Reason == reason && !(conversion.Status == ConversionStatus.Queued && unconnected.Contains(conversion.Platform))),
        };
    }

    private static Expression<Func<Conversion, ConversionRow>> Row(RevOpsDb db) => conversion => new ConversionRow
    {
        Id = conversion.Id,
        Platform = conversion.Platform,
        Stage = conversion.Stage,
        Mode = conversion.Mode,
        OccurredAt = conversion.OccurredAt,
        ValueMinor = conversion.ValueMinor,
        Currency = conversion.Currency,
        Status = conversion.Status,
        Reason = conversion.Reason,
        Message = conversion.Message,
        EventId = conversion.EventId,
        SentAt = conversion.SentAt,
        OutcomeAt = conversion.OutcomeAt,
        NextTryAt = conversion.DueAt,
        Attempts = db.Set<OutsideEffect>().Where(effect => effect.SubjectId == conversion.Id).Sum(effect => (int?)effect.Attempts) ?? 0,
    };

    /// <summary>Says of what is on its way why it has not left yet: its platform is not connected, or takes nothing at present, or its time has not come.</summary>
    private async Task<List<ConversionRow>> ExplainAsync(RevOpsDb db, List<ConversionRow> rows, CancellationToken cancel)
    {
        if (!rows.Exists(row => row.Status == ConversionStatus.Queued))
            return rows;

        var jobs = await db.Set<OutboxRow>().AsNoTracking().Where(job => job.State == OutboxState.Waiting && job.Job == nameof(SendConversions) && job.LastError != null)
            .OrderBy(job => job.NotBefore).Select(job => new { job.Argument, job.LastError, job.NotBefore }).ToListAsync(cancel);
        var unconnected = Unconnected;
        return rows.ConvertAll(row =>
        {
            if (row.Status != ConversionStatus.Queued)
                return row;
            var job = jobs.Find(candidate => candidate.Argument == row.Platform.ToString());
            var reason = unconnected.Contains(row.Platform) ? NotConnected : row.Reason;
            return row with { Reason = reason, Message = row.Message ?? job?.LastError, NextTryAt = NextTry(row, job?.NotBefore) };
        });
    }

    /// <summary>Null of what leaves at once: only what was put off says until when.</summary>
    private static DateTimeOffset? NextTry(ConversionRow row, DateTimeOffset? job) => (row.NextTryAt, job) switch
    {
        ({ } due, { } at) => due > at ? due : at,
        ({ } due, null) when row.Reason is not null => due,
        (_, var at) => at,
    };

    /// <summary>A booking's invoice, or the invoice itself; a voice session has none.</summary>
    private static async Task<Guid?> InvoiceOfAsync(RevOpsDb db, Conversion conversion, CancellationToken cancel) =>
        await db.Set<Booking>().Where(booking => booking.Id == conversion.SubjectId).Select(booking => booking.InvoiceId).FirstOrDefaultAsync(cancel)
        ?? await db.Set<Invoice>().Where(invoice => invoice.Id == conversion.SubjectId).Select(invoice => (Guid?)invoice.Id).FirstOrDefaultAsync(cancel);

    /// <summary>The requests that it travelled in, oldest first.</summary>
    private static async Task<List<RequestView>> RequestsAsync(RevOpsDb db, Guid conversion, CancellationToken cancel) =>
        await (from part in db.Set<ConversionPart>()
               join batch in db.Set<ConversionBatch>() on part.BatchId equals batch.Id
               where part.ConversionId == conversion
               orderby batch.RecordedAt, batch.Id
               select new RequestView
               {
                   Id = batch.Id,
                   Count = batch.Count,
                   Position = part.Position,
                   State = batch.State,
                   Attempts = batch.Attempts,
                   SentAt = batch.SentAt,
                   HttpStatus = batch.HttpStatus,
                   Code = batch.Code,
                   Message = batch.Message,
                   RequestId = batch.RequestId,
                   Envelope = batch.Envelope,
                   Answer = batch.Answer,
                   ResultAt = batch.ResultAt,
                   Result = batch.Result,
               }).ToListAsync(cancel);

    /// <summary>The part of the last request that was about it, and of the answer to all of it what says nothing of others.</summary>
    private async Task<EffectView> ShowAsync(OutsideEffect effect, RequestView? last, bool clear, CancellationToken cancel)
    {
        var body = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedBody, cancel);
        if (body is not null && last is { Envelope.Length: > 0 })
            body = RequestBody.Of(last.Envelope, System.Text.Encoding.UTF8.GetBytes(body));
        var answer = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedAnswer, cancel);
        return new()
        {
            Key = effect.WireKey,
            Request = effect.Request,
            State = effect.State,
            Attempts = effect.Attempts,
            FirstAttemptAt = effect.FirstAttemptAt,
            LastAttemptAt = effect.LastAttemptAt,
            HttpStatus = effect.HttpStatus,
            Error = effect.Error,
            Body = body is null ? null : SentBody.Show(body, clear),
            Answer = string.IsNullOrEmpty(answer) ? last?.Answer : SentBody.ShowAnswer(answer, clear),
        };
    }
}
