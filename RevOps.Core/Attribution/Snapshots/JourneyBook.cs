namespace RevOps.Core.Attribution.Snapshots;

/// <summary>
/// Everybody's touches and conversions in memory, never changed: about 13 bytes a touch and 30 a person. Touches and marks of a person stand
/// together, oldest first.
/// </summary>
internal sealed class JourneyBook
{
    private readonly int[] touchEnds;
    private readonly int[] markEnds;
    private readonly long[] touchAt;
    private readonly int[] touchSource;
    private readonly byte[] touchChannel;
    private readonly JourneyMark[] marks;
    private readonly bool[] measured;
    private int[]? touchCounts;
    private JourneyBook? withoutDirect;
    private Dictionary<(string Platform, string CampaignId), byte>? channelsOfCampaigns;

    private JourneyBook(Builder builder)
    {
        (Id, AsOf) = (builder.Id, builder.AsOf);
        (People, measured, touchEnds, markEnds) = ([.. builder.People], [.. builder.Measured], [.. builder.TouchEnds], [.. builder.MarkEnds]);
        (touchAt, touchSource, touchChannel, marks) = ([.. builder.TouchAt], [.. builder.TouchSource], [.. builder.TouchChannel], [.. builder.Marks]);
        Sources = [.. builder.Sources];
        Sales = builder.Sales;
    }

    /// <summary>The same people and conversions with some of the touches.</summary>
    private JourneyBook(JourneyBook whole, Func<byte, bool> keeps)
    {
        (Id, AsOf, People, measured, markEnds, marks, Sources, Sales, Whole) = (whole.Id, whole.AsOf, whole.People, whole.measured, whole.markEnds, whole.marks, whole.Sources, whole.Sales, whole);
        int[] kept = [.. Enumerable.Range(0, whole.Touches).Where(touch => keeps(whole.touchChannel[touch]))];
        (touchAt, touchSource, touchChannel) = (Array.ConvertAll(kept, touch => whole.touchAt[touch]), Array.ConvertAll(kept, touch => whole.touchSource[touch]), Array.ConvertAll(kept, touch => whole.touchChannel[touch]));
        touchEnds = new int[whole.touchEnds.Length];
        for (int person = 0, end = 0; person < touchEnds.Length; person++)
        {
            while (end < kept.Length && kept[end] < whole.touchEnds[person])
                end++;
            touchEnds[person] = end;
        }
    }

    /// <summary>The one that this is a part of; null of a whole one.</summary>
    public JourneyBook? Whole { get; }

    /// <summary>Without direct touches: always the same object.</summary>
    public JourneyBook WithoutDirect => LazyInitializer.EnsureInitialized(ref withoutDirect, () => new(this, channel => channel != ChannelNumber.Direct));

    /// <summary>Of the snapshot.</summary>
    public Guid Id { get; }

    public DateTimeOffset AsOf { get; }
    public IReadOnlyList<Guid> People { get; }
    public IReadOnlyList<TouchSource> Sources { get; }

    /// <summary>By invoice: the person and the mark.</summary>
    public IReadOnlyDictionary<Guid, (int Person, int Mark)> Sales { get; }

    public int Touches => touchAt.Length;

    public bool IsMeasured(int person) => measured[person];

    /// <summary>First and behind the last touch of a person.</summary>
    public (int From, int To) TouchesOf(int person) => (person == 0 ? 0 : touchEnds[person - 1], touchEnds[person]);

    public long TouchedAt(int touch) => touchAt[touch];

    public TouchSource SourceOf(int touch) => Sources[touchSource[touch]];

    public int SourceNumberOf(int touch) => touchSource[touch];

    public ReadOnlySpan<byte> PathOf(int from, int to) => touchChannel.AsSpan(from, to - from);

    public ReadOnlySpan<JourneyMark> MarksOf(int person) => marks.AsSpan(MarkRangeOf(person).From, MarkRangeOf(person).Count);

    public (int From, int Count) MarkRangeOf(int person)
    {
        var from = person == 0 ? 0 : markEnds[person - 1];
        return (from, markEnds[person] - from);
    }

    public JourneyMark MarkAt(int mark) => marks[mark];

    /// <summary>Of each campaign of a platform, the channel that most of its touches came by.</summary>
    public Dictionary<(string Platform, string CampaignId), byte> ChannelsOfCampaigns() => channelsOfCampaigns ??= Sources.Index()
        .Where(source => source.Item is { Platform: not null, CampaignId: not null })
        .GroupBy(source => (source.Item.Platform!, source.Item.CampaignId!))
        .ToDictionary(group => group.Key, group => group.GroupBy(source => ChannelNumber.Of(source.Item.Channel)).OrderByDescending(channel => channel.Sum(source => TouchCounts[source.Index])).ThenBy(channel => channel.Key).First().Key);

    private int[] TouchCounts
    {
        get
        {
            if (touchCounts is not null)
                return touchCounts;
            var counts = new int[Sources.Count];
            foreach (var source in touchSource)
                counts[source]++;
            return touchCounts = counts;
        }
    }

    /// <summary>Touches of a person from one instant to another, both included.</summary>
    public (int From, int To) Within(int person, long first, long last)
    {
        var (from, to) = TouchesOf(person);
        return (LowerBound(from, to, first), LowerBound(from, to, last + 1));
    }

    private int LowerBound(int from, int to, long ticks)
    {
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (touchAt[middle] < ticks)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    internal sealed class Builder(Guid id, DateTimeOffset asOf)
    {
        private readonly Dictionary<TouchSource, int> numbers = [];

        public Guid Id { get; } = id;
        public DateTimeOffset AsOf { get; } = asOf;
        public List<Guid> People { get; } = [];
        public List<bool> Measured { get; } = [];
        public List<int> TouchEnds { get; } = [];
        public List<long> TouchAt { get; } = [];
        public List<int> TouchSource { get; } = [];
        public List<byte> TouchChannel { get; } = [];
        public List<int> MarkEnds { get; } = [];
        public List<JourneyMark> Marks { get; } = [];
        public List<TouchSource> Sources { get; } = [];
        public Dictionary<Guid, (int Person, int Mark)> Sales { get; } = [];

        public void Add(PersonJourney person)
        {
            foreach (var touch in person.Touches)
            {
                if (!numbers.TryGetValue(touch.Source, out var number))
                {
                    numbers[touch.Source] = number = Sources.Count;
                    Sources.Add(touch.Source);
                }

                TouchAt.Add(touch.Ticks);
                TouchSource.Add(number);
                TouchChannel.Add(ChannelNumber.Of(touch.Source.Channel));
            }

            foreach (var mark in person.Marks)
            {
                // Of somebody who moved to another group while it was read, what was read last counts.
                if (mark.Kind == MarkKind.Sale)
                    Sales[mark.SubjectId] = (People.Count, Marks.Count);
                Marks.Add(mark);
            }

            People.Add(person.Id);
            Measured.Add(person.Measured);
            TouchEnds.Add(TouchAt.Count);
            MarkEnds.Add(Marks.Count);
        }

        public JourneyBook Build() => new(this);
    }
}
