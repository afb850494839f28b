using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>Turns a stage of a sale into one conversion per platform, once, and asks for it to be sent.</summary>
internal static class ConversionPlan
{
    /// <param name="reception">The event that reached the stage.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="businessId">The sender's id of the session, booking or lead: what the browser knows too.</param>
    /// <param name="subjectId">Our row that it tells of.</param>
    /// <param name="occurredAt">When the stage was reached.</param>
    /// <param name="given">What came with the stage: a lead's value, the amount of the booking, what was paid.</param>
    /// <param name="booking">The sale, where it is one.</param>
    public static async Task AddAsync(Reception reception, ConversionStage stage, string businessId, Guid subjectId, DateTimeOffset occurredAt, Money? given = null, Booking? booking = null)
    {
        var db = reception.Db;
        var eventId = ConversionIds.EventId(stage, businessId);
        var known = await db.Set<Conversion>().Where(conversion => conversion.EventId == eventId).Select(conversion => conversion.Platform).ToListAsync(reception.Cancel);
        foreach (var platform in Enum.GetValues<AdPlatform>().Except(known))
        {
            // A stage that is switched off is not planned: switching it on tells of what comes from then on.
            var rule = await reception.Services.Stages.OfAsync(db, stage, platform, reception.Cancel);
            if (!rule.Sends)
                continue;
            var value = await SaleValue.OfAsync(WorldOf(reception), rule, given, booking, occurredAt);
            var conversion = new Conversion
            {
                Id = Guid.CreateVersion7(),
                Platform = platform,
                Stage = stage,
                EventId = eventId,
                TransactionId = ConversionIds.TransactionId(stage, businessId),
                PersonId = reception.Somebody.Id,
                SubjectId = subjectId,
                Mode = reception.Event.Mode,
                OccurredAt = occurredAt,
                RecordedAt = TimeProvider.System.GetUtcNow(),
                ValueMinor = value?.Minor,
                Currency = value?.Currency,
            };
            await QueueAsync(reception, conversion);
            db.Add(conversion);
        }
    }

    /// <summary>
    /// Tells what remains of a sale's value after money went back, where the value was told before. Each change has its own event id, and the
    /// transaction id of the sale, under which Google sets the value anew; Meta cannot, which its conversion then says.
    /// </summary>
    /// <param name="reception">The event that changed it.</param>
    /// <param name="businessId">The sender's id of the sale.</param>
    /// <param name="changeId">Names the change: told once.</param>
    /// <param name="subjectId">Our row that it tells of.</param>
    /// <param name="left">Of what was told what remains, or what the sale is worth now.</param>
    /// <param name="isAnew">The sale is another one now, of which nothing went back yet.</param>
    public static async Task RestateAsync(Reception reception, string businessId, string changeId, Guid subjectId, Func<Conversion, Task<Money?>> left, bool isAnew = false)
    {
        var db = reception.Db;
        var eventId = ConversionIds.EventId(ConversionStage.Refunded, $"{businessId}.{changeId}");
        var transactionId = ConversionIds.TransactionId(ConversionStage.Refunded, businessId);
        foreach (var platform in Enum.GetValues<AdPlatform>())
        {
            // What was not told needs no taking back: what waits says the newest value by itself.
            var all = await db.Set<Conversion>().Where(row => row.Platform == platform && row.TransactionId == transactionId).ToListAsync(reception.Cancel);
            var told = all.FindAll(row => row.Stage is ConversionStage.Paid or ConversionStage.Booked);
            foreach (var waiting in told.Where(row => row.SentAt is null && row.Status is ConversionStatus.Queued or ConversionStatus.Held))
                Lower(waiting, await left(waiting), isAnew, reception.Now);

            // The payment's word counts, where there was one; where nothing was said of the value, nothing of it can change.
            if (told.Where(row => row.ValueMinor is not null).MaxBy(row => row.Stage) is not { } last || await left(last) is not { } remains)
                continue;
            if (!told.Exists(IsTold) || LastWord(all) == remains || !(await reception.Services.Stages.OfAsync(db, ConversionStage.Refunded, platform, reception.Cancel)).Sends)
                continue;
            var conversion = new Conversion
            {
                Id = Guid.CreateVersion7(),
                Platform = platform,
                Stage = ConversionStage.Refunded,
                EventId = eventId,
                TransactionId = transactionId,
                PersonId = reception.Somebody.Id,
                SubjectId = subjectId,
                Mode = reception.Event.Mode,
                OccurredAt = reception.Event.OccurredAt,
                RecordedAt = TimeProvider.System.GetUtcNow(),
                ValueMinor = remains.Minor,
                Currency = remains.Currency,
            };
            await QueueAsync(reception, conversion);
            db.Add(conversion);
        }
    }

    /// <summary>The platform has it: what it took and refused later it counts nowhere.</summary>
    private static bool IsTold(Conversion row) => row.SentAt is not null && row.Status is ConversionStatus.Received or ConversionStatus.Delivered;

    /// <summary>What was said of the sale's value last: another hour of the same booking changes nothing of it. That Meta takes nothing back was said all the same.</summary>
    private static Money? LastWord(List<Conversion> all) =>
        all.Where(row => row.Status != ConversionStatus.Rejected || row.Reason == "cannot_restate").OrderBy(row => row.OccurredAt).ThenBy(row => row.Id).LastOrDefault()?.Value;

    /// <summary>A sale of which nothing is left is not told any more; of a payment even nothing is told, where the booking was.</summary>
    private static void Lower(Conversion waiting, Money? left, bool isAnew, DateTimeOffset now)
    {
        (waiting.WholeMinor, waiting.ValueMinor, waiting.Currency) = (isAnew ? null : waiting.WholeMinor ?? waiting.ValueMinor, left?.Minor, left?.Currency ?? waiting.Currency);
        if (waiting.Stage == ConversionStage.Booked && left is { Minor: 0 })
            waiting.End(ConversionStatus.Rejected, "sale.gone", null, now);
    }

    /// <summary>
    /// Of what was told the share that is still paid, or owed: half is left of half. A payment was told as what had been paid by then, a booking as the
    /// whole of its invoice.
    /// </summary>
    public static Func<Conversion, Task<Money?>> Share(Reception reception, Invoice invoice) => async told =>
    {
        if (told.Value is not { } value)
            return null;
        var (owed, whole) = (invoice.GrossMinor - invoice.CreditedMinor, invoice.GrossMinor);
        var left = told.Stage == ConversionStage.Paid || invoice.PaidAt is not null ? Math.Min(invoice.PaidMinor, owed) : owed;
        if (told.Stage == ConversionStage.Paid)
            whole = await reception.Db.Set<Payment>().Where(payment => payment.InvoiceId == invoice.Id && payment.AmountMinor > 0 && payment.OccurredAt <= told.OccurredAt).SumAsync(payment => payment.AmountMinor, reception.Cancel);
        return new(whole <= 0 ? 0 : (long)Math.Round((told.WholeMinor ?? value.Minor) * (decimal)Math.Clamp(left, 0, whole) / whole, MidpointRounding.AwayFromZero), value.Currency);
    };

    /// <summary>What the sale is worth now, by the rule of the stage that was told.</summary>
    public static async Task<Money?> AnewAsync(Reception reception, Conversion told, Booking booking) =>
        await SaleValue.OfAsync(WorldOf(reception), await reception.Services.Stages.OfAsync(reception.Db, told.Stage, told.Platform, reception.Cancel), booking.Amount, booking, told.OccurredAt);

    /// <summary>Asks again for what was held, after an answer about consent or a merge: the job itself reads the newest answer.</summary>
    public static async Task LookAgainAsync(Reception reception, IReadOnlyCollection<Guid> members)
    {
        var db = reception.Db;
        var waiting = await db.Set<Conversion>().Where(conversion => EF.Parameter(members).Contains(conversion.PersonId) && conversion.SentAt == null
            && (conversion.Status == ConversionStatus.Held || conversion.Status == ConversionStatus.Queued)).ToListAsync(reception.Cancel);
        var held = waiting.FindAll(conversion => conversion.Status == ConversionStatus.Held);
        await WithdrawnConversions.CancelAsync(reception, waiting.FindAll(conversion => conversion.Status == ConversionStatus.Queued));

        // Asked twice for one event, the second time finds them queued already, though not saved.
        foreach (var conversion in held.Where(conversion => conversion.Status == ConversionStatus.Held))
            await QueueAsync(reception, conversion);
    }

    /// <summary>What was not sent yet follows its booking: another value, or, when it was cancelled, nothing at all. What was told is told anew, where the platform can change it.</summary>
    public static async Task FollowAsync(Reception reception, Booking booking)
    {
        var sale = ConversionIds.TransactionId(ConversionStage.Booked, booking.Reference);
        var all = await reception.Db.Set<Conversion>().Where(row => row.TransactionId == sale).ToListAsync(reception.Cancel);
        if (booking.Status == BookingStatus.Cancelled)
        {
            foreach (var waiting in all.Where(row => row.SubjectId == booking.Id && row.SentAt is null && row.Status is ConversionStatus.Queued or ConversionStatus.Held))
                waiting.End(ConversionStatus.Rejected, "booking.cancelled", null, reception.Now);
        }

        // After a payment it is for money that goes back, or is asked anew, to say what is left.
        if (all.Exists(row => row.Stage == ConversionStage.Paid))
            return;
        var person = await reception.Db.Set<Person>().SingleAsync(row => row.Id == booking.PersonId, reception.Cancel);
        var now = reception with { Person = person };
        await RestateAsync(now, booking.Reference, reception.Event.Id.ToString(), booking.Id, async told =>
            booking.Status == BookingStatus.Cancelled ? told.Value is { } value ? Money.Zero(value.Currency) : null : await AnewAsync(now, told, booking), isAnew: true);
    }

    private static SaleWorld WorldOf(Reception reception) => new(reception.Db, reception.Vault, reception.Company, reception.Somebody.Id, reception.Cancel);

    /// <summary>Puts a conversion on its way, and asks for the sending.</summary>
    internal static Task QueueAsync(Reception reception, Conversion conversion)
    {
        conversion.Queue(reception.Now);
        return ConversionQueue.AskAsync(reception.Db, conversion.Platform, reception.Now, reception.Cancel);
    }
}
