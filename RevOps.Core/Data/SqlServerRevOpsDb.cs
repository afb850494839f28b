using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RevOps.Core.Data;

/// <summary>For several nodes over one database.</summary>
public sealed class SqlServerRevOpsDb(DbContextOptions<SqlServerRevOpsDb> options, WriterGate gate) : RevOpsDb(options, gate)
{
    // Ids of other systems differ by case, and two that do are two: as on SQLite, texts compare by their code points.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().UseCollation("Latin1_General_100_BIN2");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        Instants.MapForSqlServer(builder);
    }

    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqlServerRevOpsDb>
    {
        public SqlServerRevOpsDb CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqlServerRevOpsDb>().UseSqlServer("Server=design-time").UseApplicationServiceProvider(IdentitySchema.Services).Options, new WriterGate(oneAtATime: false));
    }
}
