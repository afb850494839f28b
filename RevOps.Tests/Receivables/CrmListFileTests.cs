using RevOps.Core.Platform;
using RevOps.Core.Receivables.Reconciliation;

namespace RevOps.Tests.Receivables;

/// <summary>The CRM's list of won deals as it is exported, read by its headings.</summary>
public sealed class CrmListFileTests
{
    [Theory]
    [InlineData("deal id;close date;amount\n;2026-05-01;1\n", "dealId")]
    [InlineData("deal id;close date;amount\nD;5 May;1\n", "wonOn")]
    [InlineData("deal id;close date;amount\nD;2026-05-01;one\n", "amount")]
    [InlineData("deal id;close date;amount;currency\nD;2026-05-01;1;EURO\n", "currency")]
    [InlineData("deal id;close date;amount\nD;2026-05-01;1\nD;2026-05-02;1\n", "twice")]
    public void ARowThatCannotBeRead_IsNamed(string file, string problem)
    {
        var table = CsvTable.Open(file);
        Assert.Equal(problem, CrmListFile.Read(table, CrmMapping.Guess(table), "EUR").Single(row => row.Problem is not null).Problem);
    }

    [Theory]
    [InlineData("1 234,50", 123_450L)]
    [InlineData("1,234.50", 123_450L)]
    [InlineData("1.234,50", 123_450L)]
    [InlineData("1234.5", 123_450L)]
    [InlineData("1,234", 123_400L)]
    [InlineData("€1,200", 120_000L)]
    public void AnAmount_IsReadAsItIsWritten(string written, long minor)
    {
        var table = CsvTable.Open($"deal id;close date;amount\nD;2026-05-01;{written}\n");
        Assert.Equal(minor, Assert.Single(CrmListFile.Read(table, CrmMapping.Guess(table), "EUR")).Net.Minor);
    }
}
