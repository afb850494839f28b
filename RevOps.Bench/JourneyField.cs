using System.Buffers.Text;

namespace RevOps.Bench;

/// <summary>The numbers of a row, most of them short.</summary>
internal static class JourneyField
{
    /// <summary>A number after a semicolon, in units of <see cref="JourneyText.Unit"/>.</summary>
    public static long Next(ref ReadOnlySpan<byte> row)
    {
        var (at, number, scale, isFraction) = (1, 0L, JourneyText.Unit, false);
        for (; at < row.Length && scale > 0; at++)
        {
            if (char.IsAsciiDigit((char)row[at]))
                (number, scale) = ((number * 10) + row[at] - '0', isFraction ? scale / 10 : scale);
            else if (row[at] == '.' && !isFraction)
                isFraction = true;
            else
                break;
        }

        // Signs, exponents, more places, and all that is no number.
        if (row.IsEmpty || row[0] != ';' || at is 1 or > 12 || scale == 0 || (at < row.Length && row[at] != ';'))
            return Other(ref row);
        row = row[at..];
        return number * scale;
    }

    private static long Other(ref ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] != ';' || !Utf8Parser.TryParse(row[1..], out double number, out var used))
            throw new FormatException("path;total_conversions;total_conversion_value;total_null is expected.");
        row = row[(1 + used)..];
        return (long)Math.Round(number * JourneyText.Unit);
    }
}
