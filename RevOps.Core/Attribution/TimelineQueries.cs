using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution;

/// <summary>All that is known of one person, in the order in which it happened.</summary>
public sealed class TimelineQueries(IDbContextFactory<RevOpsDb> databases, IdentityGraph identity, Vault vault)
{
    /// <summary>The newest of a kind: a robot's thousand visits are no story.</summary>
    private const int MostOfAKind = 200;

    /// <summary>Null when there is nobody of this id.</summary>
    /// <param name="personId">A person, or one who became somebody else's alias.</param>
    /// <param name="clear">Names, contacts and what was said are opened for whoever may see them.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Timeline?> FindAsync(Guid personId, bool clear, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var person = await (from self in db.Set<Person>() join canonical in db.Set<Person>() on self.CanonicalId equals canonical.Id where self.Id == personId select canonical)
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        if (person is null)
            return null;

        var members = IdentityGraph.GroupOf(db, person.Id);
        var consent = await ConsentState.OfAsync(db, person.Id, cancel);
        var measured = consent.Measurement == ConsentAnswer.Granted;
        IEnumerable<TimelineStep> steps =
        [
            .. await MergesAsync(db, members, cancel),
            .. await ConsentsAsync(db, members, cancel),
            .. measured ? await TouchesAsync(db, members, cancel) : [],
            .. await VoiceAsync(db, members, clear, measured, cancel),
            .. await StagesAsync(db, members, cancel),
            .. await BookingsAsync(db, members, cancel),
            .. await InvoicesAsync(db, members, cancel),
            .. await PaymentsAsync(db, members, cancel),
        ];
        return new()
        {
            Id = person.Id,
            Contact = clear ? await identity.ContactAsync(person, cancel) : null,
            Country = person.Country,
            Identified = person.Identified,
            LastSeenAt = person.LastSeenAt,
            Consent = consent,
            Measured = measured,
            Steps = [.. steps.OrderBy(step => step.At)],
        };
    }

    private static async Task<List<MergeStep>> MergesAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel) =>
        await db.Set<PersonAlias>().Where(alias => members.Contains(alias.PersonId) || members.Contains(alias.CanonicalId))
            .OrderByDescending(alias => alias.OccurredAt).Take(MostOfAKind).Select(alias => new MergeStep(alias.OccurredAt, alias.PersonId, alias.By, alias.Parted, alias.DecidedBy)).ToListAsync(cancel);

    private static async Task<List<ConsentStep>> ConsentsAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel) =>
        await ConsentState.RecordsOf(db, members).OrderByDescending(record => record.OccurredAt).Take(MostOfAKind)
            .Select(record => new ConsentStep(record.OccurredAt, record.Measurement, record.Ads, record.Personalization, record.TextVersion, !members.Contains(record.PersonId))).ToListAsync(cancel);

    private static async Task<List<TouchStep>> TouchesAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel)
    {
        var touches = await db.Set<Touch>().AsNoTracking().Where(touch => members.Contains(touch.PersonId))
            .OrderByDescending(touch => touch.OccurredAt).Take(MostOfAKind).ToListAsync(cancel);
        var ids = touches.ConvertAll(touch => touch.Id);
        var credits = await db.Set<Credit>().AsNoTracking().Where(credit => credit.TouchId != null && ids.Contains(credit.TouchId.Value)).ToListAsync(cancel);
        var byTouch = credits.ToLookup(credit => credit.TouchId!.Value, credit => new TouchCredit(credit.Model, new Money(credit.AmountMinor, credit.Currency), credit.Mode));
        return touches.ConvertAll(touch => new TouchStep(touch.OccurredAt, touch.Channel)
        {
            Platform = touch.Platform,
            Source = touch.Source,
            Medium = touch.Medium,
            Campaign = touch.Campaign ?? touch.CampaignId,
            LandingPath = touch.LandingPath,
            ClickIdKinds = touch.ClickIdKinds,
            Credits = [.. byTouch[touch.Id]],
        });
    }

    private async Task<List<VoiceStep>> VoiceAsync(RevOpsDb db, IQueryable<Guid> members, bool clear, bool measured, CancellationToken cancel)
    {
        var sessions = await db.Set<VoiceSession>().AsNoTracking().Where(session => members.Contains(session.PersonId))
            .OrderByDescending(session => session.StartedAt).Take(MostOfAKind).ToListAsync(cancel);
        var steps = new List<VoiceStep>();
        foreach (var session in sessions)
        {
            var details = clear || measured ? await VoiceDetails.OpenAsync(vault, session.PersonId, session.Id, session.SealedEvidence, cancel) : null;
            var said = clear ? details : null;
            steps.Add(new(session.StartedAt, session.Outcome, session.Qualified, session.EndedAt - session.StartedAt)
            {
                Budget = new(session.Budget, said?.Budget),
                Authority = new(session.Authority, said?.Authority),
                Need = new(session.Need, said?.Need),
                Timeline = new(session.Timeline, said?.Timeline),
                Ad = measured ? details?.Ad : null,
                ClickIdKinds = measured && details?.ClickIds is { } clicks ? string.Join(',', clicks.All().Select(click => click.Name)) : null,
            });
        }

        return steps;
    }

    private static async Task<List<StageStep>> StagesAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel)
    {
        var stages = await db.Set<LeadStageRecord>().AsNoTracking().Where(record => members.Contains(record.PersonId))
            .OrderByDescending(record => record.OccurredAt).Take(MostOfAKind).ToListAsync(cancel);
        return stages.ConvertAll(record => new StageStep(record.OccurredAt, record.Stage,
            record.ValueMinor is { } minor && record.Currency is { } currency ? new Money(minor, currency) : null));
    }

    private static async Task<List<BookingStep>> BookingsAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel)
    {
        var bookings = await db.Set<Booking>().AsNoTracking().Where(booking => members.Contains(booking.PersonId))
            .OrderByDescending(booking => booking.OccurredAt).Take(MostOfAKind).ToListAsync(cancel);
        return bookings.ConvertAll(booking => new BookingStep(booking.OccurredAt, booking.BookingId ?? booking.DealId, booking.Amount, booking.Status, booking.Mode));
    }

    private static async Task<IEnumerable<InvoiceStep>> InvoicesAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel)
    {
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(invoice => members.Contains(invoice.PersonId))
            .OrderByDescending(invoice => invoice.OccurredAt).Take(MostOfAKind).ToListAsync(cancel);
        return invoices.SelectMany(MomentsOf);
    }

    private static IEnumerable<InvoiceStep> MomentsOf(Invoice invoice)
    {
        (InvoiceMoment Moment, DateTimeOffset? At)[] moments =
        [
            (InvoiceMoment.Drafted, invoice.DraftedAt), (InvoiceMoment.Approved, invoice.ApprovedAt), (InvoiceMoment.Issued, invoice.IssuedAt),
            (InvoiceMoment.Sent, invoice.SentAt), (InvoiceMoment.Settled, invoice.PaidAt), (InvoiceMoment.Cancelled, invoice.CancelledAt),
        ];
        return moments.Where(moment => moment.At is not null)
            .Select(moment => new InvoiceStep(moment.At!.Value, invoice.Id, moment.Moment, invoice.Number, invoice.Gross, invoice.Mode));
    }

    private static async Task<IEnumerable<PaymentStep>> PaymentsAsync(RevOpsDb db, IQueryable<Guid> members, CancellationToken cancel)
    {
        var payments = await (
            from payment in db.Set<Payment>()
            join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
            where members.Contains(invoice.PersonId)
            orderby payment.OccurredAt descending
            select new { Payment = payment, Unexplained = db.Set<Credit>().Any(credit => credit.PaymentId == payment.Id && credit.TouchId == null) })
            .AsNoTracking().Take(MostOfAKind).ToListAsync(cancel);
        return payments.Select(row => new PaymentStep(row.Payment.OccurredAt, row.Payment.InvoiceId, row.Payment.Amount, row.Payment.Mode, row.Unexplained));
    }
}

public sealed record Timeline
{
    /// <summary>The person who stands for all that became one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Only for whoever may see it; null as well when nothing is known.</summary>
    public Contact? Contact { get; init; }

    public string? Country { get; init; }

    /// <summary>More than a browser is known.</summary>
    public required bool Identified { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }
    public required ConsentState Consent { get; init; }

    /// <summary>False: touches may not be joined, and none are among the steps.</summary>
    public required bool Measured { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<TimelineStep> Steps { get; init; }
}

public abstract record TimelineStep(DateTimeOffset At);

/// <summary>Two groups turned out to be one person, by a key of this kind or because somebody said so; or they were parted again.</summary>
public sealed record MergeStep(DateTimeOffset At, Guid PersonId, IdentityKeyKind? By, bool Parted, string? DecidedBy) : TimelineStep(At);

/// <param name="At">When they answered.</param>
/// <param name="Measurement">Null where they were not asked.</param>
/// <param name="Ads">The same.</param>
/// <param name="Personalization">The same.</param>
/// <param name="TextVersion">What they were shown.</param>
/// <param name="OnBrowser">On one of their browsers, which that answer may have parted from them.</param>
public sealed record ConsentStep(DateTimeOffset At, bool? Measurement, bool? Ads, bool? Personalization, string TextVersion, bool OnBrowser) : TimelineStep(At);

public sealed record TouchStep(DateTimeOffset At, string Channel) : TimelineStep(At)
{
    public string? Platform { get; init; }
    public string? Source { get; init; }
    public string? Medium { get; init; }

    /// <summary>Its name, else the platform's id of it.</summary>
    public string? Campaign { get; init; }

    public string? LandingPath { get; init; }
    public string? ClickIdKinds { get; init; }

    /// <summary>What payments owe to this touch.</summary>
    public IReadOnlyList<TouchCredit> Credits { get; init; } = [];
}

public sealed record TouchCredit(string Model, Money Amount, Mode Mode);

public sealed record VoiceStep(DateTimeOffset At, VoiceOutcome Outcome, bool Qualified, TimeSpan? Length) : TimelineStep(At)
{
    public required BantAnswer Budget { get; init; }
    public required BantAnswer Authority { get; init; }
    public required BantAnswer Need { get; init; }
    public required BantAnswer Timeline { get; init; }

    /// <summary>The ad that led to the call, where the sender said and measurement is allowed, as with a visit.</summary>
    public AdIds? Ad { get; init; }

    public string? ClickIdKinds { get; init; }
}

/// <param name="Met">Null where the conversation did not say.</param>
/// <param name="Evidence">What was said, only for whoever may see it.</param>
public sealed record BantAnswer(bool? Met, string? Evidence);

public sealed record StageStep(DateTimeOffset At, string Stage, Money? Value) : TimelineStep(At);

public sealed record BookingStep(DateTimeOffset At, string? BookingId, Money Amount, BookingStatus Status, Mode Mode) : TimelineStep(At);

public enum InvoiceMoment
{
    Drafted,
    Approved,
    Issued,
    Sent,

    /// <summary>Paid in full.</summary>
    Settled,

    Cancelled,
}

public sealed record InvoiceStep(DateTimeOffset At, Guid InvoiceId, InvoiceMoment Moment, string? Number, Money Gross, Mode Mode) : TimelineStep(At);

/// <param name="At">When it was paid.</param>
/// <param name="InvoiceId">What was paid.</param>
/// <param name="Amount">How much.</param>
/// <param name="Mode">Whose world it belongs to.</param>
/// <param name="Unexplained">No touch gets credit for it.</param>
public sealed record PaymentStep(DateTimeOffset At, Guid InvoiceId, Money Amount, Mode Mode, bool Unexplained) : TimelineStep(At);
