using System.Globalization;
using System.IO.Pipes;
using System.Runtime;

namespace RevOps.Bench
{
    /// <summary>
    /// Asks the product's process how much memory it needs: what the collector still holds after it has collected everything it can, and the
    /// working set. The product itself has no door for that; the runtime loads <see cref="StartupHook"/> into it before it starts.
    /// </summary>
    internal static class MemoryProbe
    {
        public const string PipeVariable = "REVOPS_BENCH_PIPE";

        public static async Task<Memory> AskAsync(string pipe)
        {
            await using var client = new NamedPipeClientStream(".", pipe, PipeDirection.In);
            await client.ConnectAsync();
            using var reader = new StreamReader(client);
            var numbers = (await reader.ReadToEndAsync()).Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return new(numbers[0], numbers[1]);
        }

        /// <summary>In the product's process.</summary>
        public static void AnswerOn(string pipe) => _ = Task.Run(async () =>
        {
            while (true)
            {
                await using var server = new NamedPipeServerStream(pipe, PipeDirection.Out);
                await server.WaitForConnectionAsync();
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                await using var writer = new StreamWriter(server);
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(forceFullCollection: false)} {Environment.WorkingSet}"));
            }
        });
    }

    /// <param name="Heap">Bytes that live objects take after a full collection.</param>
    /// <param name="WorkingSet">Bytes of the process in memory.</param>
    internal sealed record Memory(long Heap, long WorkingSet);
}

// By this name and without a namespace the runtime finds it (DOTNET_STARTUP_HOOKS).
#pragma warning disable MA0047, CA1050
internal static class StartupHook
#pragma warning restore MA0047, CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(RevOps.Bench.MemoryProbe.PipeVariable) is { } pipe)
            RevOps.Bench.MemoryProbe.AnswerOn(pipe);
        if (Environment.GetEnvironmentVariable(RevOps.Bench.OnceProcess.TiedVariable) is not null)
            RevOps.Bench.OnceProcess.DieWithTheDriver();
        if (Environment.GetEnvironmentVariable(RevOps.Bench.OnceDoor.Variable) is not null)
            RevOps.Bench.OnceDoor.OpenInNextHost();
    }
}
