using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Reconciliation;
using RevOps.Tests.Billing;
using RevOps.Tests.Overview;

namespace RevOps.Tests.Scorecard;

/// <summary>
/// Four sales of live business as of noon of 2 March 2026, three of them issued, and five people of whom four are live: few enough to work every check out by
/// hand.
/// </summary>
internal sealed class CheckValuesWorld(WatchWorld world)
{
    private static readonly DateTimeOffset Noon = SomeSales.Noon;
    private readonly Guid approver = Guid.CreateVersion7();
    private readonly Guid ann = Guid.CreateVersion7(), bob = Guid.CreateVersion7(), eve = Guid.CreateVersion7(), sam = Guid.CreateVersion7(), tom = Guid.CreateVersion7(), ida = Guid.CreateVersion7(), max = Guid.CreateVersion7();
    private RevOpsDb db = null!;
    private Guid a, b, c, d;

    public async Task FillAsync()
    {
        await SellAsync();
        await using var context = await world.Host.OpenDatabaseAsync();
        db = context;
        await DecideAsync();
        await CreditAsync();
        Bank();
        Close();
        Speak();
        Tell();
        db.Add(new ApprovalRule { Id = Guid.CreateVersion7(), Currency = "EUR", AutoUpToMinor = 20_000, UserId = approver, RecordedAt = Noon });
        await db.SaveChangesAsync();
        await PriceAsync();
        await WhoBoughtAsync();
    }

    /// <summary>What no row of a check shows: a refund that names no payment, a payout that nobody booked, a sale on two invoices, and one that was told twice.</summary>
    public async Task SpoilAsync()
    {
        await using var context = await world.Host.OpenDatabaseAsync();
        var payout = Guid.CreateVersion7();
        context.Add(new Payment { Id = Guid.CreateVersion7(), InvoiceId = b, Kind = PaymentKind.Refund, StripePaymentId = "re_1", Mode = Mode.Live, Currency = "EUR", AmountMinor = -100, OccurredAt = Ago(1), RecordedAt = Ago(1) });
        context.Add(new Payout { Id = payout, StripePayoutId = "po_1", Mode = Mode.Live, Currency = "EUR", AmountMinor = 1, Status = "paid", ArrivesOn = Day(1), OccurredAt = Ago(1), RecordedAt = Ago(1) });
        context.Add(new PayoutPart { Id = Guid.CreateVersion7(), PayoutId = payout, StripeTransactionId = "txn_1", Type = "charge", Currency = "EUR", GrossMinor = 1, FeeMinor = 0, NetMinor = 1, OccurredAt = Ago(1) });
        context.Add(new Conversion
        {
            Id = Guid.CreateVersion7(), Platform = AdPlatform.Meta, Stage = ConversionStage.Booked, EventId = "booked.B2", TransactionId = "booked.B2", PersonId = ann, SubjectId = b, Mode = Mode.Live, OccurredAt = Ago(6), RecordedAt = Ago(6), SentAt = Ago(6), Status = ConversionStatus.Delivered,
        });
        await context.SaveChangesAsync();
        await context.Set<InvoiceLine>().Where(line => line.InvoiceId == c || line.InvoiceId == d).ExecuteUpdateAsync(set => set.SetProperty(line => line.BookingId, d).SetProperty(line => line.DraftVersion, line => line.InvoiceId == d ? 2 : 1));
    }

    private static DateTimeOffset Ago(double days) => Noon.AddDays(-days);

    private static DateOnly Day(double ago) => DateOnly.FromDateTime(Ago(ago).UtcDateTime);

    // A is ten days late and promised; B is paid; C left two hours late, without number 3; D was drafted again a day after its first draft.
    private async Task SellAsync()
    {
        var sales = new SomeSales(world.Host);
        a = await sales.AddAsync("A", one => Issue(one, 20, 30, TimeSpan.FromHours(1), "F-1", 10), soldAt: Ago(20));
        b = await sales.AddAsync("B", one =>
        {
            Issue(one, 6, 40, TimeSpan.FromMinutes(5), "F-2", -24);
            (one.Status, one.PaidMinor, one.PaidAt) = (InvoiceStatus.Paid, 12_000, Ago(3));
            one.Moved(Day(3));
        }, soldAt: Ago(6));
        c = await sales.AddAsync("C", one =>
        {
            Issue(one, 5, 50, TimeSpan.FromHours(2), "F-4", -25);
            one.CreditedMinor = 2_400;
            one.Moved(Day(1));
        }, soldAt: Ago(5));
        d = await sales.AddAsync("D", one => (one.DraftVersion, one.DraftedAt) = (2, Ago(1)), soldAt: Ago(2));

        static void Issue(Invoice one, double sold, int drafted, TimeSpan issued, string number, double due)
        {
            var at = Ago(sold) + issued;
            (one.Status, one.Number, one.DraftedAt, one.IssuedAt, one.IssuedOn, one.SentAt, one.DueOn) = (InvoiceStatus.Open, number, Ago(sold).AddSeconds(drafted), at, DateOnly.FromDateTime(at.UtcDateTime), at.AddMinutes(5), Day(due));
        }
    }

    private async Task DecideAsync()
    {
        var audit = world.Get<AuditTrail>();
        foreach (var (id, at) in new[] { (a, 20.0), (b, 6), (c, 5) })
            db.Add(new InvoiceDecision { Id = Guid.CreateVersion7(), InvoiceId = id, DraftVersion = 1, Approved = true, UserId = approver, ReviewHash = new byte[32], OccurredAt = Ago(at), RecordedAt = Ago(at) });
        foreach (var id in new[] { a, b })
        {
            await audit.WriteAsync(db, new($"user:{approver}", "invoice.approved", nameof(Invoice), id.ToString())
            {
                Before = new { Status = InvoiceStatus.ReadyForReview },
                After = new { Hash = Convert.ToHexStringLower(new byte[32]), GrossMinor = 12_000L, Currency = "EUR", DraftVersion = 1 },
            });
        }

        db.Add(OverviewWorld.Pay(b, 12_000, Ago(3)));
        db.Add(new OutsideEffect { Id = Guid.CreateVersion7(), Key = $"inv:{d}:v1:lines", Target = "stripe", Request = "POST /v1/invoices", SubjectId = d, OwnerId = DataKey.Company, SealedBody = [], State = EffectState.Done, LastAttemptAt = Ago(2).AddSeconds(200), RecordedAt = Ago(2) });
        db.Add(new PaymentPromise { Id = Guid.CreateVersion7(), InvoiceId = a, PromisedOn = Day(-3), UserId = approver, OccurredAt = Ago(1) });
    }

    // Of whoever proposed it: nobody else looked.
    private async Task CreditAsync()
    {
        var (note, line) = (Guid.CreateVersion7(), await db.Set<InvoiceLine>().SingleAsync(row => row.InvoiceId == c));
        var customer = (await db.Set<Invoice>().SingleAsync(row => row.Id == c)).CustomerId;
        db.Add(new CreditNote
        {
            Id = note, InvoiceId = c, CustomerId = customer, Mode = Mode.Live, Status = CreditNoteStatus.Issued, Reason = CreditReason.Goodwill, Currency = "EUR", NetMinor = 2_000, TaxMinor = 400, GrossMinor = 2_400, Number = "AV-1",
            MakerId = approver, ApproverId = approver, ApprovedAt = Ago(1), IssuedAt = Ago(1), OccurredAt = Ago(1), RecordedAt = Ago(1), OwnerId = DataKey.Company,
        });
        db.Add(new CreditNoteLine { Id = Guid.CreateVersion7(), CreditNoteId = note, InvoiceLineId = line.Id, Position = 1, NetMinor = 2_000, TaxMinor = 400, Category = TaxCategory.Standard, RateBasisPoints = 2_000 });
    }

    // One that is matched, one that is open, and one that is none of the clients'.
    private void Bank()
    {
        var (file, account, matched) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        db.Add(new BankFile { Id = file, AccountId = account, Hash = [1], Name = "march", Format = BankFormat.Csv, From = Day(9), To = Day(1), Lines = 3, Repeats = 0, Warnings = "", RecordedAt = Ago(1) });
        BankLine Line(Guid id, byte key, BankLineState state) => new() { Id = id, AccountId = account, FileId = file, Mode = Mode.Live, Position = key, KeyHash = [key], BookedOn = Day(2), Currency = "EUR", AmountMinor = 12_000, SealedText = [], State = state };
        db.AddRange(Line(matched, 1, BankLineState.Matched), Line(Guid.CreateVersion7(), 2, BankLineState.Open), Line(Guid.CreateVersion7(), 3, BankLineState.SetAside));
        db.Add(new BankMatch { Id = Guid.CreateVersion7(), LineId = matched, Kind = MatchKind.Invoice, InvoiceId = b, AmountMinor = 12_000, PaymentId = Guid.CreateVersion7(), Rule = "hand", UserId = approver, OccurredAt = Ago(1) });
    }

    // 1,000.00 agree, 500.00 are under way, and 20.00 are an exception that is explained.
    private void Close()
    {
        Reconciled Row(ReconciledKind kind, string subject, ReconciledState state, long minor) => new(kind, subject, subject, Day(40), state, minor, minor, minor, minor, 0, 0, [], []);
        var ledger = new ReconciledPeriod(
            [Row(ReconciledKind.Deal, "deal/1", ReconciledState.Matched, 100_000), Row(ReconciledKind.Deal, "deal/2", ReconciledState.UnderWay, 50_000), Row(ReconciledKind.BankLine, "line/1", ReconciledState.Missing, 2_000)],
            new(1, 2, 100_000, 150_000), new(1, 1, 100_000, 100_000), new(0, 0, 0, 0), new(0, 1, 0, 2_000), new(0, 0, 0, 0));
        var evidence = new MonthEvidence(new(2026, 1, 1), [new("EUR", 0, 0, ledger, [new("line/1", "fee", null)], [], [])]).ToJson();
        db.Add(new ClosedMonth { Id = Guid.CreateVersion7(), Month = new(2026, 1, 1), Mode = Mode.Live, Evidence = evidence, EvidenceHash = MonthEvidence.HashOf(evidence), ClosedBy = approver, ClosedAt = Ago(3) });
    }

    // Ida refused measurement, Max was erased, and nobody asked Eve: none of their visits is joined to them, and Ida and Max are no leads at all.
    // Ann came by a paid click and speaks twice; Bob came directly, after a paid click that he did not bring along; Eve's only visit was one of the sandbox; Sam is of the sandbox; Tom did not answer.
    private void Speak()
    {
        foreach (var person in new[] { ann, bob, eve, sam, tom, ida, max })
        {
            db.Add(new Person
            {
                Id = person, CanonicalId = person, CreatedAt = Ago(9), OwnSeenAt = Ago(2), LastSeenAt = Ago(2),
                Measurement = person == ida ? false : person == eve ? null : true, ErasedAt = person == max ? Ago(1) : null,
            });
        }

        Call("S-1", ann, 3, qualified: true);
        Call("S-2", ann, 2);
        Call("S-3", bob, 3, qualified: true);
        Call("S-4", eve, 3);
        Call("S-5", sam, 3, mode: Mode.Sandbox);
        Call("S-6", tom, 3, outcome: VoiceOutcome.NoAnswer);
        Visit(ann, 4, Channel.PaidSearch, "google", "gclid");
        Visit(bob, 5, Channel.PaidSocial, "meta", "fbclid");
        Visit(bob, 4, Channel.Direct, repeats: 1);
        Visit(eve, 4, Channel.OrganicSearch, "google", mode: Mode.Sandbox);
        foreach (var (name, person) in new[] { ("S-7", ida), ("S-8", max) })
            Call(name, person, 3, qualified: true);
        foreach (var person in new[] { ida, max, eve })
            Visit(person, 4, Channel.PaidSearch, "google", "gclid");
        Stage(ann, "lead", 8);
        Stage(ann, "meeting", 7);
        Stage(bob, "meeting", 9);
        foreach (var kind in new[] { IdentityKeyKind.Email, IdentityKeyKind.Visitor, IdentityKeyKind.Click })
        {
            var key = Guid.CreateVersion7();
            db.Add(new IdentityKey { Id = key, Kind = kind, Hash = key.ToByteArray(), PersonId = ann, FirstSeenAt = Ago(4) });
            db.Add(new PersonKey { PersonId = ann, KeyId = key, FirstSeenAt = Ago(4) });
        }

        db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = ann, OccurredAt = Ago(4), RecordedAt = Ago(4), Measurement = true, TextVersion = "v1", SealedProof = [1] });
        // Eve answered on a browser of hers, which is parted from her by that answer.
        var (browser, visitor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        db.Add(new Person { Id = browser, CanonicalId = browser, CreatedAt = Ago(9), OwnSeenAt = Ago(2), LastSeenAt = Ago(2) });
        db.Add(new IdentityKey { Id = visitor, Kind = IdentityKeyKind.Visitor, Hash = visitor.ToByteArray(), PersonId = browser, FirstSeenAt = Ago(4) });
        db.AddRange(new PersonKey { PersonId = eve, KeyId = visitor, FirstSeenAt = Ago(4) }, new PersonKey { PersonId = browser, KeyId = visitor, FirstSeenAt = Ago(4) });
        db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = browser, OccurredAt = Ago(4), RecordedAt = Ago(4), Ads = false, TextVersion = "v1", SealedProof = [1] });
        db.Add(new RejectedEvent { Id = Guid.CreateVersion7(), Type = VoiceSessionReceived.Type, RecordedAt = Ago(1), Errors = "[]", MaskedData = "{}" });
    }

    private Guid Heard(string type, double ago, Mode mode, int repeats = 0)
    {
        var id = Guid.CreateVersion7();
        db.Add(new ReceivedEvent { Id = id, Source = "test", EventId = id.ToString(), Type = type, Status = EventStatus.Applied, OccurredAt = Ago(ago), RecordedAt = Ago(ago), Mode = mode, OwnerId = DataKey.Company, SealedData = [], DataHash = [], Repeats = repeats });
        return id;
    }

    private void Call(string name, Guid person, double ago, bool qualified = false, Mode mode = Mode.Live, VoiceOutcome outcome = VoiceOutcome.Unqualified) =>
        db.Add(new VoiceSession { Id = Heard(VoiceSessionReceived.Type, ago, mode), SessionId = name, PersonId = person, StartedAt = Ago(ago), OccurredAt = Ago(ago), BantRuleId = Guid.Empty, Qualified = qualified, Outcome = qualified ? VoiceOutcome.Qualified : outcome });

    private void Visit(Guid person, double ago, string channel, string? platform = null, string? click = null, int repeats = 0, Mode mode = Mode.Live) =>
        db.Add(new Touch { Id = Heard(TouchReceived.Type, ago, mode, repeats), PersonId = person, OccurredAt = Ago(ago), Channel = channel, Platform = platform, ClickIdKinds = click, SealedDetails = [] });

    private void Stage(Guid person, string stage, double ago) => db.Add(new LeadStageRecord { Id = Heard(LeadStageReached.Type, ago, Mode.Live), PersonId = person, Stage = stage, OccurredAt = Ago(ago) });

    private void Tell()
    {
        Conversion Of(ConversionStage stage, string name, Guid person, Guid subject, ConversionStatus status) => new()
        {
            Id = Guid.CreateVersion7(), Platform = AdPlatform.Meta, Stage = stage, EventId = name, TransactionId = name, PersonId = person, SubjectId = subject, Mode = Mode.Live, OccurredAt = Ago(6), RecordedAt = Ago(6), Status = status,
        };
        var told = Of(ConversionStage.Booked, "booked.B", ann, b, ConversionStatus.Delivered);
        (told.SentAt, told.ValueMinor, told.Currency, told.MatchKeys) = (Ago(6).AddMinutes(30), 12_000, "EUR", MatchKeys.Email);
        db.AddRange(told, Of(ConversionStage.Lead, "lead.S-3", bob, Guid.CreateVersion7(), ConversionStatus.Rejected));
    }

    private async Task PriceAsync()
    {
        var service = Guid.CreateVersion7();
        db.Add(new Service { Id = service, Code = "AUDIT", Name = "Audit", RecordedAt = Ago(30) });
        db.Add(new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = service, Currency = "EUR", UnitAmount = "100", ValidFrom = Day(30), UserId = approver, RecordedAt = Ago(30) });
        await db.SaveChangesAsync();
        await db.Set<InvoiceLine>().Where(line => line.InvoiceId == b).ExecuteUpdateAsync(set => set.SetProperty(line => line.CatalogueAmount, "100").SetProperty(line => line.ServiceCode, "audit"));
    }

    private async Task WhoBoughtAsync()
    {
        await db.Set<Booking>().Where(booking => booking.Id == b).ExecuteUpdateAsync(set => set.SetProperty(booking => booking.PersonId, ann));
        await db.Set<Booking>().Where(booking => booking.Id == c).ExecuteUpdateAsync(set => set.SetProperty(booking => booking.PersonId, bob));
    }
}
