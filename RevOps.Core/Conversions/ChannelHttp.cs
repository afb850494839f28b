namespace RevOps.Core.Conversions;

/// <summary>One exchange with an ad platform. Trying again is the outbox's job.</summary>
internal static class ChannelHttp
{
    /// <summary>The code of an answer that did not come in time.</summary>
    public const string TimedOut = "timeout";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Sends, and has the answer read; without an answer, says so and asks for a retry.</summary>
    public static async Task<ChannelAnswer> ExchangeAsync(
        HttpClient client, HttpRequestMessage request, Func<ChannelReply, ChannelAnswer> read, CancellationToken cancellation)
    {
        try
        {
            client.Timeout = Timeout;
            using var response = await client.SendAsync(request, cancellation);
            var wait = response.Headers.RetryAfter;
            return read(new ChannelReply(
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(cancellation),
                wait?.Delta ?? (wait?.Date - response.Headers.Date)));
        }
        catch (HttpRequestException unreached)
        {
            return NoAnswer("unreached", unreached.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return NoAnswer(TimedOut, $"No answer within {Timeout.TotalSeconds:0} seconds.");
        }
    }

    private static ChannelAnswer NoAnswer(string code, string message) => new(ChannelOutcome.Retry, null, code, message, null, null, "");
}

/// <param name="RetryAfter">From the header of that name.</param>
internal sealed record ChannelReply(int Status, string Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public ChannelAnswer As(ChannelOutcome outcome, string? requestId = null, string? code = null, string? message = null, TimeSpan? retryAfter = null) =>
        new(outcome, requestId, code, message, retryAfter ?? RetryAfter, Status, Body);
}
