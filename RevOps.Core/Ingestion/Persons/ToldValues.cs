using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RevOps.Core.Ingestion.Persons;

internal enum ToldKind
{
    Text,
    Number,

    /// <summary>What a value is called.</summary>
    Name,
}

/// <summary>The values of what another system told, as they are meant and not as they are escaped: of JSON, of a form, or a text that is one value.</summary>
internal static partial class ToldValues
{
    private static readonly JsonSerializerOptions AsSaid = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same text but for what was changed: whatever stands around a value stays as it came.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="change">What stands there instead of a value; the value itself for no change.</param>
    public static string Rewrite(string text, Func<string, ToldKind, string> change) => InJson(text, change) ?? (Form().IsMatch(text) ? InForm(text, change) : change(text, ToldKind.Text));

    /// <summary>Null where it is no JSON.</summary>
    private static string? InJson(string text, Func<string, ToldKind, string> change)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[' or '"', ..])
            return null;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var reader = new Utf8JsonReader(bytes);
            var left = new ArrayBufferWriter<byte>(bytes.Length);
            var copied = 0;
            while (reader.Read())
            {
                if (KindOf(reader.TokenType) is not { } kind)
                    continue;
                var said = kind == ToldKind.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString()!;

                // A text may be JSON or a form of its own.
                var kept = kind == ToldKind.Text ? Rewrite(said, change) : change(said, kind);
                if (kept == said)
                    continue;
                left.Write(bytes.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                left.Write(JsonSerializer.SerializeToUtf8Bytes(kept, AsSaid));
                copied = (int)reader.TokenStartIndex + reader.ValueSpan.Length + (kind == ToldKind.Number ? 0 : 2);
            }

            if (copied == 0)
                return text;
            left.Write(bytes.AsSpan(copied));
            return Encoding.UTF8.GetString(left.WrittenSpan);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string InForm(string text, Func<string, ToldKind, string> change) => string.Join('&', text.Split('&').Select(part =>
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        var said = WebUtility.UrlDecode(part[(at + 1)..]);
        var kept = Rewrite(said, change);
        return kept == said ? part : part[..(at + 1)] + Uri.EscapeDataString(kept);
    }));

    private static ToldKind? KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => ToldKind.Text,
        JsonTokenType.Number => ToldKind.Number,
        JsonTokenType.PropertyName => ToldKind.Name,
        _ => null,
    };

    [GeneratedRegex(@"^[^\s&=]+=\S*$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Form();
}
