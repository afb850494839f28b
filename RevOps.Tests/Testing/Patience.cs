using System.Runtime.CompilerServices;
using Bunit;

namespace RevOps.Tests.Testing;

/// <summary>A component that reads from a database answers in milliseconds, but not beside three other tests on two processors: a second, as bUnit waits, is not always enough.</summary>
internal static class Patience
{
    [ModuleInitializer]
    internal static void Wait() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
}
