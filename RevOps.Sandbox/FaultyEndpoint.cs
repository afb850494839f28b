using System.Globalization;

namespace RevOps.Sandbox;

/// <summary>An endpoint with the armed faults around it; the platform says how its refusals look.</summary>
internal sealed class FaultyEndpoint(Faults faults, Func<FaultKind, Answer> refusal)
{
    public RequestDelegate For(Func<HttpContext, Task<Answer>> handle) => async http =>
    {
        var plan = faults.Take(http.Request);
        var answer = plan.Has(FaultKind.Cut) ? null : await RunAsync(http, plan, handle);
        if (answer is null || plan.Has(FaultKind.Drop))
            http.Abort();
        else
            await answer.WriteAsync(http);
    };

    private async Task<Answer> RunAsync(HttpContext http, FaultPlan plan, Func<HttpContext, Task<Answer>> handle)
    {
        await plan.DelayAsync(CancellationToken.None);
        if (plan.Has(FaultKind.TooManyRequests))
            return Throttled(plan);
        if (plan.Has(FaultKind.Error) || plan.Has(FaultKind.StoredError))
            return refusal(FaultKind.Error);
        var answer = await handle(http);
        return plan.Has(FaultKind.ExecutedError) ? refusal(FaultKind.Error) : answer;
    }

    private Answer Throttled(FaultPlan plan)
    {
        var answer = refusal(FaultKind.TooManyRequests);
        if (plan.RetryAfterSeconds is { } seconds)
            answer.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        return answer;
    }
}
