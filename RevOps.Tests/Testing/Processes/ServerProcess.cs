using System.Diagnostics;

namespace RevOps.Tests.Testing.Processes;

/// <summary>
/// A program of the solution as a process of its own, from its own output folder, until it is killed. It also dies with the tests,
/// however they end: it watches its standard input, which the system closes with them (see <see cref="StartupHook"/>).
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int KilledBySignal = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task errors;
    private readonly List<string> output = [];

    private ServerProcess(Process process)
    {
        this.process = process;
        errors = KeepAllAsync(process.StandardError);
    }

    /// <summary>True once it ended in any way.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>True when it was killed, rather than stopped or broken; on Windows a killed process looks like a broken one.</summary>
    public bool WasKilled => process.HasExited && (OperatingSystem.IsWindows() ? process.ExitCode != 0 : process.ExitCode == KilledBySignal);

    /// <summary>Starts it and waits for a line on standard output; what follows is read and dropped.</summary>
    /// <param name="project">Folder and assembly, such as RevOps.Web.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Beside what the tests themselves have.</param>
    /// <param name="isAwaited">The line that says where it listens.</param>
    public static async Task<(ServerProcess Process, string Line)> StartAsync(
        string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Func<string, bool> isAwaited)
    {
        var file = FileOf(project);
        var start = new ProcessStartInfo("dotnet", [file, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(file)!,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;

        // Many short lives on few cores: what a program gains by measuring itself and compiling better, it never lives to use.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "EA60";
        start.Environment["DOTNET_gcServer"] = "0";

        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            return (server, await server.ReadUntilAsync(isAwaited));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task KillAsync()
    {
        process.Kill();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    /// <summary>Everything that it said, for whoever must explain a failure.</summary>
    public async Task<string> SaidAsync()
    {
        if (process.HasExited)
            await errors;
        lock (output)
            return string.Join('\n', output) + (process.HasExited ? $"\n[{process.ExitCode}]" : "");
    }

    private async Task<string> ReadUntilAsync(Func<string, bool> isAwaited)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            Keep(line);
            if (!isAwaited(line))
                continue;
            _ = Task.Run(() => KeepAllAsync(process.StandardOutput), CancellationToken.None);
            return line;
        }

        await process.WaitForExitAsync(patience.Token);
        throw new InvalidOperationException($"It ended before it listened: {await SaidAsync()}");
    }

    /// <summary>A pipe that nobody reads fills up and stops the process.</summary>
    private async Task KeepAllAsync(StreamReader said)
    {
        while (await said.ReadLineAsync() is { } line)
            Keep(line);
    }

    private void Keep(string line)
    {
        lock (output)
            output.Add(line);
    }

    /// <summary>RevOps.Tests/bin/Debug/net10.0 → RevOps.Web/bin/Debug/net10.0: a copy beside the tests lacks the static assets.</summary>
    private static string FileOf(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var solution = framework.Parent!.Parent!.Parent!.Parent!;
        var path = Path.Combine(solution.FullName, project, "bin", framework.Parent.Name, framework.Name, $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }
}
