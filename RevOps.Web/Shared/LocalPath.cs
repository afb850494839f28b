using Microsoft.AspNetCore.Http.HttpResults;

namespace RevOps.Web.Shared;

/// <summary>Where to go back to. What comes with a link may have been written by anybody, so it never leads out of the product.</summary>
public static class LocalPath
{
    public const string Home = "/";

    /// <summary>The path when it is one of ours, else the first page.</summary>
    public static string Of(string? path) => path is ['/', ..] && RedirectHttpResult.IsLocalUrl(path) ? path : Home;
}
