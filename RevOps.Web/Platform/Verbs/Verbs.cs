using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Identity;

namespace RevOps.Web.Platform.Verbs;

/// <summary>
/// Work that is done from the command line instead of serving: <c>RevOps.Web -- key create --scopes events:write</c>.
/// Standard output carries the result and nothing else; what went wrong is one line on standard error.
/// </summary>
public static class Verbs
{
    private const int Failed = 1;
    private const int Misused = 2;

    private static readonly Verb[] All = [MigrateVerb.Verb, KeyVerb.Verb, AdminVerb.Verb, RoleVerb.Verb, DoctorVerb.Verb];

    public static bool AreAskedBy(string[] args) => args is [var first, ..] && !first.StartsWith('-');

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var words = string.Join(' ', args.TakeWhile(arg => !arg.StartsWith('-')));
        if (All.FirstOrDefault(verb => verb.Words == words) is not { } verb)
        {
            await errors.WriteLineAsync("usage: RevOps.Web -- " + string.Join(" | ", All.Select(each => each.Usage)));
            return Misused;
        }

        try
        {
            return await RunAsync(verb, [.. args.SkipWhile(arg => !arg.StartsWith('-'))], output);
        }
#pragma warning disable CA1031 // Whatever it was, the caller gets a line and an exit code, not a stack trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await errors.WriteLineAsync(OneLine(error));
            return Failed;
        }
    }

    private static string OneLine(Exception error)
    {
        // The framework adds the name of a parameter, which says nothing to whoever typed the command.
        var message = error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;
        return message.ReplaceLineEndings(" ");
    }

    private static async Task<int> RunAsync(Verb verb, string[] options, TextWriter output)
    {
        var builder = WebApplication.CreateBuilder([.. options, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.AddSettings();
        if (builder.FindBadSetting() is { } problem)
            throw new InvalidOperationException(problem);

        builder.Logging.ClearProviders();
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.AddIdentityData();
        builder.AddSignInKeys();
        builder.Services.AddSingleton<SeedRoles>().AddSingleton(PublicAddress.From(builder.Configuration));

        await using var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await verb.RunAsync(new VerbCall(scope.ServiceProvider, options, output));
    }
}

/// <param name="Words">What is typed: "key create".</param>
/// <param name="Usage">The words with their options.</param>
/// <param name="RunAsync">Does the work and gives the exit code.</param>
internal sealed record Verb(string Words, string Usage, Func<VerbCall, Task<int>> RunAsync);

internal sealed record VerbCall(IServiceProvider Services, string[] Options, TextWriter Output)
{
    /// <summary>"user:…", "key:…" or this, in the audit.</summary>
    public const string Actor = "system:verb";

    /// <summary>The value of <c>--name value</c> or <c>--name=value</c>; null when left out.</summary>
    public string? Option(string name)
    {
        var (flag, index) = ("--" + name, Array.FindIndex(Options, option => option == "--" + name || option.StartsWith($"--{name}=", StringComparison.Ordinal)));
        if (index < 0)
            return null;
        return Options[index] == flag ? Options.ElementAtOrDefault(index + 1) : Options[index][(flag.Length + 1)..];
    }

    /// <exception cref="ArgumentException">It was left out.</exception>
    public string Required(string name) =>
        Option(name) is { Length: > 0 } value ? value : throw new ArgumentException($"--{name} is missing.");
}
