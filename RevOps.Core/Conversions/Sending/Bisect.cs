namespace RevOps.Core.Conversions.Sending;

/// <summary>What became of a request that is taken as a whole or not at all.</summary>
public enum Verdict
{
    Taken = 0,
    Refused = 1,

    /// <summary>Nobody knows yet: the platform takes nothing just now, or what is left was not sent.</summary>
    Undecided = 2,
}

/// <summary>
/// Finds those for whose sake a platform refuses all that travels with them: what was refused is halved until each culprit stands alone,
/// and the rest has been taken on the way. For k culprits among n that takes at most 2·k·log2(n) + 1 calls, in whichever order and however
/// many at a time they are made. Where the platform names places, those are asked alone, or not at all, and the rest needs no halving.
/// </summary>
public sealed class Bisect
{
    private readonly Queue<Part> open = [];

    /// <param name="count">How many there are.</param>
    public Bisect(int count)
    {
        if (count > 0)
            open.Enqueue(new([.. Enumerable.Range(0, count)], null, 0));
    }

    /// <summary>The next one to be asked; null: none until those that were taken are answered, or none at all.</summary>
    public Part? Next() => open.TryDequeue(out var part) ? part : null;

    /// <param name="part">That was asked.</param>
    /// <param name="verdict">The answer.</param>
    /// <param name="known">Places of which the refusal says that they are culprits: they are not asked any more.</param>
    /// <param name="suspects">Places that it names and that are to be asked alone.</param>
    public void Tell(Part part, Verdict verdict, IReadOnlyCollection<int>? known = null, IReadOnlyCollection<int>? suspects = null)
    {
        if (part.Then is { } other)
            TellOther(other, verdict);
        if (verdict == Verdict.Refused && part.Places.Count > 1)
            Divide(part, [.. (known ?? []).Where(part.Places.Contains)], [.. (suspects ?? []).Where(part.Places.Contains)]);
    }

    /// <summary>The half that waited: where the one before was taken, it holds the culprit, and to ask for it would tell nothing.</summary>
    private void TellOther(Part other, Verdict verdict)
    {
        if (verdict == Verdict.Taken && other.Places.Count > 1)
            Halve(other, isBad: true);
        else if (verdict != Verdict.Undecided)
            open.Enqueue(other);
    }

    private void Divide(Part part, HashSet<int> known, HashSet<int> suspects)
    {
        if (known.Count + suspects.Count == 0)
        {
            Halve(part, isBad: true);
            return;
        }

        foreach (var suspect in suspects)
            open.Enqueue(new([suspect], null, 0));

        // One call takes out all that is named. A platform that names the first it meets each time is asked for halves, or each would cost a call for all.
        var rest = part.Places.Where(place => !known.Contains(place) && !suspects.Contains(place)).ToList();
        if (rest.Count > 1 && part.Named > 0)
            Halve(new(rest, null, part.Named + 1), isBad: false);
        else if (rest.Count > 0)
            open.Enqueue(new(rest, null, part.Named + 1));
    }

    /// <summary>The smaller half first. Where one of them is known to be bad, the other waits for what becomes of it.</summary>
    private void Halve(Part part, bool isBad)
    {
        var middle = part.Places.Count / 2;
        Part first = new([.. part.Places.Take(middle)], null, part.Named), second = new([.. part.Places.Skip(middle)], null, part.Named);
        open.Enqueue(isBad ? first with { Then = second } : first);
        if (!isBad)
            open.Enqueue(second);
    }

    /// <param name="Places">Of those that are asked together, in their order.</param>
    /// <param name="Then">The other half, which waits for what becomes of this one.</param>
    /// <param name="Named">How often the platform named some of those that travelled with it.</param>
    public sealed record Part(IReadOnlyList<int> Places, Part? Then, int Named);
}
