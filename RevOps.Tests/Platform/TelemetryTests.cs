using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using RevOps.Web.Platform;

namespace RevOps.Tests.Platform;

public sealed class TelemetryTests
{
    [Fact]
    public void Spans_LeaveWithoutTheUserAgent()
    {
        using var sent = new Sent();
        using var traces = Sdk.CreateTracerProviderBuilder().AddSpans().AddProcessor(sent).Build();
        using var source = new ActivitySource("RevOps");
        using (var span = source.StartActivity(nameof(Spans_LeaveWithoutTheUserAgent)))
            span!.SetTag("user_agent.original", "Mozilla/5.0").SetTag("url.path", "/signin");

        Assert.Equal([KeyValuePair.Create("url.path", (object?)"/signin")], sent.Tags);
    }

    private sealed class Sent : BaseProcessor<Activity>
    {
        public IReadOnlyList<KeyValuePair<string, object?>> Tags { get; private set; } = [];

        // Other tests of this run are traced as well.
        public override void OnEnd(Activity data)
        {
            if (data.OperationName == nameof(Spans_LeaveWithoutTheUserAgent))
                Tags = [.. data.TagObjects];
        }
    }
}
