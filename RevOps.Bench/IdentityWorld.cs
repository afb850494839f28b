using System.Globalization;
using System.Text.Json;

namespace RevOps.Bench;

/// <summary>
/// People as a measurement needs them: it is known who is who. Each has one to three browsers and about five visits; four in ten say who they are,
/// on one browser or on each. The traps: phones that a family or a whole office shares, browsers that changed, addresses and numbers with a typing
/// error, which may be somebody else's. All live where nobody asks first, so that consent hides no mistake.
/// </summary>
/// <param name="people">How many.</param>
/// <param name="touches">How many in all.</param>
internal sealed class IdentityWorld(int people, int touches)
{
    private const int Seed = 20261127;
    private static readonly string[] FirstNames = ["anna", "bernard", "camille", "daniel", "elise", "fabien", "gabrielle", "hugo", "ines", "jules", "karine", "louis", "marie", "nicolas", "odile", "pierre"];
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Browsers and whose they are, in the order of the visits.</summary>
    public static string VisitorOf(int person, int device) => string.Create(CultureInfo.InvariantCulture, $"visitor-{person}-{device}");

    public int People => people;

    /// <summary>How many browsers somebody has: six in ten have one.</summary>
    public static int DevicesOf(int person) => new Random(Seed ^ person).NextDouble() switch { < 0.6 => 1, < 0.9 => 2, _ => 3 };

    public static bool IsKnown(int person) => Mix(person, 1) % 10 < 4;

    /// <summary>Events as their JSON data would come, one after the other.</summary>
    public IEnumerable<JsonElement> Events()
    {
        var random = new Random(Seed);
        var said = new HashSet<(int, int)>();
        for (var number = 0; number < touches; number++)
        {
            // Everybody comes once, then at random.
            var person = number < people ? number : random.Next(people);
            var device = random.Next(DevicesOf(person));
            var says = IsKnown(person) && (said.Add((person, device)) ? random.NextDouble() < 0.7 : random.NextDouble() < 0.05);
            yield return Event(number, person, device, says ? ContactOf(person, random) : null, random);
        }
    }

    private static JsonElement Event(int number, int person, int device, object? contact, Random random)
    {
        var data = new
        {
            visitorId = VisitorOf(person, device),
            source = "google",
            medium = "cpc",
            campaign = "spring",
            ad = new { platform = "google", campaignId = "77" },
            landingUrl = "https://agency.example/offer",
            clickIds = random.Next(3) == 0 ? new { gclid = $"Cj0K{number}" } : null,
            contact,
        };
        return JsonSerializer.SerializeToElement(new { specversion = "1.0", id = $"t-{number}", source = "bench", type = "revops.touch.v1", time = Start.AddSeconds(number * 7L).ToString("O", CultureInfo.InvariantCulture), data });
    }

    private object ContactOf(int person, Random random)
    {
        var email = random.NextDouble() < 0.8 ? $"{Mistyped(LettersOf(person), "abcdefghijklmnopqrstuvwxyz", random, 0.02)}@example.com" : null;
        var phone = random.NextDouble() < 0.5 || email is null ? $"+336{Mistyped(PhoneOf(person), "0123456789", random, 0.02)}" : null;
        var firstName = random.NextDouble() < 0.7 ? Mistyped(FirstNames[Mix(person, 4) % FirstNames.Length], "abcdefghijklmnopqrstuvwxyz", random, 0.02) : null;
        var reference = Mix(person, 2) % 10 < 2 && random.NextDouble() < 0.5 ? $"C-{person}" : null;
        return new { email, phone, firstName, @ref = reference, country = "US" };
    }

    /// <summary>Eight digits. One in twenty shares them with their family, one in a hundred with an office of forty.</summary>
    private string PhoneOf(int person)
    {
        var owner = (Mix(person, 3) % 100) switch { < 5 => person - (person % 3), < 6 => people + (person / 4_000), _ => person };
        return string.Create(CultureInfo.InvariantCulture, $"{Mix(owner, 5) % 100_000_000:D8}");
    }

    /// <summary>Eight letters: a wrong one is seldom somebody else's.</summary>
    private static string LettersOf(int person)
    {
        var rest = ((ulong)Mix(person, 6) << 25) | Mix(person, 7);
        return string.Create(8, rest, (letters, number) =>
        {
            for (var index = 0; index < letters.Length; index++, number /= 26)
                letters[index] = (char)('a' + (number % 26));
        }) + person.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Sometimes with another sign somewhere.</summary>
    private static string Mistyped(string text, string signs, Random random, double share)
    {
        if (random.NextDouble() >= share)
            return text;
        var chars = text.ToCharArray();
        chars[random.Next(Math.Min(8, chars.Length))] = signs[random.Next(signs.Length)];
        return new(chars);
    }

    private static uint Mix(int person, int salt) => ((((uint)person + 1) * 2_654_435_761u) ^ ((uint)salt * 40_503u)) * 2_246_822_519u >> 7;
}
