using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution.Results;

/// <summary>Cuts the journeys that a question is about, and keeps the last answers: who asks the same again waits for nothing.</summary>
internal sealed class JourneyReader
{
    /// <summary>Questions that are remembered: each is a few megabytes at most.</summary>
    private const int Remembered = 24;

    /// <summary>Of them, those asked last are asked of the next snapshot before anybody is answered from it.</summary>
    private const int Prepared = 6;

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly StripeAccount stripe;
    private readonly SharedRead<Mode, PaidBook> paid;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ConcurrentDictionary<SetKey, Kept> sets = [];
    private readonly ConditionalWeakTable<JourneyWorld, JourneyWorld> withoutDirect = new();
    private JourneyWorld? world;
    private volatile JourneyWorld? ahead;

    public JourneyReader(IDbContextFactory<RevOpsDb> databases, SnapshotStore store, CompanyProfile company, StripeAccount stripe, ChangeFeed feed)
    {
        (this.databases, Store, this.company, this.stripe) = (databases, store, company, stripe);
        paid = new(feed, [nameof(Payment), Vault.Erasure], ReadPaidAsync) { Pauses = true, MovesByChangesAlone = true };
        store.MakeReady = PrepareAsync;
    }

    public SnapshotStore Store { get; }

    /// <summary>Null before the first snapshot has finished.</summary>
    public async Task<Asked?> AskAsync(AttributionQuestion question, CancellationToken cancel)
    {
        if (await Store.CurrentAsync(cancel) is not { } book)
            return null;
        var (owner, mode) = (await company.CurrentAsync(cancel), stripe.Connection?.Mode ?? Mode.Live);
        var money = await paid.OfAsync(mode);
        var whole = await WorldAsync(book, money, mode, cancel);

        var now = question.WithoutDirect ? WithoutDirect(whole) : whole;
        var currency = question.Currency ?? owner.Currency;
        var (first, end) = (owner.StartOf(question.Period.From).UtcTicks, owner.StartOf(question.Period.To.AddDays(1)).UtcTicks);
        var key = new SetKey(book.Id, question.Kind, first, end, question.LookBackDays, mode, currency, question.WithoutOpen, question.WithoutDirect);
        var kept = sets.GetOrAdd(key, _ => new());
        kept.UsedAt = TimeProvider.System.GetTimestamp();
        Forget(book, key);
        var figures = await kept.OfAsync(now, () => Make(now, key));
        return new(question, owner, mode, currency, now, figures, kept.Intervals);
    }

    /// <summary>What was asked last is asked of journeys that nobody is answered from yet.</summary>
    private async Task PrepareAsync(JourneyBook book, CancellationToken cancel)
    {
        var mode = stripe.Connection?.Mode ?? Mode.Live;
        var money = await paid.OfAsync(mode);
        var next = ahead = await SinceAsync(book, money, MovedSince(book, money), mode, cancel);
        foreach (var (asked, before) in sets.Where(entry => entry.Key.Mode == mode && entry.Key.Snapshot != book.Id).OrderByDescending(entry => entry.Value.UsedAt).Take(Prepared).ToList())
        {
            cancel.ThrowIfCancellationRequested();
            var (key, now) = (asked with { Snapshot = book.Id }, asked.WithoutDirect ? WithoutDirect(next) : next);
            var kept = new Kept { UsedAt = before.UsedAt };

            // What goes wrong here goes wrong again before whoever asks, and is told there.
            await Task.WhenAny(kept.OfAsync(now, () => Make(now, key).WorkedOut()));
            sets[key] = kept;
        }
    }

    /// <summary>The same object for the same world.</summary>
    private JourneyWorld WithoutDirect(JourneyWorld whole) => withoutDirect.GetValue(whole, world => world with { Book = world.Book.WithoutDirect, Since = world.Since.WithoutDirect });

    private static ModelFigures Make(JourneyWorld world, SetKey key)
    {
        var cut = new JourneyCut(key.Kind, key.First, key.End, TimeSpan.FromDays(key.LookBackDays).Ticks, key.Mode, key.Currency, world.Book.AsOf.UtcTicks, key.WithoutOpen);
        return new(JourneySet.Of(world, cut), [.. JourneySet.Since(world, cut)], cut);
    }

    private async Task<PaidBook> ReadPaidAsync(Mode mode)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await PaidBook.ReadAsync(db, mode, CancellationToken.None);
    }

    /// <summary>The same object for as long as snapshot and payments say the same.</summary>
    private async Task<JourneyWorld> WorldAsync(JourneyBook book, PaidBook money, Mode mode, CancellationToken cancel)
    {
        if (world is { } now && ReferenceEquals(now.Book, book) && now.Paid.Fingerprint == money.Fingerprint)
            return now;
        await turn.WaitAsync(cancel);
        try
        {
            if (world is { } meanwhile && ReferenceEquals(meanwhile.Book, book) && meanwhile.Paid.Fingerprint == money.Fingerprint)
                return meanwhile;
            var before = new[] { world, ahead }.FirstOrDefault(one => one is not null && ReferenceEquals(one.Book, book));
            if (before?.Paid.Fingerprint == money.Fingerprint)
                return world = before;
            var moved = MovedSince(book, money);
            if (before is not null && before.Moved.SetEquals(moved))
                return world = before with { Paid = money };
            return world = await SinceAsync(book, money, moved, mode, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sales since the snapshot, and those whose buyers are by now one with somebody, parted from them, or allow something else.</summary>
    private static HashSet<MovedSale> MovedSince(JourneyBook book, PaidBook money)
    {
        var moved = new HashSet<MovedSale>();
        foreach (var sale in money.Sales.Values.Where(sale => !sale.Erased))
        {
            if (!book.Sales.TryGetValue(sale.InvoiceId, out var at))
                moved.Add(new(sale.InvoiceId, sale.PersonId, null, sale.Measured));
            else if (book.People[at.Person] != sale.PersonId || book.IsMeasured(at.Person) != sale.Measured)
                moved.Add(new(sale.InvoiceId, sale.PersonId, book.People[at.Person], sale.Measured));
        }

        return moved;
    }

    /// <summary>Whoever bought since the snapshot is read from the database: their sale is on the books already.</summary>
    private async Task<JourneyWorld> SinceAsync(JourneyBook book, PaidBook money, HashSet<MovedSale> moved, Mode mode, CancellationToken cancel)
    {
        var (builder, replaced) = (new JourneyBook.Builder(book.Id, book.AsOf), new HashSet<Guid>());
        var buyers = moved.Select(sale => sale.BuyerId).Concat(moved.Select(sale => sale.WasOf).OfType<Guid>()).ToHashSet();
        if (buyers.Count > 0)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var reader = await PersonReader.OpenAsync(db, mode, cancel);
            foreach (var person in await reader.OfAsync(db, buyers, cancel))
                builder.Add(person);
            foreach (var some in buyers.Chunk(500))
                replaced.UnionWith(await db.Set<Person>().Where(member => some.Contains(member.CanonicalId)).Select(member => member.Id).ToListAsync(cancel));
            replaced.UnionWith(buyers);
        }

        return new(book, builder.Build(), replaced, money) { Moved = moved };
    }

    /// <summary>What is of an older snapshot, or of this one as it was before somebody was erased; the asked one is made anew in its place.</summary>
    private void Forget(JourneyBook current, SetKey asked)
    {
        if (ahead is { Book: var next } && next.Id == current.Id && !ReferenceEquals(next, current))
            ahead = null;
        foreach (var old in sets.Where(entry => entry.Key != asked && (entry.Key.Snapshot == current.Id ? entry.Value.IsOfAnother(current) : entry.Key.Snapshot != ahead?.Book.Id)).Select(entry => entry.Key).ToList())
            Drop(old);
        while (sets.Count > Remembered && sets.MinBy(entry => entry.Value.UsedAt) is { Key: var oldest })
            Drop(oldest);
    }

    private void Drop(SetKey key)
    {
        if (sets.TryRemove(key, out var gone))
            gone.Intervals.Forget();
    }

    internal readonly record struct SetKey(Guid Snapshot, ConversionKind Kind, long First, long End, int LookBackDays, Mode Mode, string Currency, bool WithoutOpen, bool WithoutDirect);

    private sealed class Kept
    {
        private readonly Lock gate = new();
        private JourneyWorld? world;
        private Task<ModelFigures>? figures;

        public long UsedAt { get; set; }

        public KnownIntervals Intervals { get; } = new();

        public bool IsOfAnother(JourneyBook book)
        {
            lock (gate)
                return world is not null && !ReferenceEquals(world.Book.Whole ?? world.Book, book);
        }

        public Task<ModelFigures> OfAsync(JourneyWorld now, Func<ModelFigures> make)
        {
            lock (gate)
            {
                if (figures is null || figures.IsFaulted || !ReferenceEquals(world, now))
                {
                    var (before, was) = (figures is { IsFaulted: true } ? null : figures, world);
                    (world, figures) = (now, Task.Run(async () => before is not null && ReferenceEquals(was?.Book, now.Book) ? (await before).Follow(now) : make()));
                }

                return figures;
            }
        }
    }
}

/// <summary>A question with all that its answer is worked out from.</summary>
internal sealed record Asked(
    AttributionQuestion Question, CompanyVersion Owner, Mode Mode, string Currency, JourneyWorld World, ModelFigures Figures, KnownIntervals Intervals)
{
    public JourneySet Set => Figures.Set;

    public AnswerBasis Basis => new()
    {
        AsOf = World.Book.AsOf,
        Currency = Currency,
        Mode = Mode,
        SalesSince = World.SalesSince,
        OtherCurrencies = Others(),
    };

    public long? Minor(long minor) => Figures.HasMoney ? minor : null;

    private IReadOnlyList<Money> Others() => [.. JourneySet.InOtherCurrencies(World, Figures.Cut)
        .GroupBy(other => other.Currency, StringComparer.Ordinal).Select(group => new Money(group.Sum(other => other.Minor), group.Key)).OrderBy(money => money.Currency != Owner.Currency).ThenBy(money => money.Currency, StringComparer.Ordinal)];
}
