using RevOps.Core.Data;

namespace RevOps.Web.Platform.Verbs;

/// <summary>Brings the database to this version; prints the migrations applied, one a line.</summary>
internal static class MigrateVerb
{
    public static readonly Verb Verb = new("migrate", "migrate", RunAsync);

    private static async Task<int> RunAsync(VerbCall call)
    {
        foreach (var migration in await call.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None))
            await call.Output.WriteLineAsync(migration);
        return 0;
    }
}
