using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using RevOps.Core.Identity;

namespace RevOps.Web.Platform;

public static class Settings
{
    private const string DevelopmentUrl = "http://localhost:5080";

    // Complete enough that invoices of the sandbox can be approved; the settings' own values win.
    private static readonly Dictionary<string, string> DemoCompany = new(StringComparer.Ordinal)
    {
        ["LegalName"] = "Agence Démo",
        ["LegalForm"] = "SAS",
        ["Capital"] = "10 000 €",
        ["RcsCity"] = "Lyon",
        ["Siren"] = "732829320",
        ["VatNumber"] = "FR44732829320",
        ["AddressLine1"] = "12 rue de la République",
        ["PostalCode"] = "69002",
        ["City"] = "Lyon",
    };

    /// <summary>
    /// Puts two sources below all others: what only Development takes for granted, and above it the appsettings.json of the solution,
    /// which the build copies beside the app so that it is found wherever the app is started from.
    /// </summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        var (sources, development) = (((IConfigurationBuilder)builder.Configuration).Sources, builder.Environment.IsDevelopment());
        sources.Insert(0, new JsonConfigurationSource { Path = "appsettings.json", Optional = true, FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory) });
        sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults(builder.Configuration, development, builder.Environment.IsProduction()) });
        builder.Services.AddSingleton(Switches.From(builder.Configuration)).AddSingleton(StripeKeys.From(builder.Configuration, builder.Environment));
    }

    private static Dictionary<string, string?> Defaults(IConfiguration given, bool development, bool production)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [Switches.DemoKey] = development.ToString(),
            [Switches.SandboxKey] = development.ToString(),
            // In Development the framework takes a file whose time has fractions of a second for changed since the build, and serves it at full
            // size. Whoever works on a style without building says true.
            ["ReloadStaticAssetsAtRuntime"] = bool.FalseString,
            [TwoFactorRule.Key] = production ? $"{Roles.Finance},{Roles.Admin}" : "",
        };

        if (development)
        {
            foreach (var (key, value) in DemoCompany)
                defaults[$"Company:{key}"] = value;
        }

        // A port given without an address counts less to the server than any address does: leave it alone.
        if (development && given[WebHostDefaults.HttpPortsKey] is null)
            defaults[WebHostDefaults.ServerUrlsKey] = DevelopmentUrl;
        return defaults;
    }
}
