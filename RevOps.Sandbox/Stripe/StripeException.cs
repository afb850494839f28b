using System.Text.Json;

namespace RevOps.Sandbox.Stripe;

/// <summary>A refusal in Stripe's shape. One that came after execution began is remembered under the idempotency key.</summary>
internal sealed class StripeException(int status, string type, string? code, string message, string? param = null) : Exception(message)
{
    public bool Executed { get; init; }

    /// <summary>The refusal is itself an effect to keep: a declined card is an attempt on the invoice.</summary>
    public bool Commits { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public static StripeException Unknown(string param) =>
        new(400, "invalid_request_error", "parameter_unknown", $"Received unknown parameter: {param}", param);

    public static StripeException Missing(string param) =>
        new(400, "invalid_request_error", "parameter_missing", $"Missing required param: {param}.", param);

    public static StripeException Invalid(string? param, string message, string? code = null) =>
        new(400, "invalid_request_error", code, message, param);

    public static StripeException NoSuch(string what, string id, string param = "id") =>
        new(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'", param);

    /// <summary>The request is well formed, but the object's state forbids it.</summary>
    public static StripeException NotNow(string message, string? code = "invoice_not_editable") =>
        new(400, "invalid_request_error", code, message) { Executed = true };

    public Answer ToAnswer()
    {
        var error = new Dictionary<string, string?>(StringComparer.Ordinal) { ["type"] = type };
        if (code is not null)
        {
            error["code"] = code;
            error["doc_url"] = "https://stripe.com/docs/error-codes/" + code.Replace('_', '-');
        }
        error["message"] = Message;
        if (param is not null)
            error["param"] = param;
        return new Answer(status, JsonSerializer.Serialize(new { error }, Wire.Snake)) { Headers = Headers };
    }
}
