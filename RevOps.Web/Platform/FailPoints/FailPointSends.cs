namespace RevOps.Web.Platform.FailPoints;

/// <summary>Passes the fail-point before and after each request to another system.</summary>
internal sealed class FailPointSends(FailPoint point) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string[] name = [$"{request.Method} {request.RequestUri?.AbsolutePath}"];
        point.Pass(FailMoment.BeforeSend, name);
        var response = await base.SendAsync(request, cancellationToken);
        point.Pass(FailMoment.AfterSend, name);
        return response;
    }
}
