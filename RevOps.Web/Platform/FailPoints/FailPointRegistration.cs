using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RevOps.Web.Platform.FailPoints;

public static class FailPointRegistration
{
    /// <summary>Nothing at all, unless <see cref="FailPoint.Key"/> is set: the features know of no fail-point, and no customer's process has one.</summary>
    public static void AddFailPoint(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[FailPoint.Key] is not { Length: > 0 } text)
            return;

        builder.Services.AddSingleton(FailPoint.Parse(text));
        builder.Services.AddSingleton<IInterceptor, FailPointSaves>();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(container => new FailPointSends(container.GetRequiredService<FailPoint>())));
    }
}
