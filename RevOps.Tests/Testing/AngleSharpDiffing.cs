using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace RevOps.Tests.Testing;

/// <summary>
/// bUnit asks for a higher version of AngleSharp.Diffing than the registry has, and runs with the one that it has:
/// whoever asks for the assembly gets the file that lies beside the tests.
/// </summary>
internal static class AngleSharpDiffing
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    public static void Resolve() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Name + ".dll")) : null;
}
