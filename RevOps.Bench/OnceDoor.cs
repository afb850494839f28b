using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
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
using RevOps.Web.Billing;

namespace RevOps.Bench;

/// <summary>
/// What a person does in the product, by HTTP, in a process that the bench started: make an API key, and approve what waits, with the batch
/// and the call of the Approvals page. The product has no such addresses; they come and go with <see cref="StartupHook"/>.
/// </summary>
internal sealed class OnceDoor : IStartupFilter
{
    public const string Variable = "REVOPS_BENCH_DOOR";
    public const string KeyPath = "/_bench/key";
    public const string ApprovePath = "/_bench/approve";

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

    private static void OpenIn(KeyValuePair<string, object?> happened)
    {
        if (happened is { Key: "HostBuilding", Value: IHostBuilder host })
            host.ConfigureServices(services => services.AddSingleton<IStartupFilter, OnceDoor>());
    }

    private static async Task MakeKeyAsync(HttpContext http)
    {
        var keys = http.RequestServices.GetRequiredService<ApiKeys>();
        await http.Response.WriteAsync(await keys.CreateAsync("bench", ["events:write", "metrics:read"], "system:bench", http.RequestAborted));
    }

    /// <summary>A line per progress as the page would show it, and at last how many ended in which way.</summary>
    private static async Task ApproveAsync(HttpContext http)
    {
        var user = await FinanceAsync(http.RequestServices.GetRequiredService<UserManager<User>>(), http.Request.Query["who"].ToString());
        var drafts = await WaitingAsync(http.RequestServices, int.Parse(http.Request.Query["most"].ToString(), CultureInfo.InvariantCulture));
        var (batch, told) = (new DecisionBatch(), Channel.CreateUnbounded<int>());
        batch.Changed += () => told.Writer.TryWrite(batch.Results.Count);
        var deciding = DecideAsync();
        await foreach (var done in told.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{done}\n"));
            await http.Response.Body.FlushAsync();
        }

        await deciding;
        await http.Response.WriteAsync(JsonSerializer.Serialize(batch.Results.CountBy(decided => decided.Result?.ToString() ?? "BrokenOff").ToDictionary()));

        async Task DecideAsync()
        {
            var scopes = http.RequestServices.GetRequiredService<IServiceScopeFactory>();
            await batch.RunAsync(drafts, draft => scopes.ApproveAsync(draft, user));
            told.Writer.Complete();
        }
    }

    private static async Task<ClaimsPrincipal> FinanceAsync(UserManager<User> users, string name)
    {
        if (await users.FindByNameAsync(name) is not { } user)
            await users.CreateAsync(user = new User { UserName = name, Email = name });
        if (!await users.IsInRoleAsync(user, Roles.Finance))
            await users.AddToRoleAsync(user, Roles.Finance);
        return new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(new ClaimsIdentityOptions().SecurityStampClaimType, user.SecurityStamp!)], "bench"));
    }

    private static async Task<List<SeenDraft>> WaitingAsync(IServiceProvider services, int most)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RevOpsDb>>().CreateDbContextAsync();
        var waiting = await db.Set<Invoice>().AsNoTracking()
            .Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview && invoice.Problems == "" && invoice.ReviewHash != null)
            .OrderBy(invoice => invoice.OccurredAt).Take(most).ToListAsync();
        return [.. waiting.Select(invoice => new SeenDraft(invoice.Id, invoice.ReviewHash!, invoice.Reference, invoice.Gross))];
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
            // A listener that failed opens no door, and the bench that knocks says so.
        }
    }
}
