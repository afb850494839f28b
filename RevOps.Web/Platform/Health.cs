using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RevOps.Core.Data;

namespace RevOps.Web.Platform;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can also do its work.</summary>
public static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseIsCurrent>("database", tags: [Ready]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", Checks(_ => false)).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", Checks(check => check.Tags.Contains(Ready))).AllowAnonymous();
    }

    private static HealthCheckOptions Checks(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)(entry.Value.Description ?? entry.Value.Status.ToString())));
        return context.Response.WriteAsJsonAsync(new { status = report.Status.ToString(), checks = new JsonObject(checks) });
    }

    private sealed class DatabaseIsCurrent(IDbContextFactory<RevOpsDb> databases) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (!await db.Database.CanConnectAsync(cancellationToken))
                return HealthCheckResult.Unhealthy("cannot be reached");
            return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
                ? HealthCheckResult.Unhealthy("waits for a migration")
                : HealthCheckResult.Healthy("reachable and current");
        }
    }
}
