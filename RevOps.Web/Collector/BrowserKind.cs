namespace RevOps.Web.Collector;

/// <summary>What a user agent says of how a browser keeps cookies; it is read and not kept for that.</summary>
public static class BrowserKind
{
    private static readonly string[] Apple = ["iPhone", "iPad", "iPod"];

    // Every browser with another engine still calls itself Safari as well.
    private static readonly string[] Others = ["Chrome/", "Chromium/", "CriOS/", "Edg/", "OPR/", "Android", "SamsungBrowser/"];

    /// <summary>
    /// WebKit keeps a cookie that a script set for 7 days (Intelligent Tracking Prevention): Safari, and every browser on iOS, where WebKit is
    /// what they are made of.
    /// </summary>
    public static bool CapsScriptCookies(string userAgent)
    {
        if (Array.Exists(Apple, name => userAgent.Contains(name, StringComparison.Ordinal)))
            return true;
        return userAgent.Contains("AppleWebKit/", StringComparison.Ordinal) && userAgent.Contains("Safari/", StringComparison.Ordinal)
            && !Array.Exists(Others, name => userAgent.Contains(name, StringComparison.Ordinal));
    }
}
