using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using RevOps.Web.Identity;

namespace RevOps.Web.Platform;

/// <summary>How much one caller may ask of us. Each endpoint names its policy.</summary>
public static class RateLimits
{
    public const string Events = "events";
    public const string Hooks = "hooks";
    public const string Collect = "collect";
    public const string SignIn = "signin";
    public const string Passkeys = "passkeys";

    public const string EventsKey = "RateLimits:Events:PermitsPerSecond";
    public const string HooksKey = "RateLimits:Hooks:PermitsPerSecond";
    public const string CollectKey = "RateLimits:Collect:PermitsPerSecond";
    public const string SignInKey = "RateLimits:SignIn:PermitsPerMinute";

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = RefuseAsync;
            options.AddPolicy(Events, Policy(context => context.User.Actor() ?? Address(context), settings.GetValue(EventsKey, 5_000), TimeSpan.FromSeconds(1)));
            options.AddPolicy(Hooks, Policy(Address, settings.GetValue(HooksKey, 500), TimeSpan.FromSeconds(1)));

            // An office full of people has one address.
            options.AddPolicy(Collect, Policy(Address, settings.GetValue(CollectKey, 50), TimeSpan.FromSeconds(1)));

            // Only tries count: whoever looks at the form again is no burglar.
            var perMinute = settings.GetValue(SignInKey, 20);
            var tries = Policy(Address, perMinute, TimeSpan.FromMinutes(1));
            options.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method) ? tries(context) : RateLimitPartition.GetNoLimiter("reading"));

            // A challenge proves nothing yet, and each look at the sign-in form asks for one.
            options.AddPolicy(Passkeys, Policy(Address, perMinute * 5, TimeSpan.FromMinutes(1)));
        });
    }

    private static Func<HttpContext, RateLimitPartition<string>> Policy(Func<HttpContext, string> caller, int permits, TimeSpan window) => context =>
        RateLimitPartition.GetFixedWindowLimiter(caller(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window });

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)) : 1;
        rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);

        // People are shown the page of this status (see Shell).
        if (rejected.HttpContext.Request.IsForPrograms())
            await rejected.HttpContext.WriteProblemAsync(StatusCodes.Status429TooManyRequests, $"Too many requests. Try again in {wait} s.");
    }
}
