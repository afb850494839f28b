using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Shell;

/// <summary>
/// Language and theme: cookies, set by a full load because a circuit cannot set one. What somebody chooses while signed in is also kept
/// with their account, and comes along to the next browser in which they sign in.
/// </summary>
public static class Preferences
{
    public const string ThemeCookie = "theme";
    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "system";

    /// <summary>Cookie of a browser that shows the rooms as icons only.</summary>
    public const string NarrowRooms = "narrow-rooms";

    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/culture", SetCultureAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/theme", SetThemeAsync).AllowAnonymous().ExcludeFromDescription();
    }

    public static void UseCulture(this WebApplication app)
    {
        string[] languages = [.. Culture.Languages];
        string[] formats = [.. languages.Select(Culture.FormatsOf)];
        var options = new RequestLocalizationOptions
        {
            ApplyCurrentCultureToResponseHeaders = true,
            DefaultRequestCulture = new RequestCulture(formats[0], languages[0]),
        }.AddSupportedCultures(formats).AddSupportedUICultures(languages);

        // The cookie, then what the browser asks for; an address says nothing about language.
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AskedByBrowser()];
        app.UseRequestLocalization(options);
    }

    public static bool HasNarrowRooms(this HttpContext context) => context.Request.Cookies[NarrowRooms] == "1";

    /// <summary>The chosen theme; null for the system's.</summary>
    public static string? Theme(this HttpContext context) => context.Request.Cookies[ThemeCookie] is Light or Dark ? context.Request.Cookies[ThemeCookie] : null;

    /// <summary>Sets the cookies to what an account has kept; what it never chose stays as this browser has it.</summary>
    public static void Bring(this HttpContext context, string? language, string? theme)
    {
        if (language is not null && Culture.Languages.Contains(language))
            SetLanguage(context, language);
        if (theme is not null)
            SetTheme(context, theme);
    }

    private static async Task<RedirectHttpResult> SetCultureAsync(HttpContext context, IDbContextFactory<RevOpsDb> databases, string to, string? @return)
    {
        if (Culture.Languages.Contains(to))
        {
            SetLanguage(context, to);
            await KeepAsync(context, databases, (of, cancel) => of.ExecuteUpdateAsync(set => set.SetProperty(user => user.Language, to), cancel));
        }

        return TypedResults.LocalRedirect(LocalPath.Of(@return));
    }

    private static async Task<RedirectHttpResult> SetThemeAsync(HttpContext context, IDbContextFactory<RevOpsDb> databases, string to, string? @return)
    {
        var theme = to is Light or Dark ? to : System;
        SetTheme(context, theme);
        await KeepAsync(context, databases, (of, cancel) => of.ExecuteUpdateAsync(set => set.SetProperty(user => user.Theme, theme), cancel));
        return TypedResults.LocalRedirect(LocalPath.Of(@return));
    }

    /// <summary>With the account of whoever is signed in; a demo user is shared by all who look around.</summary>
    private static async Task KeepAsync(HttpContext context, IDbContextFactory<RevOpsDb> databases, Func<IQueryable<User>, CancellationToken, Task<int>> keepAsync)
    {
        if (context.User.UserId() is not { } id || context.User.IsDemo())
            return;
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        await db.WriteAsync(() => keepAsync(db.Set<User>().Where(user => user.Id == id), context.RequestAborted), context.RequestAborted);
    }

    private static void SetLanguage(HttpContext context, string language) =>
        Set(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(Culture.FormatsOf(language), language)));

    private static void SetTheme(HttpContext context, string theme)
    {
        if (theme is Light or Dark)
            Set(context, ThemeCookie, theme);
        else
            context.Response.Cookies.Delete(ThemeCookie, Flags(context));
    }

    private static void Set(HttpContext context, string name, string value) => 
        context.Response.Cookies.Append(name, value, new CookieOptions(Flags(context)) { MaxAge = TimeSpan.FromDays(365) });

    // For letting go as well: a browser does not let an answer without them take a secure cookie away. Development has no TLS.
    private static CookieOptions Flags(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || !context.RequestServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment(),
    };

    /// <summary>The first language that the browser asks for and we speak, with the formats that go with it here.</summary>
    private sealed class AskedByBrowser : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
        {
            var asked = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString().Split('-')[0]);
            return Task.FromResult(asked.FirstOrDefault(Culture.Languages.Contains) is { } language ? new ProviderCultureResult(Culture.FormatsOf(language), language) : null);
        }
    }
}
