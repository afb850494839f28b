using System.Net;
using System.Net.Sockets;

namespace RevOps.Tests.Testing;

/// <summary>A mail server on loopback, in clear: keeps what it takes, and refuses when it is told to.</summary>
public sealed class SmtpStandIn : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> taken = new();
    private readonly Task serving;

    public SmtpStandIn()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Taken => [.. taken];

    /// <summary>What it says to a recipient, {0} being their address; null: welcome.</summary>
    public string? Refusal { get; set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await serving;
        ended.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ended.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 stand-in");
        while (await reader.ReadLineAsync(ended.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "DATA")
                await TakeAsync(reader, writer);
            else
                await writer.WriteLineAsync(Answer(verb, line));
            if (verb == "QUIT")
                return;
        }
    }

    private async Task TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var lines = new List<string>();
        while (await reader.ReadLineAsync(ended.Token) is { } line && line != ".")
            lines.Add(line);
        taken.Enqueue(string.Join('\n', lines));
        await writer.WriteLineAsync("250 taken");
    }

    private string Answer(string verb, string line) => verb switch
    {
        "QUIT" => "221 bye",
        "RCPT" when Refusal is { } refusal => string.Format(System.Globalization.CultureInfo.InvariantCulture, refusal, line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]),
        _ => "250 ok",
    };
}
