using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RevOps.Bench;

/// <summary>
/// Reads a file of journeys in large pieces, each into one block: <c>path;total_conversions;total_conversion_value;total_null</c>, channels
/// joined by " > ", rows of one journey or of many. A header is known by its second field, which is no number.
/// </summary>
internal sealed class JourneyText(string file, ChannelNames names)
{
    /// <summary>Values are read to six places.</summary>
    public const long Unit = 1_000_000;

    private const int Piece = 1 << 18;

    // What a vector may read beyond the end.
    private const int Beyond = 64;

    // A touch takes two signs' worth of text at least, and so does the end of a row.
    private readonly JourneyBlock block = new((2 * Piece) + Beyond);
    private readonly byte[] text = new byte[(2 * Piece) + Beyond];
    private long line;

    /// <summary>The same block each time, with other journeys.</summary>
    public IEnumerable<JourneyBlock> Blocks()
    {
        using var handle = File.OpenHandle(file, options: FileOptions.SequentialScan);
        var (kept, offset) = (0, 0L);
        while (true)
        {
            var read = Fill(handle, kept, offset);
            offset += read;
            var filled = kept + read;
            if (read == 0 && kept > 0 && text[filled - 1] != '\n')
                text[filled++] = (byte)'\n';
            var whole = text.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            block.Clear();
            Read(whole);
            if (block.Journeys > 0)
                yield return block;
            if (read == 0)
                yield break;
            kept = filled - whole;
            text.AsSpan(whole, kept).CopyTo(text);
        }
    }

    private int Fill(SafeFileHandle handle, int kept, long offset)
    {
        if (kept > Piece)
            throw new FormatException($"The line after line {line} is longer than {Piece} bytes.");
        return RandomAccess.Read(handle, text.AsSpan(kept, Piece), offset);
    }

    private void Read(int end)
    {
        try
        {
            Parse(end);
        }
        catch (FormatException error)
        {
            throw new FormatException($"Line {line}: {error.Message}", error);
        }
    }

    /// <summary>Rows of which all is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Parse(int end)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(text);
        var (at, signs, written) = (0, block.Signs, 1);
        if (line == 0)
            at = SkipHeader(end);
        while (at < end)
        {
            line++;
            var first = written;
            if (text[at] is (byte)'\n' or (byte)'\r')
            {
                // An empty line is no journey.
                at += text[at] == '\r' ? 2 : 1;
                continue;
            }

            if (text[at] != ';')
                at = ParsePath(ref start, at, signs, ref written);
            signs[written++] = 0;

            // ";0;0;1\n", as most rows end.
            if ((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)) & 0xFF_FFFF_FFFF_FFFF) == 0x0A_313B_303B_303B)
            {
                at += 7;
                block.Journeys++;
            }
            else
            {
                at = ParseOutcome(at, first, written - 1 - first);
            }
        }

        block.Length = written;
    }

    /// <summary>To the semicolon after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ParsePath(ref byte start, int at, byte[] signs, ref int written)
    {
        while (true)
        {
            var length = LengthOf(ref Unsafe.Add(ref start, at));
            signs[written++] = names.SignOf(ref Unsafe.Add(ref start, at), length);
            at += length;
            if (Unsafe.Add(ref start, at) == ';')
                return at;
            at += 2;
        }
    }

    /// <summary>Of a name and the blank after it: up to ';', or to the '>' of " > ".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LengthOf(ref byte text)
    {
        var vector = Vector256.LoadUnsafe(ref text);
        var blank = Vector256.Equals(vector, Vector256.Create((byte)' ')).ExtractMostSignificantBits();
        var arrow = Vector256.Equals(vector, Vector256.Create((byte)'>')).ExtractMostSignificantBits();
        var semicolon = Vector256.Equals(vector, Vector256.Create((byte)';')).ExtractMostSignificantBits();
        var ends = (arrow & (blank << 1) & (blank >> 1)) | semicolon;
        return ends != 0 ? BitOperations.TrailingZeroCount(ends) : LengthOfLong(ref text);
    }

    private static int LengthOfLong(ref byte text)
    {
        for (var length = 1; ; length++)
        {
            var sign = Unsafe.Add(ref text, length);
            if (sign == ';' || (sign == '>' && Unsafe.Add(ref text, length - 1) == ' ' && Unsafe.Add(ref text, length + 1) == ' '))
                return length;
            if (sign == '\n')
                throw new FormatException("A row without its four fields.");
        }
    }

    /// <summary>To the end of the row; where it is not plain.</summary>
    private int ParseOutcome(int at, int first, int touches)
    {
        ReadOnlySpan<byte> row = text.AsSpan(at);
        row = row[..row.IndexOf((byte)'\n')];
        var next = at + row.Length + 1;
        row = row.TrimEnd((byte)'\r');
        var (conversions, value, nulls) = ((int)(JourneyField.Next(ref row) / Unit), JourneyField.Next(ref row), (int)(JourneyField.Next(ref row) / Unit));
        block.Rows.Add(new(first, touches, conversions, nulls, value));
        block.Journeys += conversions + nulls;
        return next;
    }

    private int SkipHeader(int end)
    {
        var length = text.AsSpan(0, end).IndexOf((byte)'\n') + 1;
        var fields = Encoding.UTF8.GetString(text.AsSpan(0, length)).Split(';');
        if (fields.Length < 2 || double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return 0;
        line = 1;
        return length;
    }
}
