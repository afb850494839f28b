using System.Diagnostics;
using RevOps.Tests.Testing.Processes;

/// <summary>
/// Runs inside the processes that the tests start, before their Main (DOTNET_STARTUP_HOOKS): this is how a process dies with the
/// tests, and how one gets a door that the product does not have. It may use nothing that only the tests bring along.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for this name outside of any namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        new Thread(DieWithTheTests) { IsBackground = true }.Start();
        if (Environment.GetEnvironmentVariable(TestDoor.Variable) is not null)
            TestDoor.OpenInNextHost();
    }

    /// <summary>The tests write nothing here; the end of the stream is theirs.</summary>
    private static void DieWithTheTests()
    {
        using var input = Console.OpenStandardInput();
        _ = input.ReadByte();
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
