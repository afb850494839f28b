using System.Globalization;
using System.Numerics;

namespace RevOps.Bench;

/// <summary>
/// Journeys that anybody can make again, byte for byte: twenty channels, 5.3 touches on average, every tenth converts. All lots come from
/// splitmix64 in a fixed order, as in the generator that other tools were measured with.
/// </summary>
internal sealed class SyntheticJourneys(ulong seed)
{
    private const int MostTouches = 60;

    private static readonly string[] Names =
    [
        "google_cpc", "facebook_paid", "direct", "organic_google", "email", "instagram_paid", "referral", "youtube", "bing_cpc", "tiktok",
        "display", "affiliate", "voice_call", "sms", "linkedin", "retargeting", "pmax", "organic_bing", "partner", "qr_offline",
    ];

    private static readonly double[] Cumulative = Zipf();

    private readonly int[] path = new int[MostTouches];
    private ulong state = seed;

    /// <summary>Header and rows, lines ended by LF.</summary>
    public void Write(TextWriter writer, long journeys)
    {
        writer.Write("path;total_conversions;total_conversion_value;total_null\n");
        for (var journey = 0L; journey < journeys; journey++)
        {
            var (touches, chance) = Walk();
            for (var at = 0; at < touches; at++)
            {
                if (at > 0)
                    writer.Write(" > ");
                writer.Write(Names[path[at]]);
            }

            if (Next() >= chance)
            {
                writer.Write(";0;0;1\n");
                continue;
            }

            var u = Next();
            writer.Write(string.Create(CultureInfo.InvariantCulture, $";1;{20 + (180 * u * u * u):F2};0\n"));
        }
    }

    /// <summary>Touches of one journey, and its chance to convert.</summary>
    private (int Touches, double Chance) Walk()
    {
        var (channel, touches, pair, seen) = (Drawn(Next()), 1, false, 0u);
        path[0] = channel;
        while (Next() >= 0.19 && touches < MostTouches)
        {
            var u = Next();
            var next = u < 0.25 ? channel : u < 0.40 ? ((7 * channel) + 3) % Names.Length : (Drawn(Next()) + (3 * channel)) % Names.Length;
            pair |= channel == 2 && next == 0;
            path[touches++] = channel = next;
        }

        for (var at = 0; at < touches; at++)
            seen |= 1u << path[at];

        // Added in this order: another one rounds otherwise.
        var chance = 0.02 + (0.01 * Math.Min(touches, 6)) + (pair ? 0.05 : 0);
        for (; seen != 0; seen &= seen - 1)
            chance += 0.004 * (BitOperations.TrailingZeroCount(seen) * 5 % 7);
        return (touches, Math.Min(chance, 0.9));
    }

    private static int Drawn(double u)
    {
        var channel = 0;
        while (u >= Cumulative[channel])
            channel++;
        return channel;
    }

    private double Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1ul << 53));
    }

    private static double[] Zipf()
    {
        var weights = Enumerable.Range(1, Names.Length).Select(rank => 1 / Math.Pow(rank, 0.8)).ToArray();
        var (total, sum) = (weights.Sum(), 0.0);
        var cumulative = Array.ConvertAll(weights, weight => sum += weight / total);
        cumulative[^1] = 1;
        return cumulative;
    }
}
