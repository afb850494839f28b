namespace RevOps.Web.Platform.Verbs;

/// <summary>Looks at the installation and says, a line per check, what is well and what is not.</summary>
internal static class DoctorVerb
{
    public static readonly Verb Verb = new("doctor", "doctor", RunAsync);

    private static async Task<int> RunAsync(VerbCall call)
    {
        var worst = Verdict.Ok;
        foreach (var check in DoctorChecks.All)
        {
            var finding = await LookAsync(check, call.Services);
            worst = finding.Verdict > worst ? finding.Verdict : worst;
            await call.Output.WriteLineAsync($"{finding.Verdict.ToString().ToLowerInvariant(),-5} {check.Name,-12} {finding.Text}");
        }

        return worst == Verdict.Fail ? 1 : 0;
    }

    private static async Task<Finding> LookAsync(DoctorCheck check, IServiceProvider services)
    {
        try
        {
            return await check.LookAsync(services);
        }
#pragma warning disable CA1031 // A check that cannot be made is a finding, and the next checks still count.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Finding.Fail(error.Message.ReplaceLineEndings(" "));
        }
    }
}

internal enum Verdict
{
    Ok,
    Warn,
    Fail,
}

internal sealed record Finding(Verdict Verdict, string Text)
{
    public static Finding Ok(string text) => new(Verdict.Ok, text);

    public static Finding Warn(string text) => new(Verdict.Warn, text);

    public static Finding Fail(string text) => new(Verdict.Fail, text);
}

internal sealed record DoctorCheck(string Name, Func<IServiceProvider, Task<Finding>> LookAsync);
