using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion.History;

/// <summary>A deal that was won and invoiced before RevOps, from a file of Finance's: it counts as sold, and is never drafted or told to ad platforms.</summary>
/// <param name="InvoiceNumber">The invoice that it stands on, of the history; null: not known here.</param>
public sealed record PastDealEntered(string DealId, CustomerDetails Buyer, BookingContent Content, string? InvoiceNumber, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.past_deal";

    public override Contact? Contact => CustomerImported.ContactOf(Buyer);

    public override bool IsHistory => true;

    /// <summary>Once per deal, in each mode.</summary>
    public static string IdOf(Mode mode, string dealId) => $"past-deal/{mode}/{dealId}";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, received, person) = (reception.Db, reception.Event, reception.Somebody);
        if (await db.Set<Booking>().AnyAsync(row => row.DealId == DealId, reception.Cancel))
            return EventFate.Ignored;
        var customer = await CustomerRecorded.UpsertAsync(reception, Buyer);
        db.Add(new Booking
        {
            Id = received.Id,
            DealId = DealId,
            Reference = DealId,
            CustomerId = customer.Id,
            PersonId = person.Id,
            InvoiceId = InvoiceNumber is null ? null : await History(db, received.Mode).Where(row => row.Number == InvoiceNumber).OrderBy(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(reception.Cancel),
            OccurredAt = received.OccurredAt,
            RecordedAt = received.RecordedAt,
            Mode = received.Mode,
            Currency = Content.Currency,
            AmountMinor = Content.Total().Minor,
            SealedContent = await reception.Vault.SealAsync(db, person.Id, received.Id, JsonSerializer.Serialize(Content), reception.Cancel),
            ContentHash = Content.ComputeHash(),
            ContentAt = received.OccurredAt,
        });
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "history.deal", nameof(Booking), received.Id.ToString()) { After = new { DealId, Content.Total().Minor, Content.Currency, InvoiceNumber } }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Record a deal from before RevOps"];

    /// <summary>Of the history only: what was made here knows its sales.</summary>
    internal static IQueryable<Invoice> History(Data.RevOpsDb db, Mode mode) =>
        db.Set<Invoice>().Where(row => row.Mode == mode && (row.Origin == InvoiceOrigin.Imported || row.Origin == InvoiceOrigin.OpeningBalance));
}
