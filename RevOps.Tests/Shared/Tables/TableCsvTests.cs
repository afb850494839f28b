using System.Globalization;
using System.Text;
using RevOps.Core.Platform;
using RevOps.Web.Shared.Tables;

namespace RevOps.Tests.Shared.Tables;

public sealed class TableCsvTests
{
    private static readonly IReadOnlyList<Column<Row>> Columns =
    [
        new("name", "Name", row => row.Name), new("amount", "Amount", row => row.Amount), new("day", "Day", row => row.Day), new("at", "At", row => row.At), new("share", "Share", row => row.Share),
    ];

    private static readonly Row[] Rows =
    [
        new("Éditions; \"Bleues\"", new Money(123_450, "EUR"), new(2026, 3, 1), new(2026, 3, 1, 23, 30, 0, TimeSpan.Zero), 0.5m),
        new("=HYPERLINK(\"x\")", null, null, null, -1),
    ];

    [Theory]
    [InlineData("fr-FR", "Name;Amount;Amount, currency;Day;At;Share", "\"Éditions; \"\"Bleues\"\"\";1234,5;EUR;2026-03-01;2026-03-02 00:30:00;0,5", "-1")]
    [InlineData("en-GB", "Name,Amount,\"Amount, currency\",Day,At,Share", "\"Éditions; \"\"Bleues\"\"\",1234.5,EUR,2026-03-01,2026-03-02 00:30:00,0.5", "-1")]
    public async Task Csv_IsAsTheReadersSpreadsheetExpects(string culture, string head, string first, string negative)
    {
        var lines = await WriteAsync(culture, [Rows]);
        Assert.Equal(head, lines[0]);
        Assert.Equal(first, lines[1]);
        Assert.EndsWith(negative, lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_HoldsNoFormulaOfOthers()
    {
        var lines = await WriteAsync("en-GB", [Rows]);
        Assert.DoesNotContain(lines, line => line.TrimStart('"').StartsWith('='));
    }

    [Fact]
    public async Task Csv_OfNothingIsItsHead() => Assert.Equal(["Name,Amount,Day,At,Share"], await WriteAsync("en-GB", []));

    [Fact]
    public async Task Csv_TakesEveryPage() => Assert.Equal(5, (await WriteAsync("en-GB", [Rows, Rows])).Length);

    private static async Task<string[]> WriteAsync(string culture, Row[][] pages)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        using var file = new MemoryStream();
        await TableCsv.WriteAsync(file, Columns, pages.ToAsyncEnumerable<IReadOnlyList<Row>>(), title => $"{title}, currency", TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        var bytes = file.ToArray();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes[3..]).Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed record Row(string Name, Money? Amount, DateOnly? Day, DateTimeOffset? At, decimal Share);
}
