using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Scorecard;

/// <summary>A company on 2 March 2026 with an invoice of 120.00 that was due in January, and the people who look at its figures.</summary>
public sealed class WatchWorld : IAsyncDisposable
{
    public static readonly DateOnly Today = DateOnly.FromDateTime(SomeSales.Noon.UtcDateTime);

    public TurnableClock Clock { get; } = new(SomeSales.Noon);

    public RevOpsHost Host { get; }

    public WatchWorld() => Host = new() { Clock = Clock };

    public T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static async Task<(WatchWorld World, Guid Invoice)> OpenAsync()
    {
        var world = new WatchWorld();
        var invoice = await new SomeSales(world.Host).AddAsync("C", one =>
            (one.Status, one.Number, one.IssuedAt, one.IssuedOn, one.DueOn) = (InvoiceStatus.Open, "F-1", SomeSales.Noon.AddDays(-60), Today.AddDays(-60), Today.AddDays(-40)));
        return (world, invoice);
    }

    public async Task<Approver> HireAsync(string role, string? email = null, string? language = null)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = email ?? $"{role}@agency.example", Email = email ?? $"{role}@agency.example", Language = language };
        Assert.True((await users.CreateAsync(user, "a long enough sentence")).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return new(user.Id, user.SecurityStamp);
    }

    /// <summary>As the hourly schedules have them run.</summary>
    public async Task RunAsync<TJob>() where TJob : IOutboxJob
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TJob>().RunAsync(null!, CancellationToken.None);
    }

    public async Task LookAsync()
    {
        await RunAsync<MeasureChecks>();
        await RunAsync<WatchFigures>();
    }

    public Task<AlertPage> AlertsAsync(AlertState state, AlertRoles roles = AlertRoles.Management) => Get<AlertQueries>().PageAsync(new(state, roles), CancellationToken.None);

    /// <summary>The client pays.</summary>
    public async Task PayAsync(Guid invoice)
    {
        await using var db = await Host.OpenDatabaseAsync();
        db.Add(Overview.OverviewWorld.Pay(invoice, 12_000, Clock.GetUtcNow()));
        var row = await db.Set<Invoice>().SingleAsync(one => one.Id == invoice);
        (row.PaidMinor, row.Status, row.PaidAt) = (12_000, InvoiceStatus.Paid, Clock.GetUtcNow());
        await db.SaveChangesAsync();
    }

    public static ClaimsPrincipal Somebody(string role) => new(new ClaimsIdentity([new(ClaimTypes.Role, role)], "test"));
}
