using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Web.Platform.Verbs;

/// <summary>Makes an API key and prints it: the one time that it can be read.</summary>
internal static class KeyVerb
{
    public static readonly Verb Verb = new("key create", "key create --scopes events:write,metrics:read [--name N]", RunAsync);

    private static async Task<int> RunAsync(VerbCall call)
    {
        var scopes = call.Required("scopes").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // The first thing that an installer does may be to make a key, before the app ever ran.
        await call.Services.GetRequiredService<DatabaseMigrator>().EnsureCurrentAsync(CancellationToken.None);
        var keys = call.Services.GetRequiredService<ApiKeys>();
        await call.Output.WriteLineAsync(await keys.CreateAsync(call.Option("name") ?? "command line", scopes, VerbCall.Actor, CancellationToken.None));
        return 0;
    }
}
