using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// Access tokens of a service account: a statement signed with its key is exchanged for a token of about an hour, which is kept
/// until shortly before it ends. Source: RFC 7523, developers.google.com/identity, server to server.
/// </summary>
/// <param name="http">Asked for the client of the channel.</param>
/// <param name="clock">The system's.</param>
/// <param name="scope">What the token opens.</param>
internal sealed class GoogleTokens(IHttpClientFactory http, TimeProvider clock, string scope = GoogleTokens.DataManager) : IDisposable
{
    public const string DataManager = "https://www.googleapis.com/auth/datamanager";

    /// <summary>The Google Ads API, which tells what ads cost.</summary>
    public const string Ads = "https://www.googleapis.com/auth/adwords";

    // Ends early, so that no token dies under way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim gate = new(1);
    private Held? held;

    /// <summary>A token, or the answer that says why there is none.</summary>
    public async Task<(string? Token, ChannelAnswer? Failure)> GetAsync(GoogleKey key, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (held is { } kept && kept.Key == key && kept.Until > clock.GetUtcNow())
                return (kept.Token, null);
            return await AskAsync(key, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Forgets a token that Google no longer takes.</summary>
    public void Forget(string token)
    {
        if (held is { } kept && kept.Token == token)
            Interlocked.CompareExchange(ref held, null, kept);
    }

    public void Dispose() => gate.Dispose();

    private async Task<(string? Token, ChannelAnswer? Failure)> AskAsync(GoogleKey key, CancellationToken cancellation)
    {
        if (TrySign(key) is not { } statement)
            return (null, Broken("bad_key", "The private key of the service account cannot be read."));

        using var request = new HttpRequestMessage(HttpMethod.Post, key.TokenUri);
        request.Content = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            new("assertion", statement),
        ]);
        using var client = http.CreateClient(GoogleChannel.HttpName);
        string? token = null;
        var answer = await ChannelHttp.ExchangeAsync(
            client,
            request,
            reply =>
            {
                var read = GoogleJson.TryRead<TokenReply>(reply.Body, GoogleJson.SnakeCase);
                token = Keep(key, reply, read);
                return Failed(reply, read);
            },
            cancellation);
        return token is null ? (null, answer) : (token, null);
    }

    private string? Keep(GoogleKey key, ChannelReply reply, TokenReply? read)
    {
        if (!reply.IsSuccess || read?.AccessToken is not { } token)
            return null;
        held = new Held(key, token, clock.GetUtcNow() + TimeSpan.FromSeconds(read.ExpiresIn) - Margin);
        return token;
    }

    // The body of a token reply stays out of the answer: on success it is the token.
    private static ChannelAnswer Failed(ChannelReply reply, TokenReply? read) => new(
        reply.Status is >= 400 and < 500 and not (408 or 429) ? ChannelOutcome.ConnectionBroken : ChannelOutcome.Retry,
        null,
        read?.Error ?? "no_token",
        read?.ErrorDescription ?? "Google gave no access token.",
        reply.RetryAfter,
        reply.Status,
        "");

    private string? TrySign(GoogleKey key)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var head = JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", typ = "JWT", kid = key.PrivateKeyId }, GoogleJson.CamelCase);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { iss = key.ClientEmail, scope, aud = key.TokenUri.AbsoluteUri, iat = now, exp = now + 3600 }, GoogleJson.CamelCase);
        var signed = $"{Base64Url.EncodeToString(head)}.{Base64Url.EncodeToString(claims)}";
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key.PrivateKey);
            return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static ChannelAnswer Broken(string code, string message) => new(ChannelOutcome.ConnectionBroken, null, code, message, null, null, "");

    private sealed record Held(GoogleKey Key, string Token, DateTimeOffset Until);

    private sealed record TokenReply(string? AccessToken, int ExpiresIn, string? Error, string? ErrorDescription);
}
