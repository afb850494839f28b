using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RevOps.Sandbox;

/// <summary>A web server that this machine alone can reach, without configuration files, environment or logs of its own.</summary>
internal static class LoopbackServer
{
    private const long LargestBody = 32 * 1024 * 1024;

    public static async Task<WebApplication> StartAsync(int port, Action<WebApplication> map, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Use(ReportFailuresAsync);
        app.UseRouting();
        map(app);
        try
        {
            await app.StartAsync(ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>A fault that nobody armed is a bug of the stand-in: it must be seen, not taken for a simulated one.</summary>
    private static async Task ReportFailuresAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"sandbox: {http.Request.Method} {http.Request.Path}: {e}");
            throw;
        }
    }
}
