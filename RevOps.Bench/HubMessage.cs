using System.Buffers.Binary;
using System.Text;

namespace RevOps.Bench;

/// <summary>
/// A message of SignalR's hub protocol in MessagePack, as far as Blazor uses it: an array whose first element says the kind; before it, its
/// length in seven-bit groups. See docs/specs/HubProtocol.md in dotnet/aspnetcore.
/// </summary>
internal static class HubMessage
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Ping = 6;
    public const int Close = 7;

    public static byte[] Call(string target, string? id, params object?[] arguments) => Frame([Invocation, Headers, id, target, arguments, Array.Empty<object?>()]);

    public static byte[] KeepAlive() => Frame([Ping]);

    /// <summary>The messages of one frame of the socket.</summary>
    public static IEnumerable<object?[]> Read(ReadOnlyMemory<byte> frame)
    {
        while (frame.Length > 0)
        {
            var (length, shift, at) = (0, 0, 0);
            byte next;
            do
            {
                next = frame.Span[at++];
                length |= (next & 0x7F) << shift;
                shift += 7;
            }
            while (next >= 0x80);

            yield return (object?[])new Reader(frame.Slice(at, length)).Value()!;
            frame = frame[(at + length)..];
        }
    }

    private static readonly Dictionary<string, object?> Headers = [];

    private static byte[] Frame(object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var frame = new MemoryStream();
        for (var left = (int)body.Length; ; left >>= 7)
        {
            frame.WriteByte((byte)(left >= 0x80 ? left | 0x80 : left));
            if (left < 0x80)
                break;
        }

        body.WriteTo(frame);
        return frame.ToArray();
    }

    private static void Write(Stream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xC0);
                break;
            case bool flag:
                to.WriteByte((byte)(flag ? 0xC3 : 0xC2));
                break;
            case int number:
                Write(to, (long)number);
                break;
            case long number:
                to.WriteByte(0xD3);
                WriteBig(to, (ulong)number, 8);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.WriteByte(0xDB);
                WriteBig(to, (ulong)bytes.Length, 4);
                to.Write(bytes);
                break;
            case object?[] items:
                to.WriteByte(0xDC);
                WriteBig(to, (ulong)items.Length, 2);
                foreach (var item in items)
                    Write(to, item);
                break;
            case Dictionary<string, object?> { Count: 0 }:
                to.WriteByte(0x80);
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void WriteBig(Stream to, ulong number, int bytes)
    {
        for (var shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            to.WriteByte((byte)(number >> shift));
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        private int at;

        public object? Value()
        {
            var kind = bytes.Span[at++];
            return kind switch
            {
                < 0x80 => (long)kind,
                < 0x90 => Map(kind & 0x0F),
                < 0xA0 => Items(kind & 0x0F),
                < 0xC0 => Text(kind & 0x1F),
                0xC0 => null,
                0xC2 => false,
                0xC3 => true,
                0xC4 => Take((int)Number(1)),
                0xC5 => Take((int)Number(2)),
                0xC6 => Take((int)Number(4)),
                0xCA => (double)BinaryPrimitives.ReadSingleBigEndian(Take(4).Span),
                0xCB => BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span),
                0xCC => Number(1),
                0xCD => Number(2),
                0xCE => Number(4),
                0xCF => Number(8),
                0xD0 => (long)(sbyte)Number(1),
                0xD1 => (long)(short)Number(2),
                0xD2 => (long)(int)Number(4),
                0xD3 => Number(8),
                0xD9 => Text((int)Number(1)),
                0xDA => Text((int)Number(2)),
                0xDB => Text((int)Number(4)),
                0xDC => Items((int)Number(2)),
                0xDD => Items((int)Number(4)),
                0xDE => Map((int)Number(2)),
                >= 0xE0 => (long)(sbyte)kind,
                _ => throw new NotSupportedException($"MessagePack {kind:X2}"),
            };
        }

        private long Number(int count)
        {
            var number = 0L;
            foreach (var one in Take(count).Span)
                number = (number << 8) | one;
            return number;
        }

        private string Text(int count) => Encoding.UTF8.GetString(Take(count).Span);

        private object?[] Items(int count)
        {
            var items = new object?[count];
            for (var index = 0; index < count; index++)
                items[index] = Value();
            return items;
        }

        private Dictionary<string, object?> Map(int count)
        {
            var map = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var index = 0; index < count; index++)
                map[(string)Value()!] = Value();
            return map;
        }

        private ReadOnlyMemory<byte> Take(int count)
        {
            var taken = bytes.Slice(at, count);
            at += count;
            return taken;
        }
    }
}
