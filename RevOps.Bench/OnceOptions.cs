using System.Globalization;

namespace RevOps.Bench;

/// <summary>How large a run is: <c>--bookings 60 --kills 5 --bulk 50 --seconds 20 --seed 7</c> is a small one.</summary>
internal sealed record OnceOptions
{
    /// <summary>Sold while everything fails.</summary>
    public int Bookings { get; init; } = 1_000;

    /// <summary>At least so often the product is killed.</summary>
    public int Kills { get; init; } = 50;

    public int Seed { get; init; } = 1;

    /// <summary>So long five bookings a second come in while nothing fails.</summary>
    public int Seconds { get; init; } = 60;

    /// <summary>So many drafts are approved in one go.</summary>
    public int Bulk { get; init; } = 1_000;

    /// <exception cref="FormatException">A word is not an option, or its value no number.</exception>
    public static OnceOptions Read(IReadOnlyList<string> words)
    {
        var options = new OnceOptions();
        for (var index = 0; index + 1 < words.Count; index += 2)
        {
            var value = int.Parse(words[index + 1], CultureInfo.InvariantCulture);
            options = words[index] switch
            {
                "--bookings" => options with { Bookings = value },
                "--kills" => options with { Kills = value },
                "--seed" => options with { Seed = value },
                "--seconds" => options with { Seconds = value },
                "--bulk" => options with { Bulk = value },
                var other => throw new FormatException($"'{other}' is not an option of this bench."),
            };
        }

        return options;
    }
}
