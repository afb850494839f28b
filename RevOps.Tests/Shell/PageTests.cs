using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using RevOps.Web.Identity;
using RevOps.Web.Shell;

namespace RevOps.Tests.Shell;

public sealed class PageTests
{
    /// <summary>The server closes what says nothing; inside an open page only the page's own word counts.</summary>
    [Fact]
    public void EveryPage_SaysWhoMayOpenIt()
    {
        var silent = typeof(App).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute)))
            .Where(page => !page.IsDefined(typeof(AllowAnonymousAttribute)) && !SaysPolicy(page));
        Assert.Empty(silent);
    }

    private static bool SaysPolicy(Type page) => page.GetCustomAttributes<AuthorizeAttribute>().Any(rule => rule.Policy is { } policy && Policies.OfPages.Contains(policy));
}
