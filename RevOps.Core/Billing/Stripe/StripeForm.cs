using System.Globalization;
using System.Text;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// A form body in Stripe's dialect: nested keys in brackets, <c>lines[0][amount]=1999</c>. What is null is left out, the order is
/// that of the calls and numbers are written the same in every culture, so the same input always gives the same bytes: Stripe
/// refuses an idempotency key that returns with other parameters.
/// </summary>
public sealed class StripeForm
{
    private readonly StringBuilder text = new();

    public bool IsEmpty => text.Length == 0;

    public StripeForm Add(string key, string? value)
    {
        if (value is null)
            return this;
        if (text.Length > 0)
            text.Append('&');
        text.Append(key).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public StripeForm Add(string key, long? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Up to twelve decimals, none that are only zeros.</summary>
    public StripeForm Add(string key, decimal? value) => Add(key, value?.ToString("0.############", CultureInfo.InvariantCulture));

    public StripeForm Add(string key, bool? value) => Add(key, value switch { true => "true", false => "false", null => null });

    /// <summary>Unix seconds, as every instant of Stripe.</summary>
    public StripeForm Add(string key, DateTimeOffset? value) => Add(key, value?.ToUnixTimeSeconds());

    /// <summary>Adds <c>prefix[name]=value</c> in the order of the names, since a dictionary has none of its own.</summary>
    /// <exception cref="ArgumentException">Beyond Stripe's limits: 50 keys, names of 40 characters, values of 500.</exception>
    public StripeForm AddMetadata(string prefix, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > 50 || metadata.Any(pair => pair.Key.Length is 0 or > 40 || pair.Key.AsSpan().ContainsAny("[]&=") || pair.Value.Length > 500))
            throw new ArgumentException("Stripe takes 50 metadata keys of 40 characters without brackets, and values of 500.", nameof(metadata));
        foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add($"{prefix}[{Uri.EscapeDataString(name)}]", value);
        return this;
    }

    /// <summary>The body, or the query, as it goes over the wire.</summary>
    public override string ToString() => text.ToString();
}
