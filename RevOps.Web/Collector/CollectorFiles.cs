namespace RevOps.Web.Collector;

/// <summary>Files of this folder that travel inside the product.</summary>
internal static class CollectorFiles
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(CollectorFiles).Assembly.GetManifestResourceStream($"RevOps.Web.Collector.{name}")!);
        return reader.ReadToEnd();
    }
}
