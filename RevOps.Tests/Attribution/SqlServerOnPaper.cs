using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RevOps.Core.Data;

namespace RevOps.Tests.Attribution;

/// <summary>SQL Server without a server: what would be asked is written down, and the answer is nothing, or 0 to a count or a sum.</summary>
internal sealed class SqlServerOnPaper : IDbContextFactory<RevOpsDb>
{
    private readonly Pen pen = new();

    public IReadOnlyList<string> Commands => pen.Commands;

    public RevOpsDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<SqlServerRevOpsDb>().UseSqlServer("Server=none").UseApplicationServiceProvider(IdentitySchema.Services).AddInterceptors(pen, new Closed());
        return new SqlServerRevOpsDb(options.Options, new WriterGate(oneAtATime: false));
    }

    private sealed class Closed : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InterceptionResult.Suppress());
    }

    private sealed class Pen : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Commands.Add(command.CommandText);
            var (answer, one) = (new DataTable(), OneValue(command.CommandText));
            answer.Columns.Add("one", one?.GetType() is { } type && type != typeof(DBNull) ? type : typeof(int));
            if (one is not null)
                answer.Rows.Add(one);
            return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(answer.CreateDataReader()));
        }

        /// <summary>Of what is answered by one value even where there is no row; null for lists.</summary>
        private static object? OneValue(string command) => command.Split('\n')[0].TrimEnd() switch
        {
            "SELECT COUNT(*)" => 0,
            var asked when asked.StartsWith("SELECT ISNULL(SUM(", StringComparison.Ordinal) || asked.StartsWith("SELECT COALESCE(SUM(", StringComparison.Ordinal) =>
                asked.EndsWith("CAST(0 AS bigint))", StringComparison.Ordinal) ? (object)0L : 0,
            var asked when asked.StartsWith("SELECT MIN(", StringComparison.Ordinal) => DBNull.Value,
            "SELECT CASE" when command.Contains("EXISTS (", StringComparison.Ordinal) => false,
            _ => null,
        };
    }
}
