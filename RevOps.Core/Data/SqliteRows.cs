using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RevOps.Core.Data;

/// <summary>
/// One statement for many rows, by SQLite's own interface: the driver makes a parameter object of every value and looks each up by its name, which took
/// longer than the writing.
/// </summary>
internal sealed class SqliteRows : IDisposable
{
    private const int LongestOnStack = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <param name="connection">Open, in the transaction that the rows are part of.</param>
    /// <param name="text">With as many parameters as a row has values, each named once and in the order of the values.</param>
    public SqliteRows(SqliteConnection connection, string text)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, text, out statement));
    }

    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">The database refused.</exception>
    public int Write(IReadOnlyList<object?> values)
    {
        for (var index = 0; index < values.Count; index++)
            Check(Bind(index + 1, values[index]));
        var answer = raw.sqlite3_step(statement);

        // Says once more what went wrong.
        raw.sqlite3_reset(statement);
        Check(answer);
        return raw.sqlite3_changes(database);
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int index, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, index),
        string text => BindText(index, text),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        Guid id => BindId(index, id),
        DateOnly day => raw.sqlite3_bind_text(statement, index, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        double number => raw.sqlite3_bind_double(statement, index, number),
        _ => throw new NotSupportedException($"A {value.GetType().Name} was to be written: text, bytes, an id, a day, a whole or a floating number is expected."),
    };

    // SQLite copies what it is given: nothing is made for it that would have to be collected.
    private int BindText(int index, string text)
    {
        // Of no bytes at all it would make a null.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, index, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        return raw.sqlite3_bind_text(statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    // As the model stores it.
    private int BindId(int index, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(statement, index, bytes);
    }

    private void Check(int answer)
    {
        if (answer is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
            return;
        throw new SqliteException($"SQLite Error {answer & 0xff}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", answer & 0xff, raw.sqlite3_extended_errcode(database));
    }
}
