using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RevOps.Web.Platform;

/// <summary>Traces and metrics over OTLP, when OTEL_EXPORTER_OTLP_ENDPOINT says where to.</summary>
public static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Quartz", "RevOps"];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.EntityFrameworkCore", "System.Net.Http", "System.Runtime", "Quartz", "RevOps", "RevOps.Hooks",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        // Without this the server leaves method, route and status out of its spans.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddHostedService<Exporter>();
    }

    /// <summary>The sources of our spans, without what they say of a person.</summary>
    public static TracerProviderBuilder AddSpans(this TracerProviderBuilder traces) => traces.AddSource(Sources).AddProcessor(new WithoutUserAgent());

    /// <summary>The packages that tie OpenTelemetry to the host are not at hand; this is all that they would do here.</summary>
    private sealed class Exporter : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var service = ResourceBuilder.CreateDefault().AddService("revops");
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(service).AddSpans().AddOtlpExporter().Build();
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(service).AddMeter(Meters).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
    /// <summary>What a browser calls itself helps to tell people apart, and nobody reads a trace for it.</summary>
    private sealed class WithoutUserAgent : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => data.SetTag("user_agent.original", null);
    }
}
