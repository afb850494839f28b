using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Web.Platform.FailPoints;

namespace RevOps.Tests.Testing.Processes;

/// <summary>
/// What a person does in the product, by HTTP, in a process that the tests started: make an API key, and approve the draft that waits,
/// by the same call as the button. The product has no such addresses; they come and go with <see cref="StartupHook"/>. The fail-point rests
/// until the product has started, or a stop on the way of its start would keep it from ever serving.
/// </summary>
internal sealed class TestDoor(IServiceProvider services) : IStartupFilter, IHostedLifecycleService
{
    public const string Variable = "REVOPS_TEST_DOOR";
    public const string KeyPath = "/_test/key";
    public const string ApprovePath = "/_test/approve";

    private const string Finance = "finance@revops.example";

    /// <summary>The host tells that it is being built to whoever listens, as tools for migrations and tests do.</summary>
    public static void OpenInNextHost() => DiagnosticListener.AllListeners.Subscribe(new Watcher<DiagnosticListener>(listener =>
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
            listener.Subscribe(new Watcher<KeyValuePair<string, object?>>(OpenIn));
    }));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map(KeyPath, door => door.Run(MakeKeyAsync));
        app.Map(ApprovePath, door => door.Run(ApproveAsync));
        next(app);
    };

    /// <summary>Before everything else that the host starts.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetService<FailPoint>()?.Rests = true;
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        services.GetService<FailPoint>()?.Rests = false;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void OpenIn(KeyValuePair<string, object?> happened)
    {
        if (happened is not { Key: "HostBuilding", Value: IHostBuilder host })
            return;
        host.ConfigureServices(services =>
        {
            services.AddSingleton<TestDoor>().AddSingleton<IStartupFilter>(container => container.GetRequiredService<TestDoor>());
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(container => container.GetRequiredService<TestDoor>()));
        });
    }

    private static async Task MakeKeyAsync(HttpContext http)
    {
        var keys = http.RequestServices.GetRequiredService<ApiKeys>();
        await http.Response.WriteAsync(await keys.CreateAsync("tests", ["events:write", "metrics:read"], "system:test", http.RequestAborted));
    }

    private static async Task ApproveAsync(HttpContext http)
    {
        var user = await FinanceAsync(http.RequestServices.GetRequiredService<UserManager<User>>());
        var invoice = await WaitingAsync(http);
        var decide = http.RequestServices.GetRequiredService<DecideInvoice>();
        var result = await decide.ApproveAsync(invoice.Id, new Approver(user.Id, user.SecurityStamp), invoice.ReviewHash!, http.RequestAborted);
        await http.Response.WriteAsync(result.ToString());
    }

    private static async Task<User> FinanceAsync(UserManager<User> users)
    {
        if (await users.FindByNameAsync(Finance) is not { } user)
            await users.CreateAsync(user = new User { UserName = Finance, Email = Finance });
        if (!await users.IsInRoleAsync(user, Roles.Finance))
            await users.AddToRoleAsync(user, Roles.Finance);
        return user;
    }

    private static async Task<Invoice> WaitingAsync(HttpContext http)
    {
        await using var db = await http.RequestServices.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync(http.RequestAborted);
        return await db.Set<Invoice>().AsNoTracking().SingleAsync(invoice => invoice.Status == InvoiceStatus.ReadyForReview, http.RequestAborted);
    }

    private sealed class Watcher<T>(Action<T> onNext) : IObserver<T>
    {
        public void OnNext(T value) => onNext(value);

        public void OnCompleted()
        {
            // Nothing to give back: it lasts as long as its process.
        }

        public void OnError(Exception error)
        {
            // A listener that failed opens no door, and the test that knocks says so.
        }
    }
}
