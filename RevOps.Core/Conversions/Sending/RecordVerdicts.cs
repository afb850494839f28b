using System.Globalization;

namespace RevOps.Core.Conversions.Sending;

/// <summary>What a platform's result of a request means for each of the conversions in it, by their places.</summary>
public static class RecordVerdicts
{
    /// <summary>Why a conversion stays received for good: some of its request were refused, and the platform does not say which.</summary>
    public const string Unnamed = "refused_some";

    /// <param name="count">How many conversions were in the request.</param>
    /// <param name="result">What the platform says of it.</param>
    /// <returns>One for each place.</returns>
    public static RecordVerdict[] Of(int count, RequestResult result)
    {
        var verdicts = new RecordVerdict?[count];
        foreach (var refusal in result.Refusals.Where(refusal => refusal.Count >= count && refusal.Positions is null or { Count: 0 }))
            Array.Fill(verdicts, RecordVerdict.Of(refusal));
        foreach (var refusal in result.Refusals)
        {
            foreach (var position in (refusal.Positions ?? []).Where(position => position >= 0 && position < count))
                verdicts[position] = RecordVerdict.Of(refusal);
        }

        var rest = RestOf(count, result);
        return [.. verdicts.Select(verdict => verdict ?? rest)];
    }

    /// <summary>Of those that are left, as many were refused as are not named: nobody here knows which.</summary>
    private static RecordVerdict RestOf(int count, RequestResult result)
    {
        var unnamed = result.Refusals.Where(refusal => refusal.Count < count && NamelessOf(refusal) > 0).ToList();
        var refused = unnamed.FindAll(refusal => refusal.Outcome != ChannelOutcome.Delivered);

        // Some of them may pass: all are sent again, and what the platform has it counts once by its id.
        if (refused.Where(refusal => refusal.RetryAfter is not null).MaxBy(refusal => refusal.RetryAfter) is { } again)
            return new(again.Outcome, again.Reason, InWords(count, refused), again.RetryAfter);

        // Where none was taken those that are left were not either, unless some of them are known from before.
        if (result.Answer.TookNone && refused.Count == unnamed.Count)
            return new(ChannelOutcome.Refused, result.Answer.Code, refused.Count == 0 ? "The platform took nothing of this request." : InWords(count, refused), null);
        return refused.Count == 0 && !result.Answer.TookNone ? new(ChannelOutcome.Delivered, null, result.Answer.Message, null) : new(ChannelOutcome.Received, Unnamed, InWords(count, refused), null);
    }

    /// <summary>For the request as a whole; null when nothing was refused.</summary>
    public static string? InWords(int count, RequestResult result) => result.Refusals.Count == 0
        ? null
        : string.Join(", ", result.Refusals.Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Reason} {Math.Min(refusal.Count, count)}")));

    private static string InWords(int count, List<RecordRefusal> unnamed) =>
        string.Join(' ', unnamed.Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{NamelessOf(refusal)} of the {count} conversions of this request were refused as {refusal.Reason}; the platform does not say which.")));

    private static int NamelessOf(RecordRefusal refusal) => refusal.Count - (refusal.Positions?.Count ?? 0);
}

/// <param name="Outcome">As <see cref="RecordRefusal.Outcome"/>; Received where it cannot be told.</param>
/// <param name="Reason">The platform's code.</param>
/// <param name="Message">In words.</param>
/// <param name="RetryAfter">When it is sent again; null: never.</param>
public sealed record RecordVerdict(ChannelOutcome Outcome, string? Reason, string? Message, TimeSpan? RetryAfter)
{
    public static RecordVerdict Of(RecordRefusal refusal) => new(refusal.Outcome, refusal.Reason, refusal.Outcome == ChannelOutcome.Delivered ? null : refusal.Message, refusal.RetryAfter);

    internal void Apply(Conversion conversion, DateTimeOffset now)
    {
        if (RetryAfter is { } wait)
        {
            conversion.Explain(Reason, Message);
            conversion.Queue(now + wait);
            return;
        }

        conversion.End(Outcome switch { ChannelOutcome.Delivered => ConversionStatus.Delivered, ChannelOutcome.Received => ConversionStatus.Received, _ => ConversionStatus.Rejected }, Reason, Message, now);
    }
}
