using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>Stripe's lists: a cursor either way, up to a hundred at a time.</summary>
internal static class Listing
{
    public static JsonObject Page<T>(StripeCall call, string what, string? parent = null, bool oldestFirst = false, params IEnumerable<Filter?> filters)
        where T : class, IDocument
    {
        var limit = call.Form.Integer("limit") ?? 10;
        if (limit is < 1 or > 100)
            throw StripeException.Invalid("limit", "This value must be between 1 and 100.");
        var (after, before) = (call.Form.Text("starting_after"), call.Form.Text("ending_before"));
        if (after is not null && before is not null)
            throw StripeException.Invalid("ending_before", "You cannot use both ending_before and starting_after.");
        if ((after ?? before) is { } cursor)
            call.Session.Get<T>(cursor, what, after is null ? "ending_before" : "starting_after");
        var (data, hasMore) = call.Session.Documents.Page<T>(new PageQuery((int)limit, after, before, parent, oldestFirst)
        {
            Filters = [.. filters.OfType<Filter>(), .. Created(call.Form)],
        });
        return List(data.Select(call.Session.Render), hasMore, call.Path);
    }

    public static JsonObject List(IEnumerable<JsonObject> data, bool hasMore, string url) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. data]),
        ["has_more"] = hasMore,
        ["url"] = url,
    };

    public static Filter? Field(FormBody form, string name) => form.Text(name) is { } text ? Filter.Field(name, text) : null;

    /// <summary><c>created=…</c> or <c>created[gte]=…</c>.</summary>
    private static IEnumerable<Filter> Created(FormBody form)
    {
        if (form.Group("created") is not { } created)
            yield break;
        foreach (var (name, comparison) in ((string, string)[])[("gt", ">"), ("gte", ">="), ("lt", "<"), ("lte", "<=")])
        {
            if (created.Integer(name) is { } bound)
                yield return Filter.Created(comparison, bound);
        }
        if (form.Text("created") is not null)
            yield return Filter.Created("=", form.Integer("created")!.Value);
    }
}
