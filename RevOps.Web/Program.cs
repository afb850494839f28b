using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard;
using RevOps.Web.Attribution.Credits;
using RevOps.Web.Attribution.People;
using RevOps.Web.Bank;
using RevOps.Web.Billing;
using RevOps.Web.Collector;
using RevOps.Web.Connections;
using RevOps.Web.Demo;
using RevOps.Web.Identity;
using RevOps.Web.Ingestion;
using RevOps.Web.Jobs;
using RevOps.Web.Overview;
using RevOps.Web.Platform;
using RevOps.Web.Platform.Engine;
using RevOps.Web.Platform.FailPoints;
using RevOps.Web.Platform.Verbs;
using RevOps.Web.Pricing;
using RevOps.Web.Scorecard.Digest;
using RevOps.Web.Shell;

if (Verbs.AreAskedBy(args))
    return await Verbs.RunAsync(args, Console.Out, Console.Error);

// Files of settings are read once: watched, each write to the database beside them would be looked at.
var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
builder.AddSettings();
if (builder.FindBadSetting() is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}

// The business.
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddPlatform(builder.Configuration);
builder.Services.AddIdentityData();
builder.Services.AddBilling(builder.Configuration);
builder.Services.AddReceivables(builder.Configuration);
builder.Services.AddConversions(builder.Configuration);
builder.Services.AddScorecard();
builder.Services.AddIngestion();
builder.Services.AddConnectors(builder.Configuration, builder.HookTargets());

// Around it. Hosted services start in the order in which they stand here.
builder.AddStart();
builder.AddSandbox();
builder.AddDemo();
builder.AddOutboxEngine();
builder.AddSignIn();
builder.AddShell();
builder.AddConnections();
builder.Services.AddOutboxJob<SendDigests>().AddSingleton<DigestWords>();
builder.AddCollector();
builder.Services.AddScoped<DecisionBatch>();
builder.Services.AddHostedService<WatchBankFolder>();
builder.Services.AddJobs();
builder.AddSecurityHeaders();
builder.AddPageCompression();
builder.AddRateLimits();
builder.AddProblems();
builder.AddHealth();
builder.AddTelemetry();
builder.AddFailPoint();
builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
{
    (document.Info.Title, document.Info.Version) = ("RevOps", "v1");
    return Task.CompletedTask;
}));


// Last: scheduling brings a clock along, and the business clock is the demo's where there is one.
builder.TurnClock();

var app = builder.Build();
app.UseSecurityHeaders();
app.UsePageCompression();
app.UseErrorPages();
app.UseCulture();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapOpenApi().AllowAnonymous();
app.MapHealth();
app.MapEvents();
app.MapHooks();
app.MapCollector();
app.MapConnectors();
app.MapMetrics();
app.MapPrices();
app.MapPersonExport();
app.MapPathFile();
app.MapClickFile();
app.MapSignIn();
app.MapPreferences();
app.MapPages();
try
{
    await app.RunAsync();
    return 0;
}
catch (BadSettingException bad)
{
    await Console.Error.WriteLineAsync(bad.Message);
    return 1;
}

/// <summary>Public for the tests, which start the whole product.</summary>
public partial class Program;
