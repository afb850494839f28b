namespace RevOps.Core.Data;

public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>"Sqlite" (default) or "SqlServer".</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>On SQL Server, migrate when the app starts; otherwise the verb <c>migrate</c> does it.</summary>
    public bool MigrateAtStart { get; set; }

    public const string Sqlite = "Sqlite";
    public const string SqlServer = "SqlServer";

    public bool IsSqlite => string.Equals(Provider, Sqlite, StringComparison.OrdinalIgnoreCase);
}
