using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RevOps.Bench;

/// <summary>The product in a process of its own, on a data folder of its own that goes with it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string dataFolder;

    private AppProcess(Process process, string dataFolder, Uri address, string key) => (this.process, this.dataFolder, Address, Key) = (process, dataFolder, address, key);

    public Uri Address { get; }

    public string DataFolder => dataFolder;

    /// <summary>An API key that may write events and read metrics.</summary>
    public string Key { get; }

    /// <summary>Bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Since it was started, its own start included.</summary>
    public TimeSpan Age => DateTime.Now - process.StartTime;

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static Task<AppProcess> StartAsync() => StartAsync(Directory.CreateTempSubdirectory("revops-bench-").FullName);

    /// <summary>As a newcomer starts it, with demo and stand-ins, and nothing there yet.</summary>
    public static async Task<AppProcess> StartDemoAsync()
    {
        var (folder, address) = (Directory.CreateTempSubdirectory("revops-bench-").FullName, new Uri($"http://127.0.0.1:{FreePort()}"));
        var info = Info(folder, address, []);
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var port in new[] { "Stripe", "Meta", "Google" })
            info.Environment[$"Sandbox__{port}Port"] = "0";
        var app = new AppProcess(Process.Start(info)!, folder, address, "");
        _ = app.process.StandardOutput.ReadToEndAsync();
        await app.WaitUntilReadyAsync();
        return app;
    }

    /// <summary>On a folder that is already filled, and is deleted in the end.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="settings">Beside what every measurement has.</param>
    public static async Task<AppProcess> StartAsync(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var keys = Start(folder, address, "key", "create", "--scopes", "events:write,metrics:read");
        var key = (await keys.StandardOutput.ReadToEndAsync()).Trim();
        await keys.WaitForExitAsync();

        var info = Info(folder, address, []);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            info.Environment[name] = value;
        var app = new AppProcess(Process.Start(info)!, folder, address, key);
        _ = Environment.GetEnvironmentVariable("SEND_LOG") is { } log ? app.process.StandardOutput.BaseStream.CopyToAsync(File.Create(log)) : app.process.StandardOutput.ReadToEndAsync();
        await app.WaitUntilReadyAsync();
        return app;
    }

    public Task<Memory> MemoryAsync() => MemoryProbe.AskAsync(PipeOf(dataFolder));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(dataFolder, recursive: true);
    }

    private static Process Start(string folder, Uri address, params string[] verb) => Process.Start(Info(folder, address, verb))!;

    private static ProcessStartInfo Info(string folder, Uri address, string[] verb)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        info.ArgumentList.Add(WebAssembly());
        foreach (var word in verb)
            info.ArgumentList.Add(word);
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["Data__Folder"] = folder,
            ["Logging__LogLevel__Default"] = "Warning",
            ["RateLimits__Events__PermitsPerSecond"] = "1000000",

            // As behind a proxy that speaks TLS, in which alone people sign in; and signing in takes a click.
            ["Proxy__Trusted"] = "127.0.0.1",
            ["Demo__Enabled"] = "true",
        })
            info.Environment[name] = value;
        foreach (var (key, value) in SeededFolder.Company)
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        if (verb.Length == 0)
        {
            info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(AppProcess).Assembly.Location;
            info.Environment[MemoryProbe.PipeVariable] = PipeOf(folder);
        }

        return info;
    }

    private static string PipeOf(string folder) => Path.GetFileName(folder);

    /// <summary>From the web project's own output: a copy elsewhere lacks its static assets.</summary>
    private static string WebAssembly()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(output.Parent!.Parent!.Parent!.Parent!.FullName, "RevOps.Web", "bin", output.Parent.Name, output.Name, "RevOps.Web.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var tries = 0; tries < 120; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        // Nobody else knows of it yet.
        await DisposeAsync();
        throw new TimeoutException("The app did not become ready within 30 s.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
