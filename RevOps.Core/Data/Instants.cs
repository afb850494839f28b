using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace RevOps.Core.Data;

/// <summary>What a query may ask of instants beside comparing them.</summary>
public static class Instants
{
    /// <summary>Whole seconds from one instant to a later one; runs in the database only.</summary>
    public static long SecondsBetween(DateTimeOffset from, DateTimeOffset to) => throw new NotSupportedException($"{nameof(SecondsBetween)} of {from} and {to} stands in a query.");

    // Instants are ticks there.
    internal static void MapForSqlite(ModelBuilder model) => Map(model, (from, to) =>
    {
        var ticks = new LongTypeMapping("INTEGER", System.Data.DbType.Int64);
        var span = new SqlBinaryExpression(System.Linq.Expressions.ExpressionType.Subtract, to, from, typeof(long), ticks);
        return new SqlBinaryExpression(System.Linq.Expressions.ExpressionType.Divide, span, new SqlConstantExpression(TimeSpan.TicksPerSecond, ticks), typeof(long), ticks);
    });

    internal static void MapForSqlServer(ModelBuilder model) => Map(model, (from, to) =>
        new SqlFunctionExpression("DATEDIFF_BIG", [new SqlFragmentExpression("second"), from, to], nullable: true, argumentsPropagateNullability: [false, true, true], typeof(long), new LongTypeMapping("bigint", System.Data.DbType.Int64)));

    private static void Map(ModelBuilder model, Func<SqlExpression, SqlExpression, SqlExpression> translate) =>
        model.HasDbFunction(typeof(Instants).GetMethod(nameof(SecondsBetween))!).HasTranslation(arguments => translate(arguments[0], arguments[1]));
}
