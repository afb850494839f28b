namespace RevOps.Web.Connections;

/// <summary>What a website's developer pastes for the collector. The test suite runs a real nginx with the one for it.</summary>
public static class SiteSnippets
{
    /// <summary>Calls made before the script has loaded are kept and made then.</summary>
    public const string Stub = """<script>window.RevOps=window.RevOps||{q:[],consent(a){this.q.push(["consent",a])},ready(f){this.q.push(["ready",f])}}</script>""";

    /// <summary>Where the two addresses stand behind a website's own domain.</summary>
    public const string OwnPath = "/rv/";

    public const string Consent = """
        // In the banner, when the visitor has answered. Not needed where IAB TCF or Google consent mode tells it.
        RevOps.consent({ measurement: true, ads: true, personalization: false, textVersion: "2026-11" });
        """;

    public const string Widget = """
        // Once everything is there:
        RevOps.ready(revops => {
          const context = revops.voiceContext();                       // {visitorId, clickIds, ad, fbp, fbc}: hand it to the voice agent
          fbq("track", "Lead", {}, { eventID: revops.eventId("lead", sessionId) }); // the id that the server sends too
        });
        """;

    public static string Embed(Uri address, string key) => $"""
        {Stub}
        <script async src="{new Uri(address, "/revops.js")}" data-key="{key}"></script>
        """;

    public static string OwnEmbed => $"""<script async src="{OwnPath}revops.js" data-key="pk_…"></script>""";

    /// <summary>For the server block of the website.</summary>
    public static string Nginx(Uri address) => $$"""
        location = {{OwnPath}}revops.js {
            proxy_pass {{new Uri(address, "/revops.js")}};
            proxy_ssl_server_name on;
        }
        location = {{OwnPath}}collect {
            proxy_pass {{new Uri(address, "/collect")}};
            proxy_ssl_server_name on;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Host $host;
            client_max_body_size 16k;
        }
        """;

    /// <summary>For the site block of the website; Caddy adds the X-Forwarded headers by itself.</summary>
    public static string Caddy(Uri address) => $$"""
        handle_path {{OwnPath}}* {
            reverse_proxy {{address.GetLeftPart(UriPartial.Authority)}} {
                header_up Host {upstream_hostport}
            }
        }
        """;
}
