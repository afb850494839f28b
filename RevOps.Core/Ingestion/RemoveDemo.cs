using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Collector;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Lateness;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Digest;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Takes the demo away, and with it whatever else was made against the stand-ins: an installation that starts for real starts empty.
/// Who works here, what was set, the keys of other systems and the audit stay; the people of the demo are erased, so that the audit
/// still verifies and names nobody.
/// </summary>
public sealed class RemoveDemo(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, ChangeFeed feed)
{
    /// <summary>Children before their parents.</summary>
    public static readonly IReadOnlyList<(Type Row, Func<RevOpsDb, CancellationToken, Task<int>> DeleteAsync)> Goes =
    [
        All<BankMatch>(), All<BankLine>(), All<BankFile>(), All<BankAccount>(), All<PayoutPart>(), All<CrmDeal>(), All<CrmList>(), All<ClosedMonth>(), All<ExceptionNote>(), All<Reminder>(), All<PaymentPromise>(),
        All<InvoiceDispute>(), All<LateClaim>(), All<Annotation>(), All<DigestLetter>(), All<JourneyBlock>(), All<AttributionSnapshot>(), All<LiftTest>(), All<Credit>(), All<Payment>(), All<Payout>(), All<CreditNoteLine>(), All<CreditNote>(), All<InvoiceComment>(), All<InvoiceEdit>(), All<InvoiceDecision>(), All<InvoiceLine>(), All<Invoice>(),
        All<ForeignInvoice>(), All<HistoryImport>(), All<NumberSeries>(), All<Booking>(), All<CustomersApart>(), All<CustomerRef>(), All<Customer>(), All<BantReading>(), All<BantReview>(), All<VoiceSession>(), All<Touch>(), All<PixelReport>(), All<BrowserEvent>(), All<Alert>(), All<CheckResult>(), All<ScoreDay>(), All<ClaimResult>(), All<ForecastRun>(), All<CollectorCount>(), All<LeadStageRecord>(),
        All<ConsentRecord>(), All<Conversion>(), All<ConversionPart>(), All<ConversionBatch>(), All<OutsideEffect>(), All<HookAttempt>(), All<OutgoingHook>(), All<HookDelivery>(), All<HookRefusal>(), All<ReceivedEvent>(), All<RejectedEvent>(), All<AdSpend>(), All<AccountTotal>(), All<SpendReading>(), All<AdAccount>(), All<SpendUpload>(), All<SlotAvailability>(), All<SlotSale>(), All<SlotRefusal>(), All<SlotAdvice>(), All<PricingStudy>(), All<SamePerson>(), All<PersonKey>(),
        All<IdentityKey>(), All<LaterSights>(), All<PersonAlias>(), All<Person>(),

        // What was agreed with a customer goes with them, what was advised goes with its advice, and what the demo itself sells with the demo; the list and
        // the rules for everybody were set, and stay.
        (typeof(PricingSetting), (db, cancel) => db.Set<PricingSetting>().Where(row => db.Set<Service>().Any(service => service.Id == row.ServiceId && service.Code == DemoRun.ServiceCode)).ExecuteDeleteAsync(cancel)),
        (typeof(PriceVersion), (db, cancel) => db.Set<PriceVersion>().Where(row => row.CustomerId != null || row.SlotStart != null || db.Set<Service>().Any(service => service.Id == row.ServiceId && service.Code == DemoRun.ServiceCode)).ExecuteDeleteAsync(cancel)),
        (typeof(Service), (db, cancel) => db.Set<Service>().Where(row => row.Code == DemoRun.ServiceCode).ExecuteDeleteAsync(cancel)),
        (typeof(ApprovalRule), (db, cancel) => db.Set<ApprovalRule>().Where(row => row.CustomerId != null).ExecuteDeleteAsync(cancel)),

        // What was written to the demo's clients goes with them; a letter to somebody who works here is no demo.
        (typeof(StoredMail), (db, cancel) => db.Set<StoredMail>().Where(row => row.Kind == WriteReminder.MailKind).ExecuteDeleteAsync(cancel)),
        (typeof(OutboxRow), (db, cancel) => db.Set<OutboxRow>().Where(row => row.Job != nameof(SendMail)).ExecuteDeleteAsync(cancel)),
    ];

    /// <summary>False where something was made against a platform's test or live keys: that is no demo.</summary>
    public async Task<bool> MayRunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return !await db.Set<Invoice>().AnyAsync(row => row.Mode != Mode.Sandbox, cancel) && !await db.Set<Conversion>().AnyAsync(row => row.Mode != Mode.Sandbox, cancel);
    }

    /// <returns>How many people, invoices and events went, none where it is gone already; null where it may not run.</returns>
    public async Task<RemovedDemo?> RunAsync(string actor, CancellationToken cancel)
    {
        if (!await MayRunAsync(cancel))
            return null;

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var run = await db.Set<DemoRun>().SingleOrDefaultAsync(cancel);
        if (run is { State: DemoState.Removed })
            return new(0, 0, 0);
        var removed = new RemovedDemo(await db.Set<Person>().CountAsync(cancel), await db.Set<Invoice>().CountAsync(cancel), await db.Set<ReceivedEvent>().CountAsync(cancel));
        var people = await db.Set<DataKey>().Where(key => key.OwnerId != DataKey.Company && key.Wrapped != null).ToListAsync(cancel);
        foreach (var (_, deleteAsync) in Goes)
            await deleteAsync(db, cancel);
        people.ForEach(key => key.Erase(TimeProvider.System.GetUtcNow()));
        if (run is not null)
            (run.State, run.EndedAt) = (DemoState.Removed, TimeProvider.System.GetUtcNow());
        await audit.WriteAsync(db, new(actor, "demo.removed", nameof(DemoRun), DemoRun.TheOne.ToString()) { Before = removed }, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);

        feed.Publish([Vault.Erasure, .. Goes.Select(gone => gone.Row.Name), nameof(DemoRun)]);
        return removed;
    }

    private static (Type Row, Func<RevOpsDb, CancellationToken, Task<int>> DeleteAsync) All<T>() where T : class => (typeof(T), (db, cancel) => db.Set<T>().ExecuteDeleteAsync(cancel));
}

public sealed record RemovedDemo(int People, int Invoices, int Events);
