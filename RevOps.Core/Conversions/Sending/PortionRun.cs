namespace RevOps.Core.Conversions.Sending;

/// <summary>Sends one portion: as one request, and where that is refused, in ever smaller ones until each culprit stands alone.</summary>
/// <param name="store">Where each step is written down before the next.</param>
/// <param name="channel">The platform.</param>
/// <param name="portion">What is due.</param>
/// <param name="clock">The business clock.</param>
internal sealed class PortionRun(PortionStore store, IConversionChannel channel, Portion portion, TimeProvider clock)
{
    // So many, each refused by itself and for the same reason while nothing is taken: it is not they who are wrong.
    private const int TooManyAlike = 20;

    // Half-way to the culprits a platform that stumbles is asked again a few times, or the way would be gone for nothing.
    private static readonly TimeSpan[] Patience = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly List<ConversionBatch> concluded = [];
    private List<PortionItem> going = [];
    private ConversionBatch? begun;
    private string envelope = "";
    private bool anyTaken;

    /// <summary>Why the platform takes nothing at present; null: nothing is known against it.</summary>
    public ChannelAnswer? Stop { get; private set; }

    /// <summary>What was overtaken by something else is left as it is, to be read anew.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (portion.Items.Any(item => item.Intent == Intent.Send))
            envelope = channel.Envelope(portion.Name ?? "");
        if (await store.BeginAsync(portion, count => begun = NewBatch(count), cancel) is not { Count: > 0 } some)
            return;

        going = some;
        await Bisect.RunAsync(going.Count, (from, to) => CallAsync(from, to, cancel));
        await store.SaveAsync(Untold(isEnd: true), Stop is null ? [] : going.FindAll(item => item.Answer is null), concluded, null, cancel);
    }

    private async Task<Verdict> CallAsync(int from, int to, CancellationToken cancel)
    {
        var items = going.GetRange(from, to - from);
        var batch = await RecordAsync(items, cancel);
        var answer = await InsistAsync(batch, items, cancel);
        foreach (var item in items)
            (item.Batch, item.Sendings) = (batch, item.Sendings + batch.Attempts);
        concluded.Add(batch);
        switch (answer.Outcome)
        {
            case ChannelOutcome.Delivered or ChannelOutcome.Received:
                items.ForEach(item => item.Answer = answer);
                anyTaken = true;
                return Verdict.Taken;
            case ChannelOutcome.Refused:
                return items.Count > 1 ? Verdict.Refused : RefuseOne(items[0], answer);
            default:
                Stop = answer;
                return Verdict.Undecided;
        }
    }

    private Verdict RefuseOne(PortionItem item, ChannelAnswer answer)
    {
        item.Answer = answer;
        if (answer.Body.Length > 0)
            item.SealedAnswer = SealAnswer(item, answer.Body);
        if (answer.NamesEvent || anyTaken || going.Count(other => other.Answer?.Code == answer.Code) < TooManyAlike)
            return Verdict.Refused;

        // They are not rejected for it: they wait until somebody has looked.
        going.FindAll(other => !other.IsTold).ForEach(other => other.Answer = null);
        Stop = answer with { Outcome = ChannelOutcome.ConnectionBroken };
        return Verdict.Undecided;
    }

    /// <summary>Null of whoever was forgotten meanwhile.</summary>
    private byte[]? SealAnswer(PortionItem item, string body) =>
        portion.Facts.Ring.IsStale ? null : portion.Facts.Ring.Seal(item.Conversion.PersonId, item.Effect.Id, body);

    /// <summary>The first request is on record already; each other one is now, with the answers to those before it.</summary>
    private async Task<ConversionBatch> RecordAsync(List<PortionItem> items, CancellationToken cancel)
    {
        if (begun is { } first)
        {
            begun = null;
            return first;
        }

        var batch = NewBatch(items.Count);
        await store.SaveAsync(Untold(isEnd: false), [], [.. concluded], (batch, items), cancel);
        concluded.Clear();
        return batch;
    }

    /// <summary>Answered and not written down yet. What may be everybody's refusal is not as long as others are still to be asked.</summary>
    private List<PortionItem> Untold(bool isEnd)
    {
        var untold = going.FindAll(item => item is { Answer: not null, IsTold: false } && (isEnd || anyTaken || item.Answer.NamesEvent));
        untold.ForEach(item => item.IsTold = true);
        return untold;
    }

    /// <summary>The same request with the same event ids, which the platform counts once however often it comes.</summary>
    private async Task<ChannelAnswer> InsistAsync(ConversionBatch batch, List<PortionItem> items, CancellationToken cancel)
    {
        for (var tried = 0; ; tried++)
        {
            var answer = await channel.SendAsync(batch.Envelope, items.ConvertAll(item => item.Event), cancel);
            batch.Conclude(answer);
            if (answer.Outcome != ChannelOutcome.Retry || tried == Patience.Length || WaitAfter(answer, tried, isHalfWay: items.Count < going.Count) is not { } wait)
                return answer;
            await Task.Delay(wait, TimeProvider.System, cancel);
            batch.Attempt(clock.GetUtcNow());
            await store.AttemptAsync(batch, cancel);
        }
    }

    /// <summary>Null: everything waits, which the outbox does.</summary>
    private static TimeSpan? WaitAfter(ChannelAnswer answer, int tried, bool isHalfWay) =>
        answer.RetryAfter is { } asked ? (asked <= Patience[^1] ? asked : null) : isHalfWay ? Patience[tried] : null;

    private ConversionBatch NewBatch(int count)
    {
        var batch = new ConversionBatch
        {
            Id = Guid.CreateVersion7(),
            Platform = channel.Platform,
            Mode = portion.Mode,
            Count = count,
            Envelope = envelope,
            SentAt = clock.GetUtcNow(),
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        batch.Attempt(clock.GetUtcNow());
        return batch;
    }
}
