using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevOps.Bench;

/// <summary>
/// A live page without a browser: what blazor.web.js says to the server and no more. It takes every batch of changes, acknowledges it, and
/// answers the calls into scripts with nothing; what it is sent it does not draw, only searches.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly ClientWebSocket socket;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource ended = new();
    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private Task living = Task.CompletedTask;
    private (byte[] Text, TaskCompletionSource<long> Seen)? awaited;
    private Exception? failure;
    private long objects;

    private Circuit(ClientWebSocket socket) => this.socket = socket;

    /// <summary>Batches of changes so far.</summary>
    public int Batches { get; private set; }

    /// <summary>Bytes of them.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the last one came.</summary>
    public long LastAt { get; private set; }

    public static async Task<Circuit> OpenAsync(Visitor visitor, string path)
    {
        var page = await visitor.GetAsync(path);
        var circuit = new Circuit(await visitor.OpenSocketAsync());
        await circuit.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text);
        await circuit.ReceiveAsync();
        circuit.living = Task.WhenAll(circuit.ListenAsync(), circuit.KeepAliveAsync());

        var here = new Uri(visitor.Base, path).ToString();
        await circuit.SendAsync(HubMessage.Call("StartCircuit", "1", visitor.Base.ToString(), here, "[]", ""));
        await circuit.started.Task.WaitAsync(Patience);
        await circuit.SendAsync(HubMessage.Call("UpdateRootComponents", null, Roots(page), State().Match(page).Groups["state"].Value));
        return circuit;
    }

    /// <summary>When a batch came that holds a text; asked for before the text can come.</summary>
    public Task<long> SeesAsync(string text)
    {
        var seen = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (failure is not null)
                seen.SetException(failure);
            awaited = (Encoding.UTF8.GetBytes(text), seen);
        }

        return seen.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        socket.Abort();
        await living;
        socket.Dispose();
        turn.Dispose();
        ended.Dispose();
    }

    /// <summary>Every component that the page marks as interactive, to be taken over.</summary>
    private static string Roots(string page)
    {
        var operations = new JsonArray();
        foreach (Match match in Marker().Matches(page))
        {
            var marker = JsonNode.Parse(match.Groups["marker"].Value)!;

            // The mark behind a component repeats its id and nothing else.
            if (marker["type"] is not null)
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
        }

        return new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var frame = await ReceiveAsync();
                foreach (var message in HubMessage.Read(frame))
                    await TakeAsync(message);
            }
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            // Closed by us.
        }
        catch (Exception error)
        {
            started.TrySetException(error);
            lock (gate)
            {
                failure = error;
                awaited?.Seen.TrySetException(error);
            }
        }
    }

    private async Task TakeAsync(object?[] message)
    {
        switch ((long)message[0]!)
        {
            case HubMessage.Completion:
                if ((long)message[3]! == 3)
                    started.TrySetResult(true);
                else
                    throw new InvalidOperationException($"The circuit was refused: {message.ElementAtOrDefault(4)}");
                break;
            case HubMessage.Close:
                throw new InvalidOperationException($"The circuit was closed: {message.ElementAtOrDefault(1)}");
            case HubMessage.Invocation:
                var arguments = (object?[])message[4]!;
                switch ((string)message[3]!)
                {
                    case "JS.RenderBatch":
                        Look((ReadOnlyMemory<byte>)arguments[1]!);
                        await SendAsync(HubMessage.Call("OnRenderCompleted", null, (long)arguments[0]!, null));
                        break;
                    case "JS.BeginInvokeJS" when (long)arguments[0]! is var call and not 0:
                        await SendAsync(HubMessage.Call("EndInvokeJSFromDotNet", null, call, true, $"[{call},true,{ResultOf((long)arguments[3]!)}]"));
                        break;
                    case "JS.Error":
                        throw new InvalidOperationException($"The circuit failed: {arguments[0]}");
                }

                break;
        }
    }

    /// <summary>A module is an object, whatever else is asked for is nothing.</summary>
    private string ResultOf(long kind) => kind == 1 ? $"{{\"__jsObjectId\":{++objects}}}" : "null";

    private void Look(ReadOnlyMemory<byte> batch)
    {
        lock (gate)
        {
            (Batches, Bytes, LastAt) = (Batches + 1, Bytes + batch.Length, Stopwatch.GetTimestamp());
            if (awaited is { } wanted && batch.Span.IndexOf(wanted.Text) >= 0)
            {
                wanted.Seen.TrySetResult(LastAt);
                awaited = null;
            }
        }
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(KeepAlive, ended.Token);
                await SendAsync(HubMessage.KeepAlive());
            }
        }
        catch (Exception) when (ended.IsCancellationRequested || socket.State != WebSocketState.Open)
        {
            // Over.
        }
    }

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        await turn.WaitAsync(ended.Token);
        try
        {
            await socket.SendAsync(bytes, type, endOfMessage: true, ended.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var (buffer, read) = (new byte[16 * 1024], 0);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(read), ended.Token);
            read += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"The socket was closed: {socket.CloseStatusDescription}");
            if (part.EndOfMessage)
                return buffer.AsMemory(0, read);
            if (read == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    [GeneratedRegex("<!--Blazor:(?<marker>\\{.*?\\})-->", RegexOptions.Singleline, 5_000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[A-Za-z0-9+/=]+)-->", RegexOptions.None, 5_000)]
    private static partial Regex State();
}
