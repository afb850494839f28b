namespace RevOps.Core.Conversions.Sending;

/// <summary>Sends one portion: as one request, and where that is refused, in ever smaller ones until each culprit stands alone.</summary>
/// <param name="store">Where each step is written down before the next.</param>
/// <param name="channel">The platform.</param>
/// <param name="portion">What is due.</param>
/// <param name="anyTaken">The platform took something under the same name a moment ago.</param>
/// <param name="clock">The business clock.</param>
internal sealed class PortionRun(PortionStore store, IConversionChannel channel, Portion portion, bool anyTaken, TimeProvider clock)
{
    // So many, each refused by itself and for the same reason while nothing is taken: to ask for the others would tell nothing.
    private const int TooManyAlike = 20;

    // Half-way to the culprits a platform that stumbles is asked again a few times, or the way would be gone for nothing.
    private static readonly TimeSpan[] Patience = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly List<ConversionBatch> concluded = [];
    private List<PortionItem> going = [];
    private ConversionBatch? begun;
    private string envelope = "";

    /// <summary>The platform took something just now: what it refuses, it refuses for what it is.</summary>
    public bool AnyTaken { get; private set; } = anyTaken;

    /// <summary>Why the platform takes nothing at present; null: nothing is known against it.</summary>
    public ChannelAnswer? Stop { get; private set; }

    /// <summary>What was overtaken by something else is left as it is, to be read anew.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (portion.Items.Any(item => item.Intent == Intent.Send))
            envelope = channel.Envelope(portion.Name ?? "");
        going = await store.BeginAsync(portion, count => begun = NewBatch(count), cancel);
        if (going.Count == 0)
            return;
        await Bisect.RunAsync(going.Count, (from, to) => CallAsync(from, to, cancel));
        if (!AnyTaken && going.FindLast(item => item.Answer is { NamesEvent: false }) is { Answer: { } answer })
            StopAt(answer);
        await store.SaveAsync(Untold(isEnd: true), Stop is null ? [] : going.FindAll(item => item is { Answer: null, IsLeft: false }), concluded, null, cancel);
    }

    private async Task<Verdict> CallAsync(int from, int to, CancellationToken cancel)
    {
        var (items, batch) = await RecordAsync(going.GetRange(from, to - from), cancel);
        if (batch is null)
        {
            // Nobody is left of them; and where somebody was erased, everybody is read anew.
            return portion.Facts.Ring.IsStale ? Verdict.Undecided : Verdict.Taken;
        }

        var (answer, mayInsist) = await InsistAsync(batch, items, cancel);
        foreach (var item in items)
            (item.Batch, item.Sendings) = (batch, item.Sendings + batch.Attempts);
        concluded.Add(batch);
        if (!mayInsist)
            return await CallAsync(from, to, cancel);
        switch (answer.Outcome)
        {
            case ChannelOutcome.Delivered or ChannelOutcome.Received:
                items.ForEach(item => item.Answer = answer);
                AnyTaken = true;
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
        if (answer.NamesEvent || AnyTaken || going.Count(other => other.Answer?.Code == answer.Code) < TooManyAlike)
            return Verdict.Refused;

        StopAt(answer);
        return Verdict.Undecided;
    }

    /// <summary>Nothing was taken and no event is blamed, so it may be the account: none is rejected for it, they wait until somebody has looked.</summary>
    private void StopAt(ChannelAnswer answer)
    {
        going.FindAll(item => item is { IsTold: false, Answer.NamesEvent: false }).ForEach(item => item.Answer = null);
        Stop ??= answer with { Outcome = ChannelOutcome.ConnectionBroken, NamesDestination = true };
    }

    /// <summary>Null of whoever was forgotten meanwhile.</summary>
    private byte[]? SealAnswer(PortionItem item, string body) =>
        portion.Facts.Ring.IsStale ? null : portion.Facts.Ring.Seal(item.Conversion.PersonId, item.Effect.Id, body);

    /// <summary>
    /// The first request is on record already; each other one is now, with the answers to those before it, and without those who withdrew,
    /// were forgotten or changed while these were on their way.
    /// </summary>
    private async Task<(List<PortionItem> Items, ConversionBatch? Batch)> RecordAsync(List<PortionItem> items, CancellationToken cancel)
    {
        if (begun is { } first)
        {
            begun = null;
            return (items, first);
        }

        ConversionBatch? batch = null;
        var still = await store.SaveAsync(Untold(isEnd: false), [], [.. concluded], new(portion, items.FindAll(item => item is { Answer: null, IsLeft: false }), count => batch = NewBatch(count)), cancel);
        concluded.Clear();
        items.Except(still).ToList().ForEach(item => item.IsLeft = true);
        return (still, still.Count == 0 ? null : batch);
    }

    /// <summary>Answered and not written down yet. What may be everybody's refusal is not as long as others are still to be asked.</summary>
    private List<PortionItem> Untold(bool isEnd)
    {
        var untold = going.FindAll(item => item is { Answer: not null, IsTold: false } && (isEnd || AnyTaken || item.Answer.NamesEvent));
        untold.ForEach(item => item.IsTold = true);
        return untold;
    }

    /// <summary>The same request with the same event ids, which the platform counts once however often it comes.</summary>
    /// <returns>The last answer; and false where it was not tried any more because somebody in it may not go now.</returns>
    private async Task<(ChannelAnswer Answer, bool MayInsist)> InsistAsync(ConversionBatch batch, List<PortionItem> items, CancellationToken cancel)
    {
        for (var tried = 0; ; tried++)
        {
            var answer = await channel.SendAsync(batch.Envelope, items.ConvertAll(item => item.Event), cancel);
            batch.Conclude(answer);
            if (answer.Outcome != ChannelOutcome.Retry || tried == Patience.Length || WaitAfter(answer, tried, isHalfWay: items.Count < going.Count) is not { } wait)
                return (answer, true);
            await Task.Delay(wait, TimeProvider.System, cancel);
            if (!await store.AttemptAsync(portion, items, batch, cancel))
                return (answer, false);
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
