using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RevOps.Sandbox.Stripe;

internal sealed record Verification(string Status, string? VerifiedAddress = null, string? VerifiedName = null);

internal sealed record TaxId(string Id, long Created, string Customer, string? Country, string Type, string Value, Verification Verification) : IDocument
{
    public string Object => "tax_id";
    public bool Livemode => false;
    public JsonObject Owner => new() { ["type"] = "customer", ["customer"] = Customer };
    string? IDocument.Parent => Customer;
}

/// <summary>Stripe asks the tax office later: a number is pending first, then verified, or unverified when it ends in 000.</summary>
internal static partial class TaxIds
{
    public static JsonObject Create(StripeCall call)
    {
        call.Session.Get<Customer>(call.Id, "customer", "customer");
        return call.Session.Render(Add(call.Session, call.Id, call.Form));
    }

    public static JsonObject Read(StripeCall call) => call.Session.Render(Get(call));

    public static JsonObject List(StripeCall call)
    {
        call.Session.Get<Customer>(call.Id, "customer", "customer");
        return Listing.Page<TaxId>(call, "tax id", parent: call.Id);
    }

    public static JsonObject Delete(StripeCall call)
    {
        var taxId = Get(call);
        call.Session.Documents.Remove<TaxId>(taxId.Id);
        call.Session.Emit("customer.tax_id.deleted", taxId);
        return new JsonObject { ["id"] = taxId.Id, ["object"] = "tax_id", ["deleted"] = true };
    }

    public static TaxId Add(StripeSession session, string customer, FormBody form)
    {
        var (type, value) = (form.Required("type"), form.Required("value").Replace(" ", "", StringComparison.Ordinal));
        if (!Types().IsMatch(type))
            throw StripeException.Invalid(form.Path("type"), $"Invalid {form.Path("type")}: {type}");
        if (type == "eu_vat" && !EuVat().IsMatch(value))
            throw StripeException.Invalid(form.Path("value"), "Invalid value for eu_vat.", "tax_id_invalid");
        var country = type == "eu_vat" ? value[..2] : type[..2].ToUpperInvariant();
        var taxId = new TaxId(Wire.NewId("txi_"), session.Now, customer, country, type, value, new Verification("pending"));
        Deadlines.Set(session, "tax_id", taxId.Id, session.Now + (long)Math.Ceiling(session.Options.TaxIdDelay.TotalSeconds));
        return session.Put(taxId, "customer.tax_id.created");
    }

    public static void Verify(StripeSession session, string id)
    {
        if (session.Documents.Find<TaxId>(id) is not { } taxId)
            return;
        var name = session.Documents.Find<Customer>(taxId.Customer)?.Name;
        var verification = taxId.Value.EndsWith("000", StringComparison.Ordinal)
            ? new Verification("unverified")
            : new Verification("verified", VerifiedName: name?.ToUpperInvariant());
        session.Put(taxId with { Verification = verification }, "customer.tax_id.updated", session.Render(taxId));
    }

    private static TaxId Get(StripeCall call) => call.Session.Get<TaxId>(call.SubId, "tax id") is { } found && found.Customer == call.Id
        ? found
        : throw StripeException.NoSuch("tax id", call.SubId);

    [GeneratedRegex("^[a-z]{2}_[a-z_]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Types();

    [GeneratedRegex("^[A-Z]{2}[0-9A-Z+*]{2,13}$", RegexOptions.ExplicitCapture)]
    private static partial Regex EuVat();
}
