namespace RevOps.Core.Conversions.Sending;

/// <summary>What became of a request that is taken as a whole or not at all.</summary>
public enum Verdict
{
    Taken = 0,
    Refused = 1,

    /// <summary>Nobody knows yet: the platform takes nothing just now, and what is left was not sent.</summary>
    Undecided = 2,
}

/// <summary>
/// Finds those for whose sake a platform refuses all that travels with them: what was refused is halved until each culprit stands alone,
/// and the rest has been taken on the way. For k culprits among n that takes at most 2·k·log2(n) + 1 calls.
/// </summary>
public static class Bisect
{
    /// <param name="count">How many there are.</param>
    /// <param name="send">Sends those from the first to before the second place.</param>
    /// <returns>Per place.</returns>
    public static async Task<Verdict[]> RunAsync(int count, Func<int, int, Task<Verdict>> send)
    {
        var verdicts = new Verdict[count];
        Array.Fill(verdicts, Verdict.Undecided);
        if (count > 0)
            await ResolveAsync(verdicts, send, 0, count, isBad: false);
        return verdicts;
    }

    /// <param name="verdicts">Written as they become known.</param>
    /// <param name="send">See above.</param>
    /// <param name="from">The first place.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="isBad">Known to hold a culprit: to ask would tell nothing. One alone is asked all the same, for the reason.</param>
    private static async Task<Verdict> ResolveAsync(Verdict[] verdicts, Func<int, int, Task<Verdict>> send, int from, int to, bool isBad)
    {
        var size = to - from;
        var verdict = isBad && size > 1 ? Verdict.Refused : await send(from, to);
        if (verdict != Verdict.Refused || size == 1)
        {
            Array.Fill(verdicts, verdict, from, size);
            return verdict;
        }

        // The smaller half first: when it is taken, the larger one needs no asking.
        var middle = from + (size / 2);
        var first = await ResolveAsync(verdicts, send, from, middle, isBad: false);
        return first == Verdict.Undecided || await ResolveAsync(verdicts, send, middle, to, isBad: first == Verdict.Taken) == Verdict.Undecided ? Verdict.Undecided : Verdict.Refused;
    }
}
