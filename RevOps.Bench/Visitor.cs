using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace RevOps.Bench;

/// <summary>Somebody who has signed in as the demo user of a role. The cookies are for TLS only and the bench speaks none, so it carries them by hand.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    private Visitor(Uri address)
    {
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
    }

    /// <summary>Where the product believes itself to be.</summary>
    public Uri Base => new UriBuilder(http.BaseAddress!) { Scheme = "https" }.Uri;

    public static async Task<Visitor> SignInAsync(Uri address, string role)
    {
        var visitor = new Visitor(address);
        var token = Token().Match(await visitor.GetAsync("/signin")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("role", role), new("__RequestVerificationToken", token)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/signin/demo", UriKind.Relative)) { Content = form };
        using var answer = await visitor.SendAsync(request);
        return (int)answer.StatusCode == 302 ? visitor : throw new InvalidOperationException($"Signing in as {role}: {(int)answer.StatusCode}");
    }

    /// <summary>The page, as sent; anything but a page is an error.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        using var answer = await SendAsync(request);
        return (int)answer.StatusCode == 200 ? await answer.Content.ReadAsStringAsync() : throw new InvalidOperationException($"GET {path}: {(int)answer.StatusCode}");
    }

    /// <summary>The socket that a live page of this visitor would open.</summary>
    public async Task<ClientWebSocket> OpenSocketAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", Cookies());
        socket.Options.SetRequestHeader("X-Forwarded-Proto", "https");
        await socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, "_blazor")) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (cookies.Count > 0)
            request.Headers.Add("Cookie", Cookies());
        var answer = await http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    private string Cookies() => string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Token();
}
