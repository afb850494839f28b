using RevOps.Core.Platform.Demo;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Demo;

public static class DemoFeature
{
    /// <summary>
    /// An agency's ninety days, told through the front door. After the sandbox, which it is told against, and before the outbox engine, so
    /// that the clock stands where the jobs expect it. Elsewhere there is nothing of it but the table that says that none ran.
    /// </summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoProgress>().AddSingleton<BookingPlay>();
        builder.Services.AddSingleton<DemoRuns>();
        builder.Services.AddScoped<Tour>();
        if (!IsThere(builder))
            return;
        builder.Services.AddSingleton(DemoOptions.From(builder.Configuration));
        builder.Services.AddSingleton<DemoClock>();
        builder.Services.AddSingleton<DemoWorld>().AddSingleton<DemoFinance>().AddSingleton<DemoClients>().AddSingleton<DemoBank>().AddSingleton<DemoPrices>().AddSingleton<PlayBooking>();
        builder.Services.AddHostedService<DemoDriver>();
    }

    /// <summary>Makes the demo's clock the business clock.</summary>
    public static void TurnClock(this WebApplicationBuilder builder)
    {
        if (IsThere(builder))
            builder.Services.AddSingleton<TimeProvider>(container => container.GetRequiredService<DemoClock>());
    }

    private static bool IsThere(WebApplicationBuilder builder) => Switches.From(builder.Configuration) is { Demo: true, Sandbox: true };
}
