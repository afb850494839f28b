using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>The fields of a draft, on creation and on change alike.</summary>
internal static class InvoiceFields
{
    public static Invoice Apply(Invoice draft, FormBody form, StripeSession session)
    {
        if (form.Group("automatic_tax")?.Flag("enabled") == true)
            throw StripeException.Invalid("automatic_tax[enabled]", "Automatic tax is not activated on this account; use tax rates.");
        if (form.Text("discounts") is not null || form.Items("discounts").Count > 0)
            throw StripeException.Invalid("discounts", "The sandbox has no coupons: give a discount as a negative line.");
        var autoAdvance = form.Flag("auto_advance") ?? draft.AutoAdvance;
        return draft with
        {
            AutoAdvance = autoAdvance,
            AutomaticallyFinalizesAt = autoAdvance ? draft.AutomaticallyFinalizesAt ?? session.Now + InvoiceActions.GraceSeconds : null,
            CollectionMethod = form.OneOf("collection_method", draft.CollectionMethod, "charge_automatically", "send_invoice")!,
            CustomFields = CustomFields(form, draft.CustomFields),
            DefaultTaxRates = form.Has("default_tax_rates") ? form.Texts("default_tax_rates") : draft.DefaultTaxRates,
            Description = form.Text("description", draft.Description),
            DueDate = DueDate(form, draft),
            EffectiveAt = form.Integer("effective_at", draft.EffectiveAt),
            Footer = form.Text("footer", draft.Footer),
            Metadata = form.Metadata(draft.Metadata),
            PaymentSettings = PaymentSettings(form.Group("payment_settings")) ?? draft.PaymentSettings,
        };
    }

    /// <summary>Stripe counts the days from the draft's creation, not from its issue.</summary>
    private static long? DueDate(FormBody form, Invoice draft)
    {
        var (days, date) = (form.Integer("days_until_due"), form.Integer("due_date", draft.DueDate));
        if (days is not null && form.Text("due_date") is not null)
            throw StripeException.Invalid("due_date", "You may only specify one of these parameters: due_date, days_until_due.");
        var collection = form.Text("collection_method", draft.CollectionMethod);
        if ((days is not null || form.Text("due_date") is not null) && collection != "send_invoice")
            throw StripeException.Invalid("due_date", "You can only set a due date on invoices with collection_method=send_invoice.");
        if (days is null && date is null && collection == "send_invoice")
            throw StripeException.Missing(form.Path("days_until_due"));
        return days is { } n ? draft.Created + n * 86_400 : date;
    }

    private static IReadOnlyList<CustomField>? CustomFields(FormBody form, IReadOnlyList<CustomField>? before)
    {
        if (!form.Has("custom_fields"))
            return before;
        var fields = form.Items("custom_fields").Select(f => new CustomField(f.Required("name"), f.Required("value"))).ToList();
        if (fields.Count > 4)
            throw StripeException.Invalid("custom_fields", "You can have up to 4 custom fields.");
        return fields.Find(f => f.Name.Length > 40 || f.Value.Length > 140) is null
            ? fields
            : throw StripeException.Invalid("custom_fields", "A custom field's name holds up to 40 characters and its value up to 140.");
    }

    private static JsonObject? PaymentSettings(FormBody? form)
    {
        if (form is null)
            return null;
        var balance = form.Group("payment_method_options")?.Group("customer_balance");
        var transfer = balance?.Group("bank_transfer");
        var country = transfer?.Group("eu_bank_transfer")?.Required("country");
        return new JsonObject
        {
            ["default_mandate"] = null,
            ["payment_method_options"] = balance is null ? null : new JsonObject
            {
                ["customer_balance"] = new JsonObject
                {
                    ["funding_type"] = balance.Text("funding_type"),
                    ["bank_transfer"] = transfer is null ? null : new JsonObject
                    {
                        ["type"] = transfer.Text("type"),
                        ["eu_bank_transfer"] = country is null ? null : new JsonObject { ["country"] = country },
                    },
                },
            },
            ["payment_method_types"] = form.Has("payment_method_types")
                ? new JsonArray([.. form.Texts("payment_method_types").Select(t => JsonValue.Create(t))])
                : null,
        };
    }
}
