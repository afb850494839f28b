using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Stripe's JSON: snake case, instants in Unix seconds, decimals as text. Fields we do not know are ignored.</summary>
internal static class StripeJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new UnixSeconds() },
    };

    /// <summary>False when any object in the body, however deep, says <c>livemode</c> other than expected.</summary>
    public static bool IsMode(string body, bool expectedLive)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        while (json.Read())
        {
            // Metadata may hold a key of that name; it is text.
            if (json.TokenType is JsonTokenType.PropertyName && json.ValueTextEquals("livemode") && json.Read()
                && json.TokenType is JsonTokenType.True or JsonTokenType.False && json.GetBoolean() != expectedLive)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class UnixSeconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeSeconds());
    }
}
