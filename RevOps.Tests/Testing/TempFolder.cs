using Microsoft.Data.Sqlite;

namespace RevOps.Tests.Testing;

/// <summary>A folder of one test, gone afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("revops-").FullName;

    /// <summary>Another folder with the same files; nobody may be writing to them.</summary>
    public TempFolder Copy()
    {
        var copy = new TempFolder();
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(System.IO.Path.Join(copy.Path, System.IO.Path.GetRelativePath(Path, folder)));
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
            File.Copy(file, System.IO.Path.Join(copy.Path, System.IO.Path.GetRelativePath(Path, file)));
        return copy;
    }

    public void Dispose()
    {
        // Pooled connections hold the file open on some systems.
        SqliteConnection.ClearAllPools();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // The system's temporary folder is emptied by the system.
        }
    }
}
