namespace RevOps.Core.Attribution.Models;

/// <summary>Reads the counted places of <see cref="WindowCounts"/> as moves between states.</summary>
internal sealed class PlaceReader(int channels, int order, Tally places, Tally conversions, Tally value)
{
    /// <summary>Where a short window has no touch.</summary>
    public const byte NoChannel = byte.MaxValue;

    private readonly ulong width = (ulong)channels + 1;

    public int Channels => channels;

    public int Order => order;

    /// <summary>Codes of windows are below this.</summary>
    public ulong Windows { get; } = Enumerable.Repeat((ulong)channels + 1, order).Aggregate(1ul, (product, digit) => product * digit);

    /// <summary>From which window to which, or where a journey began, null; never from one to itself.</summary>
    public IEnumerable<(ulong? From, ulong To, long Journeys)> Moves()
    {
        foreach (var (code, journeys) in places.Entries())
        {
            var (before, window) = (code / width, code % Windows);
            if (code % width == 0)
            {
                // The end of a journey, whose other touches are all here only if it was shorter than a window.
                if (Journey(before) is > 0 and var whole && whole < Windows / width)
                    yield return (null, whole, journeys);
            }
            else if (Journey(window) == window && window >= Windows / width)
            {
                if (code == window)
                    yield return (null, window, journeys);
                else if (before != window)
                    yield return (before, window, journeys);
            }
        }
    }

    public (long Conversions, long Value) EndOf(ulong window) => (conversions.At(window), value.At(window));

    public void Window(ulong code, Span<byte> window)
    {
        for (var at = order - 1; at >= 0; at--, code /= width)
            window[at] = code == 0 ? NoChannel : (byte)((code % width) - 1);
    }

    /// <summary>The touches after the last edge in a window: all of it where there is none.</summary>
    private ulong Journey(ulong window)
    {
        for (var place = 1ul; place < Windows; place *= width)
        {
            if (window / place % width == 0)
                return window % place;
        }

        return window;
    }
}
