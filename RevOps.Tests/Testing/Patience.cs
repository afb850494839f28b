using System.Reflection;
using System.Runtime.CompilerServices;
using Bunit;

namespace RevOps.Tests.Testing;

/// <summary>A component that reads from a database answers in milliseconds, but not beside three other tests on two processors: a second, as bUnit waits, is not always enough.</summary>
internal static class Patience
{
    // The product's own process loads this assembly too, to be killed at a stop; there is no bUnit beside it.
    [ModuleInitializer]
    internal static void WaitInTests()
    {
        if (Assembly.GetEntryAssembly() == typeof(Patience).Assembly)
            Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wait() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
}
