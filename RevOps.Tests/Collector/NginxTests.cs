using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using RevOps.Tests.Testing;
using RevOps.Web.Connections;

namespace RevOps.Tests.Collector;

/// <summary>
/// Behind a website's own domain: a real nginx with the configuration that the Connections page offers. Without one it is skipped, unless
/// REVOPS_REQUIRE_NGINX=1 says that there has to be one.
/// </summary>
public sealed class NginxTests(OneSite site) : IClassFixture<OneSite>
{
    private const string Host = "www.shop.example";
    private const string Visitor = "127.0.0.9";

    [Fact]
    public async Task OwnDomain_ServesTheScriptAndSetsTheVisitorsCookie()
    {
        await using var nginx = await Nginx.StartAsync(SiteSnippets.Nginx(site.Host.Address));
        using var client = nginx.Client();
        var script = await client.GetStringAsync("/rv/revops.js", TestContext.Current.CancellationToken);
        Assert.Contains("voiceContext", script, StringComparison.Ordinal);

        // Without consent no cookie; with it one that scripts can read, and that a browser keeps.
        using (var ping = await SendAsync(client, new() { ["key"] = site.Site.PublicKey, ["kind"] = "ping" }))
            Assert.False(ping.Headers.Contains("Set-Cookie"));
        var (visitor, made) = (OneSite.NewId(), DateTimeOffset.UtcNow.AddDays(-10).ToUnixTimeSeconds());
        using (var consent = await SendAsync(client, site.Consent(visitor), $"_rv={visitor}.{made}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, consent.StatusCode);
            var cookie = Assert.Single(consent.Headers.GetValues("Set-Cookie"));
            Assert.StartsWith($"_rv={visitor}.{made}.s; ", cookie, StringComparison.Ordinal);
            Assert.Contains("secure; samesite=lax", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("httponly", cookie, StringComparison.OrdinalIgnoreCase);

            // 13 months from the first visit, not from this one.
            var age = int.Parse(cookie.Split("max-age=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(TimeSpan.FromSeconds(age), TimeSpan.FromDays(384.9), TimeSpan.FromDays(385.1));
        }

        var before = await site.StateAsync();
        var touch = site.Touch(visitor);
        using (var visit = await SendAsync(client, touch, $"_rv={visitor}.{made}.s", OneSite.Safari))
        {
            Assert.Equal(HttpStatusCode.NoContent, visit.StatusCode);
            Assert.False(visit.Headers.Contains("Set-Cookie"));
        }

        var (kept, details) = Assert.Single(await site.TouchesOfAsync((string)touch["id"]!));
        Assert.Equal(Visitor, details.Ip);
        Assert.Equal((true, true), (kept.CapsCookies, kept.ServerCookie));
        var after = await site.StateAsync();
        Assert.Equal((before.FirstParty + 1, before.Forgetful), (after.FirstParty, after.Forgetful));

        using var withdrawn = await SendAsync(client, site.Consent(visitor, "denied"), $"_rv={visitor}.{made}.s");
        Assert.Contains("max-age=0", Assert.Single(withdrawn.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, System.Text.Json.Nodes.JsonObject call, string? cookie = null, string agent = OneSite.Chrome)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rv/collect") { Content = new StringContent(call.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("text/plain")) };
        request.Headers.Add("Origin", OneSite.Origin);

        // What a visitor claims of themselves is not believed.
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }

    private sealed class Nginx : IAsyncDisposable
    {
        private readonly TempFolder folder = new();
        private readonly int port = FreePort();
        private Process? process;

        public static async Task<Nginx> StartAsync(string snippet)
        {
            var path = new[] { Environment.GetEnvironmentVariable("NGINX"), "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);
            if (path is null)
                Missing();
            var nginx = new Nginx();
            await nginx.RunAsync(path!, snippet);
            return nginx;
        }

        /// <summary>A browser at an address of its own, on the website's host.</summary>
        public HttpClient Client() => new(new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(Visitor), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri($"http://{Host}/") };

        public async ValueTask DisposeAsync()
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process?.Dispose();
            folder.Dispose();
        }

        private static void Missing()
        {
            const string Why = "No nginx: install nginx-light, or set NGINX to its path.";
            if (Environment.GetEnvironmentVariable("REVOPS_REQUIRE_NGINX") == "1")
                Assert.Fail(Why);
            Assert.Skip(Why);
        }

        private async Task RunAsync(string path, string snippet)
        {
            var file = Path.Combine(folder.Path, "nginx.conf");
            await File.WriteAllTextAsync(file, $$"""
                daemon off; master_process off; pid {{folder.Path}}/nginx.pid; error_log {{folder.Path}}/error.log;
                events {}
                http {
                    access_log off; client_body_temp_path {{folder.Path}}/body; proxy_temp_path {{folder.Path}}/proxy; fastcgi_temp_path {{folder.Path}}/f; uwsgi_temp_path {{folder.Path}}/u; scgi_temp_path {{folder.Path}}/s;
                    server {
                        listen 127.0.0.1:{{port}}; server_name {{Host}};
                        location = /alive { return 200; }
                {{snippet}}
                    }
                }
                """);
            process = Process.Start(new ProcessStartInfo(path, ["-c", file, "-p", folder.Path, "-e", Path.Combine(folder.Path, "error.log")]) { UseShellExecute = false, RedirectStandardError = true });
            using var client = Client();
            for (var tried = 0; ; tried++)
            {
                try
                {
                    (await client.GetAsync("/alive")).EnsureSuccessStatusCode().Dispose();
                    return;
                }
                catch (HttpRequestException) when (tried < 100 && !process!.HasExited)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50));
                }
                catch (HttpRequestException)
                {
                    Assert.Fail($"nginx does not serve: {await File.ReadAllTextAsync(Path.Combine(folder.Path, "error.log"))}");
                }
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
