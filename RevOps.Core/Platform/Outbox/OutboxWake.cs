using System.Threading.Channels;

namespace RevOps.Core.Platform.Outbox;

/// <summary>A bell of capacity one between whoever commits work and the pump that runs it: many rings are one.</summary>
public sealed class OutboxWake
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => bell.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancel) => await bell.Reader.ReadAsync(cancel);
}
