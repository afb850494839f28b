using RevOps.Core.Ingestion.HooksOut;

namespace RevOps.Web.Platform;

public static class HookTargetsOf
{
    /// <summary>On a developer's machine and beside the stand-ins the other side may run on the same machine; elsewhere that is the server's own network.</summary>
    public static HookTargetRules HookTargets(this WebApplicationBuilder builder) => new(builder.Environment.IsDevelopment() || Switches.From(builder.Configuration).Sandbox);
}
