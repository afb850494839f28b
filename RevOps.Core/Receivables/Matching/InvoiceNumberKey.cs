using System.Text;

namespace RevOps.Core.Receivables.Matching;

/// <summary>
/// An invoice number as people and banks write it: "F-2026-0042", "F2026 42" and "f20260042" are one. A number is a row of letters and digits
/// runs, compared without what stands between them, and digits also without their leading zeros.
/// </summary>
internal static class InvoiceNumberKey
{
    // A bare "42" in a text is no invoice number.
    private const int FewestDigits = 3;

    /// <summary>The two keys of a number: as it stands, and without leading zeros.</summary>
    public static IEnumerable<string> Of(string number)
    {
        var runs = Runs(number);
        return new[] { string.Concat(runs), Key(runs) }.Distinct(StringComparer.Ordinal).Where(key => key.Count(char.IsAsciiDigit) >= FewestDigits);
    }

    /// <summary>Of how many runs a number consists: "F-2026-0042" of three, a prefix of Stripe's own of up to nine.</summary>
    public static int RunsOf(string number) => Runs(number).Count;

    /// <summary>Every key that a text may mean.</summary>
    /// <param name="most">No number has more runs.</param>
    public static IEnumerable<string> In(string text, int most)
    {
        var runs = Runs(text);
        for (var from = 0; from < runs.Count; from++)
        {
            for (var count = 1; count <= most && from + count <= runs.Count; count++)
            {
                var some = runs.GetRange(from, count);
                yield return string.Concat(some);
                yield return Key(some);
            }
        }
    }

    private static string Key(List<string> runs) => string.Join('|', runs.Select(run => char.IsAsciiDigit(run[0]) ? run.TrimStart('0') : run));

    private static List<string> Runs(string text)
    {
        var (runs, run) = (new List<string>(), new StringBuilder());
        foreach (var sign in text.Normalize(NormalizationForm.FormD).ToUpperInvariant())
        {
            var isPart = char.IsAsciiLetterOrDigit(sign);
            if (run.Length > 0 && (!isPart || char.IsAsciiDigit(sign) != char.IsAsciiDigit(run[^1])))
            {
                runs.Add(run.ToString());
                run.Clear();
            }

            if (isPart)
                run.Append(sign);
        }

        if (run.Length > 0)
            runs.Add(run.ToString());
        return runs;
    }
}
