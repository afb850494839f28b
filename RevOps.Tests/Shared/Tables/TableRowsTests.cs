using RevOps.Web.Shared.Tables;

namespace RevOps.Tests.Shared.Tables;

public sealed class TableRowsTests
{
    [Fact]
    public void Rows_AreAsReadWhileNobodyIsInTheMiddleOfThem()
    {
        var view = Then(hold: false, ["a1", "b1"], ["c1", "a2", "b1"]);
        Assert.Equal(["c1", "a2", "b1"], view.Rows);
        Assert.Equal(["a", "c"], view.Changed.Order(StringComparer.Ordinal));
        Assert.Equal(0, view.Waiting);
    }

    [Fact]
    public void Rows_KeepTheirPlacesUnderThePointer()
    {
        var view = Then(hold: true, ["a1", "b1"], ["c1", "a2"]);

        // a says something new where it stands, b has gone and stays to be seen, c waits to be asked for.
        Assert.Equal(["a2", "b1"], view.Rows);
        Assert.Equal(["a"], view.Changed);
        Assert.Equal(1, view.Waiting);
    }

    private static TableRows<string> Then(bool hold, IReadOnlyList<string> before, IReadOnlyList<string> now) =>
        TableRows<string>.Of(before).Then(now, hold, row => row[..1], row => row);
}
