using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Tests.Testing;

/// <summary>
/// The whole product on a port and a data folder of its own. Demo, sandbox and pump are off until a test asks for them:
/// <c>new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } }</c>.
/// </summary>
public sealed class RevOpsHost : WebApplicationFactory<Program>
{
    private readonly TempFolder folder = new();
    private readonly List<IAsyncDisposable> guests = [];
    private bool started;

    public RevOpsHost()
    {
        // Not by a port: the factory would set the address while the host that it races with binds it (dotnet/aspnetcore 67714).
        UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        Settings["Data:Folder"] = folder.Path;
        MigratedDatabase.CopyTo(folder.Path);
    }

    /// <summary>What the command line would say; to be set before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Demo:Enabled"] = "false",
        ["Demo:Runs"] = "false",
        ["Sandbox:Enabled"] = "false",
        ["Outbox:Pump"] = "false",
        ["RateLimits:SignIn:PermitsPerMinute"] = "10000",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    /// <summary>The business clock, when the test turns it.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>"Production" for what is stricter there; over plain HTTP nobody signs in then.</summary>
    public string Environment { get; init; } = Environments.Development;

    /// <summary>Takes out, adds or replaces services after the product's own.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    public string DataFolder => folder.Path;

    public override IServiceProvider Services
    {
        get
        {
            Start();
            return base.Services;
        }
    }

    public Uri Address
    {
        get
        {
            Start();
            return ClientOptions.BaseAddress;
        }
    }

    /// <summary>A browser without eyes: it keeps cookies and follows no redirect.</summary>
    public HttpClient Client(string? apiKey = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        if (apiKey is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return client;
    }

    /// <summary>A client that has signed in through the form, as the demo user of a role.</summary>
    public async Task<HttpClient> SignedInAsync(string role)
    {
        var client = Client();
        using var answer = await client.PostFormAsync("/signin", "/signin/demo", ("role", role));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    public Task<string> CreateKeyAsync(params string[] scopes) => Services.GetRequiredService<ApiKeys>().CreateAsync("test", scopes, "system:test", CancellationToken.None);

    /// <summary>Runs what is due, and what that makes due.</summary>
    public Task<int> DrainAsync() => Services.GetRequiredService<OutboxRelay>().DrainAsync();

    /// <summary>Takes away whatever came in, for the next test of a class that shares a host: starting one takes longer than most tests.</summary>
    public async Task ForgetAsync()
    {
        await using (var db = await OpenDatabaseAsync())
        {
            foreach (var (_, deleteAsync) in RemoveDemo.Goes)
                await deleteAsync(db, CancellationToken.None);
        }

        Services.GetRequiredService<ChangeFeed>().Publish([Vault.Erasure, .. RemoveDemo.Goes.Select(gone => gone.Row.Name)]);
    }

    public Task<RevOpsDb> OpenDatabaseAsync() => Services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();

    /// <summary>What looks at this product and leaves before it does: a window left open would go on knocking.</summary>
    public void Receive(IAsyncDisposable guest) => guests.Add(guest);

    public override async ValueTask DisposeAsync()
    {
        foreach (var guest in guests)
            await guest.DisposeAsync();
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            // Made slow on purpose, and asked for hundreds of times.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
            services.AddSingleton<IInterceptor, NoPowerCut>();
            if (Clock is not null)
                services.Replace(ServiceDescriptor.Singleton(Clock));
            Configure?.Invoke(services);
        });
    }

    private void Start()
    {
        if (started)
            return;
        started = true;
        StartServer();
    }
}
