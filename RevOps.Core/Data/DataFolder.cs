using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace RevOps.Core.Data;

/// <summary>Where the installation keeps its files: SQLite database, key file, sign-in keys, uploads, mail outbox.</summary>
public static class DataFolder
{
    /// <summary>Setting <c>Data:Folder</c>, made absolute and created; "data" beside the app when left out.</summary>
    public static string Of(IConfiguration configuration)
    {
        var app = configuration[HostDefaults.ContentRootKey] ?? Environment.CurrentDirectory;
        var folder = Path.GetFullPath(configuration["Data:Folder"] is { Length: > 0 } given ? given : "data", app);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
