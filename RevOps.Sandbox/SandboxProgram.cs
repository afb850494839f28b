using System.Runtime.InteropServices;
using System.Text.Json;

namespace RevOps.Sandbox;

/// <summary>The stand-ins alone. One line on stdout tells a parent process that asked for free ports where they are.</summary>
internal static class SandboxProgram
{
    private static async Task<int> Main(string[] args)
    {
        SandboxOptions options;
        try
        {
            options = SandboxArguments.Read(args, Environment.GetEnvironmentVariable);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var servers = await SandboxServers.StartAsync(options);
        Console.WriteLine(JsonSerializer.Serialize(new { stripe = Origin(servers.Stripe), meta = Origin(servers.Meta), google = Origin(servers.Google), hubSpot = Origin(servers.HubSpot) }));
        await stopped.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
