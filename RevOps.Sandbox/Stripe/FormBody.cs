using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace RevOps.Sandbox.Stripe;

/// <summary>
/// A form with nested brackets (<c>lines[0][price_data][currency]</c>) as a tree. Reading a parameter is what makes it
/// known: whatever no handler has read is refused at the end, and the transaction with it.
/// </summary>
internal sealed class FormBody
{
    private readonly Dictionary<string, FormBody> children = new(StringComparer.Ordinal);
    private readonly string path;
    private string? value;
    private bool read;

    private FormBody(string path) => this.path = path;

    public static FormBody Parse(string text)
    {
        var root = new FormBody("") { read = true };
        foreach (var pair in new QueryStringEnumerable(text))
            root.At(pair.DecodeName().ToString()).value = pair.DecodeValue().ToString();
        return root;
    }

    /// <summary>Present at all, even as an empty string, which at Stripe unsets a field.</summary>
    public bool Has(string name) => children.ContainsKey(name);

    public string Path(string name) => path.Length == 0 ? name : $"{path}[{name}]";

    public string? Text(string name) => string.IsNullOrEmpty(Child(name)?.value) ? null : children[name].value;

    /// <summary>The value sent, or what stood there before when nothing was sent.</summary>
    public string? Text(string name, string? before) => Has(name) ? Text(name) : before;

    public string Required(string name) => Text(name) ?? throw StripeException.Missing(Path(name));

    public string? OneOf(string name, string? before, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name);
        if (text is not null && !allowed.Contains(text))
            throw StripeException.Invalid(Path(name), $"Invalid {Path(name)}: must be one of {string.Join(", ", allowed.ToArray())}");
        return text ?? before;
    }

    public long? Integer(string name, long? before = null) => Text(name) is not { } text ? (Has(name) ? null : before)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw StripeException.Invalid(Path(name), $"Invalid integer: {text}", "parameter_invalid_integer");

    public decimal? Number(string name) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw StripeException.Invalid(Path(name), $"Invalid decimal: {text}");

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw StripeException.Invalid(Path(name), $"Invalid boolean: {text}"),
    };

    public FormBody? Group(string name) => Child(name);

    /// <summary><c>name[0]</c>, <c>name[1]</c> … in the order of their numbers.</summary>
    public IReadOnlyList<FormBody> Items(string name)
    {
        if (Child(name) is not { } list)
            return [];
        var items = list.children.OrderBy(c => int.TryParse(c.Key, CultureInfo.InvariantCulture, out var n) ? n
            : throw StripeException.Invalid(Path(name), $"Invalid array: {Path(name)}")).Select(c => c.Value).ToList();
        items.ForEach(i => i.read = true);
        return items;
    }

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(i => i.value ?? "")];

    /// <summary>Stripe merges metadata: a key sent empty goes, an empty metadata clears all.</summary>
    public SortedDictionary<string, string> Metadata(IDictionary<string, string> before)
    {
        var merged = new SortedDictionary<string, string>(before, StringComparer.Ordinal);
        if (Child("metadata") is not { } sent)
            return merged;
        if (sent.children.Count == 0)
            merged.Clear();
        foreach (var (key, child) in sent.children)
        {
            child.read = true;
            if (key.Length > 40 || child.value?.Length > 500)
                throw StripeException.Invalid(child.path, "Metadata keys hold up to 40 characters and values up to 500.");
            if (string.IsNullOrEmpty(child.value))
                merged.Remove(key);
            else
                merged[key] = child.value;
        }
        return merged.Count <= 50 ? merged : throw StripeException.Invalid(Path("metadata"), "You can have up to 50 metadata keys.");
    }

    /// <summary>The first parameter that nobody asked for.</summary>
    public string? FirstUnread() => !read ? path : children.Values.Select(c => c.FirstUnread()).FirstOrDefault(p => p is not null);

    private FormBody? Child(string name)
    {
        if (!children.TryGetValue(name, out var child))
            return null;
        child.read = true;
        return child;
    }

    private FormBody At(string name)
    {
        var node = this;
        foreach (var part in name.Replace("]", "", StringComparison.Ordinal).Split('['))
        {
            // "expand[]" says "the next one".
            var key = part.Length > 0 ? part : node.children.Count.ToString(CultureInfo.InvariantCulture);
            if (!node.children.TryGetValue(key, out var child))
                node.children[key] = child = new FormBody(node.Path(key));
            node = child;
        }
        return node;
    }
}
