using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Identity;

/// <summary>Cookies for people, keys for systems, and one choice between the two.</summary>
public static class SignInFeature
{
    private const string EitherScheme = "CookieOrKey";
    private static readonly TimeSpan StampCheck = TimeSpan.FromMinutes(1);

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSignInKeys();
        services.AddHttpContextAccessor();
        services.AddSingleton(PublicAddress.From(builder.Configuration));
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector = SchemeFor)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddIdentityCookies(cookies =>
            {
                cookies.ApplicationCookie!.Configure(cookie => Configure(cookie, builder.Environment));
                cookies.TwoFactorUserIdCookie!.Configure(cookie => Name(cookie, "step", builder.Environment));
                cookies.TwoFactorRememberMeCookie!.Configure(cookie => Name(cookie, "browser", builder.Environment));
                cookies.ExternalCookie!.Configure(cookie => Name(cookie, "external", builder.Environment));
            });
        services.AddAuthorization(Policies.Apply);
        services.AddSingleton<IAuthorizationHandler, OwesNothing.Handler>();
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = (CookieName(builder.Environment) + "-form", SecurePolicy(builder.Environment)));

        new IdentityBuilder(typeof(User), typeof(Role), services).AddSignInManager<SignIns>();
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            (options.ValidationInterval, options.TimeProvider) = (StampCheck, TimeProvider.System);
            options.OnRefreshingPrincipal = SessionCookie.CarryOverAsync;
        });
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // It stands for both factors, and is found without a name being typed.
            (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required");
            options.ServerDomain = PublicAddress.From(builder.Configuration).Given?.Host;
        });

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingUser>();
        services.AddScoped<DemoUsers>();
        services.AddSingleton<SeedRoles>();
        services.AddSingleton<UnknownNames>();
        services.AddSingleton<SetUpLink>();
    }

    /// <summary>Sign-ins survive a restart, and several nodes over one data folder know each other's.</summary>
    public static void AddSignInKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("RevOps")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(DataFolder.Of(builder.Configuration), "signin-keys")));

        // They lie beside the key file, which protects more than they do: a warning that they are not encrypted again helps nobody.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
    }

    public static void MapSignIn(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Switches>().Demo)
            app.MapPost("/signin/demo", DemoUsers.SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).ExcludeFromDescription();
        app.MapPasskeys();
    }

    private static string SchemeFor(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || (context.Request.IsForPrograms() && !context.Request.Cookies.ContainsKey(CookieName(context)))
            ? ApiKeyHandler.SchemeName
            : IdentityConstants.ApplicationScheme;

    private static string CookieName(HttpContext context) => CookieName(context.RequestServices.GetRequiredService<IWebHostEnvironment>());

    // A browser accepts the __Host- prefix only over TLS, for this very host; Development has no TLS.
    private static string CookieName(IWebHostEnvironment environment) => environment.IsDevelopment() ? "revops" : "__Host-revops";

    private static CookieSecurePolicy SecurePolicy(IWebHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    private static void Configure(CookieAuthenticationOptions cookie, IWebHostEnvironment environment)
    {
        (cookie.LoginPath, cookie.LogoutPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = ("/signin", "/signout", "/denied", "return");
        (cookie.Cookie.Name, cookie.Cookie.SecurePolicy, cookie.Cookie.SameSite) = (CookieName(environment), SecurePolicy(environment), SameSiteMode.Lax);
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration, cookie.TimeProvider) = (Sessions.Usual, true, TimeProvider.System);
        cookie.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;

        // A redirect to a form is no answer for a program.
        var (signIn, denied) = (cookie.Events.OnRedirectToLogin, cookie.Events.OnRedirectToAccessDenied);
        cookie.Events.OnRedirectToLogin = context => context.Request.IsForPrograms()
            ? context.HttpContext.WriteProblemAsync(StatusCodes.Status401Unauthorized, "Sign in again, or send an API key.")
            : signIn(context);
        cookie.Events.OnRedirectToAccessDenied = context => context.Request.IsForPrograms()
            ? context.HttpContext.WriteProblemAsync(StatusCodes.Status403Forbidden, "Your role does not allow this, or needs a second factor.")
            : LeadOnAsync(context, denied);
    }

    /// <summary>Whoever owes a second factor is led to where it is set up, instead of being told no.</summary>
    private static Task LeadOnAsync(RedirectContext<CookieAuthenticationOptions> context, Func<RedirectContext<CookieAuthenticationOptions>, Task> denied)
    {
        var http = context.HttpContext;
        if (!http.User.OwesSecondFactor(http.RequestServices.GetRequiredService<TwoFactorRule>()))
            return denied(context);
        http.Response.Redirect($"{Paths.SecondFactor}?return={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static void Name(CookieAuthenticationOptions cookie, string step, IWebHostEnvironment environment) =>
        (cookie.Cookie.Name, cookie.Cookie.SecurePolicy, cookie.Cookie.SameSite) = ($"{CookieName(environment)}-{step}", SecurePolicy(environment), SameSiteMode.Lax);
}
