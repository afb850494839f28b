using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace RevOps.Bench;

/// <summary>
/// Numbers the channels of a file as they are first met. A short name is found by one comparison of sixteen bytes, at the place that a
/// multiplication gives. A name is known with and without the blank that may follow it, so that nobody has to look for its end.
/// </summary>
internal sealed class ChannelNames
{
    private const int Slots = 4_096;

    private readonly Vector128<byte>[] keys = new Vector128<byte>[Slots];
    private readonly byte[] signs = new byte[Slots];
    private readonly Dictionary<string, byte> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    /// <param name="direct">Name of the channel that is direct: the first number is kept for it.</param>
    public ChannelNames(string direct) => Number(direct);

    public IReadOnlyList<string> Names => names;

    /// <summary>Whether the file holds the channel that is direct.</summary>
    public bool HasDirect { get; private set; }

    /// <summary>The number of the channel plus 1.</summary>
    /// <param name="text">Sixteen bytes at least, of which the name and a blank are the first.</param>
    /// <param name="length">Of the name and the blank.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte SignOf(ref byte text, int length)
    {
        if (length <= Vector128<byte>.Count)
        {
            var key = Vector128.LoadUnsafe(ref text) & Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));
            var slot = SlotOf(key);
            if (keys[slot] == key && signs[slot] is > 0 and var sign)
                return sign;
        }

        return Look(MemoryMarshal.CreateReadOnlySpan(ref text, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(Vector128<byte> key)
    {
        var (low, high) = (key.AsUInt64().ToScalar(), key.AsUInt64().GetElement(1));
        return (int)(((low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> (64 - 12));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte Look(ReadOnlySpan<byte> text)
    {
        var sign = (byte)(Number(Encoding.UTF8.GetString(text).Trim(' ', '"')) + 1);
        HasDirect |= sign == 1;
        if (text.Length > Vector128<byte>.Count)
            return sign;

        // Of two names at one place the first one keeps it; the other is looked up here each time.
        Span<byte> padded = stackalloc byte[Vector128<byte>.Count];
        text.CopyTo(padded);
        var key = Vector128.Create<byte>(padded);
        if (signs[SlotOf(key)] == 0)
            (keys[SlotOf(key)], signs[SlotOf(key)]) = (key, sign);
        return sign;
    }

    private byte Number(string name)
    {
        if (name.Length == 0 || name.Contains('\n', StringComparison.Ordinal))
            throw new FormatException("A path holds a channel without a name, or a row has no fields after its path.");
        if (numbers.TryGetValue(name, out var number))
            return number;
        if (names.Count == byte.MaxValue)
            throw new FormatException("More than 255 channels.");
        names.Add(name);
        return numbers[name] = (byte)(names.Count - 1);
    }
}
