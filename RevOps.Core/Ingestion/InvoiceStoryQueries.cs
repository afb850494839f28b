using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>
/// What happened to one invoice, from the sale to the ad platforms. It stands here because it crosses the features whose events meet here.
/// </summary>
public sealed class InvoiceStoryQueries(IDbContextFactory<RevOpsDb> databases, InvoicePaperQueries papers, Vault vault)
{
    /// <returns>Null when there is no such invoice.</returns>
    public async Task<InvoiceStory?> OfAsync(Guid invoiceId, bool emailInClear, CancellationToken cancel)
    {
        if (await papers.OfAsync(invoiceId, emailInClear, cancel) is not { } paper)
            return null;

        await using var db = await databases.CreateDbContextAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == invoiceId, cancel);
        var bookings = await db.Set<Booking>().AsNoTracking().Where(row => row.InvoiceId == invoiceId).ToListAsync(cancel);
        List<Guid> subjects = [invoiceId, .. bookings.Select(booking => booking.Id)];
        var conversions = await db.Set<Conversion>().AsNoTracking().Where(row => subjects.Contains(row.SubjectId)).ToListAsync(cancel);
        var effects = await EffectsAsync(db, [invoiceId, invoice.CustomerId, .. conversions.Select(row => row.Id)], cancel);
        List<StoryStep> steps =
        [
            .. await SalesAsync(db, bookings, cancel),
            .. DraftSteps(invoice, effects),
            .. await DecisionsAsync(db, invoiceId, isApproved: invoice.ApprovedAt is not null, cancel),
            .. IssueSteps(invoice),
            .. await PaymentsAsync(db, invoiceId, cancel),
            .. await CreditsAsync(db, invoiceId, cancel),
            .. conversions.Select(StepOf),
        ];

        // Several things happen at one instant; then the kinds stand in the order of the walk.
        return new(paper, [.. steps.OrderBy(step => step.At).ThenBy(step => step.Kind)], effects);
    }

    /// <summary>The event that brought the sale of an invoice; null when there is none.</summary>
    public async Task<SaleEvent?> EventOfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (from booking in db.Set<Booking>()
                      join brought in db.Set<ReceivedEvent>() on booking.Id equals brought.Id
                      where booking.InvoiceId == invoiceId
                      orderby booking.OccurredAt
                      select new SaleEvent(brought.Id, brought.Source, brought.EventId)).FirstOrDefaultAsync(cancel);
    }

    private static async Task<List<StoryStep>> SalesAsync(RevOpsDb db, List<Booking> bookings, CancellationToken cancel)
    {
        // A booking has the id of the event that brought it.
        var ids = bookings.ConvertAll(booking => booking.Id);
        var sources = await db.Set<ReceivedEvent>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Source }).ToDictionaryAsync(row => row.Id, row => row.Source, cancel);
        var steps = new List<StoryStep>();
        foreach (var booking in bookings)
        {
            steps.Add(new(booking.OccurredAt, StoryKind.SaleReceived) { What = sources.GetValueOrDefault(booking.Id), Amount = booking.Amount });
            if (booking.ContentVersion > 1)
                steps.Add(new(booking.ContentAt, StoryKind.SaleChanged) { Amount = booking.Amount });
        }

        return steps;
    }

    private static IEnumerable<StoryStep> DraftSteps(Invoice invoice, IReadOnlyList<StoryEffect> effects)
    {
        if (effects.FirstOrDefault(effect => effect.Key == DraftInvoice.KeyOf(invoice.Id, invoice.DraftVersion, "create") && effect.State == EffectState.Done) is { LastAttemptAt: { } made })
            yield return new(made, StoryKind.DraftMade) { What = invoice.StripeInvoiceId };
        if (invoice.DraftedAt is { } drafted)
            yield return new(drafted, invoice.ProblemList.Contains(ReviewProblem.StripeDiffers) ? StoryKind.ReadBackDiffers : StoryKind.ReadBackEqual) { Amount = invoice.Gross };
    }

    private static IEnumerable<StoryStep> IssueSteps(Invoice invoice)
    {
        if (invoice.IssuedAt is { } issued)
            yield return new(issued, StoryKind.Issued) { What = invoice.Number, Amount = invoice.Gross };
        if (invoice.SentAt is { } sent)
            yield return new(sent, StoryKind.Sent);
        if (invoice.CancelledAt is { } cancelled)
            yield return new(cancelled, StoryKind.Cancelled);
    }

    private async Task<List<StoryStep>> DecisionsAsync(RevOpsDb db, Guid invoiceId, bool isApproved, CancellationToken cancel)
    {
        var decisions = await db.Set<InvoiceDecision>().AsNoTracking().Where(row => row.InvoiceId == invoiceId).ToListAsync(cancel);
        var names = await NamesAsync(db, decisions.Select(row => row.UserId).OfType<Guid>(), cancel);
        var steps = new List<StoryStep>(decisions.Count);
        foreach (var decision in decisions)
        {
            var wasFirst = decision is { Approved: true, Step: 1 } && (decisions.Exists(other => other.Step > 1 && other.DraftVersion == decision.DraftVersion) || !isApproved);
            steps.Add(new(decision.OccurredAt, decision.Approved ? StoryKind.Approved : StoryKind.Rejected)
            {
                Who = decision.UserId is { } user ? names.GetValueOrDefault(user) : null,
                What = await vault.OpenAsync(DataKey.Company, decision.Id, decision.SealedReason, cancel),
                State = (decision.Approved, decision.UserId) switch { (false, _) => null, (_, null) => "ByRule", _ when wasFirst => "First", _ => decision.Step > 1 ? "Second" : null },
            });
        }

        return steps;
    }

    private static async Task<IEnumerable<StoryStep>> PaymentsAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel) =>
        (await db.Set<Payment>().AsNoTracking().Where(row => row.InvoiceId == invoiceId).ToListAsync(cancel)).Select(payment => payment.AmountMinor < 0
            ? new StoryStep(payment.OccurredAt, StoryKind.MoneyBack) { What = payment.StripePaymentId, Amount = -payment.Amount }
            : new StoryStep(payment.OccurredAt, StoryKind.Paid) { What = payment.StripePaymentId, Amount = payment.Amount });

    private static async Task<IEnumerable<StoryStep>> CreditsAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel) =>
        (await db.Set<CreditNote>().AsNoTracking().Where(note => note.InvoiceId == invoiceId && note.Status != CreditNoteStatus.Rejected).ToListAsync(cancel)).Select(note => note.IssuedAt is { } issued
            ? new StoryStep(issued, StoryKind.Credited) { What = note.Number, Amount = note.Gross }
            : new StoryStep(note.OccurredAt, StoryKind.CreditProposed) { What = note.Number, Amount = note.Gross });

    private static StoryStep StepOf(Conversion conversion) => new(conversion.SentAt ?? conversion.OccurredAt, StoryKind.Conversion)
    {
        Who = conversion.Platform.ToString(),
        What = conversion.Stage.ToString(),
        State = conversion.Status.ToString(),
        Amount = conversion.Value,
    };

    private static async Task<List<StoryEffect>> EffectsAsync(RevOpsDb db, List<Guid> subjects, CancellationToken cancel) =>
        await db.Set<OutsideEffect>().Where(row => subjects.Contains(row.SubjectId)).OrderBy(row => row.RecordedAt).ThenBy(row => row.Id)
            .Select(row => new StoryEffect(row.Key, row.Request, row.State, row.Attempts, row.HttpStatus, row.LastAttemptAt, row.Error)).ToListAsync(cancel);

    /// <summary>People of the house, by the part of their address before the @.</summary>
    private static async Task<Dictionary<Guid, string>> NamesAsync(RevOpsDb db, IEnumerable<Guid> users, CancellationToken cancel)
    {
        List<Guid> ids = [.. users.Distinct()];
        var found = await db.Set<User>().Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.UserName }).ToListAsync(cancel);
        return found.ToDictionary(user => user.Id, user => user.UserName?.Split('@')[0] ?? "");
    }
}

/// <summary>In the order of the walk.</summary>
public enum StoryKind
{
    SaleReceived = 0,
    SaleChanged = 1,
    DraftMade = 2,
    ReadBackEqual = 3,
    ReadBackDiffers = 4,
    Approved = 5,
    Rejected = 6,
    Issued = 7,
    Sent = 8,
    Cancelled = 9,
    Paid = 10,
    Conversion = 11,
    MoneyBack = 12,
    CreditProposed = 13,
    Credited = 14,
}

/// <param name="Effects">Everything that was asked of a platform for it.</param>
public sealed record InvoiceStory(InvoicePaper Paper, IReadOnlyList<StoryStep> Steps, IReadOnlyList<StoryEffect> Effects);

public sealed record StoryStep(DateTimeOffset At, StoryKind Kind)
{
    /// <summary>A person of the house, or a platform.</summary>
    public string? Who { get; init; }

    /// <summary>A reason, a number, an id, or the stage of a conversion.</summary>
    public string? What { get; init; }

    /// <summary>Where a conversion stands; of an approval: by a rule, or the first or second of two.</summary>
    public string? State { get; init; }

    public Money? Amount { get; init; }
}

public sealed record StoryEffect(string Key, string Request, EffectState State, int Attempts, int? HttpStatus, DateTimeOffset? LastAttemptAt, string? Error);

/// <summary>The event that a sale came with.</summary>
public sealed record SaleEvent(Guid Id, string Source, string EventId);
