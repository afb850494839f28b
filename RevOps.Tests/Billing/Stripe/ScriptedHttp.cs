using System.Net;
using System.Text;

namespace RevOps.Tests.Billing.Stripe;

/// <summary>A wire that answers what the test wrote down, in order, and keeps what it was asked; the last answer repeats.</summary>
internal sealed class ScriptedHttp(params Func<HttpRequestMessage, HttpResponseMessage>[] script) : HttpMessageHandler, IHttpClientFactory
{
    private readonly Lock gate = new();
    private readonly List<Asked> asked = [];

    public IReadOnlyList<Asked> Requests => asked;

    /// <summary>Runs instead of an answer when the script returns null: the server that never speaks.</summary>
    public Action OnHang { get; init; } = () => { };

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    public static Func<HttpRequestMessage, HttpResponseMessage> Answer(int status, string body, params (string Name, string Value)[] headers) => _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    };

    public static HttpResponseMessage Drop(HttpRequestMessage request) => throw new HttpRequestException("The connection was cut.");

    public static HttpResponseMessage Hang(HttpRequestMessage request) => null!;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, HttpResponseMessage> answer;
        lock (gate)
        {
            answer = script[Math.Min(asked.Count, script.Length - 1)];
            asked.Add(new Asked(request.Method, request.RequestUri!, body, request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value))));
        }

        if (answer(request) is { } response)
            return response;
        OnHang();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("The wait ends only by cancellation.");
    }

    internal sealed record Asked(HttpMethod Method, Uri Uri, string Body, IReadOnlyDictionary<string, string> Headers);
}
