using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record Address(string? City, string? Country, string? Line1, string? Line2, string? PostalCode, string? State);

internal sealed record Customer : IDocument
{
    public required string Id { get; init; }
    public string Object => "customer";
    public Address? Address { get; init; }

    /// <summary>Negative: what the customer has in credit, taken off the next finalised invoice.</summary>
    public long Balance { get; init; }
    public required long Created { get; init; }
    public string? Currency { get; init; }
    public string? Description { get; init; }
    public string? Email { get; init; }
    public required string InvoicePrefix { get; init; }
    public bool Livemode => false;
    public SortedDictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public IReadOnlyList<string> PreferredLocales { get; init; } = [];
    public string TaxExempt { get; init; } = "none";
}

internal static class Customers
{
    public static JsonObject Create(StripeCall call)
    {
        var blank = new Customer { Id = Wire.NewId("cus_", 14), Created = call.Now, InvoicePrefix = Wire.NewId("", 8).ToUpperInvariant() };
        var customer = call.Session.Put(Apply(blank, call.Form), "customer.created");
        foreach (var taxId in call.Form.Items("tax_id_data"))
            TaxIds.Add(call.Session, customer.Id, taxId);
        return call.Session.Render(customer);
    }

    public static JsonObject Update(StripeCall call)
    {
        var before = Get(call);
        var customer = Apply(before, call.Form);
        call.Session.Put(customer, "customer.updated", call.Session.Render(before));
        return call.Session.Render(customer);
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(Get(call));

    public static JsonObject List(StripeCall call) =>
        Listing.Page<Customer>(call, "customer", filters: Listing.Field(call.Form, "email"));

    private static Customer Get(StripeCall call) => call.Session.Get<Customer>(call.Id, "customer");

    private static Customer Apply(Customer customer, FormBody form) => customer with
    {
        Address = AddressFrom(form, customer.Address),
        Description = form.Text("description", customer.Description),
        Email = form.Text("email", customer.Email),
        Metadata = form.Metadata(customer.Metadata),
        Name = form.Text("name", customer.Name),
        Phone = form.Text("phone", customer.Phone),
        PreferredLocales = form.Has("preferred_locales") ? form.Texts("preferred_locales") : customer.PreferredLocales,
        TaxExempt = form.OneOf("tax_exempt", customer.TaxExempt, "none", "exempt", "reverse")!,
    };

    private static Address? AddressFrom(FormBody form, Address? before) => form.Group("address") is not { } a ? before : new Address(
        a.Text("city"), a.Text("country"), a.Text("line1"), a.Text("line2"), a.Text("postal_code"), a.Text("state"));
}
