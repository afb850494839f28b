using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Conventions;

/// <summary>
/// Who may open which door, as it was decided. The pages say the same in their own words, and the running product is asked (DoorTests).
/// A route that is missing here fails there.
/// </summary>
internal static class Doors
{
    public const string Anyone = "anyone";

    /// <summary>Signed in, and nobody has given them a role yet.</summary>
    public const string Roleless = "roleless";

    private const string Everybody = "Finance Marketing Management Admin Privacy";
    private const string OwnAccount = Everybody + " " + Roleless;

    /// <summary>Roles and scopes of keys. The first role of a page is the one that AxeTests looks at it with.</summary>
    public static readonly IReadOnlyDictionary<string, string> Table = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/"] = Everybody,
        ["/overview/{Rows}"] = Everybody,
        ["/demo"] = Everybody,
        ["/approvals"] = "Finance Management Admin",
        ["/invoices"] = "Finance Management Admin",
        ["/invoices/{Id:guid}"] = "Finance Management Admin",
        ["/credit-notes"] = "Finance Management Admin",
        ["/credit-notes/{Id:guid}"] = "Finance Management Admin",
        ["/credit-notes/new"] = "Finance",
        ["/receivables"] = "Finance Management Admin",
        ["/receivables/open"] = "Finance Management Admin",
        ["/bank"] = "Finance Management Admin",
        ["/bank/files"] = "Finance Management Admin",
        ["/reconciliation"] = "Finance Management Admin",
        ["/reconciliation/crm"] = "Finance Management Admin",
        ["/receivables/issued"] = "Finance Management Admin",
        ["/receivables/cash"] = "Finance Management Admin",
        ["/receivables/payouts"] = "Finance Management Admin",
        ["/receivables/payouts/{Id:guid}"] = "Finance Management Admin",
        ["/receivables/late"] = "Finance Management Admin",
        ["/receivables/late/{Id:guid}"] = "Finance Management Admin",
        ["/receivables/late/calls"] = "Finance Management Admin",
        ["/receivables/late/days"] = "Finance Management Admin",
        ["/receivables/late/reminders"] = "Finance Management Admin",
        ["/receivables/late/rates"] = "Finance Management Admin",
        ["/customers"] = "Finance Management Admin",
        ["/customers/{Id:guid}"] = "Finance Management Admin",
        ["/customers/alike"] = "Finance Management Admin",
        ["/cut-over"] = "Finance Management Admin",
        ["/cut-over/history"] = "Finance Management Admin",
        ["/cut-over/opening"] = "Finance",
        ["/cut-over/deals"] = "Finance",
        ["/catalogue"] = "Finance Management Admin",
        ["/catalogue/{Id:guid}"] = "Finance Management Admin",
        ["/catalogue/new"] = "Finance",
        ["/pricing"] = "Finance Management",
        ["/pricing/history"] = "Finance Management",
        ["/pricing/fairness"] = "Finance Management",
        ["/pricing/capacity"] = "Finance Management",
        ["/pricing/services/{Code}"] = "Finance Management",
        ["/catalogue/import"] = "Finance",
        ["/invoices/new"] = "Finance",
        ["/invoices/{Id:guid}/edit"] = "Finance",
        ["/invoices/{Id:guid}/proof"] = "Finance Management Admin",
        ["/journeys"] = "Privacy Marketing Management",
        ["/journeys/{PersonId:guid}"] = "Privacy Marketing Management",
        ["/journeys/channels"] = "Marketing Privacy Management",
        ["/journeys/bant"] = "Privacy Marketing Management",
        ["/journeys/bant/{ReviewId:guid}/read"] = "Privacy",
        ["/attribution"] = "Marketing Privacy Management",
        ["/attribution/paths"] = "Marketing Privacy Management",
        ["/attribution/paths/file"] = "Marketing Privacy Management",
        ["/attribution/clicks/file"] = "Privacy",
        ["/attribution/journeys"] = "Marketing Privacy Management",
        ["/attribution/stages"] = "Marketing Privacy Management",
        ["/attribution/time"] = "Marketing Privacy Management",
        ["/attribution/chain"] = "Marketing Privacy Management",
        ["/attribution/lift"] = "Marketing Privacy Management",
        ["/people"] = "Privacy Marketing Management",
        ["/people/{PersonId:guid}"] = "Privacy Marketing Management",
        ["/people/{id:guid}/export"] = "Privacy",
        ["/conversions"] = "Privacy Marketing Management",
        ["/conversions/{Id:guid}"] = "Privacy Marketing Management",
        ["/conversions/quality"] = "Privacy Marketing Management",
        ["/alerts"] = Everybody,
        ["/alerts/{Id:guid}"] = Everybody,
        ["/alerts/rules"] = "Management Admin",
        ["/digest"] = "Management",
        ["/claims"] = "Management",
        ["/claims/{Id}"] = "Management",
        ["/outlook"] = "Management Finance Marketing",
        ["/outlook/cash"] = "Finance Management Admin",
        ["/simulator"] = "Management",
        ["/scorecard"] = "Management",
        ["/scorecard/{Id}"] = "Management",
        ["/scorecard/source"] = "Management",
        ["/spend"] = "Marketing Management Privacy",
        ["/spend/imports"] = "Marketing Management Privacy",
        ["/spend/reconciliation"] = "Marketing Management Privacy",
        ["/spend/file"] = "Marketing Management Privacy",
        ["/events"] = "Admin Finance Marketing Privacy",
        ["/events/{Id:guid}"] = "Admin Finance Marketing Privacy",
        ["/jobs"] = "Admin Finance Marketing",
        ["/jobs/{Id:guid}"] = "Admin Finance Marketing",
        ["/audit"] = "Admin Finance Privacy",
        ["/audit/{Sequence:long}"] = "Admin Finance Privacy",
        ["/connections"] = "Admin",
        ["/connections/keys"] = "Admin",
        ["/connections/connectors"] = "Admin",
        ["/connections/connectors/{Name}"] = "Admin",
        ["/connections/deliveries"] = "Admin Finance Marketing Privacy",
        ["/connections/deliveries/{Id:guid}"] = "Admin Finance Marketing Privacy",
        ["/connections/hooks"] = "Admin",
        ["/connections/sent"] = "Admin",
        ["/connections/sent/{Id:guid}"] = "Admin",
        ["/connections/sites"] = "Admin",
        ["/connections/templates"] = "Admin",
        ["/connections/snippets"] = "Admin",
        ["/users"] = "Admin",
        ["/users/invite"] = "Admin",
        ["/users/{Id:guid}"] = "Admin",
        ["/mail"] = "Admin",
        ["/settings"] = "Admin",
        ["/settings/company"] = "Admin",
        ["/settings/stages"] = "Admin",
        ["/settings/consent"] = "Admin",
        ["/settings/bant"] = "Admin",
        ["/settings/approvals"] = "Admin",
        ["/settings/retention"] = "Admin",

        ["/account"] = OwnAccount,
        ["/account/password"] = OwnAccount,
        ["/account/sessions"] = OwnAccount,
        ["/account/two-factor"] = OwnAccount,
        ["/account/passkey"] = OwnAccount,

        ["/signin"] = Anyone,
        ["/signin/two-factor"] = Anyone,
        ["/signin/passkey"] = Anyone,
        ["/signin/demo"] = Anyone,
        ["/signout"] = Anyone,
        ["/forgot"] = Anyone,
        ["/reset"] = Anyone,
        ["/invitation"] = Anyone,
        ["/setup"] = Anyone,
        ["/denied"] = Anyone,
        ["/not-found"] = Anyone,
        ["/status/{Code:int}"] = Anyone,
        ["/culture"] = Anyone,
        ["/theme"] = Anyone,

        ["/api/v1/events"] = ApiKey.EventsWrite,
        ["/api/v1/prices"] = ApiKey.PricesRead + " " + Everybody,
        ["/api/v1/metrics"] = ApiKey.MetricsRead + " " + Everybody,
        ["/hooks/stripe"] = Anyone,
        ["/collect"] = Anyone,
        ["/revops.js"] = Anyone,
        ["/hooks/{connector}"] = Anyone,
        ["/openapi/{documentName}.json"] = Anyone,
        ["/healthz/live"] = Anyone,
        ["/healthz/ready"] = Anyone,

        // Of the framework: the circuit behind an open page.
        ["/_blazor"] = Everybody,
        ["/_blazor/negotiate"] = Everybody,
        ["/_blazor/disconnect/"] = Everybody,
        ["/_blazor/initializers/"] = Everybody,
        ["/_framework/opaque-redirect"] = Everybody,

        // In Development only.
        ["/style"] = Everybody,
    };

    public static bool IsOpenTo(string route, string who) => Table[route] == Anyone || Table[route].Split(' ').Contains(who);

    /// <summary>Every route of the running product but the files of the build.</summary>
    public static ILookup<string, RouteEndpoint> Of(RevOpsHost host) => Endpoints(host).Where(endpoint => !IsFile(endpoint)).ToLookup(RouteOf);

    public static IEnumerable<RouteEndpoint> FilesOf(RevOpsHost host) => Endpoints(host).Where(IsFile);

    /// <summary>Those that show a page.</summary>
    public static IEnumerable<Page> PagesOf(RevOpsHost host) =>
        from route in Of(host)
        let component = route.First().Metadata.GetMetadata<ComponentTypeMetadata>()
        where component is not null
        select new Page(route.Key, component.Type.IsDefined(typeof(Microsoft.AspNetCore.Components.ExcludeFromInteractiveRoutingAttribute), inherit: true));

    public static string RouteOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    public static bool TakesPosts(IEnumerable<RouteEndpoint> route) => route.Any(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) is true);

    public static bool TakesGets(IEnumerable<RouteEndpoint> route) => route.Any(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains(HttpMethods.Get));

    private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static IEnumerable<RouteEndpoint> Endpoints(RevOpsHost host) => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}

/// <param name="Route">As the table knows it.</param>
/// <param name="IsStill">It has no circuit: what it does, it does by forms.</param>
internal sealed record Page(string Route, bool IsStill);
