using System.Text;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;

namespace RevOps.Tests.Journeys;

/// <summary>The real channel, except where the test answers in the platform's place.</summary>
internal sealed class SteeredChannel(IConversionChannel inner) : IConversionChannel
{
    private readonly Lock gate = new();
    private readonly List<string> sent = [];

    /// <summary>Answers a request of so many events, by its whole body; null: the stand-in does.</summary>
    public Func<string, int, Task<ChannelAnswer?>> OnSend { get; set; } = (_, _) => Task.FromResult<ChannelAnswer?>(null);

    /// <summary>Answers the question for a result; null: the stand-in does.</summary>
    public Func<RequestResult?> OnPoll { get; set; } = () => null;

    /// <summary>Bodies, in their order.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (gate)
                return [.. sent];
        }
    }

    public AdPlatform Platform => inner.Platform;

    public Mode? Mode => inner.Mode;

    public TimeSpan Memory(bool isInStore) => inner.Memory(isInStore);

    public TimeSpan? RepeatsKnownFor => inner.RepeatsKnownFor;

    public int MostPerRequest => inner.MostPerRequest;

    public bool OneNamePerRequest => inner.OneNamePerRequest;

    public static ChannelAnswer Refused(string code, bool namesEvent = false) => new(ChannelOutcome.Refused, null, code, code, null, 400, "") { NamesEvent = namesEvent };

    public Refusal? Check(ConversionFacts facts, DateTimeOffset now) => inner.Check(facts, now);

    public string Envelope(string name) => inner.Envelope(name);

    public byte[] WriteEvent(ConversionFacts facts) => inner.WriteEvent(facts);

    public MatchKeys KeysOf(ConversionFacts facts) => inner.KeysOf(facts);

    public async Task<ChannelAnswer> SendAsync(string envelope, IReadOnlyList<byte[]> events, CancellationToken cancellation)
    {
        var body = envelope + string.Join(',', events.Select(Encoding.UTF8.GetString));
        lock (gate)
            sent.Add(body);
        return await OnSend(body, events.Count) ?? await inner.SendAsync(envelope, events, cancellation);
    }

    public async Task<RequestResult> PollAsync(string requestId, CancellationToken cancellation) => OnPoll() ?? await inner.PollAsync(requestId, cancellation);
}
