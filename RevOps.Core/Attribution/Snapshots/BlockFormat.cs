using System.Text;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>
/// A portion of people in few bytes: sources and currencies are named once, instants stand as the distance from the one before, numbers in as many
/// bytes as they need. About ten bytes a touch.
/// </summary>
public static class BlockFormat
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyList<PersonJourney> people)
    {
        var (sources, currencies) = (new Names<TouchSource>(people.SelectMany(person => person.Touches).Select(touch => touch.Source)), new Names<string>(people.SelectMany(person => person.Marks).Select(mark => mark.Currency)));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        WriteNames(writer, sources.Values, currencies.Values);
        writer.Write7BitEncodedInt(people.Count);
        foreach (var person in people)
        {
            writer.Write(person.Id.ToByteArray());
            writer.Write(person.Measured);
            WriteTouches(writer, person.Touches, sources);
            WriteMarks(writer, person.Marks, currencies);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">Written by another version.</exception>
    public static IEnumerable<PersonJourney> Read(byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        if (reader.ReadByte() is var version && version != Version)
            throw new InvalidDataException($"A block of version {version} was to be read: {Version} is expected.");
        var sources = new TouchSource[reader.Read7BitEncodedInt()];
        for (var index = 0; index < sources.Length; index++)
            sources[index] = new(reader.ReadString(), ReadText(reader), ReadText(reader), ReadText(reader));
        var currencies = new string[reader.Read7BitEncodedInt()];
        for (var index = 0; index < currencies.Length; index++)
            currencies[index] = reader.ReadString();

        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            yield return new(new(reader.ReadBytes(16)), reader.ReadBoolean(), ReadTouches(reader, sources), ReadMarks(reader, currencies));
    }

    private static void WriteNames(BinaryWriter writer, IReadOnlyList<TouchSource> sources, IReadOnlyList<string> currencies)
    {
        writer.Write7BitEncodedInt(sources.Count);
        foreach (var source in sources)
        {
            writer.Write(source.Channel);
            WriteText(writer, source.Platform);
            WriteText(writer, source.CampaignId);
            WriteText(writer, source.Campaign);
        }

        writer.Write7BitEncodedInt(currencies.Count);
        foreach (var currency in currencies)
            writer.Write(currency);
    }

    private static void WriteTouches(BinaryWriter writer, IReadOnlyList<JourneyTouch> touches, Names<TouchSource> sources)
    {
        writer.Write7BitEncodedInt(touches.Count);
        var last = DateTime.UnixEpoch.Ticks;
        foreach (var touch in touches)
        {
            writer.Write7BitEncodedInt64(touch.Ticks - last);
            writer.Write7BitEncodedInt(sources.IndexOf(touch.Source));
            last = touch.Ticks;
        }
    }

    private static void WriteMarks(BinaryWriter writer, IReadOnlyList<JourneyMark> marks, Names<string> currencies)
    {
        writer.Write7BitEncodedInt(marks.Count);
        var last = DateTime.UnixEpoch.Ticks;
        foreach (var mark in marks)
        {
            writer.Write7BitEncodedInt64(mark.Ticks - last);
            writer.Write((byte)mark.Kind);
            writer.Write(mark.SubjectId.ToByteArray());
            writer.Write((byte)mark.Mode);
            writer.Write7BitEncodedInt(currencies.IndexOf(mark.Currency));
            writer.Write7BitEncodedInt64(mark.Minor);
            last = mark.Ticks;
        }
    }

    private static JourneyTouch[] ReadTouches(BinaryReader reader, TouchSource[] sources)
    {
        var (touches, last) = (new JourneyTouch[reader.Read7BitEncodedInt()], DateTime.UnixEpoch.Ticks);
        for (var index = 0; index < touches.Length; index++)
            touches[index] = new(last += reader.Read7BitEncodedInt64(), sources[reader.Read7BitEncodedInt()]);
        return touches;
    }

    private static JourneyMark[] ReadMarks(BinaryReader reader, string[] currencies)
    {
        var (marks, last) = (new JourneyMark[reader.Read7BitEncodedInt()], DateTime.UnixEpoch.Ticks);
        for (var index = 0; index < marks.Length; index++)
            marks[index] = new(last += reader.Read7BitEncodedInt64(), (MarkKind)reader.ReadByte(), new(reader.ReadBytes(16)), (Platform.Mode)reader.ReadByte(), currencies[reader.Read7BitEncodedInt()], reader.Read7BitEncodedInt64());
        return marks;
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private sealed class Names<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> indexes = [];
        private readonly List<T> values = [];

        public Names(IEnumerable<T> all)
        {
            foreach (var value in all)
            {
                if (indexes.TryAdd(value, values.Count))
                    values.Add(value);
            }
        }

        public IReadOnlyList<T> Values => values;

        public int IndexOf(T value) => indexes[value];
    }
}
