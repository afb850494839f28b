using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution.Results;

/// <summary>A journey that ended in a conversion of the asked kind, with or without touches.</summary>
/// <param name="Book">Where its touches are; null where nothing is known of the buyer any more.</param>
/// <param name="Person">Number of the person in the book.</param>
/// <param name="PersonId">Whoever stands for them.</param>
/// <param name="From">First touch within the look-back.</param>
/// <param name="To">Behind the last.</param>
/// <param name="End">Ticks of the conversion.</param>
/// <param name="SubjectId">Of what it ended in.</param>
/// <param name="ValueMinor">What was paid for it in the period, or booked; 0 where the kind has no money.</param>
/// <param name="Conversions">1; of a sale 0 where it had been paid in part before the period, or more went back in it than was paid.</param>
/// <param name="Reason">Why it has no touches; null where it has.</param>
internal sealed record Journey(JourneyBook? Book, int Person, Guid PersonId, int From, int To, long End, Guid SubjectId, long ValueMinor, int Conversions, UnattributedReason? Reason)
{
    public int Length => To - From;

    public ReadOnlySpan<byte> Path => Book is null ? [] : Book.PathOf(From, To);

    /// <summary>Days from the first touch to the end.</summary>
    public double Days => Length == 0 ? 0 : new TimeSpan(End - Book!.TouchedAt(From)).TotalDays;
}

/// <summary>Touches that ended in nothing.</summary>
internal readonly record struct NullJourney(JourneyBook Book, int Person, int From, int To)
{
    public double Days => new TimeSpan(Book.TouchedAt(To - 1) - Book.TouchedAt(From)).TotalDays;

    public ReadOnlySpan<byte> Path => Book.PathOf(From, To);
}

/// <summary>All journeys of a period, cut at the look-back: those that converted and those that ended in nothing so far.</summary>
internal sealed class JourneySet
{
    private readonly JourneyWorld world;
    private readonly JourneyCut cut;

    // May still convert; empty where they are among those that ended in nothing so far.
    private readonly List<NullJourney> leftOut;

    // Handed on to whatever follows this set: the table was made of it before.
    private readonly PathCounts counts;

    private JourneySet(JourneyWorld world, JourneyCut cut, PathCounts counts, IEnumerable<Journey> converting, List<NullJourney> nulls, List<NullJourney> leftOut)
    {
        (this.world, this.cut, this.counts, Nulls, this.leftOut) = (world, cut, counts, nulls, leftOut);
        var ordered = converting.OrderBy(journey => journey.End).ThenBy(journey => journey.SubjectId).ToList();
        (Credited, Unattributed) = (ordered.FindAll(journey => journey.Length > 0), ordered.FindAll(journey => journey.Length == 0));
        Open = leftOut.Count + nulls.Count(cut.IsOpen);
        Paths = counts.ToTable();
    }

    /// <summary>With touches, in the order of their ends.</summary>
    public IReadOnlyList<Journey> Credited { get; }

    public IReadOnlyList<Journey> Unattributed { get; }
    public IReadOnlyList<NullJourney> Nulls { get; }

    /// <summary>Journeys whose last touch is younger than the look-back: among <see cref="Nulls"/>, or left out where that is asked.</summary>
    public int Open { get; }

    /// <summary>With the value of what converted; not of later parts of older sales, nor of what went back of them.</summary>
    public PathTable Paths { get; }

    public long ValueMinor => Credited.Sum(journey => journey.ValueMinor);

    public int Conversions => Credited.Sum(journey => journey.Conversions);

    /// <param name="world">Touches, conversions and payments.</param>
    /// <param name="cut">What is asked.</param>
    public static JourneySet Of(JourneyWorld world, JourneyCut cut) => Add(world, cut, new(ChannelNumber.Count), [], [], [], null);

    /// <summary>
    /// The same question after payments came or went back, or people moved: the journeys of whoever that concerns are taken out of the counts and put in
    /// as they are now, nobody else's are looked at again. Only once for each set, whose counts go on with what follows it.
    /// </summary>
    public JourneySet Follow(JourneyWorld now)
    {
        var others = now.OthersThan(world);
        var (converting, nulls) = (new List<Journey>(), new List<NullJourney>());
        foreach (var journey in Credited.Concat(Unattributed))
        {
            if (!others.Contains(journey.PersonId))
                converting.Add(journey);
            else if (journey.Length > 0)
                counts.Remove(journey.Path, OutcomeOf(journey));
        }

        foreach (var journey in Nulls)
        {
            if (!others.Contains(journey.Book.People[journey.Person]))
                nulls.Add(journey);
            else
                counts.Remove(journey.Path, PathOutcome.Null);
        }

        return Add(now, cut, counts, converting, nulls, leftOut.FindAll(journey => !others.Contains(journey.Book.People[journey.Person])), others);
    }

    /// <param name="world">Touches, conversions and payments.</param>
    /// <param name="cut">What is asked.</param>
    /// <param name="counts">Of the journeys that are there already.</param>
    /// <param name="converting">There already.</param>
    /// <param name="nulls">There already.</param>
    /// <param name="leftOut">There already.</param>
    /// <param name="only">Whose journeys are to be added; null: everybody's.</param>
    private static JourneySet Add(JourneyWorld world, JourneyCut cut, PathCounts counts, List<Journey> converting, List<NullJourney> nulls, List<NullJourney> leftOut, HashSet<Guid>? only)
    {
        foreach (var journey in cut.Kind == ConversionKind.Paid ? Sales(world, cut, only) : Marks(world, cut, only))
        {
            converting.Add(journey);
            if (journey.Length > 0)
                counts.Add(journey.Path, OutcomeOf(journey));
        }

        var ended = new List<NullJourney>();
        foreach (var (book, person) in world.Everybody())
        {
            if (only is null || only.Contains(book.People[person]))
                NullsOf(world, cut, book, person, ended);
        }

        foreach (var journey in ended)
        {
            if (cut.WithoutOpen && cut.IsOpen(journey))
            {
                leftOut.Add(journey);
                continue;
            }

            nulls.Add(journey);
            counts.Add(journey.Path, PathOutcome.Null);
        }

        return new(world, cut, counts, converting, nulls, leftOut);
    }

    /// <summary>Money that is no conversion of the period, a later part of a sale or a refund, is no journey of it: no model that looks at all of them may share it.</summary>
    private static PathOutcome OutcomeOf(Journey journey) => new(journey.Conversions, 0, journey.Conversions == 0 ? 0 : journey.ValueMinor);

    /// <summary>Journeys that ended from the beginning of the period on until a look-back after its end, valued as of now: what its clicks led to is among them.</summary>
    public static IEnumerable<Journey> Since(JourneyWorld world, JourneyCut cut)
    {
        var longer = cut with { End = cut.End + cut.LookBack };
        return (cut.Kind == ConversionKind.Paid
            ? world.Paid.Sales.Values.Where(sale => sale.Currency == cut.Currency && sale.SoldAt >= longer.First && sale.SoldAt < longer.End && sale.PaidMinor != 0).Select(sale => JourneyOf(world, sale, cut.LookBack, sale.PaidMinor, sale.PaidMinor > 0))
            : Marks(world, longer, null)).Where(journey => journey.Length > 0);
    }

    /// <summary>What was paid or booked in the period in other currencies than the asked one, row by row.</summary>
    public static IEnumerable<(string Currency, long Minor)> InOtherCurrencies(JourneyWorld world, JourneyCut cut)
    {
        if (cut.Kind == ConversionKind.Paid)
            return world.Paid.Sales.Values.Where(sale => sale.Currency != cut.Currency).Select(sale => (sale.Currency, Minor: sale.Within(cut.First, cut.End))).Where(sale => sale.Minor is not null).Select(sale => (sale.Currency, sale.Minor!.Value));
        return cut.Kind != ConversionKind.Booking ? [] : world.Everybody().SelectMany(one => one.Book.MarksOf(one.Person).ToArray())
            .Where(mark => cut.IsEnd(mark) && mark.Ticks >= cut.First && mark.Ticks < cut.End && mark.Currency != cut.Currency).Select(mark => (mark.Currency, mark.Minor));
    }

    private static IEnumerable<Journey> Sales(JourneyWorld world, JourneyCut cut, HashSet<Guid>? only)
    {
        foreach (var sale in world.Paid.Sales.Values)
        {
            if (only is not null && !only.Contains(world.BuyerOf(sale)))
                continue;
            if (sale.Currency != cut.Currency || sale.Within(cut.First, cut.End) is not { } minor)
                continue;
            var isConversion = sale.IsFirstPaidWithin(cut.First, cut.End);
            if (minor != 0 || isConversion)
                yield return JourneyOf(world, sale, cut.LookBack, minor, isConversion);
        }
    }

    /// <summary>The journey that ended in a sale, with a value, and whether it counts as a conversion or only as money of one.</summary>
    private static Journey JourneyOf(JourneyWorld world, PaidSale sale, long lookBack, long minor, bool isConversion)
    {
        var conversions = isConversion ? 1 : 0;
        return world.Find(sale.InvoiceId) is { } at ? Cut(at.Book, at.Person, sale.SoldAt, lookBack, sale.InvoiceId, minor, conversions)
            : new(null, 0, sale.PersonId, 0, 0, sale.SoldAt, sale.InvoiceId, minor, conversions, sale.Erased ? UnattributedReason.NoConsent : UnattributedReason.NoTouch);
    }

    private static IEnumerable<Journey> Marks(JourneyWorld world, JourneyCut cut, HashSet<Guid>? only)
    {
        foreach (var (book, person) in world.Everybody())
        {
            if (only is not null && !only.Contains(book.People[person]))
                continue;
            var (from, count) = book.MarkRangeOf(person);
            for (var at = from; at < from + count; at++)
            {
                var mark = book.MarkAt(at);
                if (mark.Ticks < cut.First || mark.Ticks >= cut.End || !cut.IsEnd(mark) || (cut.Kind == ConversionKind.Booking && mark.Currency != cut.Currency))
                    continue;
                yield return Cut(book, person, mark.Ticks, cut.LookBack, mark.SubjectId, mark.Minor, 1);
            }
        }
    }

    private static Journey Cut(JourneyBook book, int person, long end, long lookBack, Guid subject, long minor, int conversions)
    {
        var (from, to) = book.Within(person, end - lookBack, end);
        UnattributedReason? reason = from < to ? null : ReasonOf(book.Whole ?? book, person, end - lookBack, end);
        return new(book, person, book.People[person], from, to, end, subject, minor, conversions, reason);
    }

    /// <param name="book">With all touches.</param>
    private static UnattributedReason ReasonOf(JourneyBook book, int person, long first, long end)
    {
        var (all, within) = (book.TouchesOf(person), book.Within(person, first, end));
        return !book.IsMeasured(person) ? UnattributedReason.NoConsent : within.From < within.To ? UnattributedReason.OnlyDirect : all.From == all.To ? UnattributedReason.NoTouch : UnattributedReason.OutsideLookBack;
    }

    /// <summary>
    /// Touches that no conversion follows within the look-back, from the last one backwards in pieces no longer than it: each is in one piece,
    /// and each piece belongs to the day of its last touch.
    /// </summary>
    private static void NullsOf(JourneyWorld world, JourneyCut cut, JourneyBook book, int person, List<NullJourney> nulls)
    {
        var (from, to) = book.TouchesOf(person);
        if (from == to || book.TouchedAt(to - 1) < cut.First)
            return;
        Span<long> ends = [];
        var marks = book.MarksOf(person);
        if (marks.Length > 0)
        {
            ends = new long[marks.Length];
            var count = 0;
            foreach (var mark in marks)
            {
                if (cut.IsEnd(mark) && (cut.Kind != ConversionKind.Paid || world.IsPaid(mark.SubjectId, cut.First, cut.End)))
                    ends[count++] = mark.Ticks;
            }

            ends = ends[..count];
        }

        for (var last = to - 1; last >= from;)
        {
            if (Leads(ends, book.TouchedAt(last), cut.LookBack))
            {
                last--;
                continue;
            }

            var (ended, first) = (book.TouchedAt(last), last);
            while (first > from && book.TouchedAt(first - 1) >= ended - cut.LookBack && !Leads(ends, book.TouchedAt(first - 1), cut.LookBack))
                first--;
            if (ended >= cut.First && ended < cut.End)
                nulls.Add(new(book, person, first, last + 1));
            if (ended < cut.First)
                return;
            last = first - 1;
        }
    }

    /// <summary>Whether a conversion follows within the look-back; ends are oldest first.</summary>
    private static bool Leads(ReadOnlySpan<long> ends, long touched, long lookBack)
    {
        foreach (var end in ends)
        {
            if (end >= touched)
                return end - touched <= lookBack;
        }

        return false;
    }
}

/// <summary>What is cut out of everybody's journeys; instants in ticks.</summary>
/// <param name="Kind">What journeys end in.</param>
/// <param name="First">Beginning of the period.</param>
/// <param name="End">Its end, left out.</param>
/// <param name="LookBack">How far before its end a touch may lie.</param>
/// <param name="Mode">Of bookings and sales.</param>
/// <param name="Currency">Of bookings and sales.</param>
/// <param name="AsOf">Of the snapshot, to tell which are still open.</param>
/// <param name="WithoutOpen">Those are left out.</param>
internal sealed record JourneyCut(ConversionKind Kind, long First, long End, long LookBack, Mode Mode, string Currency, long AsOf, bool WithoutOpen)
{
    /// <summary>A conversion may still follow within the look-back.</summary>
    public bool IsOpen(NullJourney journey) => journey.Book.TouchedAt(journey.To - 1) > AsOf - LookBack;

    public bool IsEnd(in JourneyMark mark) => Kind switch
    {
        ConversionKind.Lead => mark.Kind is MarkKind.Voice or MarkKind.Lead,
        ConversionKind.Qualified => mark.Kind == MarkKind.Qualified,
        ConversionKind.Booking => mark.Kind == MarkKind.Booking && mark.Mode == Mode,
        _ => mark.Kind == MarkKind.Sale && mark.Mode == Mode,
    };
}
