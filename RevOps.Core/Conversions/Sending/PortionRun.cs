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

    // Requests of one portion that are on the wire together: a platform takes a fraction of a second for each, and hundreds are needed to find fifty culprits.
    private const int AtOnce = 8;

    private readonly List<SendingCall> calls = [];
    private readonly List<ConversionBatch> concluded = [];
    private List<PortionItem> going = [];
    private string envelope = "";
    private int width = AtOnce;

    /// <summary>The platform took something just now: what it refuses, it refuses for what it is.</summary>
    public bool AnyTaken { get; private set; } = anyTaken;

    /// <summary>Why the platform takes nothing at present; null: nothing is known against it.</summary>
    public ChannelAnswer? Stop { get; private set; }

    /// <summary>What was overtaken by something else is left as it is, to be read anew.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (portion.Items.Any(item => item.Intent == Intent.Send))
            envelope = channel.Envelope(portion.Name ?? "");
        ConversionBatch? begun = null;
        going = await store.BeginAsync(portion, count => begun = NewBatch(count), cancel);
        if (going.Count == 0)
            return;
        var bisect = new Bisect(going.Count);
        calls.Add(new(bisect.Next()!, [.. going]) { Batch = begun });
        await SendAsync(bisect, calls, cancel);
        while (Stop is null && await NextAsync(bisect, cancel) is { Count: > 0 } next)
            await SendAsync(bisect, next, cancel);
        concluded.AddRange(calls.Select(call => call.Batch).OfType<ConversionBatch>());
        if (!AnyTaken && going.FindLast(item => item.Answer is { NamesEvent: false }) is { Answer: { } answer })
            StopAt(answer);
        await store.SaveAsync(Untold(isEnd: true), Stop is null ? [] : going.FindAll(item => item is { Answer: null, IsLeft: false }), concluded, [], cancel);
    }

    /// <summary>
    /// Those that are made next, each on record with the answers to those before it, and without those who withdrew, were forgotten or changed
    /// while these were on their way. None: nothing is left to be asked.
    /// </summary>
    private async Task<List<SendingCall>> NextAsync(Bisect bisect, CancellationToken cancel)
    {
        while (true)
        {
            while (calls.Count < AtOnce && bisect.Next() is { } part)
                calls.Add(new(part, [.. part.Places.Select(place => going[place])]));
            if (calls.Count == 0)
                return [];
            var now = TimeProvider.System.GetUtcNow();
            var next = calls.Where(call => call.NotBefore <= now).Take(width).ToList();
            if (next.Count == 0)
            {
                await Task.Delay(calls.Min(call => call.NotBefore) - now, TimeProvider.System, cancel);
                continue;
            }

            next.ForEach(call => call.Items.RemoveAll(item => item.IsLeft || item.Answer is not null));
            await RecordAsync(next, cancel);
            foreach (var empty in next.Where(call => call.Items.Count == 0))
            {
                // Nobody is left of them; and where somebody was erased, everybody is read anew.
                calls.Remove(empty);
                bisect.Tell(empty.Part, portion.Facts.Ring.IsStale ? Verdict.Undecided : Verdict.Taken);
            }

            next.RemoveAll(call => call.Items.Count == 0);
            if (next.Count > 0)
                return next;
        }
    }

    private async Task RecordAsync(List<SendingCall> next, CancellationToken cancel)
    {
        var still = await store.SaveAsync(Untold(isEnd: false), [], [.. concluded], next.ConvertAll(call => new NextRequest(portion, call.Items, call.Batch, NewBatch)), cancel);
        concluded.Clear();
        foreach (var (call, (items, batch)) in next.Zip(still))
        {
            call.Items.Except(items).ToList().ForEach(item => item.IsLeft = true);
            (call.Items, call.Batch) = (items, batch);
        }
    }

    private async Task SendAsync(Bisect bisect, List<SendingCall> some, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(some.ToList().ConvertAll(async call => (Call: call, Answer: await channel.SendAsync(call.Batch!.Envelope, call.Items.ConvertAll(item => item.Event), cancel))));

        // A platform that asks most of them for patience is given fewer at a time.
        width = answers.Count(one => one.Answer.HttpStatus == 429) * 2 > answers.Length ? Math.Max(1, width / 2) : AtOnce;

        // What was taken first: whether anything was decides what a refusal means.
        foreach (var (call, answer) in answers.OrderBy(one => one.Answer.Outcome is not (ChannelOutcome.Delivered or ChannelOutcome.Received)))
        {
            call.Batch!.Conclude(answer);
            foreach (var item in call.Items)
                (item.Batch, item.Sendings) = (call.Batch, item.Sendings + 1);
            if (answer.Outcome == ChannelOutcome.Retry && call.TryAgain(answer, isHalfWay: call.Part.Places.Count < going.Count))
                continue;
            calls.Remove(call);
            concluded.Add(call.Batch);
            Settle(bisect, call, answer);
        }
    }

    private void Settle(Bisect bisect, SendingCall call, ChannelAnswer answer)
    {
        switch (answer.Outcome)
        {
            case ChannelOutcome.Delivered or ChannelOutcome.Received:
                call.Items.ForEach(item => item.Answer = answer);
                AnyTaken = true;
                bisect.Tell(call.Part, Verdict.Taken);
                break;
            case ChannelOutcome.Refused when call.Items.Count == 1:
                bisect.Tell(call.Part, RefuseOne(call.Items[0], answer));
                break;
            case ChannelOutcome.Refused:
                var named = answer.Named.Where(one => one.Place >= 0 && one.Place < call.Items.Count).ToLookup(one => one.Own is not null, one => (Place: going.IndexOf(call.Items[one.Place]), one.Own));
                foreach (var (place, own) in named[true])
                    RefuseOne(going[place], own!);
                bisect.Tell(call.Part, Verdict.Refused, [.. named[true].Select(one => one.Place)], [.. named[false].Select(one => one.Place)]);
                break;
            default:
                Stop ??= answer;
                bisect.Tell(call.Part, Verdict.Undecided);
                break;
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

    /// <summary>Answered and not written down yet. What may be everybody's refusal is not as long as others are still to be asked.</summary>
    private List<PortionItem> Untold(bool isEnd)
    {
        var untold = going.FindAll(item => item is { Answer: not null, IsTold: false } && (isEnd || AnyTaken || item.Answer.NamesEvent));
        untold.ForEach(item => item.IsTold = true);
        return untold;
    }

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
