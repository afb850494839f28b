using RevOps.Web.Platform.FailPoints;

namespace RevOps.Tests.Journeys;

public sealed class KillFailPointTests
{
    [Theory]
    [InlineData("before-send:POST /v1/invoices", FailMoment.BeforeSend, "POST /v1/invoices", true)]
    [InlineData("before-send:POST /v1/invoices", FailMoment.AfterSend, "POST /v1/invoices", false)]
    [InlineData("before-send:POST /v1/invoices", FailMoment.BeforeSend, "POST /v1/invoices/in_1", false)]
    [InlineData("after-send:POST /v1/invoices/*", FailMoment.AfterSend, "POST /v1/invoices/in_1", true)]
    [InlineData("after-send:POST /v1/invoices/*", FailMoment.AfterSend, "POST /v1/invoices/in_1/send", false)]
    [InlineData("after-send:POST /v1/invoices/*/send", FailMoment.AfterSend, "POST /v1/invoices/in_1/send", true)]
    [InlineData("before-save:Invoice.Status=Approved", FailMoment.BeforeSave, "Invoice.Status=Approved", true)]
    [InlineData("before-save:Invoice.Status=Approved", FailMoment.BeforeSave, "InvoiceXStatus=Approved", false)]
    [InlineData("after-save:Payment", FailMoment.AfterSave, "Payment", true)]
    public void IsReached_AtItsStepOnly(string text, FailMoment now, string step, bool expected) => Assert.Equal(expected, FailPoint.Parse(text).IsReached(now, ["Other", step]));

    [Fact]
    public void IsReached_TheTimeThatItNames()
    {
        var point = FailPoint.Parse("after-save:Payment#2");
        bool[] reached = [.. Enumerable.Range(0, 3).Select(_ => point.IsReached(FailMoment.AfterSave, ["Payment"]))];
        Assert.Equal([false, true, false], reached);
    }

    [Theory]
    [InlineData("Payment")]
    [InlineData("during-save:Payment")]
    [InlineData("after-save:")]
    public void Parse_SaysWhatItTakes(string text) => Assert.Contains("REVOPS_FAILPOINT", Assert.Throws<FormatException>(() => FailPoint.Parse(text)).Message, StringComparison.Ordinal);
}
