using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>What every call passes: key, limits, faults, idempotency, object lock, and one transaction around its handler.</summary>
internal sealed class StripePipeline(StripeAccount account, Faults faults)
{
    public RequestDelegate For(string route, Func<StripeCall, JsonObject> handler) => http => RunAsync(http, route, handler);

    private async Task RunAsync(HttpContext http, string route, Func<StripeCall, JsonObject> handler)
    {
        var plan = faults.Take(http.Request);
        if (plan.Has(FaultKind.Cut))
        {
            http.Abort();
            return;
        }
        var answer = await AnswerAsync(http, route, handler, plan);
        if (plan.Has(FaultKind.Drop))
        {
            http.Abort();
            return;
        }
        foreach (var echoed in (ReadOnlySpan<string>)["Stripe-Version", "Idempotency-Key"])
        {
            if (http.Request.Headers.TryGetValue(echoed, out var value))
                http.Response.Headers[echoed] = value;
        }
        await answer.WriteAsync(http);
    }

    private async Task<Answer> AnswerAsync(HttpContext http, string route, Func<StripeCall, JsonObject> handler, FaultPlan plan)
    {
        try
        {
            CheckKey(http.Request.Headers.Authorization.ToString(), route);
            if (plan.Has(FaultKind.TooManyRequests))
                throw RateLimit.Exceeded();
            account.Rate.Count();
            if (plan.Has(FaultKind.Error))
                throw ServerError(executed: false);
            var call = await StripeCall.ReadAsync(http.Request);
            http.Response.Headers["Request-Id"] = call.RequestId;
            return await Idempotency.OnceAsync(account, call, () => ExecuteAsync(call, route, handler, plan, http.RequestAborted));
        }
        catch (StripeException e)
        {
            return e.ToAnswer();
        }
    }

    private async Task<Answer> ExecuteAsync(
        StripeCall call, string route, Func<StripeCall, JsonObject> handler, FaultPlan plan, CancellationToken ct)
    {
        using var held = call.LockId is { } id ? await account.Locks.TakeAsync(id, account.Options.ObjectLockWait, ct) : null;
        // A client that hung up does not stop what it asked for.
        await plan.DelayAsync(CancellationToken.None);
        try
        {
            return account.Work(session => Execute(session, call, route, handler, plan), new RequestTag(call.RequestId, call.Key));
        }
        catch (StripeException e) when (e.Executed)
        {
            account.Work(session =>
            {
                Idempotency.Keep(session, call, e.ToAnswer());
                return true;
            });
            throw;
        }
    }

    private static Answer Execute(
        StripeSession session, StripeCall call, string route, Func<StripeCall, JsonObject> handler, FaultPlan plan)
    {
        if (plan.Has(FaultKind.StoredError))
            throw ServerError(executed: true);
        call.Session = session;
        var answer = Handle(call, handler);
        if (plan.Has(FaultKind.ExecutedError))
            answer = ServerError(executed: true).ToAnswer();
        if (call.Method != HttpMethods.Get)
            session.Documents.Next($"executed:{call.Method} {route}");
        Idempotency.Keep(session, call, answer);
        return answer;
    }

    private static Answer Handle(StripeCall call, Func<StripeCall, JsonObject> handler)
    {
        try
        {
            var expand = call.Form.Texts("expand");
            var result = handler(call);
            foreach (var path in expand)
                Expansion.Apply(call.Session, result, path);
            return call.Form.FirstUnread() is { } unknown
                ? throw StripeException.Unknown(unknown)
                : new Answer(200, result.ToJsonString(Wire.Snake));
        }
        catch (StripeException e) when (e.Commits)
        {
            return e.ToAnswer();
        }
    }

    private void CheckKey(string authorization, string route)
    {
        var key = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : "";
        if (key.Length == 0)
        {
            throw new StripeException(401, "invalid_request_error", null,
                "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.");
        }
        if (!key.StartsWith("sk_test_", StringComparison.Ordinal) && !key.StartsWith("rk_test_", StringComparison.Ordinal))
        {
            throw new StripeException(401, "invalid_request_error", null,
                $"Invalid API Key provided: {key[..Math.Min(8, key.Length)]}***. The sandbox takes test keys only.");
        }
        var options = account.Options;
        if (options.RefusedStripeKeys.Contains(key))
            throw new StripeException(401, "invalid_request_error", null, $"Invalid API Key provided: {key[..8]}***.");
        if (options.PowerlessStripeKeys.Contains(key) || (route == "/v1/account" && options.AccountBlindStripeKeys.Contains(key)))
            throw new StripeException(403, "invalid_request_error", "more_permissions_required", "The provided key does not have the required permissions for this endpoint.");
    }

    private static StripeException ServerError(bool executed) =>
        new(500, "api_error", null, "Sorry, there was an error while talking to one of our backends.") { Executed = executed };
}
