using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record TaxRate : IDocument
{
    public required string Id { get; init; }
    public string Object => "tax_rate";
    public bool Active { get; init; } = true;
    public string? Country { get; init; }
    public required long Created { get; init; }
    public string? Description { get; init; }
    public required string DisplayName { get; init; }
    public decimal EffectivePercentage => Percentage;
    public bool Inclusive { get; init; }
    public string? Jurisdiction { get; init; }
    public bool Livemode => false;
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public decimal Percentage { get; init; }
    public string? State { get; init; }
    public string? TaxType { get; init; }
}

internal static class TaxRates
{
    public static JsonObject Create(StripeCall call) => call.Session.Render(Add(call.Session, call.Form));

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<TaxRate>(call.Id, "tax rate"));

    public static JsonObject List(StripeCall call) => Listing.Page<TaxRate>(
        call, "tax rate", filters: [Flag(call.Form, "active"), Flag(call.Form, "inclusive")]);

    /// <summary>Also for <c>tax_rate_data</c>, where a line brings its own rate; such a one is not offered again.</summary>
    public static TaxRate Add(StripeSession session, FormBody form, bool active = true)
    {
        var percentage = form.Number("percentage") ?? throw StripeException.Missing(form.Path("percentage"));
        if (percentage is < 0 or > 100)
            throw StripeException.Invalid(form.Path("percentage"), "Percentage must be between 0 and 100.");
        return session.Put(new TaxRate
        {
            Id = Wire.NewId("txr_"),
            Active = form.Flag("active") ?? active,
            Country = form.Text("country"),
            Created = session.Now,
            Description = form.Text("description"),
            DisplayName = form.Required("display_name"),
            Inclusive = form.Flag("inclusive") ?? throw StripeException.Missing(form.Path("inclusive")),
            Jurisdiction = form.Text("jurisdiction"),
            Metadata = form.Metadata(new SortedDictionary<string, string>(StringComparer.Ordinal)),
            Percentage = percentage,
            State = form.Text("state"),
            TaxType = form.Text("tax_type"),
        });
    }

    // SQLite's JSON has true as 1.
    private static Filter? Flag(FormBody form, string name) => form.Flag(name) is { } flag ? Filter.Field(name, flag ? 1 : 0) : null;
}
