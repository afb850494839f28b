using System.Diagnostics;

namespace RevOps.Bench;

/// <summary>
/// A program of the solution in a process of its own, from its own output folder. It dies with the driver, however that ends: it watches
/// its standard input, which the system closes with the driver (see <see cref="StartupHook"/>).
/// </summary>
internal sealed class OnceProcess : IAsyncDisposable
{
    public const string TiedVariable = "REVOPS_BENCH_TIED";

    private readonly Process process;

    private OnceProcess(Process process) => this.process = process;

    /// <param name="project">Folder and assembly, such as RevOps.Web.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Beside what the driver itself has.</param>
    public static OnceProcess Start(string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var file = FileOf(project);
        var info = new ProcessStartInfo("dotnet", [file, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(file)!,
        };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(OnceProcess).Assembly.Location;
        info.Environment[TiedVariable] = "1";
        var started = new OnceProcess(Process.Start(info)!);
        _ = started.process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return started;
    }

    /// <summary>The first line that it says.</summary>
    public async Task<string> FirstLineAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It ended before it said where it listens.");
        Drain();
        return line;
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>A pipe that nobody reads fills up and stops the process.</summary>
    public void Drain() => _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>SIGKILL, where there are signals.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    /// <summary>In the started process: the driver writes nothing here; the end of the stream is the driver's.</summary>
    public static void DieWithTheDriver() => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        _ = input.ReadByte();
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }) { IsBackground = true }.Start();

    private static string FileOf(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(output.Parent!.Parent!.Parent!.Parent!.FullName, project, "bin", output.Parent.Name, output.Name, $"{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }
}
